"""Sizes of memory and disks as figures in GB: the same on the screen and on paper."""

from typing import Final

from PySide6.QtCore import QLocale

from station.machine import whole_gb

PAPER: Final = QLocale("vi")  # papers are Vietnamese whatever the screen speaks
MIB_PER_GB: Final = 1024


def memory_figure(mib: int, locale: QLocale | None = None) -> str:
    """Memory as it was measured: a machine of 8 GB may keep some of it for graphics."""
    gb = round(mib / MIB_PER_GB, 1)
    return (locale or QLocale()).toString(gb, "f", 0 if gb.is_integer() else 1)


def disk_figure(capacity_bytes: int) -> str:
    """A disk as its maker counts it."""
    return str(whole_gb(capacity_bytes))
