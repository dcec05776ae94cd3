"""A point works a week without a line, 5,000 events long, and then has one again."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from sync.course import Going
from sync.push import at_once
from sync.service import CentralService
from tests.bench.slow_line import KEY, fall_behind
from tests.sync.both_ends import require_equal
from tests.sync.service_process import ServiceProcess

EVENTS = 5_000


@pytest.mark.proof
def test_a_week_of_events_goes_out_in_one_round(
    tmp_path: Path,
    process: ServiceProcess,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    file = tmp_path / "behind.db"
    behind = fall_behind(file, EVENTS)
    with open_store(sqlite_url(file), KEY, load()) as store:
        process.enrol(store)
        began = perf_counter()
        with CentralService(process.address, store) as service:
            done = Going(store, service, at_once).go()
        took_s = perf_counter() - began

        assert (done.ended, done.pushed.answered, done.waiting) == ("done", behind, 0)
        require_equal(store, process.address)
    record_figure("a week's events that one round sent", behind, "", None)
    record_figure("seconds it took on this machine's own line", took_s, "s", None)
