"""What a dying stick or a wrong tool makes of an output, for tests that a parser survives it."""

from collections.abc import Callable
from contextlib import suppress

import msgspec
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport


def answers_or_says_unreadable(facts_of: Callable[[bytes], object], data: bytes) -> None:
    """Nothing else happens, and what a parser gives can be written into a report."""
    with suppress(UnreadableReport):
        msgspec.json.encode(facts_of(data))


@st.composite
def damaged(draw: st.DrawFn, sample: bytes) -> bytes:
    """Cut somewhere, with up to three bytes changed."""
    data = bytearray(sample[: draw(st.integers(0, len(sample)))])
    for at in draw(st.lists(st.integers(0, len(sample)), max_size=3)):
        if at < len(data):
            data[at] ^= draw(st.integers(1, 255))
    return bytes(data)
