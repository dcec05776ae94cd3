"""A row that is taller than a page becomes several rows: nothing that was written is left out."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any


def torn(row: Sequence[Any], widths: Sequence[float], height: float) -> list[list[Any]]:
    """The row in pieces, none taller than this; a cell that has ended is empty in the others."""
    cells = [
        _pieces(cell if isinstance(cell, list) else [cell] if cell else [], width, height)
        for cell, width in zip(row, widths, strict=True)
    ]
    return [list(piece) for piece in zip_longest(*cells, fillvalue="")]


def _pieces(flowables: Sequence[Any], width: float, height: float) -> Iterator[list[Any]]:
    """What of a cell stands in each piece."""
    piece: list[Any] = []
    left, waiting = height, list(flowables)
    while waiting:
        first, *rest = _parts(waiting[0], width, left, whole=not piece)
        if first is None:
            yield piece
            piece, left = [], height
            continue
        piece.append(first)
        left -= first.wrap(width, height)[1]
        waiting[:1] = rest
    if piece:
        yield piece


def _parts(flowable: Any, width: float, left: float, *, whole: bool) -> list[Any]:
    """What has room and what has not; None where nothing has. A fresh piece takes it anyhow."""
    if flowable.wrap(width, left)[1] <= left:
        return [flowable]
    return flowable.split(width, left) or [flowable if whole else None]
