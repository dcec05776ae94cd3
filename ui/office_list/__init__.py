"""An office's list of devices, as XLSX or CSV: read, understood, looked at, kept as an offer."""
