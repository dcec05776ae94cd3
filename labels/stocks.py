"""The stocks that are shipped, and those that a point describes itself in a file of the same form.

A wrong figure would waste a roll before anybody sees it, so each stock is checked as it is read:
`UnreadableStocks` names the file, the stock, the field and what is wrong with it.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from labels.stock import Form, Stock, UnknownStock
from station.coded import CodedId
from station.events import BY_HAND

LONGEST: Final = 500.0  # millimetres, of anything
MOST: Final = 100  # labels across or down
LONGEST_SHOWN: Final = 40  # characters of a wrong name

_SHIPPED: Final = resources.files("resources").joinpath("stocks.toml")
_LENGTHS: Final = (
    *("width", "height", "page_width", "page_height"),
    *("left", "top", "pitch_x", "pitch_y", "gap"),
)
_COUNTS: Final = ("columns", "rows")
_WORDS: Final = ("vi", "en")
_MAY_BE_ZERO: Final = frozenset({"left", "top", "gap"})
_ROUNDING: Final = 1e-6  # millimetres


class Mistake(StrEnum):
    """What is wrong with a file of stocks; a stable code, worded elsewhere."""

    UNREADABLE = "unreadable"
    NOT_TOML = "not_toml"
    NOT_A_STOCK = "not_a_stock"
    TAKEN = "taken"
    NOT_AN_ID = "not_an_id"
    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"
    WRONG_FORM = "wrong_form"
    NOT_WORDS = "not_words"
    NOT_A_LENGTH = "not_a_length"
    NOT_A_COUNT = "not_a_count"
    OVERLAPPING = "overlapping"
    TOO_WIDE = "too_wide"
    TOO_HIGH = "too_high"


class UnreadableStocks(Exception):
    """A file of stocks with a mistake in it; nothing of it is used."""

    code = "unreadable_stocks"

    def __init__(self, file: str, mistake: Mistake, stock: str = "", field: str = "") -> None:
        super().__init__(f"{file}: {mistake} {stock} {field}".rstrip())
        self.file, self.mistake, self.stock, self.field = file, mistake, stock, field


@cache
def stocks() -> tuple[Stock, ...]:
    """Those that everybody has."""
    return _parse(_SHIPPED.name, _SHIPPED.read_bytes(), taken=())


def read_stocks(file: Path) -> tuple[Stock, ...]:
    """A point's own stocks. None may bear the name of a shipped one, or of a written label."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableStocks(file.name, Mistake.UNREADABLE) from error
    return _parse(file.name, content, taken=[BY_HAND, *(stock.id for stock in stocks())])


def stock_named(id_: str, custom: Sequence[Stock] = ()) -> Stock:
    """Find a stock by its name, such as "50x30"."""
    for stock in (*stocks(), *custom):
        if stock.id == id_:
            return stock
    raise UnknownStock(id_)


def _parse(file: str, content: bytes, taken: Sequence[str]) -> tuple[Stock, ...]:
    try:
        tables = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise UnreadableStocks(file, Mistake.NOT_TOML) from error
    for id_ in tables:
        if not _is_id(id_):
            raise UnreadableStocks(file, Mistake.NOT_AN_ID, _shown(id_))
        if id_ in taken:
            raise UnreadableStocks(file, Mistake.TAKEN, id_)
    return tuple(_Table(file, id_, table).stock() for id_, table in tables.items())


def _is_id(id_: str) -> bool:
    """Whether the ledger takes it: the event of a label names its stock."""
    try:
        msgspec.convert(id_, CodedId)
    except msgspec.ValidationError:
        return False
    return True


def _shown(id_: str) -> str:
    """A name as it can stand in a sentence, whatever somebody put into the brackets."""
    shown = "".join(letter if letter.isprintable() else " " for letter in id_)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


class _Table:
    """One stock's table, field by field."""

    def __init__(self, file: str, id_: str, table: object) -> None:
        self._file, self._id = file, id_
        if not isinstance(table, dict):
            raise self._mistake(Mistake.NOT_A_STOCK)
        self._given: Mapping[str, Any] = table

    def stock(self) -> Stock:
        """The stock with every length it leaves out filled in, if its labels fit its page."""
        self._check_names()
        form = self._form()
        words = {name: self._words(name) for name in _WORDS}
        counts = {name: self._count(name) for name in _COUNTS}
        lengths = {name: self._length(name) for name in _LENGTHS if name in self._given}
        width, height = lengths["width"], lengths["height"]
        alone = form is Form.ROLL and counts["columns"] == 1
        filled = {
            **({"page_width": width + lengths.get("left", 0.0)} if alone else {}),
            **({"page_height": height + lengths.get("top", 0.0)} if form is Form.ROLL else {}),
            "left": 0.0,
            "top": 0.0,
            "gap": 0.0,
            "pitch_x": width,
            "pitch_y": height,
            **lengths,
        }
        for name in ("page_width", "page_height"):
            if name not in filled:
                raise self._mistake(Mistake.MISSING, name)
        stock = msgspec.convert({"id": self._id, "form": form, **words, **counts, **filled}, Stock)
        for mistake, field in _misfits(stock):
            raise self._mistake(mistake, field)
        return stock

    def _check_names(self) -> None:
        for name in self._given:
            if name not in (*_LENGTHS, *_COUNTS, *_WORDS, "form"):
                raise self._mistake(Mistake.UNKNOWN_FIELD, name)
        for name in ("form", "width", "height"):
            if name not in self._given:
                raise self._mistake(Mistake.MISSING, name)

    def _form(self) -> Form:
        if self._given["form"] not in list(Form):
            raise self._mistake(Mistake.WRONG_FORM, "form")
        return Form(self._given["form"])

    def _words(self, name: str) -> str:
        said = self._given.get(name, self._id)
        if not isinstance(said, str):
            raise self._mistake(Mistake.NOT_WORDS, name)
        return said

    def _count(self, name: str) -> int:
        said = self._given.get(name, 1)
        if type(said) is not int or not 1 <= said <= MOST:
            raise self._mistake(Mistake.NOT_A_COUNT, name)
        return said

    def _length(self, name: str) -> float:
        said = self._given[name]
        least = 0.0 if name in _MAY_BE_ZERO else _ROUNDING
        if type(said) not in (int, float) or not least <= said <= LONGEST:  # nan is never between
            raise self._mistake(Mistake.NOT_A_LENGTH, name)
        return float(said)

    def _mistake(self, mistake: Mistake, field: str = "") -> UnreadableStocks:
        return UnreadableStocks(self._file, mistake, self._id, field)


def _misfits(stock: Stock) -> Iterator[tuple[Mistake, str]]:
    """What of the geometry cannot be."""
    if stock.form is Form.ROLL and stock.rows > 1:
        yield Mistake.NOT_A_COUNT, "rows"  # a roll moves on row by row
    if stock.columns > 1 and stock.pitch_x < stock.width - _ROUNDING:
        yield Mistake.OVERLAPPING, "pitch_x"
    if stock.rows > 1 and stock.pitch_y < stock.height - _ROUNDING:
        yield Mistake.OVERLAPPING, "pitch_y"
    if (
        stock.left + (stock.columns - 1) * stock.pitch_x + stock.width
        > stock.page_width + _ROUNDING
    ):
        yield Mistake.TOO_WIDE, "columns"
    if stock.top + (stock.rows - 1) * stock.pitch_y + stock.height > stock.page_height + _ROUNDING:
        yield Mistake.TOO_HIGH, "rows"
