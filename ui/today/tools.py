"""How much room is left where the data lies."""

import shutil
from pathlib import Path

from msgspec import Struct

from station.words import _
from ui.theme import Tone

GB = 10**9
SOON_FULL, FULL = 5 * GB, GB  # photos and scans of some months; a day's


class DiskRoom(Struct, frozen=True):
    """Free and whole size in bytes; None where the system does not say."""

    free: int | None


def disk_room(folder: Path) -> DiskRoom:
    """Ask the system; a folder that is not there yet lies where its parent does."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        return DiskRoom(shutil.disk_usage(there).free)
    except OSError:
        return DiskRoom(None)


def room_words(room: DiskRoom) -> tuple[Tone, str]:
    """How much is free, and whether that will do."""
    if room.free is None:
        return Tone.UNKNOWN, _("the system does not say how much room is left")
    size = _("{size} GB free").format(size=_size(room.free))
    if room.free < FULL:
        return Tone.FAIL, _("{size}: delete or move files now").format(size=size)
    if room.free < SOON_FULL:
        return Tone.WARN, _("{size}: make room soon").format(size=size)
    return Tone.OK, size


def _size(free: int) -> str:
    return f"{free / GB:.1f}" if free < SOON_FULL else str(free // GB)
