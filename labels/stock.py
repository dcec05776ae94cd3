"""The label stocks a point can own."""

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


STOCKS: Final[Mapping[str, Stock]] = {
    stock.name: stock for stock in (Stock("50x30", 50, 30), Stock("35x22", 35, 22))
}


def stock_named(name: str) -> Stock:
    """Find a stock by its name, such as "50x30"."""
    if name not in STOCKS:
        raise UnknownStock(name)
    return STOCKS[name]
