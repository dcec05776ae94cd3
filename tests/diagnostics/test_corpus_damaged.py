"""Outputs of real machines, cut and with bits flipped: read or unreadable, never another end."""

from contextlib import suppress
from random import Random

import msgspec
import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kinds import KINDS, parser
from tests.diagnostics import corpus

ROUNDS = 3
FLIPS = 8


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_damaged_output_is_read_or_unreadable(kind: str) -> None:
    files = corpus.files(kind)
    if not files:
        pytest.skip(f"no such outputs in a corpus at {corpus.FOLDER} (set STATION_CORPUS)")
    parse, chance = parser(kind), Random(kind)  # noqa: S311 -- the same damage every time

    for data in files * ROUNDS:
        with suppress(UnreadableReport):
            msgspec.json.encode(parse(_damaged(data, chance)))


def _damaged(data: bytes, chance: Random) -> bytes:
    damaged = bytearray(data[: chance.randrange(len(data) + 1)])
    for _ in range(min(FLIPS, len(damaged))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)
