"""Scans by keyboard wedge, serial port or camera: heard, judged, led to where they belong."""
