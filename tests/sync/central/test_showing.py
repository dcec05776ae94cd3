"""The public figures as a snapshot: made by one worker at a time, moved once a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, delete

from station.counting import Count, Measure
from station.reference import load
from sync.central import tables as t
from sync.central.access.secrets import Secrets, opened_secrets
from sync.central.database import writing
from sync.central.numbers import showing
from sync.central.numbers.showing import NUMBERS, Flow
from tests.sync.central.tallied import tally

REFERENCE = load()
NOW_S = 1_790_000_000
DAY_S = 86_400
SECOND, THIRD = NOW_S + 50 * DAY_S, NOW_S + 100 * DAY_S  # what was shown at a time is kept
COMMUNES = ("25459", "25462", "25465")


@pytest.fixture
def own(engine: Engine) -> Secrets:
    """The service's secrets, and nothing shown yet."""
    with writing(engine) as connection:
        connection.execute(delete(t.tally))
        connection.execute(delete(t.shown))
    return opened_secrets(engine, bytes(32))


def given(unit: str, devices: int, day: date, level: str = "primary") -> Count:
    return Count(12, day, Measure.GIVEN, devices, "laptop", "person", unit, "", level)


def count(engine: Engine, *counts: Count) -> None:
    with writing(engine) as connection:
        tally(connection, counts)


def renew(engine: Engine, own: Secrets, now_s: int) -> bool:
    return showing.renew(engine, own, REFERENCE, now_s)


def test_points_and_months_are_exact(engine: Engine, own: Secrets) -> None:
    october, november = date(2026, 10, 20), date(2026, 11, 2)
    count(
        engine,
        Count(12, october, Measure.RECEIVED, 3, "laptop", "person", "25459"),
        Count(12, november, Measure.READY, 2, "laptop", "person", "25459"),
        given("25459", 1, november),
    )

    assert renew(engine, own, NOW_S)

    said = showing.shown(engine)
    assert said is not None
    assert (said.received, said.given) == (3, 1)
    assert said.flows == (
        Flow(12, date(2026, 10, 1), received=3),
        Flow(12, date(2026, 11, 1), given=1),
    )
    assert said.points[0].ready == 2


def test_communes_and_levels_add_up_with_what_is_not_shown(engine: Engine, own: Secrets) -> None:
    count(engine, *(given(unit, 8 + n, date(2026, 11, 2)) for n, unit in enumerate(COMMUNES)))
    moved = set()
    for day in range(12):
        renew(engine, own, SECOND + day * DAY_S)
        said = showing.shown(engine)
        assert said is not None
        total = sum(cell.given for cell in said.communes)
        assert total + said.communes_rest == said.given == 27
        assert said.communes_rest >= 5
        assert said.levels_rest == 27  # one level alone: it is never shown
        moved.add(total)
    assert max(moved) > 0


def test_within_a_day_no_cell_moves_however_often_it_is_looked(
    engine: Engine, own: Secrets
) -> None:
    count(engine, *(given(unit, 10, date(2026, 11, 2)) for unit in COMMUNES))
    renew(engine, own, THIRD)
    first = showing.shown(engine)
    assert first is not None
    count(engine, *(given(unit, 20, date(2026, 11, 3)) for unit in COMMUNES))

    assert renew(engine, own, THIRD + NUMBERS.every_s)

    second = showing.shown(engine)
    assert second is not None
    assert second.communes == first.communes
    assert second.communes_rest == first.communes_rest + 30


def test_it_is_made_once_in_its_time_by_one_worker(engine: Engine, own: Secrets) -> None:
    with ThreadPoolExecutor(8) as workers:
        made = list(workers.map(lambda _: renew(engine, own, NOW_S), range(8)))

    assert sum(made) == 1
    assert not renew(engine, own, NOW_S + NUMBERS.every_s - 2)
    assert renew(engine, own, NOW_S + NUMBERS.every_s)
