"""The size of a file system and what is free on it, from `df`, in Android's old and new forms."""

import re
from dataclasses import dataclass

from diagnostics.endings import UnreadableReport

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_SIZE = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,3}))?([KMGT]?)")
_BLOCKS = re.compile(r"(1K|[0-9]{3,5})-blocks")
_LONGEST = 64 * 1024


@dataclass(frozen=True)
class Space:
    """Bytes of one file system."""

    size_bytes: int
    free_bytes: int


def parse_df(text: str, mount: str) -> Space:
    """The file system that holds this folder.

    New: `Filesystem 1K-blocks Used Available Use% Mounted on`, a name and then the figures; Android
    before 6 has `Filesystem Size Used Free Blksize`, the folder and then figures like 11.5G.
    """
    lines = [line.split() for line in text[:_LONGEST].splitlines()]
    head = next((line for line in lines if line[:1] == ["Filesystem"]), [])
    blocks = _BLOCKS.fullmatch(head[1]) if len(head) > 1 else None
    unit = 1 if blocks is None else 1024 if blocks[1] == "1K" else int(blocks[1])
    for line in lines:
        if len(line) >= 4 and mount in (line[0], line[-1]):
            sizes = [_bytes(word, unit) for word in line[1:4]]
            if sizes[0] and sizes[2] is not None:
                return Space(sizes[0], sizes[2])
    raise UnreadableReport(f"df said nothing of {mount}")


def _bytes(word: str, unit: int) -> int | None:
    match = _SIZE.fullmatch(word)
    if match is None:
        return None
    whole, tenths, letter = match[1], match[2] or "", match[3]
    scale = _UNITS[letter] if letter else unit
    size = int(whole + tenths) * scale
    return size // int("1" + "0" * len(tenths))
