"""The folder in which a station keeps reports: each under its digest, with a note of how it came.

A report is whole and safe from a power cut before anything else names it. The ledger knows only the
digest; which reports still wait is whatever lies here and is named by no event.
"""

import re
import threading
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from diagnostics.endings import UnreadableReport
from diagnostics.report import decode, identity
from station.files import put_file, put_hint

_NAME: Final = re.compile(r"([0-9a-f]{64})\.json")
_one_at_a_time = threading.Lock()  # the receiver's thread and the window's put the same file


class Way(StrEnum):
    """How a report came to this PC."""

    HERE = "here"  # this PC was diagnosed
    FILE = "file"  # from a stick or a folder
    LAN = "lan"


class Arrival(Struct, frozen=True, omit_defaults=True):
    """When and how a report came. A note beside it: it may be lost, and the report is not."""

    way: Way
    at_ms: int  # since 1970, UTC
    peer: str = ""  # the laptop's address on the LAN


class DamagedReport(UnreadableReport):
    """The file's bytes are not those it is named after: the disk or a person changed them."""


class Shelf:
    """One folder of reports. Its methods wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, arrival: Arrival) -> str:
        """Keep a report; its digest. Raises NotAReport, NewerReport or OSError.

        The same report twice is one file, and the first arrival is the one that is remembered.
        """
        decode(data)
        digest = identity(data)
        with _one_at_a_time:
            if not self.holds(digest):
                put_file(self.file_of(digest), data)
            if self.arrival_of(digest) is None:
                put_hint(self._note_of(digest), msgspec.json.encode(arrival))
        return digest

    def holds(self, digest: str) -> bool:
        """Whether the whole report lies here."""
        try:
            self.read(digest)
        except (DamagedReport, OSError):
            return False
        return True

    def read(self, digest: str) -> bytes:
        """The report's bytes; raises DamagedReport or OSError."""
        data = self.file_of(digest).read_bytes()
        if identity(data) != digest:
            raise DamagedReport(digest)
        return data

    def digests(self) -> frozenset[str]:
        """Every report that lies here, by name alone; none where there is no folder yet."""
        try:
            names = [_NAME.fullmatch(file.name) for file in self.folder.iterdir()]
        except FileNotFoundError:
            return frozenset()
        return frozenset(name[1] for name in names if name)

    def arrival_of(self, digest: str) -> Arrival | None:
        """How a report came; None where the note is lost."""
        try:
            return msgspec.json.decode(self._note_of(digest).read_bytes(), type=Arrival)
        except (OSError, ValueError):  # msgspec's own errors are ValueErrors
            return None

    def file_of(self, digest: str) -> Path:
        """Where a report of that digest lies."""
        return self.folder / f"{digest}.json"

    def _note_of(self, digest: str) -> Path:
        return self.folder / "arrivals" / f"{digest}.json"
