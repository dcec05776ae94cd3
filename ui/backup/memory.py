"""Which backup of this PC's store was the last, and what came of later tries. A small file."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from station.files import put_file
from station.ports import Backup


class Remembered(Struct, frozen=True):
    """What this PC knows of its backups."""

    folder: str = ""  # where they go; "" = nobody chose it yet
    last: Backup | None = None
    failed: str = ""  # code of what ended the last try; "" = it went well
    failed_at: datetime | None = None


def backup_file(state: Path) -> Path:
    """Where it lies, within the PC's own folder."""
    return state / "backup.json"


def read_remembered(file: Path) -> Remembered:
    """What is known; nothing where the file is missing or says nothing."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Remembered)
    except (OSError, ValueError):  # msgspec's own errors are ValueErrors
        return Remembered()


def remember(file: Path, known: Remembered) -> None:
    """Keep it."""
    put_file(file, msgspec.json.encode(known))
