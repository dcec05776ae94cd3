"""Which column of a list says what: recognised by its header, wherever it stands."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from station.lists.sheet import Row
from station.text import fold

HEADER_WITHIN = 15  # rows: a letterhead and a title stand above it

C = TypeVar("C")
Words = Mapping[C, Sequence[str]]  # what offices call each column


def found_header(rows: Sequence[Row], words: Words[C]) -> tuple[int, dict[C, int]]:
    """The row that names most columns, and the place of each that it names."""
    return max(
        ((place, recognised(row, words)) for place, row in enumerate(islice(rows, HEADER_WITHIN))),
        key=lambda found: len(found[1]),
        default=(0, {}),
    )


def recognised(headers: Row, words: Words[C]) -> dict[C, int]:
    """Each column by the longest word of it that a header contains; a header says one thing."""
    found = sorted(
        (
            (-length, place, column)
            for place, header in enumerate(headers)
            for column, length in _said(header, words)
        ),
        key=lambda one: one[:2],
    )
    mapped: dict[C, int] = {}
    for _length, place, column in found:
        if column not in mapped and place not in mapped.values():
            mapped[column] = place
    return mapped


def plain(text: str) -> str:
    """Folded words with nothing but letters, digits and the stroke of S/N between them."""
    kept = "".join(c if c.isalnum() or c == "/" else " " for c in fold(text))
    return " ".join(kept.split())


def numbered(rows: Sequence[Row], first: int) -> tuple[tuple[int, Row], ...]:
    """The rows behind a header that hold something, with their numbers in the file."""
    each = enumerate(rows[first:], first + 1)
    return tuple((number, row) for number, row in each if any(row))


def _said(header: str, words: Words[C]) -> Iterable[tuple[C, int]]:
    text = f" {plain(header)} "
    for column, known in words.items():
        length = max((len(word) for word in known if f" {plain(word)} " in text), default=0)
        if length:
            yield column, length
