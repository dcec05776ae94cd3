"""How much goes on one page, told by the lengths of what is kept before any of it is read.

A thousand rows may be a few kilobytes, or more than the memory of a worker.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

PAGE_BYTES = 2 * 2**20  # a page ends behind the row with which it grew longer


def last_that_fits(places: Iterable[Row[Any, Any]]) -> int | None:
    """The last place of a page, of rows of place and length in order; None where there are none."""
    size, last = 0, None
    for place, length in places:
        last, size = place, size + length
        if size > PAGE_BYTES:
            break
    return last
