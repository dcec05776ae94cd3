"""Labels put on their places: on a roll row by row from the left, on a sheet from a chosen place.

A last row or sheet may stay partly blank; the page says how many of its labels do.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from labels.printer import Alignment
from labels.stock import Stock
from station.printed import Label

STRAIGHT = Alignment()
FARTHEST = 1.0  # millimetres: the margin that every label keeps, so no ink leaves the page


class NoSuchPlace(Exception):
    """The page has no place of this number to start at."""

    code = "no_such_place"

    def __init__(self, place: int, last: int) -> None:
        super().__init__(f"place {place} of {last}")
        self.place, self.last = place, last


class OffThePage(Exception):
    """The printer's correction would push labels over the edge of the page."""

    code = "off_the_page"

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock.id)
        self.stock = stock


class Placed(Struct, frozen=True):
    """A label, and where its upper left corner lies on the page, in millimetres."""

    label: Label
    x: float
    y: float


class LabelPage(Struct, frozen=True):
    """What is printed at once: a label, a row of labels or a sheet. Sizes in millimetres."""

    width: float
    height: float
    labels: tuple[Placed, ...]
    free: int  # places that stay blank behind the last label

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code on the page once, in reading order."""
        return tuple(dict.fromkeys(placed.label.code for placed in self.labels))


def impose(
    labels: Sequence[Label],
    stock: Stock,
    *,
    start: int = 1,
    copies: int = 1,
    alignment: Alignment = STRAIGHT,
) -> tuple[LabelPage, ...]:
    """All pages for these labels."""
    return tuple(imposed(labels, stock, start=start, copies=copies, alignment=alignment))


def imposed(
    labels: Iterable[Label],
    stock: Stock,
    *,
    start: int = 1,
    copies: int = 1,
    alignment: Alignment = STRAIGHT,
) -> Iterator[LabelPage]:
    """The pages for these labels, one after the other; copies of a label lie beside each other.

    `start` counts the places of the first page from 1, row by row: those before it are used up.
    """
    if not 1 <= start <= stock.places:
        raise NoSuchPlace(start, stock.places)
    every_place = tuple(_places(stock, alignment))
    places = every_place[start - 1 :]
    wanted = (label for label in labels for _ in range(copies))
    while filled := tuple(islice(wanted, len(places))):
        placed = tuple(Placed(label, x, y) for label, (x, y) in zip(filled, places, strict=False))
        free = len(places) - len(placed)
        yield LabelPage(stock.page_width, stock.page_height, placed, free)
        places = every_place


def _places(stock: Stock, alignment: Alignment) -> Iterator[tuple[float, float]]:
    """The upper left corner of each label, row by row."""
    for row in range(stock.rows):
        for column in range(stock.columns):
            x = stock.left + column * (stock.pitch_x + alignment.pitch_x) + alignment.x
            y = stock.top + row * (stock.pitch_y + alignment.pitch_y) + alignment.y
            across = _on_page(x, stock.width, stock.page_width)
            if not across or not _on_page(y, stock.height, stock.page_height):
                raise OffThePage(stock)
            yield x, y


def _on_page(begins: float, length: float, page: float) -> bool:
    """Whether a label that begins here keeps all its ink on the page."""
    return begins >= -FARTHEST and begins + length <= page + FARTHEST
