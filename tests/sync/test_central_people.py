"""People rows at the service: who may write them, which version counts, who gets them."""

import threading
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import Engine, insert, select

from station import documents, events
from station.operators import Role
from station.people import Donor, OperatorName, PaperContent, Pupil, Text
from sync.central import tables as t
from sync.central.database import writing
from sync.central.feeds import people, person_rows
from sync.central.feeds.people import Row
from sync.sealing import Cipher, WrongSeal
from sync.wire import DEPARTMENT
from tests.sync.kept_people import Kept, engine, made, postgres_central, ref, seal

__all__ = ["engine", "postgres_central", "seal"]

LAPTOP, LOT, CASE, OFFER = "0120000011", "L0120000019", "H0120000017", "M0120000012"
HERE, THERE, ELSEWHERE = 12, 13, 14
AN = Donor("Trần Thị An", phone="0912345678", may_process=True)


@pytest.fixture
def here(engine: Engine) -> Kept:
    return Kept(engine, HERE)


@pytest.fixture
def there(engine: Engine) -> Kept:
    return Kept(engine, THERE)


def brought(point: Kept, seal: Cipher, row: Row, said: events.Said | None = None) -> int:
    """Bring a row, named by an event that is stored for it; the version the service answers."""
    named = point.record(LAPTOP, said or events.Received(kind="laptop", donor=ref(row)))
    return answer(point, seal, structs.replace(row, named_by=named))


def answer(point: Kept, seal: Cipher, row: Row) -> int:
    return person_rows.keep(point.engine, seal, point.station, [row])[0]


def purged(row: Row) -> Row:
    return structs.replace(row, version=row.version + 1, salted=None)


def forward(engine: Engine, to: int, row: Row, of: int = HERE) -> None:
    with writing(engine) as connection:
        people.forward(connection, to, [ref(row)], of)


def all_of(engine: Engine, seal: Cipher, station: int, after: int = 0) -> list[Row]:
    """Everything a point reads, page by page."""
    rows: list[Row] = []
    while True:
        page = people.page(engine, seal, station, after, limit=2)
        rows += page.rows
        if not page.more:
            return rows
        after = page.position


# ---- which version counts ----


def test_the_newest_version_counts_and_the_same_one_is_answered_the_same(
    here: Kept, seal: Cipher
) -> None:
    first = made(AN)
    second = made(structs.replace(AN, phone="0987654321"), 2, first.id)

    assert brought(here, seal, first) == 1
    assert brought(here, seal, second) == 2
    assert answer(here, seal, structs.replace(second, named_by=(1, 2))) == 2
    assert answer(here, seal, structs.replace(first, named_by=(1, 1))) == 2

    forward(here.engine, THERE, first)
    assert [row.salted for row in all_of(here.engine, seal, THERE)] == [second.salted]


def test_a_purge_wins_over_every_version_and_is_never_undone(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    newer = made(AN, 7, row.id)
    brought(here, seal, row)
    forward(here.engine, THERE, row)

    assert brought(here, seal, newer) == 7
    assert (
        brought(here, seal, purged(row), events.PersonPurged(person=ref(row), reason="expired"))
        == 8
    )
    assert brought(here, seal, made(AN, 9, row.id)) == 8
    assert [r.salted for r in all_of(here.engine, seal, THERE)] == [None]
    with here.engine.connect() as connection:
        assert connection.execute(select(t.person.c.sealed, t.person.c.digest)).all() == [
            (None, None)
        ]


def test_a_change_goes_to_everybody_who_has_the_row_again(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    for station in (THERE, ELSEWHERE):
        forward(here.engine, station, row)
    read = {s: people.page(here.engine, seal, s, 0).position for s in (THERE, ELSEWHERE)}
    newer = made(structs.replace(AN, address="Cần Thơ"), 2, row.id)
    brought(here, seal, newer)

    for station, position in read.items():
        page = people.page(here.engine, seal, station, position)
        assert [(r.version, r.salted) for r in page.rows] == [(2, newer.salted)]
        assert people.page(here.engine, seal, station, page.position).rows == ()


def test_a_purge_comes_back_to_an_old_copy_of_the_owner(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    brought(here, seal, purged(row), events.PersonPurged(person=ref(row), reason="expired"))

    assert [(r.station, r.version, r.salted) for r in all_of(here.engine, seal, HERE)] == [
        (HERE, 2, None)
    ]


# ---- who may write what ----


def test_a_row_that_no_event_of_the_point_names_is_not_taken(
    here: Kept, there: Kept, seal: Cipher
) -> None:
    row = made(AN)
    theirs = here.record(LAPTOP, events.Received(kind="laptop", donor=ref(row)))

    assert answer(there, seal, structs.replace(row, named_by=theirs)) == 0
    assert answer(here, seal, structs.replace(row, named_by=(1, 99))) == 0
    assert answer(here, seal, structs.replace(made(AN), named_by=theirs)) == 0
    with here.engine.connect() as connection:
        assert connection.execute(select(t.person)).all() == []


def test_a_row_that_is_not_what_its_event_says_is_not_taken(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    other = made(Donor("Somebody else"), id_=row.id)

    assert brought(here, seal, other, events.Received(kind="laptop", donor=ref(row))) == 0
    assert brought(here, seal, row) == 1


def test_one_row_that_is_not_taken_holds_up_no_other(here: Kept, seal: Cipher) -> None:
    good, bad = made(AN), made(AN)
    named = here.record(LAPTOP, events.Received(kind="laptop", donor=ref(good)))
    rows = [structs.replace(row, named_by=named) for row in (bad, good, bad)]

    assert person_rows.keep(here.engine, seal, HERE, rows) == (0, 1, 0)


@pytest.mark.parametrize(
    "content", [OperatorName("op.lan", "Lan", Role.LEAD), PaperContent(b"a paper's words")]
)
def test_operators_and_papers_stay_at_their_point(
    here: Kept, seal: Cipher, content: OperatorName | PaperContent
) -> None:
    assert brought(here, seal, made(content)) == 0


def test_a_point_cannot_write_a_row_it_was_given(here: Kept, there: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)
    forged = made(Donor("Somebody else"), 2, row.id)

    assert brought(there, seal, forged) == 0
    assert [r.salted for r in all_of(here.engine, seal, THERE)] == [row.salted]


def test_a_point_that_has_a_copy_may_say_that_consent_was_withdrawn(
    here: Kept, there: Kept, seal: Cipher
) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)
    told = events.PersonPurged(person=ref(row), reason="consent-withdrawn")

    assert brought(there, seal, purged(row), events.Counted(note=ref(row))) == 0  # no such event
    assert brought(there, seal, purged(row), told) == 2
    for station in (HERE, THERE):
        assert [(r.station, r.salted) for r in all_of(here.engine, seal, station)] == [(HERE, None)]


def test_the_department_purges_whosever_row_it_is(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)

    assert person_rows.keep_departments(here.engine, seal, [purged(row)]) == (2,)
    assert [r.salted for r in all_of(here.engine, seal, THERE)] == [None]
    assert [r.salted for r in all_of(here.engine, seal, HERE)] == [None]


# ---- who gets what ----


def test_only_who_needs_a_row_gets_it(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)

    assert [r.id for r in all_of(here.engine, seal, THERE)] == [row.id]
    assert all_of(here.engine, seal, ELSEWHERE) == []
    assert all_of(here.engine, seal, HERE) == []


def test_a_row_that_comes_after_its_event_went_on_goes_on_too(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    forward(here.engine, THERE, row)
    before = people.page(here.engine, seal, THERE, 0)
    brought(here, seal, row)

    assert before.rows == ()
    assert [r.id for r in people.page(here.engine, seal, THERE, before.position).rows] == [row.id]


def test_a_row_goes_on_from_point_to_point_and_stays_its_owners(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)
    forward(here.engine, ELSEWHERE, row, of=THERE)
    forward(here.engine, HERE, row, of=THERE)

    assert [r.station for r in all_of(here.engine, seal, ELSEWHERE)] == [HERE]
    assert all_of(here.engine, seal, HERE) == []


def test_forwarding_twice_sends_once(here: Kept, seal: Cipher) -> None:
    row = made(AN)
    brought(here, seal, row)
    for _ in range(3):
        forward(here.engine, THERE, row)

    assert len(all_of(here.engine, seal, THERE)) == 1


def test_a_cursor_from_before_the_service_lost_records_begins_again(
    here: Kept, seal: Cipher
) -> None:
    row = made(AN)
    brought(here, seal, row)
    forward(here.engine, THERE, row)

    page = people.page(here.engine, seal, THERE, 4711)

    assert [r.id for r in page.rows] == [row.id]


def test_a_page_ends_before_it_is_too_heavy(here: Kept, seal: Cipher) -> None:
    rows = [made(Text("á" * 110_000)) for _ in range(12)]
    for row in rows:
        brought(here, seal, row, events.Counted(note=ref(row)))
        forward(here.engine, THERE, row)

    page = people.page(here.engine, seal, THERE, 0)

    assert page.more
    assert 0 < len(page.rows) < 12
    assert len(all_of(here.engine, seal, THERE)) == 12


def test_whoever_is_put_on_the_list_while_a_row_comes_gets_it(here: Kept, seal: Cipher) -> None:
    """The row commits between the two steps of a forward, or behind it: never into a hole."""
    for _ in range(20):
        row = made(AN)
        named = here.record(LAPTOP, events.Received(kind="laptop", donor=ref(row)))
        go = threading.Barrier(3)

        def bring(
            row: Row = row, named: tuple[int, int] = named, go: threading.Barrier = go
        ) -> None:
            go.wait()
            answer(here, seal, structs.replace(row, named_by=named))

        def put(row: Row = row, go: threading.Barrier = go) -> None:
            go.wait()
            forward(here.engine, THERE, row)

        threads = [threading.Thread(target=target) for target in (bring, put)]
        for thread in threads:
            thread.start()
        cursor, got = 0, set[bytes]()
        go.wait()
        while any(thread.is_alive() for thread in threads):
            page = people.page(here.engine, seal, THERE, cursor)
            cursor, got = page.position, got | {r.id for r in page.rows}
        got |= {r.id for r in people.page(here.engine, seal, THERE, cursor).rows}
        assert row.id in got


# ---- documents ----


def publish(
    engine: Engine,
    station: int,
    kind: str,
    id_: str,
    body: documents.Offer | documents.AllottedCase,
) -> documents.Document:
    """What publishing a document does to people rows."""
    made_ = documents.Document(kind, id_, 1, documents.encode(body))
    with writing(engine) as connection:
        row = {"station": station, "kind": kind, "id": id_, "version": 1, "body": made_.body}
        connection.execute(insert(t.document), row)
        people.forward_document(connection, station, people.refs_of(made_))
    return made_


def take_back(engine: Engine, station: int, document: documents.Document) -> None:
    with writing(engine) as connection:
        of = (t.document.c.station == station, t.document.c.id == document.id)
        connection.execute(t.document.update().where(*of), {"body": None})
        people.withdraw(connection, station, people.refs_of(document))


def test_a_pupils_row_comes_with_the_case_and_goes_with_it(engine: Engine, seal: Cipher) -> None:
    pupil = made(Pupil("Lê Minh", guardian="Lê Văn"))
    person_rows.keep_departments(engine, seal, [pupil])
    case = documents.AllottedCase(level="primary", pupil=ref(pupil))
    document = publish(engine, HERE, documents.CASE, CASE, case)
    page = people.page(engine, seal, HERE, 0)
    take_back(engine, HERE, document)

    assert [(r.station, r.salted, r.needed) for r in page.rows] == [
        (DEPARTMENT, pupil.salted, True)
    ]
    after = people.page(engine, seal, HERE, page.position)
    assert [(r.id, r.salted, r.needed) for r in after.rows] == [(pupil.id, None, False)]

    publish(engine, THERE, documents.CASE, CASE, case)
    assert [r.salted for r in all_of(engine, seal, THERE)] == [pupil.salted]


def test_a_row_that_an_event_names_stays_when_its_case_is_taken_back(
    here: Kept, seal: Cipher
) -> None:
    pupil = made(Pupil("Lê Minh"))
    person_rows.keep_departments(here.engine, seal, [pupil])
    document = publish(
        here.engine,
        HERE,
        documents.CASE,
        CASE,
        documents.AllottedCase(level="primary", pupil=ref(pupil)),
    )
    with writing(here.engine) as connection:
        people.note_named(connection, HERE, [ref(pupil)])
    take_back(here.engine, HERE, document)

    assert [r.needed for r in all_of(here.engine, seal, HERE)] == [True]


def test_an_event_that_comes_late_brings_back_what_went_with_its_case(
    engine: Engine, seal: Cipher
) -> None:
    pupil = made(Pupil("Lê Minh"))
    person_rows.keep_departments(engine, seal, [pupil])
    document = publish(
        engine,
        HERE,
        documents.CASE,
        CASE,
        documents.AllottedCase(level="primary", pupil=ref(pupil)),
    )
    take_back(engine, HERE, document)
    with writing(engine) as connection:
        people.note_named(connection, HERE, [ref(pupil)])

    assert [(r.salted, r.needed) for r in all_of(engine, seal, HERE)] == [(pupil.salted, True)]


def test_a_donor_of_two_offers_stays_until_both_are_taken_back(
    engine: Engine, seal: Cipher
) -> None:
    donor = made(AN)
    person_rows.keep_departments(engine, seal, [donor])
    offer = documents.Offer(donor=ref(donor))
    one = publish(engine, HERE, documents.OFFER, OFFER, offer)
    two = publish(engine, HERE, documents.OFFER, "M0120000023", offer)

    take_back(engine, HERE, one)
    assert [r.needed for r in all_of(engine, seal, HERE)] == [True]
    take_back(engine, HERE, two)
    assert [r.needed for r in all_of(engine, seal, HERE)] == [False]


# ---- at rest ----


def test_no_word_of_a_row_lies_open_and_none_opens_as_another(here: Kept, seal: Cipher) -> None:
    row, other = made(AN), made(Donor("Somebody else"))
    brought(here, seal, row)
    brought(here, seal, other)
    with here.engine.begin() as connection:
        kept = {r.id: r for r in connection.execute(select(t.person))}
        everything = b"".join(r.sealed for r in kept.values()).decode(errors="replace")
        swapped = {"sealed": kept[other.id].sealed}
        connection.execute(t.person.update().where(t.person.c.id == row.id), swapped)
    forward(here.engine, THERE, row)

    assert all(words not in everything for words in ("0912345678", "Somebody", "Trần Thị An"))
    assert kept[row.id].digest == sha256(row.salted or b"").digest()
    with pytest.raises(WrongSeal):
        people.page(here.engine, seal, THERE, 0)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_any_words_travel_unharmed(here: Kept, seal: Cipher, words: str, name: str) -> None:
    rows = [made(Text(words)), made(Donor(name, address=words))]
    hostile = made(Text("\0'; DROP TABLE person; -- <script>alert(1)</script>"))
    for row in (*rows, hostile):
        assert brought(here, seal, row) == 1
        forward(here.engine, THERE, row)

    got = {row.id: row.salted for row in all_of(here.engine, seal, THERE)}
    assert all(got[row.id] == row.salted for row in (*rows, hostile))
