"""The service's HTTP: one module for each thing that is asked, and what they share."""
