"""Figures about few pupils are held back: a cell moves by five at least, and never alone.

Anybody may count what was given at all, day by day, from the pages of the devices. So whoever reads
the figures of a commune or a level knows the sum of all cells exactly, at any time, and may keep
every state that was ever shown. Four things keep a cell from being computed all the same:

* a cell moves only where it differs by 5 at least from what is shown;
* it moves only where at least 5 devices stay that are shown in no cell. Else the rest would be
  nothing, and all that came since the last move would be known to be of the one cell that moved;
* whether it moves on a day is drawn, under a key that stays secret. Else each day on which it did
  not move would tell how much it, or the rest, was short of at least;
* a value below 5 is never shown: a cell that was corrected so far down shows 0.

Decision 0035 says against whom.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

K = 5

Draw = Callable[[str], int]


def drawn(key: bytes, day: int) -> Draw:
    """A number for each word on this day, that nobody without the key can tell."""

    def draw(word: str) -> int:
        return int.from_bytes(sha256(key + f"{day} {word}".encode()).digest()[:8])

    return draw


def moved(
    shown: Mapping[str, int], true: Mapping[str, int], hidden: int, draw: Draw
) -> dict[str, int]:
    """What to show of each cell from now on.

    `true`: what each cell comes to; `hidden`: what belongs to no cell, and is never shown in one.
    """
    now = {cell: shown.get(cell, 0) for cell in {*shown, *true}}
    rest = hidden + sum(true.values()) - sum(now.values())
    for cell in sorted(now, key=lambda one: draw(f"order {one}")):
        value = true.get(cell, 0)
        step = (value if value >= K else 0) - now[cell]
        if abs(step) >= K and rest - step >= K and draw(f"moves {cell}") % 2:
            now[cell] += step
            rest -= step
    return now
