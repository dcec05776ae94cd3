"""When this PC's scanner was last tried, and what came of it. A small file of this PC's own."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from station.files import put_file
from ui.scan_check.judging import Finding, Method


class Tried(Struct, frozen=True):
    """The last test of each kind; a label's scan tells nothing of input methods."""

    works_at: datetime | None = None
    works: bool = False
    method_at: datetime | None = None
    method: Method = Method.UNKNOWN


def check_file(state: Path) -> Path:
    """Where it lies, within the PC's own folder."""
    return state / "scanner.json"


def read_tried(file: Path) -> Tried:
    """What is known; nothing where the file is missing or says nothing."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Tried)
    except (OSError, ValueError):  # msgspec's own errors are ValueErrors
        return Tried()


def note_tried(file: Path, finding: Finding, at: datetime) -> Tried:
    """Keep what a test scan told."""
    before = read_tried(file)
    tells = finding.method is not Method.UNKNOWN
    after = Tried(
        works_at=at,
        works=finding.works,
        method_at=at if tells else before.method_at,
        method=finding.method if tells else before.method,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    put_file(file, msgspec.json.encode(after))
    return after
