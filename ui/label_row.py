"""Labels that wait for their row, and the next free place of a sheet.

A row of a roll with several labels across is printed at once, so labels collect until it is full.
A sheet is used up over several prints, and begun only when somebody says so. Both outlive a power
cut. What is taken out to be printed is struck off first: if the PC dies in between, the label is
still listed as not stuck on, where twice printed it would be twice in the world.
"""

from pathlib import Path

import msgspec
from msgspec import Struct, structs

from labels.stock import Form, Stock
from station.files import put_file

Codes = tuple[str, ...]


class Kept(Struct, frozen=True, omit_defaults=True):
    """The file. `next_place` counts the places of each stock's sheet from 1."""

    waiting: Codes = ()
    next_place: dict[str, int] = {}


class RowState(Struct, frozen=True):
    """What waits now, and for what."""

    stock: Stock
    waiting: Codes = ()
    next_place: int = 1

    @property
    def blank(self) -> int:
        """How many places of a row stay blank if it is printed now."""
        return -len(self.waiting) % self.stock.places


class Taken(Struct, frozen=True):
    """What is to be printed now, from which place, and what waits on."""

    codes: Codes
    start: int
    row: RowState


class LabelRow:
    """Used on the press's thread alone."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _read(file)

    def state(self, stock: Stock) -> RowState:
        """What waits on this stock."""
        place = self._kept.next_place.get(stock.id, 1) if stock.form is Form.SHEET else 1
        return RowState(stock, self._kept.waiting, place if place <= stock.places else 1)

    def add(self, codes: Codes, stock: Stock) -> Taken:
        """Put labels into the row; what fills whole rows is to be printed now."""
        waiting = (*self._kept.waiting, *codes)
        if stock.places == 1:
            whole = len(waiting)
        elif stock.form is Form.SHEET:
            whole = 0
        else:
            whole = len(waiting) - len(waiting) % stock.places
        self._keep(structs.replace(self._kept, waiting=waiting[whole:]))
        return Taken(waiting[:whole], 1, self.state(stock))

    def take_all(self, stock: Stock, start: int) -> Taken:
        """Print what waits now, from this place on."""
        waiting = self._kept.waiting
        self._keep(structs.replace(self._kept, waiting=()))
        self._use(stock, start, len(waiting))
        return Taken(waiting, start, self.state(stock))

    def pass_by(self, codes: Codes, stock: Stock) -> Taken:
        """Print these at once, whatever waits: a roll of blank labels, say."""
        start = self.state(stock).next_place
        self._use(stock, start, len(codes))
        return Taken(codes, start, self.state(stock))

    def clear(self, stock: Stock) -> RowState:
        """Print none of what waits."""
        self._keep(structs.replace(self._kept, waiting=()))
        return self.state(stock)

    def _use(self, stock: Stock, start: int, count: int) -> None:
        if stock.form is Form.SHEET:
            after = (start - 1 + count) % stock.places + 1
            places = {**self._kept.next_place, stock.id: after}
            self._keep(structs.replace(self._kept, next_place=places))

    def _keep(self, kept: Kept) -> None:
        if kept != self._kept:
            put_file(self._file, msgspec.json.encode(kept))
            self._kept = kept


def _read(file: Path) -> Kept:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, ValueError):  # what waited is still listed as not stuck on
        return Kept()
