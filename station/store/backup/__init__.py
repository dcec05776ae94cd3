"""Backups of a point: one file that holds everything, and the way back from it."""
