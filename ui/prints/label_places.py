"""The places of labels on a sheet or a row: which are printed, used up, or stay blank."""

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from labels.stock import Stock

if TYPE_CHECKING:
    from labels.imposition import LabelPage  # loads with the first label


class PlaceState(Enum):
    """What becomes of a label."""

    PRINTED = "printed"
    USED = "used"  # peeled off before
    BLANK = "blank"


class LabelPlace(Struct, frozen=True):
    """One label of the carrier, in millimetres from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float
    state: PlaceState


def places_on(page: "LabelPage", stock: Stock, start: int = 1) -> tuple[LabelPlace, ...]:
    """Every label of this page; those before `start` were used up before."""
    return places_of(stock, start, len(page.labels))


def places_of(stock: Stock, start: int, count: int) -> tuple[LabelPlace, ...]:
    """Every label of a page on which so many are printed from this place on."""
    printed = range(start, start + count)
    return tuple(
        LabelPlace(
            stock.left + (number - 1) % stock.columns * stock.pitch_x,
            stock.top + (number - 1) // stock.columns * stock.pitch_y,
            stock.width,
            stock.height,
            _state(number, printed),
        )
        for number in range(1, stock.places + 1)
    )


def _state(number: int, printed: range) -> PlaceState:
    if number in printed:
        return PlaceState.PRINTED
    return PlaceState.USED if number < printed.start else PlaceState.BLANK
