"""A store is enrolled by a code, goes on under its next chain by itself, and knows its service."""

import time
from collections.abc import Iterator

import msgspec
import pytest

from station import events, ports
from station.ledger import ChainId
from station.store.store import SqlStore
from sync.central.access import revocation
from sync.central.database import opened
from sync.course import Going
from sync.enrolling import OtherPoint, enrol_by_code, go_on
from sync.problems import NotEnrolled, NotTheService, Offline, Revoked, ServiceRefused
from sync.push import at_once, push
from sync.service import CentralService
from tests.sync.conftest import LEAD, NOON, STATION, whole_copy
from tests.sync.noisy_line import Fault, Harm, NoisyLine, Place, once
from tests.sync.service_process import ServiceProcess


@pytest.fixture
def own(process: ServiceProcess, store: SqlStore) -> Iterator[CentralService]:
    """The service as this store asks it."""
    with CentralService(process.address, store) as service:
        yield service


def test_a_store_that_nobody_enrolled_is_told_so(store: SqlStore, own: CentralService) -> None:
    with pytest.raises(NotEnrolled) as told:
        go_on(store, own)
    assert told.value.chain == store.standing().chain
    with pytest.raises(NotEnrolled):
        push(store, own)

    assert store.sync_state().waiting == 1


def test_a_code_enrols_the_chain_that_is_written(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    grant = enrol_by_code(store, own, process.give_code(STATION))

    assert store.enrolment().grant == grant
    assert store.enrolment().anchors
    assert push(store, own).answered == 1


def test_a_wrong_code_changes_nothing(store: SqlStore, own: CentralService) -> None:
    with pytest.raises(ServiceRefused, match="wrong_code"):
        enrol_by_code(store, own, "0000111122223333")

    assert store.enrolment() == ports.Enrolment()


def test_another_points_code_is_not_used_up(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    code = process.give_code(21)

    for _ in range(2):
        with pytest.raises(OtherPoint) as told:
            enrol_by_code(store, own, code)
        assert told.value.station == 21


def test_a_lost_answer_to_an_enrolment_is_given_again(
    store: SqlStore, process: ServiceProcess
) -> None:
    line = NoisyLine(process.address)
    code = process.give_code(STATION)
    lost = once("/v1/enrol", Fault(Place.BETWEEN, Harm.DROP))
    line.plan = lambda asked: None if asked.endswith("/ask") else lost(asked)
    with CentralService(line.address, store) as over_the_line:
        with pytest.raises(Offline):
            enrol_by_code(store, over_the_line, code)

        enrol_by_code(store, over_the_line, code)

        assert push(store, over_the_line).answered == 1
    line.close()


def test_the_next_chain_is_vouched_for_by_itself(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    enrol_by_code(store, own, process.give_code(STATION))
    push(store, own)
    old = store.standing().chain
    store.start_chain(LEAD, NOON, printed=0, reason="restored")

    done = Going(store, own, at_once).go()

    grant = store.enrolment().grant
    assert grant is not None
    assert grant.chain == store.standing().chain != old
    assert (done.pushed.answered, done.ended) == (1, "done")


def test_what_an_old_chain_held_goes_out_though_nobody_enrolled_it(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    """An older version of the program wrote it; then a backup was restored."""
    old = store.standing().chain
    record(store, 3)
    store.start_chain(LEAD, NOON, printed=0, reason="restored")
    enrol_by_code(store, own, process.give_code(STATION))

    done = Going(store, own, at_once).go()

    assert (done.pushed.answered, done.waiting, done.ended) == (5, 0, "done")
    assert len(whole_copy(own, old)) == 4


def test_a_revoked_chain_is_not_let_in(
    enrolled: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    revoke(process, enrolled.standing().chain)

    with pytest.raises(Revoked) as told:
        push(enrolled, own)

    assert told.value.chain == enrolled.standing().chain
    assert enrolled.sync_state().waiting == 1


def test_a_revoked_chain_that_was_left_is_told_once_all_else_was_sent(
    enrolled: SqlStore, process: ServiceProcess
) -> None:
    store, old = enrolled, enrolled.standing().chain
    line = NoisyLine(process.address)
    record(store, 2)
    with CentralService(line.address, store) as service:
        push(store, service)
        record(store, 2)
        line.plan = once("/push", Fault(Place.ANSWER_LINE, Harm.DROP))
        with pytest.raises(Offline):
            push(store, service)  # kept, and the answer was lost
    line.close()
    record(store, 3)
    store.start_chain(LEAD, NOON, printed=0, reason="restored")
    with CentralService(process.address, store) as service:
        go_on(store, service)
        revoke(process, old)

        with pytest.raises(Revoked) as told:
            push(store, service)

    assert told.value.chain == old
    assert store.sync_state().waiting == 3  # what was kept before it was revoked has its answers
    assert {entry.header.seq for entry in store.unanswered(100)} == {6, 7, 8}


def revoke(process: ServiceProcess, chain: ChainId) -> None:
    with opened(process.database) as engine:
        revocation.revoke(engine, chain, "stolen")


def test_a_service_that_cannot_sign_as_ours_is_told_nothing(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    enrol_by_code(store, own, process.give_code(STATION))
    grant = store.enrolment().grant
    assert grant is not None
    store.note_enrolment(grant, (b"\x01" * 32,))  # what this store knows is another service

    with pytest.raises(NotTheService):
        push(store, own)

    assert store.sync_state().waiting == 1


def test_a_token_that_is_good_no_more_is_replaced(
    store: SqlStore, own: CentralService, process: ServiceProcess
) -> None:
    enrol_by_code(store, own, process.give_code(STATION))
    own._session = msgspec.structs.replace(own.session(), token="s1.of-another-service")

    assert push(store, own).answered == 1


@pytest.mark.parametrize("years", [-10, 10])
def test_a_point_whose_clock_is_ten_years_off_syncs_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
    store: SqlStore,
    own: CentralService,
    process: ServiceProcess,
    years: int,
) -> None:
    off_s = years * 365 * 86_400
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + off_s)
    enrol_by_code(store, own, process.give_code(STATION))
    record(store, 5)

    done = Going(store, own, at_once).go()

    assert (done.pushed.answered, done.waiting, done.ended) == (6, 0, "done")


def record(store: SqlStore, count: int) -> None:
    for _ in range(count):
        with store.transaction(LEAD, NOON) as work:
            work.record("ram-4", events.PartsReceived(count=1))
