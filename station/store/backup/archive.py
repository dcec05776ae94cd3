"""A backup's file: a ZIP of the store, of what lies beside it, and of a list with their hashes.

```
backup.json   what it is, and size and SHA-256 of every other entry; written last
station.db    the store as a SQLite file
reports/…     evidence of diagnoses, under its digest
paper-words/… the office's own words of papers
```

It holds no key: names and telephone numbers in it are sealed as they are in the store.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Final

import msgspec
from msgspec import Struct

from station.files import keep_content, keep_name
from station.ports import BackupDamaged
from station.store.copying import Tell

ENDING: Final = ".sao-luu"
FORMAT: Final = 1
LIST: Final = "backup.json"
STORE: Final = "station.db"
BESIDE: Final = ("reports", "paper-words")  # folders of the data folder that come along
LARGEST_LIST: Final = 64 * 2**20
CHUNK: Final = 2**20

Read = Callable[[int], None]
"""Hears that so many bytes more were read."""

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What Python's reader raises for a damaged, encrypted or oddly packed entry."""


def _nobody(_count: int) -> None:
    """Nobody listens."""


class NotABackup(Exception):
    """Another kind of file, or one of a newer version."""

    code = "not_a_backup"


class Entry(Struct, frozen=True):
    """One file within."""

    size: int  # bytes
    sha256: str  # hexadecimal


class Contents(Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    station: int
    store_id: str
    seq: int  # of its chain: how far it had come
    made_ms: int  # since 1970, UTC
    files: dict[str, Entry]


def files_beside(data: Path) -> dict[str, Path]:
    """What lies beside a store and belongs into its backup, by the name within."""
    return {
        file.relative_to(data).as_posix(): file
        for folder in BESIDE
        for file in sorted((data / folder).rglob("*"))
        if file.is_file() and not file.name.endswith(".new")
    }


def write_archive(target: Path, about: Contents, files: Mapping[str, Path], tell: Tell) -> Contents:
    """Write a backup and read it back; whole under its name when this returns, else not there.

    Raises OSError, BackupDamaged when the medium does not keep what it took, or what `tell` raises.
    """
    fresh = target.with_name(f"{target.name}.part")
    total = 2 * sum(file.stat().st_size for file in files.values())
    counted = _Count(tell, total)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            held = {name: _put(made, name, file, counted) for name, file in files.items()}
            contents = msgspec.structs.replace(about, files=held)
            made.writestr(LIST, msgspec.json.encode(contents))
        keep_content(fresh)
        check_archive(fresh, counted.more)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    keep_name(target.parent)
    return contents


def read_contents(file: Path) -> Contents:
    """What a file says it holds; raises NotABackup or OSError."""
    with _opened(file) as archive:
        return _contents(archive)


def check_archive(file: Path, read: Read = _nobody) -> Contents:
    """Read every byte; raises BackupDamaged, NotABackup or OSError."""
    with _opened(file) as archive:
        contents = _contents(archive)
        for name, entry in contents.files.items():
            _compare(entry, _chunks(archive, name, entry), read)
    return contents


def unpack(file: Path, folder: Path, read: Read = _nobody) -> Contents:
    """Write all it holds into a folder, durably; raises as `check_archive` does."""
    with _opened(file) as archive:
        contents = _contents(archive)
        for name, entry in contents.files.items():
            target = folder / PurePosixPath(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                _compare(entry, _chunks(archive, name, entry), read, out)
            keep_content(target)
            keep_name(target.parent)
    return contents


class _Count:
    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def more(self, count: int) -> None:
        self._done += count
        self._tell(min(self._done, self._total), self._total)


def _put(made: zipfile.ZipFile, name: str, file: Path, counted: _Count) -> Entry:
    digest, size = sha256(), 0
    with file.open("rb") as read, made.open(name, "w", force_zip64=True) as out:
        while chunk := read.read(CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            counted.more(len(chunk))
    return Entry(size, digest.hexdigest())


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotABackup from error


def _contents(archive: zipfile.ZipFile) -> Contents:
    try:
        listed = archive.getinfo(LIST)
        if listed.file_size > LARGEST_LIST:
            raise NotABackup
        contents = msgspec.json.decode(archive.read(listed), type=Contents)
    except (KeyError, msgspec.MsgspecError, UnicodeDecodeError, *_BROKEN) as error:
        raise NotABackup from error
    if contents.format != FORMAT or STORE not in contents.files:
        raise NotABackup
    if not all(map(_is_ours, contents.files)):
        raise NotABackup  # a name that leads out of the folder is nobody's mistake
    return contents


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    plain = "\\" not in name and ":" not in name and str(path) == name and "\0" not in name
    return name == STORE or (plain and ".." not in path.parts and path.parts[0] in BESIDE)


def _chunks(archive: zipfile.ZipFile, name: str, entry: Entry) -> Iterator[bytes]:
    """Never more than it should hold and one: a small file may swell without end."""
    left = entry.size + 1
    try:
        with archive.open(name) as within:
            while left > 0 and (chunk := within.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk
    except (KeyError, *_BROKEN) as error:
        raise BackupDamaged(name) from error


def _compare(
    entry: Entry, chunks: Iterator[bytes], read: Read, out: IO[bytes] | None = None
) -> None:
    digest, size = sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        if out is not None:
            out.write(chunk)
        read(len(chunk))
    if (size, digest.hexdigest()) != (entry.size, entry.sha256):
        raise BackupDamaged
