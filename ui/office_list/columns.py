"""Which column says what: recognised by its header, put right by a person, remembered."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import islice

import msgspec
from msgspec import Struct

from station.text import fold
from ui.office_list.sheet import Row

HEADER_WITHIN = 15  # rows: a letterhead and a title stand above it
LEAST_HEADERS = 2


class Column(StrEnum):
    """What a column can say."""

    KIND = "kind"
    MAKER = "maker"
    MODEL = "model"
    SERIAL = "serial"
    COUNT = "count"
    REMARK = "remark"


Mapped = Mapping[Column, int]  # the place of each column that is there


class ListWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How offices name things."""

    columns: dict[Column, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    bare: tuple[str, ...]  # words around a kind that name no model


class Headed(Struct, frozen=True):
    """A sheet whose header is known: what each column is called, and the rows below it."""

    headers: Row
    rows: tuple[tuple[int, Row], ...]  # with the number of the row in the file
    mapped: dict[Column, int]

    @property
    def signature(self) -> str:
        """Tells one office's form from another, however often it is filled in."""
        return signature(self.headers)


@cache
def list_words() -> ListWords:
    """The words of the resources."""
    text = resources.files("resources").joinpath("office-lists.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), ListWords)


def headed(rows: Sequence[Row]) -> Headed:
    """Find the header; where none is known, the first words are shown as it and as a line too.

    Nobody can tell whether that row is a strange header or a device: a person leaves it out.
    """
    best, known = max(
        ((place, recognise(row)) for place, row in enumerate(islice(rows, HEADER_WITHIN))),
        key=lambda found: len(found[1]),
        default=(0, {}),
    )
    if len(known) < LEAST_HEADERS:
        first = next(row for row in rows if any(row))
        return Headed(_as_wide(first, rows), _numbered(rows, 0), {})
    return Headed(_as_wide(rows[best], rows), _numbered(rows, best + 1), known)


def recognise(headers: Row) -> dict[Column, int]:
    """Each column by the longest word of it that a header contains; a header says one thing."""
    found = sorted(
        (
            (-length, place, column)
            for place, header in enumerate(headers)
            for column, length in _said(header)
        ),
        key=lambda one: one[:2],
    )
    mapped: dict[Column, int] = {}
    for _length, place, column in found:
        if column not in mapped and place not in mapped.values():
            mapped[column] = place
    return mapped


def signature(headers: Iterable[str]) -> str:
    """The same header, however it is written."""
    return sha256("\n".join(map(plain, headers)).encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """Folded words with nothing but letters, digits and the stroke of S/N between them."""
    kept = "".join(c if c.isalnum() or c == "/" else " " for c in fold(text))
    return " ".join(kept.split())


def _said(header: str) -> Iterable[tuple[Column, int]]:
    text = f" {plain(header)} "
    for column, words in list_words().columns.items():
        length = max((len(word) for word in words if f" {plain(word)} " in text), default=0)
        if length:
            yield column, length


def _as_wide(header: Row, rows: Sequence[Row]) -> Row:
    width = max(map(len, rows))
    return (*header, *("",) * (width - len(header)))


def _numbered(rows: Sequence[Row], first: int) -> tuple[tuple[int, Row], ...]:
    numbered = enumerate(rows[first:], first + 1)
    return tuple((number, row) for number, row in numbered if any(row))
