"""Notices that a store is an old copy: this PC remembers how far the store had come.

The note lies outside the data folder, so that restoring the folder does not restore the note. It
is a hint and may be lost in a power cut; the service knows for sure and says so at the next push.
"""

from pathlib import Path

import msgspec

from station.files import put_hint
from station.ports import Standing

PATTERN = "*.seen.json"


def witness_of(folder: Path, store_id: str) -> "Witness":
    """Where this PC notes what it sees of one store."""
    return Witness(folder / PATTERN.replace("*", store_id))


def seen_here(folder: Path) -> tuple[Standing, ...]:
    """What this PC last saw of every store it ever worked at."""
    noted = (Witness(path).last_seen() for path in sorted(folder.glob(PATTERN)))
    return tuple(standing for standing in noted if standing is not None)


class Witness:
    """What this PC saw last of one store."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, standing: Standing) -> None:
        """Remember how far the store has come."""
        put_hint(self._path, msgspec.json.encode(standing))

    def last_seen(self) -> Standing | None:
        """What was noted; None when there is no note, or one nobody can read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Standing)
        except (OSError, msgspec.MsgspecError):
            return None

    def never_saw(self) -> bool:
        """Whether nothing was ever noted; a note that nobody can read is one all the same."""
        return not self._path.exists()

    def is_ahead_of(self, standing: Standing) -> bool:
        """Whether this PC saw the store further than it is now: it was restored from a copy."""
        seen = self.last_seen()
        return seen is not None and not standing.reaches(seen.chain, seen.seq)
