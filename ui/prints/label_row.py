"""Labels that wait for their row, and the next free place of a sheet.

A row of a roll with several labels across is printed at once, so labels collect until it is full.
A sheet is used up over several prints, and begun only when somebody says so. Both outlive a power
cut. What is printed is struck off before it goes into the queue: if the PC dies in between, the
label is still listed as not stuck on, where twice printed it would be twice in the world.
"""

from pathlib import Path

import msgspec
from msgspec import Struct, structs

from labels.stock import Form, Stock
from station.files import put_file
from station.printed import Label

Labels = tuple[Label, ...]


class Kept(Struct, frozen=True, omit_defaults=True):
    """The file. `next_place` counts the places of each stock's sheet from 1."""

    waiting: Labels = ()
    next_place: dict[str, int] = {}

    def using(self, stock: Stock, start: int, count: int) -> "Kept":
        """So many places of a sheet are used up, from this one on."""
        if stock.form is not Form.SHEET:
            return self
        after = (start - 1 + count) % stock.places + 1
        return structs.replace(self, next_place={**self.next_place, stock.id: after})


class RowState(Struct, frozen=True):
    """What waits now, and for what."""

    stock: Stock
    waiting: tuple[str, ...] = ()  # codes
    next_place: int = 1

    @property
    def blank(self) -> int:
        """How many places of a row stay blank if it is printed now."""
        return -len(self.waiting) % self.stock.places


class Taken(Struct, frozen=True):
    """What is to be printed now, from which place on, and what is kept then."""

    labels: Labels
    start: int
    after: Kept


class LabelRow:
    """Used on the press's thread alone."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _read(file)

    def state(self, stock: Stock) -> RowState:
        """What waits on this stock."""
        place = self._kept.next_place.get(stock.id, 1) if stock.form is Form.SHEET else 1
        codes = tuple(label.code for label in self._kept.waiting)
        return RowState(stock, codes, place if place <= stock.places else 1)

    def add(self, labels: Labels, stock: Stock) -> Taken:
        """Labels go into the row; what fills whole rows is to be printed now."""
        waiting = (*self._kept.waiting, *labels)
        whole = len(waiting) - len(waiting) % stock.places
        if stock.form is Form.SHEET:
            whole = 0
        return Taken(waiting[:whole], 1, structs.replace(self._kept, waiting=waiting[whole:]))

    def take_all(self, stock: Stock, start: int) -> Taken:
        """What waits is to be printed now, from this place on."""
        waiting = self._kept.waiting
        after = structs.replace(self._kept, waiting=()).using(stock, start, len(waiting))
        return Taken(waiting, start, after)

    def pass_by(self, labels: Labels, stock: Stock, start: int | None = None) -> Taken:
        """These are to be printed at once, whatever waits: a roll of blank labels, say."""
        start = start or self.state(stock).next_place
        return Taken(labels, start, self._kept.using(stock, start, len(labels)))

    def drop_all(self) -> Taken:
        """None of what waits is to be printed."""
        return Taken((), 1, structs.replace(self._kept, waiting=()))

    def keep(self, taken: Taken) -> None:
        """Strike off what is printed."""
        if taken.after != self._kept:
            put_file(self._file, msgspec.json.encode(taken.after))
            self._kept = taken.after


def _read(file: Path) -> Kept:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, ValueError):  # what waited is still listed as not stuck on
        return Kept()
