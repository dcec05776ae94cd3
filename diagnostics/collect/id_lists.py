"""The lists of PCI and USB names that the system carries, read once and only when needed."""

from functools import cache
from pathlib import Path

from diagnostics.collect.files import read_text
from diagnostics.endings import ReadingFailed
from diagnostics.parse.id_names import Names, names_of

_FOLDERS = ("usr/share/misc", "usr/share/hwdata")  # Debian's and others'


def pci_names(root: Path, maker: str, device: str) -> Names:
    """What pci.ids calls a device; nothing where there is no list."""
    return names_of(_list(root, "pci.ids"), maker, device)


def usb_names(root: Path, maker: str, device: str) -> Names:
    """What usb.ids calls a device; nothing where there is no list."""
    return names_of(_list(root, "usb.ids"), maker, device)


@cache
def _list(root: Path, name: str) -> str:
    for folder in _FOLDERS:
        try:
            return read_text(root / folder / name)
        except ReadingFailed:
            continue
    return ""
