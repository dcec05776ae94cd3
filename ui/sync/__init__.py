"""Sync as the window shows it: rounds beside the work, and whether the service knows this PC."""
