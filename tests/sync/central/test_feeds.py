"""What points pull: events of devices that come to them, later answers, documents, tasks."""

import msgspec
import pytest
from sqlalchemy import Engine, select

from station import documents, events, ledger
from station.documents import CASE, OFFER, POLICY, TASK, Document, ReferenceWords, SharedTask
from sync import wire
from sync.central import tables as t
from sync.central.database import reading
from sync.central.feeds import documents as publishing
from sync.central.feeds import feed
from sync.central.keeping import disputes
from sync.central.problems import Refused
from sync.wire import (
    Answered,
    Decision,
    DocumentRequest,
    ForeignEvent,
    OpenDispute,
    Pulled,
    PullKind,
)
from tests.sync.central.conftest import (
    CASE_A,
    DESKTOP,
    ELSEWHERE,
    HERE,
    LAPTOP,
    THERE,
    Point,
    allot,
    open_rules,
    received,
)

ARRIVED = events.ArrivedFrom(place="point-012", here="point-013")
SENT = events.SentTo(place="point-013")
GIVEN = events.HandedOver(to="pupil", case=CASE_A)


def events_of(items: tuple[Pulled, ...]) -> list[ledger.Entry]:
    """The events among them, as a point rebuilds them."""
    return [
        ledger.chained(said.core, said.salt or b"", said.data or b"", said.prev)
        for item in items
        if item.kind == PullKind.EVENT
        for said in [wire.read(item.body, ForeignEvent)]
    ]


def verdicts_of(items: tuple[Pulled, ...]) -> list[Answered]:
    return [wire.read(item.body, Answered) for item in items if item.kind == PullKind.VERDICT]


def documents_of(items: tuple[Pulled, ...]) -> list[Document]:
    return [wire.read(item.body, Document) for item in items if item.kind == PullKind.DOCUMENT]


def tasks_of(point: Point) -> list[SharedTask | None]:
    found = [made for made in documents_of(point.pulled().items) if made.kind == TASK]
    read = [documents.read(made) for made in found]
    return [task for task in read if task is None or isinstance(task, SharedTask)]


# ---- events ----


def test_past_and_future_events_of_a_device_go_where_it_is_sent(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    here.record(LAPTOP, received(), events.TakenToBench())
    here.record(DESKTOP, received())
    here.push()
    here.tell(LAPTOP, SENT)
    here.tell(LAPTOP, events.LabelPrinted())

    came = events_of(there.pulled().items)

    assert came == [entry for entry in here.ledger.entries if entry.header.subject == LAPTOP]
    assert here.pulled().items == ()


def test_events_follow_a_device_that_came_before_its_departure(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    there.tell(LAPTOP, ARRIVED)
    here.tell(LAPTOP, received(), SENT)

    assert events_of(there.pulled().items) == here.ledger.entries


def test_what_happens_elsewhere_is_told_to_a_point_that_had_the_device(engine: Engine) -> None:
    here, there, third = (Point(engine, station) for station in (HERE, THERE, ELSEWHERE))
    here.tell(LAPTOP, received(), SENT)
    there.tell(LAPTOP, ARRIVED, events.SentTo(place="point-014"))

    came = events_of(third.pulled().items)

    assert came == [*here.ledger.entries, *there.ledger.entries]


def test_a_page_says_how_far_it_goes_and_whether_more_waits(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    here.tell(LAPTOP, received(), *[events.LabelPrinted()] * 6, SENT)

    cursor = feed.Cursor()
    items: list[Pulled] = []
    while True:
        page = feed.page(engine, THERE, cursor, 3)
        items += page.items
        cursor = feed.Cursor(page.own, page.common)
        if not page.more:
            break

    assert tuple(items) == there.pulled().items
    places = [item.position for item in items]
    assert places == sorted(set(places))
    assert len(places) == 8
    assert feed.page(engine, THERE, cursor, 3).items == ()


def test_an_event_without_its_data_travels_without_it(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    entry = here.record(LAPTOP, received())
    here.ledger.entries[0] = msgspec.structs.replace(entry, salt=None, data=None)
    here.tell(LAPTOP, SENT)

    said = wire.read(there.pulled().items[0].body, ForeignEvent)

    assert (said.data, said.data_hash) == (None, entry.data_hash)


# ---- later answers ----


def test_an_arrival_is_answered_anew_when_its_departure_comes(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    first = there.tell(LAPTOP, ARRIVED)
    assert (first.outcome, first.rule) == (events.DISPUTED, "departure_missing")
    here.tell(LAPTOP, received(), SENT)

    (later,) = verdicts_of(there.pulled().items)

    assert (later.seq, later.hash, later.outcome) == (first.seq, first.hash, events.ACCEPTED)
    assert later.number == 4  # behind both events of the other point
    assert open_rules(engine) == []
    assert there.again().verdicts == (first,)


def test_what_one_batch_contradicts_and_clears_was_never_disputed(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    there.record(LAPTOP, GIVEN)
    there.push()
    here.record(DESKTOP, GIVEN, events.ReturnedToStock(reason="other", case=CASE_A))

    assert [answered.outcome for answered in here.push()] == [events.ACCEPTED] * 2
    assert tasks_of(there) == []


# ---- disputes and tasks ----


def two_devices_for_one_pupil(engine: Engine) -> tuple[Point, Point, Answered]:
    here, there = Point(engine, HERE), Point(engine, THERE)
    here.tell(LAPTOP, GIVEN)
    return here, there, there.tell(DESKTOP, GIVEN)


def test_the_other_point_is_given_a_task(engine: Engine) -> None:
    here, there, disputed = two_devices_for_one_pupil(engine)

    (task,) = tasks_of(here)

    assert task == SharedTask(
        subject=DESKTOP,
        event=disputed.hash,
        kind="HandedOver",
        outcome=events.DISPUTED,
        rule="case_given_twice",
        other=here.ledger.entries[0].hash,
        station=THERE,
        other_station=HERE,
    )
    assert tasks_of(there) == []
    (listed,) = disputes.listed(engine, HERE).disputes
    assert (listed.station, listed.event) == (THERE, disputed.hash)
    assert disputes.listed(engine).disputes == disputes.listed(engine, THERE).disputes
    assert disputes.listed(engine, ELSEWHERE).disputes == ()


def test_a_chain_that_comes_once_more_brings_its_settlements_with_it(engine: Engine) -> None:
    """The service lost both, and the point sends them again in one batch."""
    here, there = Point(engine, HERE), Point(engine, THERE)
    here.tell(LAPTOP, received(), GIVEN)
    there.record(DESKTOP, received(), GIVEN)
    disputed = there.ledger.entries[-1]
    there.record(DESKTOP, events.DisputeSettled(target=disputed.hash, decision="leave"))
    there.push()

    assert open_rules(engine) == []
    assert [made.body for made in documents_of(here.pulled().items)][-1] is None


def test_the_lead_of_the_point_settles_and_the_others_task_is_taken_back(engine: Engine) -> None:
    here, there, disputed = two_devices_for_one_pupil(engine)
    there.tell(DESKTOP, events.DisputeSettled(target=disputed.hash, decision="recover"))

    assert tasks_of(here)[-1] is None
    assert open_rules(engine) == []


def test_the_lead_of_the_other_point_settles_and_both_know(engine: Engine) -> None:
    here, there, disputed = two_devices_for_one_pupil(engine)
    here.tell(DESKTOP, events.DisputeSettled(target=disputed.hash, decision="leave"))

    told = tasks_of(there)[-1]
    assert told is not None
    assert told.decision == "leave"
    assert tasks_of(here)[-1] is None
    assert open_rules(engine) == []


def test_a_stranger_settles_nothing(engine: Engine) -> None:
    _, _, disputed = two_devices_for_one_pupil(engine)
    Point(engine, ELSEWHERE).tell(
        DESKTOP, events.DisputeSettled(target=disputed.hash, decision="leave")
    )

    assert open_rules(engine) == ["case_given_twice"]


def test_the_department_decides_and_both_points_are_told(engine: Engine) -> None:
    here, there, disputed = two_devices_for_one_pupil(engine)
    disputes.decide(engine, Decision(THERE, disputed.hash, "recover"))

    for point in (here, there):
        told = tasks_of(point)[-1]
        assert told is not None
        assert told.decision == "recover"
    assert disputes.listed(engine).disputes[0].decision == "recover"


def test_left_as_it_is_a_disputed_fact_is_accepted(engine: Engine) -> None:
    _, there, disputed = two_devices_for_one_pupil(engine)
    disputes.decide(engine, Decision(THERE, disputed.hash, "leave"))

    (later,) = verdicts_of(there.pulled().items)
    assert (later.hash, later.outcome) == (disputed.hash, events.ACCEPTED)
    assert later.number > disputed.number
    assert disputes.listed(engine).disputes == ()
    with pytest.raises(Refused, match="unknown_event"):
        disputes.decide(engine, Decision(THERE, disputed.hash, "leave"))


def test_the_department_decides_nothing_the_programme_does_not_know(engine: Engine) -> None:
    _, _, disputed = two_devices_for_one_pupil(engine)

    with pytest.raises(Refused, match="bad_decision"):
        disputes.decide(engine, Decision(THERE, disputed.hash, "forget"))


def test_a_void_claim_is_a_task_until_its_device_is_free(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    allot(engine, HERE)
    here.tell(LAPTOP, events.Reserved(case=CASE_A))
    void = there.tell(DESKTOP, events.Reserved(case=CASE_A))
    assert (void.outcome, void.rule) == (events.VOID, "case_has_device")
    assert len(tasks_of(here)) == 1

    there.tell(DESKTOP, events.ReservationReleased(case=CASE_A, reason="other"))

    assert tasks_of(here)[-1] is None
    assert open_rules(engine) == []
    assert verdicts_of(there.pulled().items) == []  # it stays void


def test_a_dispute_of_three_pages_is_listed_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disputes, "PAGE", 2)
    there = Point(engine, THERE)
    for device in (LAPTOP, DESKTOP, "0120000038", "0120000047", "0120000056"):
        there.tell(device, ARRIVED)

    found: list[OpenDispute] = []
    after = (0, b"")
    while True:
        page = disputes.listed(engine, after=after)
        found += page.disputes
        if not page.more:
            break
        after = (page.disputes[-1].station, page.disputes[-1].event)

    assert sorted(one.event for one in found) == sorted(e.hash for e in there.ledger.entries)


# ---- documents ----


def publish(engine: Engine, station: int, kind: str, id_: str, body: bytes | None) -> int:
    return publishing.publish(engine, DocumentRequest(station, kind, id_, body))


def test_each_version_of_a_document_goes_into_its_feed(engine: Engine) -> None:
    words = documents.encode(ReferenceWords("[rule]"))
    here = Point(engine)

    versions = [publish(engine, 0, POLICY, "release-1", body) for body in (words, words, None)]

    assert versions == sorted(set(versions))
    assert len(versions) == 3
    assert documents_of(here.pulled().shared) == [
        Document(POLICY, "release-1", versions[0], words),
        Document(POLICY, "release-1", versions[1], words),
        Document(POLICY, "release-1", versions[2], None),
    ]
    assert here.pulled().items == ()


def test_a_case_allotted_to_another_point_is_taken_back_from_the_first(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    allot(engine, HERE)
    allot(engine, THERE)

    bodies = [made.body for made in documents_of(here.pulled().items)]
    assert bodies[0] is not None
    assert bodies[1:] == [None]
    assert len(documents_of(there.pulled().items)) == 1
    assert there.tell(LAPTOP, events.Reserved(case=CASE_A)).outcome == events.ACCEPTED


@pytest.mark.parametrize("approved", [False, None])
def test_a_case_taken_back_or_not_approved_holds_no_device(
    engine: Engine, approved: bool | None
) -> None:
    here = Point(engine)
    here.tell(CASE_A, events.CaseEntered(level="primary"))
    allot(engine, HERE)
    if approved is None:
        publish(engine, HERE, CASE, CASE_A, None)
    else:
        allot(engine, HERE, approved=approved)

    answered = here.tell(LAPTOP, events.Reserved(case=CASE_A))

    assert (answered.outcome, answered.rule) == (events.VOID, "case_not_approved")


@pytest.mark.parametrize(
    ("kind", "id_", "body"),
    [
        (CASE, CASE_A, b"\xc1"),
        (CASE, "M0120000019", None),
        (OFFER, "M0120000019", b"\x93"),
        (TASK, "1", None),
        ("revocation", "1", None),
    ],
)
def test_what_is_no_document_is_refused(
    engine: Engine, kind: str, id_: str, body: bytes | None
) -> None:
    with pytest.raises(Refused, match="bad_document"):
        publish(engine, HERE, kind, id_, body)


def test_kinds_of_a_newer_program_are_passed_on_as_bytes(engine: Engine) -> None:
    publish(engine, HERE, "newer", "x", b"\xc1")

    (came,) = documents_of(Point(engine).pulled().items)
    assert (came.kind, came.id, came.body) == ("newer", "x", b"\xc1")


def test_places_grow(engine: Engine) -> None:
    here, there = Point(engine, HERE), Point(engine, THERE)
    allot(engine, THERE)
    there.tell(LAPTOP, ARRIVED)
    here.tell(LAPTOP, received(), SENT)
    allot(engine, HERE)

    with reading(engine) as connection:
        for station in (HERE, THERE):
            wanted = select(t.feed_item.c.position).where(t.feed_item.c.station == station)
            found = connection.execute(wanted.order_by(t.feed_item.c.position)).scalars().all()
            assert list(found) == sorted(set(found))
