"""A disk to read from. There is no way to write here: it is opened for reading and nothing else."""

import errno
import os
import re
import sys
from mmap import mmap
from pathlib import Path
from types import TracebackType

BLOCK = 1024 * 1024
_DIRECT = getattr(os, "O_DIRECT", 0)  # past the system's cache, where there is such a way
_BINARY = getattr(os, "O_BINARY", 0)
_RAW_ON_WINDOWS = "\\\\.\\"
_NAME = re.compile(r"[A-Za-z0-9]{1,32}")
_NUMBER = re.compile(r"\d+\Z")


def device_path(name: str, folder: Path = Path("/dev")) -> str:
    """Where the system keeps the disk of this name; ValueError for what is no disk's name."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    if sys.platform == "win32":
        number = _NUMBER.search(name)
        return rf"\\.\PhysicalDrive{number.group()}" if number else rf"\\.\{name}"
    return str(folder / name)


class DiskReader:
    """An open disk, or a file in its place. Reads block by block into one buffer of its own."""

    def __init__(self, path: str, size_bytes: int | None = None) -> None:
        """Open for reading only; OSError when the system says no."""
        self._file, self.is_direct = _opened(path)
        self._buffer = mmap(-1, BLOCK)  # its start is aligned, as direct reads want it
        self.size_bytes = _size_of(self._file) or size_bytes or 0

    @property
    def blocks(self) -> int:
        """How many there are; the last may be a part of one, as a disk ends where it likes."""
        return -(-self.size_bytes // BLOCK)

    def length_at(self, offset: int) -> int:
        """How many bytes a block at this offset has."""
        return max(0, min(BLOCK, self.size_bytes - offset))

    def __enter__(self) -> "DiskReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._file)
        self._buffer.close()

    def read(self, offset: int) -> int:
        """Read one block at this offset; how many bytes came. OSError where the disk cannot."""
        if sys.platform == "win32":
            os.lseek(self._file, offset, os.SEEK_SET)  # behind the end nothing may be asked for
            return len(os.read(self._file, self.length_at(offset) or BLOCK))
        with memoryview(self._buffer) as whole:
            return os.preadv(self._file, [whole], offset)


def _size_of(file: int) -> int:
    """Where the file ends; 0 where the system does not say so, as Windows of a raw disk."""
    try:
        return os.lseek(file, 0, os.SEEK_END)
    except OSError:
        return 0


def _opened(path: str) -> tuple[int, bool]:
    """The open file and whether it goes past the cache; not every file system lets it.

    Windows caches files, but no reads of a raw drive.
    """
    reading = os.O_RDONLY | _BINARY
    if _DIRECT:
        try:
            return os.open(path, reading | _DIRECT), True
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
    return os.open(path, reading), path.startswith(_RAW_ON_WINDOWS)
