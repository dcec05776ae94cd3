"""Sizes of memory and disks as the screen writes them, in GB; papers take the same figures."""

from PySide6.QtCore import QLocale

from station.machine import tenths_of_gb, whole_gb


def memory_figure(mib: int) -> str:
    """Memory as it was measured."""
    gb = tenths_of_gb(mib)
    return QLocale().toString(gb, "f", 0 if gb.is_integer() else 1)


def disk_figure(capacity_bytes: int) -> str:
    """A disk as its maker counts it."""
    return str(whole_gb(capacity_bytes))
