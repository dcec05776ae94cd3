"""Printing at the window: described, previewed, queued, sent, noted; the printers of this PC."""
