"""A phrase of a template: text with {fields} and [parts that are left out when they say nothing].

    Hôm nay, {day}, tại {place}[, vào lúc {hour}], chúng tôi gồm có:

A field names something in the facts (`giver.person`, `devices.count`), and may say how it is
written (`{code:code}`). What has no value is left out with its bracket; outside any bracket it is
left to be filled in by hand. A doubled bracket or brace stands for itself.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from functools import lru_cache
from typing import Final

from msgspec import Struct

from station.codes import grouped
from station.written_dates import day_figures, month_figures

Value = object
Find = Callable[[str], Value]


class BadPhrase(ValueError):
    """A bracket or brace that is not closed; `at` is what stands there."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


class Field(Struct, frozen=True):
    """A place where a fact goes."""

    name: str
    form: str = ""


class Part(Struct, frozen=True):
    """A bracketed part."""

    pieces: tuple["str | Field", ...]


Phrase = tuple["str | Field | Part", ...]


class Written(Struct, frozen=True):
    """How values are put into words; the words are the office's."""

    day_words: Phrase  # with {day}, {month}, {year}
    hour_words: Phrase  # with {hour}, {minute}
    blank: str  # what is left to be filled in

    def day(self, value: date) -> str:
        """Ngày 05 tháng 9 năm 2021."""
        told = {"day": day_figures(value), "month": month_figures(value), "year": value.year}
        return say(self.day_words, told.get, self)

    def clock(self, value: time) -> str:
        """14 giờ 30."""
        told = {"hour": f"{value.hour:02d}", "minute": f"{value.minute:02d}"}
        return say(self.hour_words, told.get, self)


NO_BREAK: Final = "\u00a0"  # a code stands on one line
_TOKENS: Final = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}\[\]]*)\}|[\[\]{}]")


@lru_cache(maxsize=4096)  # a paper of many rows says the same words for each
def parse(text: str) -> Phrase:
    """Read a phrase; raises BadPhrase."""
    outer: list[str | Field | Part] = []
    inner: list[str | Field] | None = None
    for piece in _tokens(text):
        if piece == "[" and inner is None:
            inner = []
        elif piece == "]" and inner is not None:
            outer.append(Part(tuple(inner)))
            inner = None
        elif piece in ("[", "]", "{", "}"):
            raise BadPhrase(str(piece))
        else:
            said = piece if isinstance(piece, Field) else _literal(piece)
            (outer if inner is None else inner).append(said)
    if inner is not None:
        raise BadPhrase("[")
    return tuple(outer)


def fields(phrase: Phrase) -> Iterator[Field]:
    """Every field of a phrase."""
    for piece in phrase:
        if isinstance(piece, Field):
            yield piece
        elif isinstance(piece, Part):
            yield from (inner for inner in piece.pieces if isinstance(inner, Field))


def say(phrase: Phrase, find: Find, written: Written, *, fill: bool = False) -> str:
    """The phrase with its facts; "" where it names facts and none of them is known.

    With `fill` nothing is left out outside brackets: what is not known is to be written by hand.
    """
    named = list(fields(phrase))
    known = any(_is_known(find(field.name)) for field in named)
    if named and not known and not fill:
        return ""
    return "".join(_said(piece, find, written) for piece in phrase).strip()


def _said(piece: "str | Field | Part", find: Find, written: Written) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Field):
        value = find(piece.name)
        return write(value, piece.form, written) if _is_known(value) else written.blank
    inner = [each for each in piece.pieces if isinstance(each, Field)]
    if inner and not any(_is_known(find(field.name)) for field in inner):
        return ""
    return "".join(_said(each, find, written) for each in piece.pieces)


def write(value: Value, form: str, written: Written) -> str:
    """One value in words or figures."""
    match value, form:
        case date(), "short":
            return f"{value:%d/%m/%Y}"
        case date(), _:
            return written.day(value)
        case time(), _:
            return written.clock(value)
        case int(), "two":
            return f"{value:02d}"
        case int(), "money":
            return f"{value:,}".replace(",", ".")
        case str(), "code":
            return grouped(value).replace(" ", NO_BREAK)
        case str(), "upper":
            return value.upper()
    return str(value)


def _is_known(value: Value) -> bool:
    return value is not None and value not in ("", ())


def _tokens(text: str) -> Iterator[str | Field]:
    end = 0
    for found in _TOKENS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        end = found.end()
        if found.group(1) is None:
            yield found.group()
        else:
            name, _, form = found.group(1).partition(":")
            yield Field(name, form)
    if end < len(text):
        yield text[end:]


def _literal(text: str) -> str:
    return text[0] if text in ("{{", "}}", "[[", "]]") else text
