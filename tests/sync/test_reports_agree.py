"""A month of three points: the service's report and the points' own agree to the unit.

Under every heading, in every period; across the change of communes in 2025, and after a point
corrected what a closed period had told.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from station import events as e
from station.correction import Correct, correct
from station.ledger import Moment, Occurred
from station.operators import Operator, Role
from station.periods import Period, PeriodKind, of
from station.point_counts import count_all
from station.refusals import Refusal
from station.report import Amount, By, Closing, Figure, Report, cells, reported
from sync.central.database import opened, reading
from sync.central.feeds.words import Words
from sync.central.numbers import closing, projector, reporting
from sync.central.numbers.facts import mark_of
from tests.postgres_server import PostgresServer
from tests.station import life
from tests.sync.conftest import LONG_ON_BOTH
from tests.sync.demonstration_month import LAST_DAY, demonstration_month
from tests.sync.points import Point
from tests.sync.programme import Programme
from tests.sync.service_process import command

LEAD = Operator("op.lead", Role.LEAD)
CHANGE_OF_UNITS = datetime(2025, 7, 18, 16, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(params=LONG_ON_BOTH)
def database(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'central.sqlite'}"
    else:
        with postgres.fresh_database() as url:
            assert command("migrate", "--database", url).returncode == 0
            yield url


def count_up(programme: Programme) -> None:
    """The service has counted what it was told."""
    with opened(programme.engine.url.render_as_string(hide_password=False)) as engine:
        words = Words(engine)
        while projector.is_behind(engine, mark_of(words.now())):  # its own worker counts, too
            projector.read_on(engine, words)


def of_service(programme: Programme, period: Period, station: int | None = None) -> Report:
    """The service's report, as if today were long after it."""
    today = period.last + timedelta(days=400)
    with reading(programme.engine) as connection:
        return reporting.report_on(connection, period, programme.reference, today, station=station)[
            0
        ]


def of_point(point: Point, period: Period) -> Report:
    """The same as the point's own app has it."""
    reference = point.store.reference
    made = cells(count_all(point.store), period, reference.unit_changes())
    today = period.last + timedelta(days=400)
    return reported(made, period, reference, today, closing=Closing.OPEN, station=point.station)


def periods(last: datetime) -> tuple[Period, ...]:
    """Those that the forty days touch, of every kind."""
    days = [last.date() - timedelta(days=back) for back in (40, 25, 10, 0)]
    return tuple(sorted({of(kind, day) for kind in PeriodKind for day in days}))


def assert_agree(
    programme: Programme, points: Mapping[int, Point], of_these: tuple[Period, ...]
) -> None:
    """Each point's own report is what the service has of it, and together they are the whole."""
    for period in of_these:
        whole = of_service(programme, period)
        own = {station: of_point(point, period) for station, point in points.items()}
        for station, report in own.items():
            assert of_service(programme, period, station) == report, (period, station)
        for figure in Figure:
            total = whole.amount(figure)
            amounts = [report.amount(figure) for report in own.values()]
            assert sum(amount.within for amount in amounts) == total.within
            assert sum(amount.total for amount in amounts) == total.total
        for section in whole.sections:
            for place, figure in enumerate(section.figures):
                rows = [row.amounts[place].total for row in section.rows]
                assert sum(rows) == whole.amount(figure).total, (section.by, figure)


def assert_adds_up(report: Report) -> None:
    """What came is what went and what is there."""
    total = {figure: report.amount(figure).total for figure in Figure}
    came = total[Figure.RECEIVED] + total[Figure.ARRIVED] + total[Figure.RETURNED]
    went = total[Figure.GIVEN] + total[Figure.RETIRED] + total[Figure.SENT]
    assert came == went + total[Figure.STOCK]


@pytest.mark.parametrize("last", [LAST_DAY, CHANGE_OF_UNITS], ids=["2026", "change of units"])
def test_service_and_points_agree_in_every_period_and_after_a_correction(
    database: str, tmp_path: Path, last: datetime
) -> None:
    with demonstration_month(database, tmp_path, until=last) as (programme, points):
        count_up(programme)
        assert_agree(programme, points, periods(last))
        running = of(PeriodKind.MONTH, last.date())
        before = running.before
        first = of_service(programme, before)
        assert_adds_up(first)
        assert first.amount(Figure.RECEIVED).within > 20
        assert first.amount(Figure.GIVEN).total > 0

        close(programme, before)
        told = of_service(programme, before)
        late = Moment(last + timedelta(hours=1), Occurred(before.last))
        life.receive(points[12].store, late, serial="LATE-1")
        corrected = correct_kind(points[21], before, Moment(last + timedelta(hours=2)))
        for point in points.values():
            point.whole_round()
        count_up(programme)

        assert of_service(programme, before) == told
        after = of_service(programme, running).amount(Figure.RECEIVED)
        assert after.before == told.amount(Figure.RECEIVED).total
        assert after.adjusted == 1
        everything = sum(
            of_point(point, running).amount(Figure.RECEIVED).total for point in points.values()
        )
        assert after.total == everything
        kinds = of_service(programme, running).section(By.KIND)
        moved = {row.id: row.amounts[0].adjusted for row in kinds.rows}
        assert sum(moved.values()) == 1
        assert moved[corrected] == 1 + (corrected == "laptop")
        assert_agree(programme, points, tuple(p for p in periods(last) if p.last < before.first))
        assert_same_totals(programme, points, running)


def assert_same_totals(programme: Programme, points: Mapping[int, Point], period: Period) -> None:
    """A point knows of no closing: what the service tells as adjusted, it tells as before."""
    for station, point in points.items():
        told, own = of_service(programme, period, station), of_point(point, period)
        for figure in Figure:
            theirs, ours = told.amount(figure), own.amount(figure)
            assert Amount(theirs.before + theirs.adjusted, 0, theirs.within) == ours


def close(programme: Programme, period: Period) -> None:
    """The Department closes it."""
    closing.close(
        programme.engine,
        period,
        programme.reference.unit_changes(),
        "lan",
        today=period.last + timedelta(days=1),
        now_s=int(LAST_DAY.timestamp()),
    )


def correct_kind(point: Point, period: Period, when: Moment) -> str:
    """A device of a closed period was entered as of another kind; the kind that it is."""
    for some in point.store.device_events(after="", limit=500):
        first = some.events[0]
        if isinstance(first.said, e.Received) and first.header.day in period:
            kind = "laptop" if first.said.kind == "desktop" else "desktop"
            command = Correct(event=first.hash, fields={"kind": kind}, reason="mistyped")
            with suppress(Refusal):  # what it has shows that it is none
                correct(command, point.store, LEAD, when)
                return kind
    raise AssertionError(f"nothing was received in {period}")
