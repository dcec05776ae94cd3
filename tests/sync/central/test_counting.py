"""What points sent is counted: once, whatever the order, and the same when counted from nothing."""

from datetime import date
from threading import Thread
from time import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, update

from station import documents
from station import events as e
from station.documents import CASE, ORGANISATIONS, AllottedCase, ReferenceWords
from station.reference import load
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.feeds import documents as publishing
from sync.central.feeds.words import Words
from sync.central.numbers import projector
from sync.central.numbers.facts import mark_of
from sync.wire import DocumentRequest
from tests.sync.central.conftest import (
    CASE_A,
    DESKTOP,
    HERE,
    LAPTOP,
    THERE,
    Point,
    allot,
    received,
)
from tests.sync.central.counted import counted_rows, journey_of, read_all, tallied
from tests.sync.central.honest_history import arrivals, honest_histories
from tests.sync.central.test_histories import Service, few, in_bursts

READY = e.MadeReady(policy="release-2021-09-10")
GIVEN = e.HandedOver(to="pupil", case=CASE_A)


def give_away(engine: Engine, point: Point) -> None:
    """A laptop comes in and goes to the pupil of the case."""
    allot(engine, HERE)
    point.tell(LAPTOP, received(), e.TakenToBench(), READY, e.Reserved(case=CASE_A), GIVEN)


def test_what_a_point_sent_stands_in_journeys_and_figures(engine: Engine) -> None:
    give_away(engine, Point(engine))
    read_all(engine)

    journey = journey_of(engine, LAPTOP)
    assert journey is not None
    assert journey.stage == "handed_over"
    assert tallied(engine, station=HERE) == {"received": 1, "given": 1}
    assert tallied(engine, level="primary") == {"given": 1}


def test_what_was_read_is_not_counted_again(engine: Engine) -> None:
    point = Point(engine)
    give_away(engine, point)
    read_all(engine)
    before = counted_rows(engine)

    point.again()
    read_all(engine)
    assert counted_rows(engine) == before
    assert not projector.is_behind(engine, mark_of(load()))


def test_a_device_that_moves_on_leaves_its_old_cells_empty(engine: Engine) -> None:
    point = Point(engine)
    point.tell(LAPTOP, received())
    read_all(engine)
    assert tallied(engine) == {"received": 1, "in_work": 1}

    point.tell(LAPTOP, e.EnteredByMistake())
    read_all(engine)
    assert counted_rows(engine)["tally"] == []
    mistaken = journey_of(engine, LAPTOP)
    assert mistaken is not None
    assert mistaken.mistaken


def test_a_case_that_is_allotted_otherwise_moves_what_it_was_given(engine: Engine) -> None:
    give_away(engine, Point(engine))
    read_all(engine)
    body = documents.encode(AllottedCase(level="upper-secondary", unit="25654"))
    publishing.publish(engine, DocumentRequest(HERE, CASE, CASE_A, body))
    read_all(engine)

    assert tallied(engine, level="primary") == {}
    assert tallied(engine, level="upper-secondary", unit="25654") == {"given": 1}
    assert counted_rows(engine)["to_count"] == []


def test_a_case_that_the_point_entered_itself_is_known_by_its_event(engine: Engine) -> None:
    point = Point(engine)
    gift = e.GivenDirectly(kind="laptop", case=CASE_A, donor_kind="organisation")
    point.tell(LAPTOP, gift)
    read_all(engine)
    assert tallied(engine, level="primary") == {}

    point.tell(CASE_A, e.CaseEntered(level="primary", school="truong-th-go-dau", unit="25654"))
    read_all(engine)
    of_the_pupil = {"level": "primary", "school": "truong-th-go-dau", "unit": "25654"}
    assert tallied(engine, **of_the_pupil) == {"given": 1}
    assert tallied(engine, donor_kind="organisation") == {"given": 1, "received": 1}


def test_a_point_that_lies_elsewhere_is_counted_anew(engine: Engine) -> None:
    Point(engine).tell(LAPTOP, received())
    read_all(engine)
    text = """
[[organisations]]
id = "vnpt-tay-ninh"
kind = "telecom"
vi = "VNPT Tây Ninh"
en = "VNPT Tây Ninh"
short = "VNPT"

[[points]]
number = 12
organisation = "vnpt-tay-ninh"
vi = "Điểm khác"
en = "Another place"
unit = "25708"
"""
    body = documents.encode(ReferenceWords(text))
    order = DocumentRequest(t.EVERY_POINT, ORGANISATIONS, "organisations", body)
    publishing.publish(engine, order)
    read_all(engine)

    assert tallied(engine, unit="25708") == {"received": 1, "in_work": 1}
    assert tallied(engine) == {"received": 1, "in_work": 1}


def test_only_one_worker_counts_at_a_time(postgres_engine: Engine) -> None:
    read_all(postgres_engine)
    give_away(postgres_engine, Point(postgres_engine))
    with writing(postgres_engine) as connection:
        assert projector.taken(connection)
        assert not projector.read_on(postgres_engine, Words(postgres_engine))
    read_all(postgres_engine)

    assert tallied(postgres_engine) == {"received": 1, "given": 1}


def test_several_workers_count_everything_once(postgres_engine: Engine) -> None:
    points = [Point(postgres_engine, station) for station in (HERE, THERE)]
    for n, code in enumerate((LAPTOP, DESKTOP) * 10):
        points[n % 2].tell(code, received(), READY)
    workers = [Thread(target=read_all, args=[postgres_engine]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    read_all(postgres_engine)
    before = counted_rows(postgres_engine)

    projector.count_anew(postgres_engine, load())
    assert counted_rows(postgres_engine) == before


@pytest.fixture
def file_engine(sqlite_engine: Engine) -> Engine:
    """One file for all examples, emptied for each."""
    return sqlite_engine


@few
@given(st.data())
def test_read_in_bursts_or_from_nothing_the_rows_are_the_same(
    file_engine: Engine, data: st.DataObject
) -> None:
    history = data.draw(honest_histories())
    order = data.draw(arrivals(history))
    longest = data.draw(st.integers(1, 6))
    service = Service(file_engine)
    for burst in in_bursts(order, longest):
        service.take(burst)
        if data.draw(st.booleans()):
            read_all(file_engine)
    read_all(file_engine)
    before = counted_rows(file_engine)

    projector.count_anew(file_engine, load())
    assert counted_rows(file_engine) == before


# ---- notices ----


def offered(engine: Engine, code: str, channel: str = "tay-ninh-smart", devices: int = 1) -> None:
    """A donor registered through a channel."""
    row = {
        "code": code, "created_s": 0, "changed_s": 0, "channel": channel, "state": "assigned",
        "form": "point", "place": "point", "donor_kind": "person", "items": b"", "devices": devices,
        "donor": b"", "donor_digest": b"", "secret_hash": b"",
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(t.offer), [row])


def noticed(engine: Engine) -> list[tuple[str, str | None, date | None]]:
    table = t.notice.c
    wanted = select(table.kind, table.device, table.day).order_by(table.position)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def test_a_donor_is_told_once_what_became_of_a_device(engine: Engine) -> None:
    offer = "M9010000018"
    offered(engine, offer)
    allot(engine, HERE)
    point = Point(engine)
    point.tell(LAPTOP, e.Received(kind="laptop", offer=offer), READY)
    read_all(engine)
    point.tell(LAPTOP, e.TakenToBench(), READY, e.Reserved(case=CASE_A), GIVEN)
    read_all(engine)

    told = noticed(engine)
    assert [kind for kind, _, _ in told] == ["device_received", "device_ready", "device_given"]
    assert {device for _, device, _ in told} == {LAPTOP}
    assert all(day is not None and day.year > 2000 for _, _, day in told)


def test_an_offer_is_done_once_everything_that_was_announced_came_in(engine: Engine) -> None:
    offer = "M9010000018"
    offered(engine, offer, devices=2)
    point = Point(engine)
    states = []
    for said in (LAPTOP, e.Received(kind="laptop", offer=offer)), (LAPTOP, READY), (
        DESKTOP, e.Received(kind="desktop", offer=offer),
    ):  # fmt: skip
        point.tell(*said)
        read_all(engine)
        with reading(engine) as connection:
            states.append(connection.execute(select(t.offer.c.state)).scalar_one())

    assert states == ["assigned", "assigned", "done"]


def test_a_gift_that_a_point_recorded_is_given_and_its_contact_told_no_more(
    engine: Engine,
) -> None:
    offer = "M9010000018"
    offered(engine, offer, devices=1)
    with writing(engine) as connection:
        agreed = {"state": "direct", "gift": "agreed", "chosen_case": CASE_A}
        connection.execute(update(t.offer), agreed)
    Point(engine).tell(LAPTOP, e.GivenDirectly(kind="laptop", case=CASE_A))
    read_all(engine)

    with reading(engine) as connection:
        row = connection.execute(select(t.offer.c.gift, t.offer.c.state)).one()
    assert tuple(row) == ("given", "done")


def test_nobody_is_told_of_what_no_channel_brought(engine: Engine) -> None:
    Point(engine).tell(LAPTOP, e.Received(kind="laptop", offer="M9010000018"), READY)
    read_all(engine)

    assert noticed(engine) == []


def test_a_family_is_told_that_the_case_was_given_and_not_which_device(engine: Engine) -> None:
    row = {
        "code": CASE_A, "created_s": int(time()), "changed_s": 0, "channel": "tay-ninh-smart",
        "state": "approved", "level": "primary", "relation": "parent", "pupil": b"",
        "pupil_digest": b"", "public": False, "secret_hash": b"",
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(t.application), [row])
    give_away(engine, Point(engine))
    read_all(engine)

    assert [(kind, device) for kind, device, _ in noticed(engine)] == [("application_given", None)]
