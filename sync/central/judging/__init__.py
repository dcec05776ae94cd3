"""What the service says of an event: pure rules on the states of devices and cases."""
