"""Three PCs, 500 devices each, at the same time."""

from collections.abc import Callable
from time import perf_counter

import pytest

from tests.station.test_one_chain import WRITERS, assert_one_chain

EACH = 500


@pytest.mark.proof
def test_three_processes_append_500_times_each(
    database: str, record_figure: Callable[[str, float, str, float | None], None]
) -> None:
    began = perf_counter()

    assert_one_chain(database, EACH)

    engine = database.partition(":")[0].partition("+")[0]
    took = perf_counter() - began
    record_figure(f"{engine}: appends by 3 processes in one chain", WRITERS * EACH, "events", None)
    record_figure(f"{engine}: 3 x 500 appends, verified", took, "s", None)
