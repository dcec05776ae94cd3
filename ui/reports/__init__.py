"""Reports of diagnostics at the station: received, waiting, brought together with a device."""
