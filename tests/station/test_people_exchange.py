"""People rows at a point: which go out and when, what comes in, and what is forgotten."""

import logging
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import structs

from station import events, people
from station.ports import PersonSent
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_store, open_store
from tests.station.conftest import KEY, LEAD, NOON
from tests.station.life import HOA, receive

ELSEWHERE = 13
POINT = "point-012"
REASON = people.Text("vỡ màn hình")


@pytest.fixture
def another_store(tmp_path: Path) -> Iterator[SqlStore]:
    """Another point's store."""
    url = sqlite_url(tmp_path / "another.db")
    with create_store(url, KEY, load(), station=ELSEWHERE, by=LEAD, when=NOON) as store:
        yield store


def answered(store: SqlStore, outcome: str = events.ACCEPTED) -> None:
    """The service answers everything that waits."""
    while waiting := store.unanswered(100):
        begin = store.sync_state().last_answer + 1
        store.note_verdicts(
            [events.Verdict(e.hash, outcome, n) for n, e in enumerate(waiting, begin)]
        )


def noted(store: SqlStore, code: str, content: people.Content) -> events.Ref:
    with store.transaction(LEAD, NOON) as work:
        ref = work.keep(content)
        work.record(code, events.Counted(note=ref))
    return ref


def only(rows: tuple[PersonSent, ...]) -> PersonSent:
    (row,) = rows
    return row


def test_a_row_goes_once_its_event_was_answered(either_store: SqlStore) -> None:
    receive(either_store)
    assert either_store.people_to_send(10) == ()
    answered(either_store)

    row = only(either_store.people_to_send(10))

    chain = either_store.standing().chain
    assert (row.station, row.version, row.kind) == (chain.station, 1, "donor")
    assert row.named_by == (chain.number, 2)
    assert people.decode((row.salted or b"")[16:]) == HOA


def test_a_row_goes_until_this_version_of_it_was_confirmed(either_store: SqlStore) -> None:
    receive(either_store)
    answered(either_store)
    row = only(either_store.people_to_send(10))

    assert either_store.people_to_send(10, skip={row.id}) == ()
    either_store.note_people_sent([(row.id, 0)])
    assert either_store.people_to_send(10) == (row,)
    either_store.note_people_sent([(row.id, 1)])
    assert either_store.people_to_send(10) == ()
    either_store.forget_what_was_sent()
    assert either_store.people_to_send(10) == (row,)


def test_a_row_whose_event_was_rejected_stays(store: SqlStore) -> None:
    receive(store)
    answered(store, events.REJECTED)

    assert store.people_to_send(10) == ()


def test_a_purged_row_goes_out_empty_once_the_purge_was_answered(either_store: SqlStore) -> None:
    receive(either_store)
    answered(either_store)
    row = only(either_store.people_to_send(10))
    either_store.note_people_sent([(row.id, 1)])
    assert either_store.find_people("hoa")
    with either_store.transaction(LEAD, NOON) as work:
        ref = work.purge(row.id)
        assert ref is not None
        assert work.purge(row.id) is None
        purge = work.record(POINT, events.PersonPurged(person=ref, reason="consent-withdrawn"))
    assert either_store.find_people("hoa") == ()
    assert either_store.people_to_send(10) == ()
    answered(either_store)

    named_by = (purge.header.chain.number, purge.header.seq)
    assert only(either_store.people_to_send(10)) == structs.replace(
        row, version=2, salted=None, named_by=named_by
    )


def test_names_of_operators_and_papers_never_go(store: SqlStore) -> None:
    device = receive(store)
    store.add_operator(people.OperatorName("op.lan", "Lan", LEAD.role))
    noted(store, device, people.OperatorName("op.lan", "Lan", LEAD.role))
    paper = noted(store, device, people.PaperContent(b"every word of a paper"))
    answered(store)

    assert [row.kind for row in store.people_to_send(10)] == ["donor"]
    assert store.content(paper.id) == people.PaperContent(b"every word of a paper")


def test_many_rows_go_in_the_order_they_were_written(store: SqlStore) -> None:
    device = receive(store)
    refs = [noted(store, device, people.Text(f"note {n}")) for n in range(5)]
    answered(store)

    assert [row.id for row in store.people_to_send(10)][1:] == [ref.id for ref in refs]
    assert len(store.people_to_send(3)) == 3


# ---- what comes ----


def travelled(giver: SqlStore, taker: SqlStore) -> PersonSent:
    """A device's events and its donor's row, as they come to another point."""
    receive(giver)
    taker.take_in(giver.unanswered(100))
    answered(giver)
    row = only(giver.people_to_send(10))
    taker.take_in_people([row], 1)
    return row


def test_a_row_of_another_point_is_read_and_found_like_an_own_one(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)

    assert either_store.content(row.id) == another_store.content(row.id)
    assert [found.id for found in either_store.find_people("hoa")] == [row.id]
    assert either_store.people_position() == 1
    answered(either_store)
    assert either_store.people_to_send(10) == ()


def test_only_a_newer_version_replaces_a_row(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)
    assert either_store.find_people("hoa")
    newer = b"s" * 16 + people.encode(people.Donor("Nguyễn Thị Hồng"))
    with another_store.transaction(LEAD, NOON) as work:
        ref = events.Ref(row.id, sha256(newer).digest())
        work.record("0130000019", events.Counted(note=ref))
    either_store.take_in(another_store.unanswered(100))
    either_store.take_in_people([structs.replace(row, version=3, salted=newer)], 2)
    either_store.take_in_people([row], 3)

    assert either_store.content(row.id) == people.Donor("Nguyễn Thị Hồng")
    assert [found.content for found in either_store.find_people("nguyen thi ho")] == [
        people.Donor("Nguyễn Thị Hồng")
    ]
    assert either_store.find_people("hoa") == ()


def test_a_purge_empties_a_row_whatever_its_version(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)
    assert either_store.find_people("hoa")
    either_store.take_in_people([structs.replace(row, salted=None)], 2)
    either_store.take_in_people([structs.replace(row, version=9)], 3)

    assert either_store.content(row.id) is None
    assert either_store.find_people("hoa") == ()


def test_the_other_pc_of_the_point_forgets_a_purged_name_too(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)
    url = either_store.engine.url.render_as_string(hide_password=False)
    with open_store(url, KEY, load()) as other_pc:
        assert other_pc.find_people("hoa")
        either_store.take_in_people([structs.replace(row, salted=None)], 2)

        assert other_pc.find_people("hoa") == ()


def test_words_that_are_not_what_the_event_says_are_refused_and_the_feed_goes_on(
    either_store: SqlStore, another_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    receive(another_store)
    either_store.take_in(another_store.unanswered(100))
    answered(another_store)
    row = only(another_store.people_to_send(10))
    forged = structs.replace(row, salted=b"s" * 16 + people.encode(people.Donor("Somebody else")))
    with caplog.at_level(logging.WARNING):
        either_store.take_in_people([forged], 5)

    assert either_store.content(row.id) is None
    assert either_store.people_position() == 5
    assert "person_refused" in caplog.text
    assert "Somebody" not in caplog.text


def test_a_copy_that_is_purged_here_goes_out_as_that(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)
    with either_store.transaction(LEAD, NOON) as work:
        ref = work.purge(row.id)
        assert ref is not None
        work.record(POINT, events.PersonPurged(person=ref, reason="consent-withdrawn"))
    answered(either_store)

    sent = only(either_store.people_to_send(10))
    assert (sent.id, sent.station, sent.version, sent.salted) == (row.id, ELSEWHERE, 2, None)


def test_a_copy_that_nothing_names_any_more_goes_and_an_own_row_stays(
    either_store: SqlStore, another_store: SqlStore
) -> None:
    row = travelled(another_store, either_store)
    receive(either_store)
    answered(either_store)
    own = only(either_store.people_to_send(10))
    gone = [structs.replace(r, salted=None, needed=False) for r in (row, own)]
    either_store.take_in_people(gone, 2)

    assert either_store.content(row.id) is None
    assert either_store.content(own.id) is not None
    either_store.take_in_people([row], 3)
    assert either_store.content(row.id) is not None


def test_an_own_row_purged_elsewhere_is_emptied_here(either_store: SqlStore) -> None:
    receive(either_store)
    answered(either_store)
    row = only(either_store.people_to_send(10))
    either_store.take_in_people([structs.replace(row, version=2, salted=None)], 1)

    assert either_store.content(row.id) is None
    assert either_store.people_to_send(10) == ()


def test_a_row_lost_with_an_old_copy_of_the_store_comes_back_as_an_own_one(
    either_store: SqlStore,
) -> None:
    salted = b"s" * 16 + people.encode(REASON)
    station = either_store.standing().chain.station
    either_store.take_in_people([PersonSent(b"r" * 16, station, 2, "text", salted)], 1)

    assert either_store.content(b"r" * 16) == REASON
    either_store.take_in_people([PersonSent(b"r" * 16, station, 2, "text", None, needed=False)], 2)
    assert either_store.content(b"r" * 16) == REASON
