"""The structures in what dmidecode prints: a title, and below it indented `Name: value` lines.

Only the title tells what a structure is, in every version: `-q` leaves the handles out, dmidecode
before 2.8 indents titles and leaves out the empty lines between structures, and a few dumps begin
in the middle. So a structure is what stands deeper than its title, up to the first line that does
not.
"""

import re
from collections.abc import Mapping

Block = Mapping[str, str]  # the value of each name, without what is listed below a name

_INDENT = re.compile(r"[ \t]*+")
_WIDEST = 64  # columns before a title: no version indents further, and nothing searches longer


def blocks_of(text: str, titles: tuple[str, ...]) -> dict[str, list[Block]]:
    """The structures under these titles, by title, in the order they were printed."""
    found: dict[str, list[Block]] = {title: [] for title in titles}
    plain = text.replace("\r", "") if "\r" in text else text
    for match in _headings(titles).finditer(plain):
        block = _fields(plain, match.end(), len(match[1].expandtabs()))
        if block:
            found[match[2]].append(block)
    return found


def _headings(titles: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, titles))
    return re.compile(rf"^([ \t]{{0,{_WIDEST}}}+)({named})[ \t]*+$", re.MULTILINE)


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
