"""Every real output damaged many times, and files of 100 MB, for every kind that is parsed."""

import time
from collections.abc import Callable

import pytest

from diagnostics.parse.kinds import KINDS, parser
from tests.diagnostics import corpus, hostile

ROUNDS = 25
HUGE = 100 * hostile.MIB

Record = Callable[[str, float, str, float | None], None]


@pytest.mark.proof
@pytest.mark.skipif(not corpus.is_there(), reason="no corpus beside the checkout")
def test_no_damaged_output_ends_a_parser(record_figure: Record) -> None:
    tried = sum(hostile.try_damaged(kind, seed) for kind in KINDS for seed in range(ROUNDS))

    record_figure("damaged real outputs parsed", tried, "files", None)
    assert tried > ROUNDS * 1000


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_megabytes_end(kind: str, record_figure: Record) -> None:
    slowest = 0.0
    for data in hostile.large(HUGE):
        began = time.perf_counter()
        hostile.answers_or_says_unreadable(parser(kind), data)
        slowest = max(slowest, time.perf_counter() - began)
    record_figure(f"{kind}: a file of 100 MB, the slowest of twelve", slowest, "s", None)
