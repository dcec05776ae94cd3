"""Files written so that nobody ever reads half of one."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MAX_REPORT: Final = 8 * 2**20  # bytes of a diagnosis, as a file and over the LAN


def put_file(file: Path, content: bytes) -> None:
    """Replace a file whole: after a power cut the old one or the new one is there."""
    _replace(file, content, durable=True)


def write_lines(file: Path, lines: Iterable[bytes]) -> int:
    """Write a file of any length, whole or not at all; how many lines it has."""
    fresh = file.with_name(f"{file.name}.new")
    count = 0
    try:
        with fresh.open("wb") as opened:
            for line in lines:
                opened.write(line)
                count += 1
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    keep_name(file.parent)
    return count


def put_hint(file: Path, content: bytes) -> None:
    """Replace a file that may be lost in a power cut: it costs no wait for the disk."""
    _replace(file, content, durable=False)


def _replace(file: Path, content: bytes, *, durable: bool) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("wb") as opened:
        opened.write(content)
        if durable:
            opened.flush()
            os.fsync(opened.fileno())
    fresh.replace(file)
    if durable:
        keep_name(file.parent)


def keep_content(file: Path) -> None:
    """Let what was written to a file survive a power cut."""
    with file.open("r+b") as opened:  # Windows flushes only what may be written
        os.fsync(opened.fileno())


def keep_name(folder: Path) -> None:
    """Let the names in a folder survive a power cut. Windows keeps names itself."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
