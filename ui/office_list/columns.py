"""Which column says what: recognised by its header, put right by a person, remembered."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import resources

import msgspec
from msgspec import Struct

from station.lists.headers import found_header, numbered, plain, recognised
from station.lists.sheet import Row

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
    best, known = found_header(rows, list_words().columns)
    if len(known) < LEAST_HEADERS:
        first = next(row for row in rows if any(row))
        return Headed(_as_wide(first, rows), numbered(rows, 0), {})
    return Headed(_as_wide(rows[best], rows), numbered(rows, best + 1), known)


def recognise(headers: Row) -> dict[Column, int]:
    """Each column that a header names, and its place."""
    return recognised(headers, list_words().columns)


def signature(headers: Iterable[str]) -> str:
    """The same header, however it is written."""
    return sha256("\n".join(map(plain, headers)).encode()).hexdigest()[:16]


def _as_wide(header: Row, rows: Sequence[Row]) -> Row:
    width = max(map(len, rows))
    return (*header, *("",) * (width - len(header)))
