"""The label stocks a point can own, and the resolutions of its label printers."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct


class UnknownStock(Exception):
    """No stock of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Stock(Struct, frozen=True):
    """One label's size in millimetres."""

    name: str
    width: float
    height: float


class Resolution(Struct, frozen=True):
    """A printer's dots, and how many of them a module of a symbol takes.

    A module that is no whole number of dots makes bars of uneven width, which misread.
    """

    dot: float  # millimetres
    bar_dots: int  # 0.25 mm at least
    qr_dots: tuple[int, ...]  # the larger reads better when the label is worn

    @property
    def bar_module(self) -> float:
        """The narrowest bar."""
        return self.bar_dots * self.dot

    @property
    def bar_quiet(self) -> float:
        """The white on either side of a barcode: ten modules."""
        return 10 * self.bar_module


STOCKS: Final[Mapping[str, Stock]] = {
    stock.name: stock for stock in (Stock("50x30", 50, 30), Stock("35x22", 35, 22))
}
DPI_203: Final = Resolution(dot=1 / 8, bar_dots=2, qr_dots=(4, 3))
DPI_300: Final = Resolution(dot=25.4 / 300, bar_dots=3, qr_dots=(6, 5))


def stock_named(name: str) -> Stock:
    """Find a stock by its name, such as "50x30"."""
    if name not in STOCKS:
        raise UnknownStock(name)
    return STOCKS[name]
