"""Several points at the same time, on a real PostgreSQL."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import Engine, select

from station import documents, events
from station.documents import OFFER
from sync.central import tables as t
from sync.central.database import reading
from sync.central.feeds import documents as publishing
from sync.wire import Answered, DocumentRequest
from tests.sync.central.conftest import CASE_A, CASE_B, HERE, THERE, Point, allot, received

ROUNDS = 6


def all_at_once(points: Sequence[Point]) -> list[tuple[Answered, ...]]:
    """Every point pushes what it has, in the same moment."""
    ready = threading.Barrier(len(points))

    def push(point: Point) -> tuple[Answered, ...]:
        ready.wait(30)
        return point.push()

    with ThreadPoolExecutor(len(points)) as pool:
        return list(pool.map(push, points))


def device(point: int, number: int) -> str:
    return f"{point:03d}{number:06d}0"


def test_of_points_that_claim_a_case_at_once_exactly_one_wins(postgres_engine: Engine) -> None:
    points = [Point(postgres_engine, 20 + number) for number in range(6)]
    for round_ in range(ROUNDS):
        case = f"H01200{round_:05d}"
        allot(postgres_engine, 20, case)
        for number, point in enumerate(points):
            point.record(device(20 + number, round_), events.Reserved(case=case))

        outcomes = [answers[0].outcome for answers in all_at_once(points)]

        assert sorted(outcomes) == [events.ACCEPTED] + [events.VOID] * 5


def test_points_that_touch_the_same_devices_in_any_order_all_get_through(
    postgres_engine: Engine,
) -> None:
    points = [Point(postgres_engine, 30 + number) for number in range(6)]
    shared = [device(30, number) for number in range(8)]
    for _ in range(ROUNDS):
        for number, point in enumerate(points):
            for code in shared[number:] + shared[:number]:
                point.record(code, received(), events.HandedOver(to="pupil", case=CASE_A))
                point.record(code, events.ReturnedToStock(reason="other", case=CASE_A))
        all_at_once(points)

    assert all(len(point.ledger.verdicts) == point.ledger.seq for point in points)
    _numbers_have_no_holes(postgres_engine)


def test_departures_and_arrivals_at_once_end_without_a_dispute(postgres_engine: Engine) -> None:
    here, there = Point(postgres_engine, 40), Point(postgres_engine, 41)
    for round_ in range(ROUNDS):
        for number in range(10):
            code = device(40, 100 * round_ + number)
            here.record(code, received(), events.SentTo(place="point-041"))
            there.record(code, events.ArrivedFrom(place="point-040", here="point-041"))
        all_at_once([here, there])

    with reading(postgres_engine) as connection:
        open_ = select(t.dispute).where(t.dispute.c.settled.is_(None))
        assert connection.execute(open_).all() == []
    _numbers_have_no_holes(postgres_engine)
    _places_are_given_once(postgres_engine)


def test_documents_are_published_while_points_push(postgres_engine: Engine) -> None:
    points = [Point(postgres_engine, 50 + number) for number in range(3)]
    stop = threading.Event()

    def publish() -> int:
        versions = 0
        while not stop.is_set():
            for station in (50, 51, 52):
                versions = allot(postgres_engine, station, CASE_B)
        return versions

    with ThreadPoolExecutor(1) as pool:
        publishing_ = pool.submit(publish)
        for round_ in range(ROUNDS):
            for number, point in enumerate(points):
                code = device(50 + number, round_)
                point.record(code, events.Reserved(case=CASE_B), events.SentTo(place="point-051"))
            all_at_once(points)
        stop.set()
        assert publishing_.result(30) > 0
    _places_are_given_once(postgres_engine)


def _numbers_have_no_holes(engine: Engine) -> None:
    """Numbers are given one after another: to events, and to later answers."""
    with reading(engine) as connection:
        given = list(connection.execute(select(t.event.c.number)).scalars())
        later = connection.execute(select(t.feed_item).where(t.feed_item.c.kind == "verdict")).all()
        last = connection.execute(select(t.verdict_count.c.number)).scalar_one()
    assert len(set(given)) == len(given)
    assert len(given) + len(later) == last


def _places_are_given_once(engine: Engine) -> None:
    with reading(engine) as connection:
        for row in connection.execute(select(t.feed)).all():
            of_feed = select(t.feed_item.c.position).where(t.feed_item.c.station == row.station)
            found = sorted(connection.execute(of_feed).scalars())
            assert found == sorted(set(found))
            assert found[-1:] in ([], [row.position])


def test_an_offer_that_two_programs_give_away_is_at_one_point(postgres_engine: Engine) -> None:
    body = documents.encode(documents.Offer())
    for number in range(10):
        name = f"M{number:010d}"
        asked = [DocumentRequest(station, OFFER, name, body) for station in (HERE, THERE)]
        with ThreadPoolExecutor(2) as programs:
            list(programs.map(partial(publishing.publish, postgres_engine), asked))

    table = t.document.c
    given = select(table.id).where(table.kind == OFFER, table.body.is_not(None))
    with reading(postgres_engine) as connection:
        assert len(connection.execute(given).all()) == 10
