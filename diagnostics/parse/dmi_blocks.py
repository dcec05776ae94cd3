"""The structures in what dmidecode prints: a title, and below it indented `Name: value` lines.

The title tells what a structure is. `dmidecode -q` leaves out the handle above it; otherwise a
title without its handle is damaged and not believed. dmidecode before 2.8 indents titles and leaves
out the empty lines between structures. So a structure is what stands deeper than its title, up to
the first line that does not.
"""

import re
from collections.abc import Mapping
from functools import cache

Block = Mapping[str, str]  # the value of each name, without what is listed below a name

_WIDEST = 64  # columns before a title: no version indents further, and nothing searches longer


def blocks_of(text: str, titles: Mapping[str, str]) -> dict[str, list[Block]]:
    """The structures under these titles, in the order they were printed.

    Versions name some structures differently: each title is given with the name to find it by.
    """
    found: dict[str, list[Block]] = {name: [] for name in titles.values()}
    plain = text.replace("\r", "") if "\r" in text else text
    for match in _headings(tuple(titles), with_handles="DMI type " in plain).finditer(plain):
        block = _fields(plain, match.end(), len(match[1].expandtabs()))
        if block:
            found[titles[match[2]]].append(block)
    return found


@cache
def _headings(titles: tuple[str, ...], *, with_handles: bool) -> re.Pattern[str]:
    named = "|".join(map(re.escape, titles))
    handle = r"DMI type [0-9]+, [^\n]*+\n" if with_handles else "^"
    return re.compile(rf"{handle}([ \t]{{0,{_WIDEST}}}+)({named})[ \t]*+$", re.MULTILINE)


def _fields(text: str, start: int, title_column: int) -> Block:
    """The lines at the depth of the first one; deeper ones list what belongs to a name.

    Of a name that is printed twice the last counts, as later dmidecodes print the better one last.
    """
    fields: dict[str, str] = {}
    depth = None
    at = start + 1
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        at += len(line) + 1
        said = line.lstrip(" \t")
        column = len(line[: len(line) - len(said)].expandtabs())
        if not said or column <= title_column:
            break
        depth = column if depth is None else depth
        if column == depth:
            name, _, value = said.partition(":")
            fields[name] = value.strip()
    return fields
