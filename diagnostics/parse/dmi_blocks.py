"""The structures in what dmidecode prints: a title, and below it indented `Name: value` lines.

The title tells what a structure is. `dmidecode -q` leaves out the handle above it; otherwise a
title without its handle is damaged and not believed. Before 2.8 titles were indented and no empty
lines stood between structures. So a structure is what stands deeper than its title, up to the
first line that does not.
"""

import re
from collections.abc import Mapping
from functools import cache

_HANDLE = r"DMI type [0-9]+, [^\n]*+\n"
_BODY = r"(?=(\n[ \t]++))((?:\n\1[ \t][^\n]*+)++)"  # the lines deeper than the title
_LONGEST_LINE = 1000  # SMBIOS strings end after 64 letters; a few firmwares do not know


class Block:
    """One structure; a value is looked for when it is asked for."""

    __slots__ = ("_body", "_line")

    def __init__(self, line: str = "", body: str = "") -> None:
        """The lines of the structure, and how each of them begins, line end and indent."""
        self._line = line
        self._body = body

    def get(self, name: str) -> str:
        """What stands behind the name, "" when the structure has no such line.

        Names stand at the depth of the first line; deeper lines list what belongs to a name.
        """
        line = f"{self._line}{name}:"
        at = self._body.find(line)
        if at < 0:
            return ""
        at += len(line)
        end = self._body.find("\n", at)
        value = self._body[at : end if end > 0 else None]
        return value.strip() if len(value) <= _LONGEST_LINE else ""


def blocks_of(text: str, titles: Mapping[str, str]) -> dict[str, list[Block]]:
    """The structures under these titles, in the order they were printed.

    Versions name some structures differently: each title is given with the name to find it by.
    """
    found: dict[str, list[Block]] = {name: [] for name in titles.values()}
    plain = text.replace("\r", "") if "\r" in text else text
    structures = _structures(tuple(titles), with_handles="DMI type " in plain)
    for _indent, title, line, body in structures.findall(plain):
        found[titles[title]].append(Block(line, body))
    return found


@cache
def _structures(titles: tuple[str, ...], *, with_handles: bool) -> re.Pattern[str]:
    title = f"({'|'.join(map(re.escape, titles))})"
    start = _HANDLE if with_handles else "^"
    return re.compile(rf"{start}([ \t]*+){title}[ \t]*+$" + _BODY, re.MULTILINE)
