"""Where a report can be saved: sticks and other volumes beside the system's own."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from diagnostics.report import Report, identity
from station.files import put_file

MOUNTED_BY_HAND = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
NAME_DIGITS = 8
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")  # a stick may be FAT, and its reader any system


@dataclass(frozen=True)
class Volume:
    """A place with room for a report."""

    name: str  # of the stick, else its path
    folder: Path
    free_bytes: int


class StickGone(Exception):
    """It was pulled out: what is written to its folder now lands on the machine's own disk."""


def volumes() -> tuple[Volume, ...]:
    """Every mounted volume that can be written and that people plugged in."""
    root = QStorageInfo.root().rootPath()
    found = (volume for volume in QStorageInfo.mountedVolumes() if volume.isReady())
    return tuple(
        Volume(volume.name() or volume.rootPath(), Path(volume.rootPath()), volume.bytesFree())
        for volume in found
        if not volume.isReadOnly() and is_plugged_in(volume.rootPath(), root)
    )


def newest_file(*patterns: str) -> str:
    """The newest file on a stick that fits one of these patterns; "" where there is none.

    A drive of a network that is gone answers after half a minute: never ask on the window's thread.
    """
    found = [
        file
        for one in volumes()
        for pattern in patterns
        for file in one.folder.glob(pattern)
        if file.is_file()
    ]
    return str(max(found, key=lambda file: file.stat().st_mtime)) if found else ""


def is_plugged_in(path: str, root: str) -> bool:
    """On Windows every other drive; elsewhere what lies where sticks are mounted."""
    if re.match(r"[A-Za-z]:", path):
        return path.casefold() != root.casefold()
    return f"{path}/".startswith(MOUNTED_BY_HAND)


def report_name(report: Report, data: bytes) -> str:
    """A file name that tells whose report it is, and two reports apart."""
    system = report.machine.system
    told = (system.manufacturer, system.model, system.serial_number, identity(data)[:NAME_DIGITS])
    parts = (_UNSAFE.sub("-", part).strip("-")[:40] for part in told if part)
    return f"{'_'.join(part for part in parts if part)}.json"


def save_report(report: Report, data: bytes, folder: Path) -> Path:
    """Write the report's bytes and wait until the stick has them; raises OSError."""
    file = folder / report_name(report, data)
    put_file(file, data)
    return file
