"""What a pull brings: each thing once, in whatever order, and the same again after a rebuild."""

from datetime import date

import pytest

from station import documents as d
from station import events as e
from station import handover, intake, ledger, ports, refusals
from station.codes import CodeKind, make
from station.documents import Document
from station.events import OfferedItem, Verdict
from station.ledger import ChainId, Entry
from station.ports import Cursor
from station.store import upkeep
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, STATION

CASE = make(CodeKind.CASE, 13, 1)
OFFER, LATER = make(CodeKind.OFFER, 1, 1), make(CodeKind.OFFER, 1, 2)
FOREIGN = ChainId(13, 4711)


def foreign(
    subject: str, *said: e.Said, first: int = 1, prev: bytes = ledger.NO_HASH
) -> list[Entry]:
    """Events of another point about one subject, each having seen the one before."""
    entries: list[Entry] = []
    for seq, one in enumerate(said, 1):
        seen = entries[-1].hash if entries else b""
        header = ledger.Header(1, FOREIGN, seq, subject, seen, type(one).__name__, 1, 420)
        prev = entries[-1].hash if entries else ledger.NO_HASH
        entries.append(ledger.write(header, e.encode(one), prev, bytes(16)))
    return entries


def case_document(version: int = 1, *, approved: bool = True, level: str = "primary") -> Document:
    return Document(d.CASE, CASE, version, d.encode(d.AllottedCase(level=level, approved=approved)))


def gone(document: Document, version: int) -> Document:
    return Document(document.kind, document.id, version, None)


def pull(store: SqlStore, *items: ports.PulledItem, own: int = 1) -> None:
    store.take_in_pulled(items, Cursor(own, 0))


def assert_sound(store: SqlStore) -> None:
    assert upkeep.projections_match(store.engine)
    assert verify(store.engine).sound


def test_rows_and_cursor_come_together(either_store: SqlStore) -> None:
    store = either_store
    history = foreign("0130000014", e.Received(kind="laptop"), e.TakenToBench())

    store.take_in_pulled(history, Cursor(7, 3))

    assert store.cursor() == Cursor(7, 3)
    device = store.device("0130000014")
    assert device is not None
    assert (device.stage, device.place) == ("on_bench", "point-013")
    assert store.unanswered(10)[0].header.chain != FOREIGN
    assert_sound(store)


def test_a_page_that_cannot_be_taken_in_whole_leaves_no_trace(either_store: SqlStore) -> None:
    store = either_store
    history = foreign("0130000014", e.Received(kind="laptop"))
    pull(store, *history)
    (other,) = foreign("0130000014", e.Received(kind="tablet"))

    with pytest.raises(ledger.Fork):
        pull(store, case_document(), other, own=2)

    assert store.cursor() == Cursor(1, 0)
    assert store.case(CASE) is None
    assert_sound(store)


def test_a_page_that_comes_twice_is_one(either_store: SqlStore) -> None:
    store = either_store
    history = foreign("0130000014", e.Received(kind="laptop"))
    page: tuple[ports.PulledItem, ...] = (*history, case_document())
    pull(store, *page)
    with store.engine.connect() as connection:
        before = upkeep.fingerprint(connection)

    pull(store, *page)

    with store.engine.connect() as connection:
        assert upkeep.fingerprint(connection) == before
    assert_sound(store)


def test_an_own_event_that_comes_back_is_left(either_store: SqlStore) -> None:
    store = either_store
    life.receive(store)

    pull(store, *store.unanswered(10))

    assert store.sync_state().recorded == 2
    assert_sound(store)


def test_a_newer_own_event_means_that_this_store_is_an_old_copy(store: SqlStore) -> None:
    header = ledger.Header(1, store.standing().chain, 9, "0120000015", b"", "Received", 1, 420)
    entry = ledger.write(header, e.encode(e.Received(kind="laptop")), ledger.NO_HASH, bytes(16))

    with pytest.raises(ledger.Fork):
        pull(store, entry)


def test_the_newest_version_of_a_document_counts(either_store: SqlStore) -> None:
    store = either_store
    newest = Document(d.TEMPLATE, "bench-sheet", 2, d.encode(d.ReferenceWords(text="new")))

    pull(store, newest, Document(d.TEMPLATE, "bench-sheet", 1, d.encode(d.ReferenceWords("old"))))

    assert store.documents(d.TEMPLATE) == (newest,)
    assert store.document(d.TEMPLATE, "bench-sheet") == newest
    assert_sound(store)


def test_what_was_taken_back_does_not_come_again_in_an_older_version(
    either_store: SqlStore,
) -> None:
    store = either_store
    words = Document(d.POLICY, "release-2030", 1, d.encode(d.ReferenceWords("…")))

    pull(store, gone(words, 2), words)

    assert store.document(d.POLICY, "release-2030") is None
    assert store.documents(d.POLICY) == ()
    assert_sound(store)


def test_a_document_of_a_kind_nobody_knows_is_kept(either_store: SqlStore) -> None:
    unknown = Document("of-tomorrow", "x", 1, b"\xc1")

    pull(either_store, unknown)

    assert either_store.documents("of-tomorrow") == (unknown,)
    assert_sound(either_store)


def test_an_allotted_case_waits_here_until_it_is_taken_back(either_store: SqlStore) -> None:
    store = either_store
    pull(store, case_document())
    (case,) = store.cases(waiting=True)
    assert (case.code, case.level, case.allotted) == (CASE, "primary", True)

    pull(store, case_document(2, level="upper-secondary"))
    assert [case.level for case in store.cases(waiting=True)] == ["upper-secondary"]
    pull(store, gone(case_document(), 3))

    assert store.cases(waiting=True) == store.cases(waiting=False) == ()
    assert_sound(store)


def test_a_case_nobody_approved_gets_no_device(either_store: SqlStore) -> None:
    store = either_store
    device = life.ready_laptop(store)
    pull(store, case_document(approved=False))

    with pytest.raises(refusals.CaseNotApproved):
        handover.reserve(handover.Reserve(device=device, case=CASE), store, GIVER, NOON)

    pull(store, case_document(2))
    handover.reserve(handover.Reserve(device=device, case=CASE), store, GIVER, NOON)
    assert_sound(store)


def test_a_case_that_is_taken_back_after_a_device_was_kept_stays_in_sight(
    either_store: SqlStore,
) -> None:
    store = either_store
    device = life.ready_laptop(store)
    pull(store, case_document())
    handover.reserve(handover.Reserve(device=device, case=CASE), store, GIVER, NOON)

    pull(store, gone(case_document(), 2))

    (case,) = store.cases(waiting=False)
    assert (case.devices, case.approved) == ((device,), False)
    assert_sound(store)


def test_the_departments_word_on_a_case_counts_more_than_what_was_entered(
    either_store: SqlStore,
) -> None:
    store = either_store
    code = life.enter_case(store)
    entered = store.case(code)
    said = d.AllottedCase(level="upper-secondary")

    pull(store, Document(d.CASE, code, 1, d.encode(said)))

    case = store.case(code)
    assert case is not None
    assert entered is not None
    assert (case.level, case.pupil, case.allotted) == ("upper-secondary", entered.pupil, True)
    assert_sound(store)


def test_an_offer_is_expected_until_its_devices_come(either_store: SqlStore) -> None:
    store = either_store
    offer = d.Offer(items=(OfferedItem("laptop", 2),), expected_on=date(2021, 10, 12))
    pull(store, Document(d.OFFER, LATER, 1, d.encode(d.Offer())))
    pull(store, Document(d.OFFER, OFFER, 1, d.encode(offer)), own=2)
    assert [one.code for one in store.expected_offers()] == [OFFER, LATER]

    new = intake.NewDevice(kind="laptop")
    intake.receive_device(intake.ReceiveDevice(device=new, offer=OFFER), store, CLERK, NOON)
    assert [(one.code, one.received) for one in store.expected_offers()] == [(OFFER, 1), (LATER, 0)]
    lot = intake.ReceiveLot(devices=(new,), offer=OFFER)
    intake.receive_lot(lot, store, CLERK, NOON)

    assert [one.code for one in store.expected_offers()] == [LATER]
    told = [row.event.header.kind for row in store.timeline(OFFER)]
    assert told == ["Received", "LotReceived", "Received"]
    pull(store, Document(d.OFFER, LATER, 2, None), own=3)
    assert store.expected_offers() == ()
    assert_sound(store)


def shared(event: bytes, decision: str | None = None, version: int = 1) -> Document:
    task = d.SharedTask(
        subject="0120000015",
        event=event,
        kind="Received",
        outcome=e.DISPUTED,
        rule="device_received_twice",
        station=13,
        decision=decision,
    )
    return Document(d.TASK, event.hex(), version, d.encode(task))


def test_what_contradicts_ours_is_a_task_here_too_until_it_is_taken_back(
    either_store: SqlStore,
) -> None:
    store = either_store
    event = b"e" * 32
    pull(store, shared(event))
    (task,) = store.tasks()
    assert (task.event, task.own, task.decision) == (event, False, None)

    pull(store, shared(event, "recover", 2))
    assert [task.decision for task in store.tasks()] == ["recover"]
    pull(store, gone(shared(event), 3))

    assert store.tasks() == ()
    assert_sound(store)


@pytest.mark.parametrize("decided_first", [False, True])
def test_what_the_department_decided_stands_on_the_own_task(
    either_store: SqlStore, decided_first: bool
) -> None:
    store = either_store
    life.receive(store)
    first, received = store.unanswered(2)
    disputed = [Verdict(first.hash, e.ACCEPTED, 1), Verdict(received.hash, e.DISPUTED, 2, "rule")]

    if decided_first:  # the push's answer was lost on the way
        pull(store, shared(received.hash, "leave"))
    store.note_verdicts(disputed)
    if not decided_first:
        pull(store, shared(received.hash, "leave"))

    (task,) = store.tasks()
    assert (task.event, task.own, task.decision) == (received.hash, True, "leave")
    assert_sound(store)


def test_a_later_answer_comes_by_pull(either_store: SqlStore) -> None:
    store = either_store
    life.receive(store)
    first, received = store.unanswered(2)
    store.note_verdicts(
        [Verdict(first.hash, e.ACCEPTED, 1), Verdict(received.hash, e.DISPUTED, 2, "rule")]
    )
    assert len(store.tasks()) == 1

    for _ in range(2):
        pull(store, Verdict(received.hash, e.ACCEPTED, 9))

    assert store.tasks() == ()
    assert store.sync_state().disputed == 0
    assert_sound(store)


def test_a_later_answer_waits_for_the_first(either_store: SqlStore) -> None:
    store = either_store
    life.receive(store)
    first, received = store.unanswered(2)
    later = Verdict(received.hash, e.ACCEPTED, 9)

    with pytest.raises(ports.AnswerOutstanding):
        pull(store, later, own=5)

    assert store.cursor() == Cursor()
    store.note_verdicts([Verdict(first.hash, e.ACCEPTED, 1), Verdict(received.hash, e.VOID, 2)])
    pull(store, later, own=5)
    assert store.tasks() == ()
    assert_sound(store)


def test_a_claim_of_another_point_may_be_void(either_store: SqlStore) -> None:
    store = either_store
    history = foreign(
        "0130000014",
        e.Received(kind="laptop"),
        e.TakenToBench(),
        e.MadeReady(policy="release-2021-09-10"),
        e.Reserved(case=CASE),
    )
    pull(store, *history, case_document())

    pull(store, Verdict(history[-1].hash, e.VOID, 3, "case_has_device"), own=2)

    device, case = store.device("0130000014"), store.case(CASE)
    assert device is not None
    assert case is not None
    assert (device.stage, case.waiting, store.tasks()) == ("ready", True, ())
    assert store.sync_state().void == 0  # of this point's own
    assert_sound(store)


def test_revocations_are_kept(either_store: SqlStore) -> None:
    revoked = d.Revocation(ChainId(STATION, 1), 4, "stolen")
    document = Document(d.REVOCATION, "012-1", 1, d.encode(revoked))

    pull(either_store, document)

    (kept,) = either_store.documents(d.REVOCATION)
    assert d.read(kept) == revoked


def test_a_lost_own_event_that_comes_home_is_folded_in(either_store: SqlStore) -> None:
    store = either_store
    lost = store.standing()
    store.start_chain(LEAD, NOON, printed=0, reason="restored")
    header = ledger.Header(1, lost.chain, lost.seq + 1, "0120000015", b"", "Received", 1, 420)
    prev = store.unanswered(1)[0].hash
    entry = ledger.write(header, e.encode(e.Received(kind="laptop")), prev, bytes(16))

    pull(store, entry, Verdict(entry.hash, e.DISPUTED, 3, "device_received_twice"))

    assert store.device("0120000015") is not None
    assert store.sync_state().waiting == 2  # the first events of both chains
    assert_sound(store)
