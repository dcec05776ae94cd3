"""Pushing to the real service, on each engine: everything arrives once, whatever the line does."""

import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from station import events, ledger
from station.codes import CodeKind, make
from station.store.store import SqlStore
from sync import wire
from sync.enrolling import go_on
from sync.problems import (
    ChainAhead,
    ChainStuck,
    IncompleteAnswer,
    Offline,
    ServiceRefused,
    StrangeAnswer,
    TimedOut,
    TooLarge,
)
from sync.push import Pushed, push
from sync.service import CentralService
from tests.sync.conftest import LEAD, NOON, STATION, NewLedger, fresh_ledger, whole_copy
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.noisy_line import Fault, Harm, NoisyLine, Place, once
from tests.sync.service_process import ServiceProcess

LAPTOP = make(CodeKind.DEVICE, STATION, 345)
OTHER_LAPTOP = make(CodeKind.DEVICE, 21, 1)


def receive(point: MemoryLedger, count: int) -> None:
    for number in range(count):
        said = events.Received(kind="laptop", maker="Dell", serial=f"SN{number}")
        point.record(LAPTOP, said)


@pytest.fixture
def line(process: ServiceProcess) -> Iterator[NoisyLine]:
    line = NoisyLine(process.address)
    yield line
    line.close()


def test_everything_pushed_arrives_byte_for_byte(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 450)

    pushed = push(point, service)

    assert pushed == Pushed(answered=450, disputed=0, void=0, rejected=0, stopped=False)
    assert whole_copy(service, point.chain) == point.entries
    assert point.unanswered(1) == ()


def test_verdicts_are_numbered_in_the_order_they_were_given(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 30)

    push(point, service, batch_size=7)

    assert all(after > before for before, after in pairwise(point.numbers()))


def test_an_empty_outbox_is_nothing_to_push(point: MemoryLedger, service: CentralService) -> None:
    assert push(point, service) == Pushed(0, 0, 0, 0, stopped=False)


def test_the_same_batch_again_gets_the_same_verdicts(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 5)
    request = point.request(point.entries)

    assert service.submit(request) == service.submit(request)
    assert whole_copy(service, point.chain) == point.entries


def test_a_batch_of_which_half_is_known_is_completed(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 10)
    first_half = service.submit(point.request(point.entries[:5]))

    pushed = push(point, service)

    assert pushed.answered == 10
    assert point.numbers()[:5] == [answered.number for answered in first_half.verdicts]
    assert whole_copy(service, point.chain) == point.entries


def test_a_lost_answer_is_given_again(
    point: MemoryLedger, line: NoisyLine, service: CentralService
) -> None:
    receive(point, 10)
    line.plan = once("/push", Fault(Place.BETWEEN, Harm.DROP))
    with CentralService(line.address, point) as over_the_line:
        with pytest.raises(Offline):
            push(point, over_the_line)
        assert point.verdicts == {}
        kept = service.submit(point.request(point.entries))  # it had arrived

        push(point, over_the_line)

    assert len(line.done) == 1
    assert point.numbers() == [answered.number for answered in kept.verdicts]
    assert whole_copy(service, point.chain) == point.entries


def test_a_question_cut_short_keeps_nothing(
    point: MemoryLedger, line: NoisyLine, service: CentralService
) -> None:
    receive(point, 100)
    line.plan = once("/push", Fault(Place.BODY_MIDDLE, Harm.DROP))
    with CentralService(line.address, point) as over_the_line, pytest.raises(Offline):
        push(point, over_the_line)

    assert service.head(point.chain) is None
    assert push(point, service).answered == 100


def test_it_stops_between_batches_and_goes_on_later(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 10)
    asked = iter([False, True])

    stopped = push(point, service, stop=lambda: next(asked), batch_size=4)

    assert stopped == Pushed(4, 0, 0, 0, stopped=True)
    assert push(point, service).answered == 6
    assert whole_copy(service, point.chain) == point.entries


def test_two_points_push_at_once(new_ledger: NewLedger, process: ServiceProcess) -> None:
    points = [new_ledger() for _ in range(4)]
    for point in points:
        receive(point, 60)

    _all_at_once(points, process.address)

    numbers = [number for point in points for number in point.numbers()]
    assert len(set(numbers)) == 240
    with CentralService(process.address, points[0]) as service:
        for point in points:
            assert whole_copy(service, point.chain) == point.entries


def test_two_computers_of_one_point_push_the_same_ledger(
    point: MemoryLedger, process: ServiceProcess, service: CentralService
) -> None:
    receive(point, 60)

    _all_at_once([point, point], process.address)

    assert len(set(point.numbers())) == 60
    assert whole_copy(service, point.chain) == point.entries


def _all_at_once(points: Sequence[MemoryLedger], address: str) -> None:
    def one(point: MemoryLedger) -> None:
        with CentralService(address, point) as service:
            push(point, service, batch_size=7)

    threads = [threading.Thread(target=one, args=(point,)) for point in points]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_a_newer_version_wrote_travels_untouched(
    point: MemoryLedger, service: CentralService
) -> None:
    point.append(LAPTOP, "Teleported", b"\x81\xa2to\xa4moon")
    point.append(LAPTOP, "Received", msgspec.msgpack.encode({"kind": "laptop", "colour": "red"}))
    point.append(LAPTOP, "Received", b"\xc1 no msgpack at all \x00")
    point.append(LAPTOP, "Received", b"", newer=b"\xa5newer")

    push(point, service)

    assert whole_copy(service, point.chain) == point.entries


def test_an_event_without_its_data_travels_too(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 3)
    whole = point.entries[1]
    point.entries[1] = msgspec.structs.replace(whole, salt=None, data=None)

    push(point, service)

    assert whole_copy(service, point.chain) == point.entries


def test_a_gap_is_named_with_the_seq_the_service_waits_for(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 8)
    service.submit(point.request(point.entries[:3]))

    with pytest.raises(ServiceRefused) as refused:
        service.submit(point.request(point.entries[5:]))

    assert (refused.value.code, refused.value.seq, refused.value.expected) == ("gap", 6, 4)


@pytest.mark.parametrize("known", [3, 4])
def test_a_fork_is_named_with_its_seq(
    point: MemoryLedger, service: CentralService, known: int
) -> None:
    receive(point, 6)
    forked = point.copied(3)
    receive(forked, 3)
    service.submit(point.request(point.entries))

    with pytest.raises(ServiceRefused) as refused:
        service.submit(forked.request(forked.entries[known:]))

    assert (refused.value.code, refused.value.seq) == ("fork", 4)
    assert whole_copy(service, point.chain) == point.entries


def test_a_changed_event_does_not_leave_the_point(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 5)
    point.entries[2] = msgspec.structs.replace(point.entries[2], data=b"\x81\xa4kind\xa4desk")

    with pytest.raises(ledger.ChangedEvent) as changed:
        push(point, service)

    assert (changed.value.chain, changed.value.seq) == (point.chain, 3)
    assert service.head(point.chain) is None


@pytest.mark.parametrize(
    "change",
    [
        {"salt": bytes(ledger.SALT_LENGTH)},
        {"data": b"\x81\xa4kind\xa4desk"},
        {"salt": None, "data": None, "data_hash": bytes(ledger.HASH_LENGTH)},
    ],
)
def test_an_event_changed_on_the_way_is_refused(
    point: MemoryLedger, service: CentralService, change: dict[str, Any]
) -> None:
    receive(point, 5)
    request = point.request(point.entries)
    sent = list(request.events)
    sent[2] = msgspec.structs.replace(sent[2], **change)

    with pytest.raises(ServiceRefused, match="changed_event"):
        service.submit(msgspec.structs.replace(request, events=tuple(sent)))

    assert service.head(point.chain) is None


def test_a_header_changed_on_the_way_is_refused(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 1)
    request = point.request(point.entries)
    (sent,) = request.events
    changed = msgspec.structs.replace(sent, core=sent.core.replace(b"Received", b"Deceived"))

    with pytest.raises(ServiceRefused, match="changed_event"):
        service.submit(msgspec.structs.replace(request, events=(changed,)))


def test_an_event_of_another_chain_is_refused(
    new_ledger: NewLedger, service: CentralService
) -> None:
    victim, stranger = new_ledger(), new_ledger()
    receive(stranger, 2)
    request = stranger.request(stranger.entries)

    with pytest.raises(ServiceRefused, match="misplaced_event at seq 1"):
        service.submit(msgspec.structs.replace(request, number=victim.chain.number))


def test_a_ledger_behind_the_services_copy_of_it_is_an_old_copy(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 9)
    push(point, service)
    restored = point.copied(4)

    with pytest.raises(ChainAhead) as ahead:
        push(restored, service)

    assert (ahead.value.chain, ahead.value.seq) == (point.chain, 9)
    assert restored.verdicts == {}


@pytest.fixture
def other_process(pilot_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    """A service whose database was lost."""
    process = ServiceProcess(pilot_url, tmp_path / "log")
    yield process
    process.stop()


@pytest.fixture
def forgetful(other_process: ServiceProcess) -> Iterator[CentralService]:
    """The same, asked by a chain of the point that it believes again."""
    with CentralService(other_process.address, fresh_ledger(other_process)) as service:
        yield service


@pytest.mark.parametrize(("kept", "waiting"), [(0, 0), (0, 2), (3, 0), (3, 2)])
def test_a_service_that_lost_records_gets_them_again(  # noqa: PLR0917 -- two services, two cases
    point: MemoryLedger,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
    kept: int,
    waiting: int,
) -> None:
    """Its database was lost, or an old backup of it was put back: what stands here is whole."""
    receive(point, 9)
    push(point, service, batch_size=4)
    other_process.enrol(point)
    answers = dict(point.verdicts)
    receive(point, waiting)
    if kept:
        forgetful.submit(point.request(point.entries[:kept]))

    pushed = push(point, forgetful, batch_size=4)

    assert (pushed.answered, pushed.again) == (waiting, 9 - kept)
    assert whole_copy(forgetful, point.chain) == point.entries
    assert push(point, forgetful).again == 0
    assert answers.items() <= point.verdicts.items()  # the same words change nothing


def test_what_a_service_that_lost_records_judges_differently_is_its_later_word(
    new_ledger: NewLedger,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
) -> None:
    first, second = new_ledger(), new_ledger()
    case = _case(first)
    first.record(LAPTOP, events.Reserved(case=case))
    push(first, service)
    second.record(case, events.CaseEntered(level="primary"))
    claim = second.record(OTHER_LAPTOP, events.Reserved(case=case))
    assert push(second, service).void == 1
    other_process.enrol(second)  # there the first claim is not known

    pushed = push(second, forgetful)

    assert (pushed.again, pushed.answered) == (2, 0)
    assert second.verdicts[claim.hash].outcome == events.ACCEPTED


@pytest.mark.parametrize("problem", [TooLarge("too_large"), TimedOut()])
def test_what_is_sent_again_shrinks_until_it_passes(
    point: MemoryLedger,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
    problem: Exception,
) -> None:
    receive(point, 40)
    push(point, service)
    other_process.enrol(point)
    receive(point, 2)

    pushed = push(point, NarrowService(forgetful, 3, problem))

    assert (pushed.answered, pushed.again) == (2, 40)
    assert whole_copy(forgetful, point.chain) == point.entries


def test_sending_again_stops_between_batches_and_goes_on_later(
    point: MemoryLedger,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
) -> None:
    receive(point, 10)
    push(point, service)
    other_process.enrol(point)
    asked = iter([False, True])

    stopped = push(point, forgetful, stop=lambda: next(asked), batch_size=4)

    assert (stopped.again, stopped.stopped) == (4, True)
    assert push(point, forgetful).again == 6


def test_an_old_chain_that_forked_meanwhile_holds_up_no_other(
    enrolled: SqlStore,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
) -> None:
    store, old = enrolled, enrolled.standing().chain
    record(store, 5)
    push(store, service)
    other_process.enrol(store)
    other = MemoryLedger(old)  # what else somebody wrote under that chain
    other.key = store.signing_key(old)
    other.entries = list(whole_copy(service, old)[:3])
    receive(other, 1)
    forgetful.submit(other.request(other.entries))
    record(store, 1)
    store.start_chain(LEAD, NOON, printed=0, reason="restored")
    go_on(store, forgetful)

    with pytest.raises(ChainStuck):
        push(store, forgetful)

    assert len(whole_copy(forgetful, store.standing().chain)) == 1


def test_an_older_chain_that_the_service_lost_is_sent_again(
    enrolled: SqlStore,
    service: CentralService,
    forgetful: CentralService,
    other_process: ServiceProcess,
) -> None:
    store, first = enrolled, enrolled.standing().chain
    record(store, 5)
    push(store, service)
    other_process.enrol(store)
    record(store, 2)
    store.start_chain(LEAD, NOON, printed=0, reason="restored")
    go_on(store, forgetful)

    pushed = push(store, forgetful)

    assert (pushed.answered, pushed.again) == (3, 6)
    assert len(whole_copy(forgetful, first)) == 8


def record(store: SqlStore, count: int) -> None:
    for _ in range(count):
        with store.transaction(LEAD, NOON) as work:
            work.record("ram-4", events.PartsReceived(count=1))


def test_the_second_point_that_claims_a_case_is_told_who_was_first(
    new_ledger: NewLedger, service: CentralService
) -> None:
    first, second = new_ledger(), new_ledger()
    case = _case(first)
    claim = first.record(_device(first), events.Reserved(case=case))
    late = second.record(_device(second), events.Reserved(case=case))
    handed = second.record(_device(second), events.HandedOver(to="pupil", case=case))

    push(first, service)
    pushed = push(second, service)

    assert pushed == Pushed(answered=2, disputed=1, void=1, rejected=0, stopped=False)
    verdict, fact = second.verdicts[late.hash], second.verdicts[handed.hash]
    assert (verdict.outcome, verdict.rule, verdict.other) == ("void", "case_has_device", claim.hash)
    # what happened happened, and people must know of it
    assert (fact.outcome, fact.rule) == (events.DISPUTED, "case_kept_elsewhere")


def test_a_set_is_reserved_whole_by_one_point(point: MemoryLedger, service: CentralService) -> None:
    case = _case(point)
    point.record(_device(point), events.Reserved(case=case))
    point.record(_device(point, 1), events.Reserved(case=case))

    assert push(point, service).void == 0


@pytest.mark.parametrize("freed", [events.ReservationReleased, events.ReturnedToStock])
def test_a_case_that_was_freed_can_be_claimed_by_another_point(
    new_ledger: NewLedger, service: CentralService, freed: type[events.Said]
) -> None:
    first, second = new_ledger(), new_ledger()
    case = _case(first)
    first.record(_device(first), events.Reserved(case=case))
    first.record(_device(first), freed(case=case, reason="mistake"))  # type: ignore[call-arg] # both kinds
    second.record(_device(second), events.Reserved(case=case))

    push(first, service)

    assert push(second, service).void == 0


def test_of_points_that_claim_a_case_at_once_one_wins(
    new_ledger: NewLedger, process: ServiceProcess
) -> None:
    points = [new_ledger() for _ in range(4)]
    cases = [_case(points[0], number) for number in range(12)]
    with CentralService(process.address, points[0]) as service:
        push(points[0], service)
    claims = {
        point.record(_device(point, number), events.Reserved(case=case)).hash: case
        for point in points
        for number, case in enumerate(cases)
    }

    _all_at_once(points, process.address)

    verdicts = {told: verdict for point in points for told, verdict in point.verdicts.items()}
    winners = [case for told, case in claims.items() if verdicts[told].outcome == events.ACCEPTED]
    assert sorted(winners) == sorted(cases)


def _case(point: MemoryLedger, number: int = 0) -> str:
    """A case of this test's own, entered from paper at this point."""
    case = make(CodeKind.CASE, STATION, 100 * point.chain.number + number)
    point.record(case, events.CaseEntered(level="primary"))
    return case


def _device(point: MemoryLedger, number: int = 0) -> str:
    """A device that no other chain speaks of."""
    return make(CodeKind.DEVICE, STATION, 100 * point.chain.number + number)


class NarrowService:
    """Refuses batches above a size, as a proxy with a limit does, or answers them too late."""

    def __init__(self, service: CentralService, limit: int, problem: Exception) -> None:
        self._service, self._limit, self._problem = service, limit, problem
        self.head = service.head

    def submit(self, request: wire.PushRequest) -> wire.PushAnswer:
        if len(request.events) > self._limit:
            raise self._problem
        return self._service.submit(request)


@pytest.mark.parametrize("problem", [TooLarge("too_large"), TimedOut()])
def test_batches_shrink_until_they_pass(
    point: MemoryLedger, service: CentralService, problem: Exception
) -> None:
    receive(point, 40)

    assert push(point, NarrowService(service, 3, problem)).answered == 40
    assert whole_copy(service, point.chain) == point.entries


def test_one_event_that_does_not_pass_ends_the_push(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 2)

    with pytest.raises(TooLarge):
        push(point, NarrowService(service, 0, TooLarge("too_large")))


def test_more_bytes_than_the_service_takes_are_sent_in_parts(
    point: MemoryLedger, service: CentralService
) -> None:
    for _ in range(3):
        point.append(LAPTOP, "Heavy", bytes(wire.MAX_BODY // 2))

    assert push(point, service).answered == 3
    assert [entry.hash for entry in service.entries(point.chain, after=2)] == [
        point.entries[2].hash
    ]


class ForgetfulService(NarrowService):
    """Leaves the last verdict out."""

    def submit(self, request: wire.PushRequest) -> wire.PushAnswer:
        return wire.PushAnswer(super().submit(request).verdicts[:-1])


class OtherHashService(NarrowService):
    """Computes another hash for the last event."""

    def submit(self, request: wire.PushRequest) -> wire.PushAnswer:
        return msgspec.structs.replace(super().submit(request), head=bytes(32))


def test_an_answer_that_leaves_an_event_out_is_not_believed(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 3)

    with pytest.raises(IncompleteAnswer):
        push(point, ForgetfulService(service, 99, TooLarge("too_large")))

    assert point.verdicts == {}


def test_an_answer_about_other_bytes_is_not_believed(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 3)

    with pytest.raises(ledger.ChangedEvent):
        push(point, OtherHashService(service, 99, TooLarge("too_large")))

    assert point.verdicts == {}


def test_nobody_there_is_offline(point: MemoryLedger) -> None:
    receive(point, 1)
    with CentralService("http://127.0.0.1:1", point) as nobody, pytest.raises(Offline):
        push(point, nobody)


def test_a_page_of_another_server_is_no_answer(
    point: MemoryLedger, service: CentralService, process: ServiceProcess
) -> None:
    receive(point, 1)
    address = f"{process.address}/v1/health?"
    with CentralService(address, point) as elsewhere, pytest.raises(StrangeAnswer):
        push(point, elsewhere)


def test_a_service_that_does_not_answer_times_out(point: MemoryLedger, silent_address: str) -> None:
    receive(point, 1)
    hurried = httpx.Timeout(0.1)
    with CentralService(silent_address, point, hurried) as silent, pytest.raises(TimedOut):
        push(point, silent)
