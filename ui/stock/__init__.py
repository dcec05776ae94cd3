"""Kho thiết bị: every device the point knows, found, filtered, worked on together."""
