"""What stands together on one page: signatures are never alone, nor away from the table's end."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.platypus import Flowable, KeepTogether

TALLER_THAN_ANY_PAGE: Final = 0xFFFFFF  # as reportlab's own: it is always asked to split


class Kept(KeepTogether):  # type: ignore[misc] # reportlab ships no types
    """What stands on one page, where it has room on one."""

    @property
    def parts(self) -> Sequence[Any]:
        """What is kept together."""
        return tuple(self._content)


class SignedTable(Flowable):  # type: ignore[misc] # the same
    """A table whose last row goes to the signatures' page, and its head with it."""

    def __init__(self, table: Any, signatures: Kept, page: float) -> None:
        super().__init__()
        self._table, self._signatures, self._page = table, signatures, page

    @property
    def parts(self) -> Sequence[Any]:
        """The table, then what is below it."""
        return (self._table, *self._signatures.parts)

    def getSpaceBefore(self) -> float:  # noqa: N802 -- reportlab's name
        """The table's own."""
        return float(self._table.getSpaceBefore())

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """More than there is, so that it is split."""
        return width, TALLER_THAN_ANY_PAGE

    def split(self, width: float, height: float) -> list[Any]:
        """What stands on this page and what comes after; nothing where all moves to the next."""
        table = self._table.wrapOn(self.canv, width, height)[1]
        below = self._height_below(width, height)
        if table + below <= height:
            return list(self.parts)
        torn = self._table.split(width, min(height, table - 1))  # its last row at least moves on
        if len(torn) > 1:
            return [torn[0], SignedTable(torn[1], self._signatures, self._page)]
        return [] if height < self._page - 1 else [self._table, self._signatures]

    def _height_below(self, width: float, height: float) -> float:
        parts = self._signatures.parts
        below: float = self._table.getSpaceAfter()
        for part in parts:
            below += part.wrapOn(self.canv, width, height)[1] + part.getSpaceBefore()
        return below
