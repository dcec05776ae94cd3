"""Figures with their units, as the language spoken now writes them."""

from station import words
from station.machine import whole_gb

MIB_PER_GB = 1024
GB_PER_TB = 1000


def decimal(value: float) -> str:
    """At most one digit after the point, which is a comma in Vietnamese."""
    figure = f"{value:.1f}".removesuffix(".0")
    return figure.replace(".", ",") if words.language() == words.DEFAULT_LANGUAGE else figure


def memory_amount(mib: int) -> str:
    """Memory: 512 MB, 8 GB, 7.7 GB."""
    return f"{mib} MB" if mib < MIB_PER_GB else f"{decimal(mib / MIB_PER_GB)} GB"


def disk_amount(capacity_bytes: int) -> str:
    """A disk as its maker counts it: 256 GB, 2 TB; a small card in MB."""
    gb = whole_gb(capacity_bytes)
    if gb >= GB_PER_TB:
        return f"{decimal(gb / GB_PER_TB)} TB"
    return f"{gb} GB" if gb else f"{capacity_bytes // 10**6} MB"


def energy_amount(mwh: int) -> str:
    """What a battery holds: 31.5 Wh."""
    return f"{decimal(mwh / 1000)} Wh"


def degrees(tenths: int) -> str:
    """A temperature: 45.2 °C."""
    return f"{decimal(tenths / 10)} °C"


def duration_words(seconds: int) -> str:
    """A time that is left or was needed: 0:05, 12:40, 1:02:10."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
