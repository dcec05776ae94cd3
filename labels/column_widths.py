"""How wide the columns of a table are: each has its share, and no word is torn that need not be."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from labels.document import Grid
from labels.drawn_symbols import bars_width
from labels.fonts import printable, text_width
from labels.paper_styles import Styles

MOST_FOR_A_WORD: Final = 0.4  # of the table: a longer word is torn
SPARE: Final = 0.5  # points: a word that just fits must not be torn by a rounding


def column_widths(grid: Grid, look: Styles, room: float, padding: float) -> list[float]:
    """The columns' widths in points, which fill the room."""
    shares = [column.width for column in grid.columns]
    wished = [
        min(_longest(grid, look, at) + 2 * padding + SPARE, MOST_FOR_A_WORD * room)
        for at in range(len(shares))
    ]
    return _filled(shares, wished if sum(wished) <= room else [0.0] * len(shares), room)


def _filled(shares: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """What is too narrow by its share gets its least; the others share what is left."""
    narrow: set[int] = set()
    while True:
        left = room - sum(least[at] for at in narrow)
        whole = sum(share for at, share in enumerate(shares) if at not in narrow)
        widths = [
            least[at] if at in narrow else left * share / whole for at, share in enumerate(shares)
        ]
        too_narrow = {at for at, width in enumerate(widths) if width < least[at] - SPARE / 2}
        if not too_narrow:
            return widths
        narrow |= too_narrow


def _longest(grid: Grid, look: Styles, at: int) -> float:
    """How wide the widest word of a column is, or its widest symbol."""
    column = grid.columns[at]
    cells = [row[at] for row in grid.rows]
    if column.barcode:
        return max((bars_width("".join(lines)) for lines in cells), default=0.0)
    words = {word for lines in cells for line in lines for word in line.split(" ")}
    return max(
        (
            *_widths(words, look.cells[column.align]),
            *_widths(column.title.split(" "), look.head_cell),
            *_widths(grid.total[at].split(" ") if grid.total else (), look.total[column.align]),
        ),
        default=0.0,
    )


def _widths(words: Iterable[str], style: Any) -> Iterator[float]:
    for word in words:
        yield text_width(printable(word, style.fontName), style.fontName, style.fontSize)
