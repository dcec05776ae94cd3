"""The public ledger as files that are made once a day and handed out as they lie there.

A whole ledger is read and signed for minutes where there are a million devices, so nobody who asks
for it makes it. A worker writes the files of the day, resting as long as it works, so that whoever
asks for a page meanwhile is answered; another worker of the same machine finds them.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep, time

from sqlalchemy import Engine, select

from station.signing import SigningKey
from sync.central import tables as t
from sync.central.database import reading
from sync.central.keeping.publishing import ledger_file

CACHE = "CACHE_DIRECTORY"  # in the environment: where systemd lets a service keep such files
GIVEN_UP_S = 3_600  # after which a file that somebody began is begun anew
PIECE = 2**16
LONGEST_REST_S = 1.0


class NotOurFolder(Exception):
    """The folder of the files is another user's, or open to others."""


def folder(database: str, cache: str | None = None) -> Path:
    """Where the files of this database lie, below `cache` if named; made for this user alone."""
    named = cache or os.environ.get(CACHE)
    name = f"station-central-{os.getuid()}-{sha256(database.encode()).hexdigest()[:12]}"
    found = Path(named.split(":")[0] if named else tempfile.gettempdir(), name)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = found.stat()
    if found.is_symlink() or held.st_uid != os.getuid() or held.st_mode & 0o077:
        raise NotOurFolder(found)  # what somebody else put there would be handed out as the ledger
    return found


def newest(where: Path, station: int | None) -> tuple[Path, date] | None:
    """The last file of a point, or of all, and its day; None before the first."""
    found = sorted(where.glob(f"{_name(station)}-*.jsonl"))
    return (found[-1], date.fromisoformat(found[-1].stem[-10:])) if found else None


def pieces(file: Path) -> Iterator[bytes]:
    """What is in it, a piece at a time; it may be replaced meanwhile."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def renew(engine: Engine, key: SigningKey, where: Path, day: date) -> bool:
    """Write one file of this day that is missing; whether there was one."""
    for station in (None, *_stations(engine)):
        file = where / f"{_name(station)}-{day.isoformat()}.jsonl"
        if not file.exists() and _written(engine, key, file, station):
            for older in where.glob(f"{_name(station)}-*.jsonl"):
                if older < file:
                    older.unlink(missing_ok=True)
            return True
    return False


def _name(station: int | None) -> str:
    return "all" if station is None else f"{station:03d}"


def _stations(engine: Engine) -> list[int]:
    wanted = select(t.chain.c.station).where(t.chain.c.key.is_not(None), t.chain.c.seq > 0)
    with reading(engine) as connection:
        return sorted(connection.scalars(wanted.distinct()))


def _written(engine: Engine, key: SigningKey, file: Path, station: int | None) -> bool:
    """Write it whole or not at all, unless another worker does."""
    draft = file.with_suffix(".part")
    with suppress(FileNotFoundError):
        if time() - draft.stat().st_mtime > GIVEN_UP_S:
            draft.unlink()
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as written:
            lines = ledger_file(engine, key, int(time()), station=station)
            for piece in _resting(lines):
                written.write(piece)
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _resting(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces of lines; after each a rest as long as it took."""
    piece, size, began = [], 0, monotonic()
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(piece)
            sleep(min(monotonic() - began, LONGEST_REST_S))
            piece, size, began = [], 0, monotonic()
    yield b"".join(piece)
