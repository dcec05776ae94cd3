"""How long the monthly report takes over the counts of a million devices, on real PostgreSQL.

The tally is made in bulk, as counting leaves it: each device is received, repaired, made ready and,
most of them, given to a pupil, in five years, at one of 630 points with sixteen schools each.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any, TypeVar

from sqlalchemy import Engine

from station.counting import Measure
from station.periods import PeriodKind, of
from station.reference import load
from station.report import Figure as Told
from station.report import Report
from sync.central import schema
from sync.central import tables as t
from sync.central.database import opened, reading, writing
from sync.central.numbers import closing, reporting
from sync.report.document import document
from sync.report.workbook import workbook
from tests.figures import Figure
from tests.postgres_server import running_server

DEVICES = 1_000_000
POINTS, SCHOOLS = 630, 16  # at so many schools each gives
ROUNDS = 5
MOST_S = 5.0
FIRST, TODAY = date(2021, 10, 1), date(2026, 11, 28)
PERIOD = of(PeriodKind.MONTH, date(2026, 11, 14))
KINDS, DONORS = ("laptop", "desktop", "tablet"), ("organisation", "person")
LEVELS = ("primary", "lower-secondary", "upper-secondary")
RETIRED = 0.05  # share that is retired; of the rest most were given

Cell = tuple[int, date, str, str, str, str, str, str]
T = TypeVar("T")


def figures(command: str, devices: int = DEVICES) -> Iterator[Figure]:
    """The report, its files, and closing a period."""
    with running_server() as server, server.fresh_database() as url, opened(url) as engine:
        schema.migrate(engine)
        rows = fill(engine, devices)
        yield Figure(f"tally of {devices} devices", rows, "rows", None, command)
        report = _report(engine)
        given = report.amount(Told.GIVEN).total
        assert given > devices // 2, given
        made = _median(lambda: _report(engine))
        yield Figure("monthly report over all devices", made, "s", MOST_S, command)
        reference = load()
        word = _median(lambda: document(report, reference))
        yield Figure("that report as a Word document", word, "s", None, command)
        sheet = _median(lambda: workbook(report, reference))
        yield Figure("that report as a workbook", sheet, "s", None, command)
        whole = made + max(word, sheet)
        yield Figure("monthly report, made and written", whole, "s", MOST_S, command)
        chart = _median(lambda: _brought(engine))
        yield Figure("what twelve months brought, for the chart", chart, "s", None, command)
        began = time.perf_counter()
        closing.close(
            engine, PERIOD, reference.unit_changes(), "bench", today=TODAY, now_s=1_796_000_000
        )
        took = time.perf_counter() - began
        yield Figure("closing that month", took, "s", None, command)
        yield Figure(
            "a closed month, told again", _median(lambda: _report(engine)), "s", MOST_S, command
        )


def _report(engine: Engine) -> Report:
    with reading(engine) as connection:
        return reporting.report_on(connection, PERIOD, load(), TODAY)[0]


def _brought(engine: Engine) -> object:
    with reading(engine) as connection:
        return reporting.brought(connection, PERIOD, load())


def _median(work: Callable[[], T]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took)


# ---- the tally ----


def fill(engine: Engine, devices: int) -> int:
    """Copy it in; how many rows it has."""
    cells = _cells(devices)
    columns = ", ".join(column.name for column in t.tally.columns)
    with writing(engine) as connection:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY tally ({columns}) FROM STDIN") as copy:
            for cell, count in cells.items():
                if count:
                    copy.write_row((*cell, count))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE tally")
    return sum(1 for count in cells.values() if count)


def _cells(devices: int) -> Counter[Cell]:
    chance = random.Random(11)  # noqa: S311 -- which devices were given is no secret
    places = _Places()
    cells: Counter[Cell] = Counter()
    for number in range(devices):
        for cell, by in _life(number, chance, places):
            cells[cell] += by
    return cells


class _Places:
    """The communes of then and now."""

    def __init__(self) -> None:
        reference = load()
        self._change = reference.unit_changes()[0]
        self._old = [
            commune.code
            for district in reference.children("72", FIRST)
            for commune in reference.children(district.code, FIRST)
        ]
        self._new = [unit.code for unit in reference.children("80", TODAY)]

    def at(self, number: int, day: date) -> str:
        """The commune of that number on a day."""
        there = self._new if day >= self._change else self._old
        return there[number % len(there)]


def _life(number: int, chance: random.Random, places: _Places) -> Iterator[tuple[Cell, int]]:
    """What one device adds, cell by cell."""
    station, kind, donor = 1 + number % POINTS, chance.choice(KINDS), chance.choice(DONORS)
    came = FIRST + timedelta(days=chance.randrange((TODAY - FIRST).days))
    ready = came + timedelta(days=chance.randrange(1, 30))
    gone = ready + timedelta(days=chance.randrange(1, 40))
    here = places.at(station, came)

    def cell(measure: Measure, day: date) -> Cell:
        return station, day, measure.value, kind, donor, here, "", ""

    yield cell(Measure.RECEIVED, came), 1
    yield cell(Measure.IN_WORK, came), 1
    if ready > TODAY:
        return
    yield cell(Measure.IN_WORK, ready), -1
    if chance.random() < RETIRED:
        yield cell(Measure.RETIRED, ready), 1
        return
    yield cell(Measure.READY, ready), 1
    if gone > TODAY:
        return
    yield cell(Measure.READY, gone), -1
    school = station + POINTS * chance.randrange(SCHOOLS)
    where = places.at(school, gone), f"school-{school:05d}", LEVELS[school % 3]
    yield (station, gone, Measure.GIVEN.value, kind, donor, *where), 1


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else DEVICES
    for figure in figures("python -m tests.bench.report", asked):
        print(f"{figure.name}: {figure.value:.2f} {figure.unit}", flush=True)  # noqa: T201
