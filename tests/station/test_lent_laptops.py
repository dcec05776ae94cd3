"""A laptop goes to a school with a chain of its own; what it wrote comes home as the point's."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from station import (
    bench,
    delegating,
    handover,
    labelling,
    ledger,
    ports,
    refusals,
    transfer,
)
from station import events as e
from station.codes import CodeKind
from station.device import Device, Stage
from station.events import Verdict
from station.ledger import ChainId, Moment
from station.people import Person
from station.reference import load
from station.signing import SigningKey, head_statement
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_delegated_store
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, KEY, LEAD, NOON, TECHNICIAN

EVENING = NOON.at + timedelta(hours=8)


def lent(store: SqlStore) -> tuple[str, str, ChainId]:
    """A reserved laptop and its pupil's case, lent until the evening."""
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    command = delegating.Delegate(devices=(device,), expires=EVENING)
    said = delegating.delegate(command, store, GIVER, NOON)
    assert set(said.about) == {device, case}
    return device, case, said.chain


def the_laptop(store: SqlStore, chain: ChainId, folder: Path) -> SqlStore:
    along = store.taken_along(chain)
    url = sqlite_url(folder / f"laptop-{chain.number}.db")
    return create_delegated_store(url, KEY, load(), along, by=GIVER, when=NOON)


def give(store: SqlStore, device: str, case: str) -> None:
    receiver = Person(name="Nguyễn Thị Hoa")
    command = handover.HandOver(device=device, case=case, receiver=receiver)
    handover.hand_over(command, store, GIVER, NOON)


def known(store: SqlStore, code: str) -> Device:
    device = store.device(code)
    assert device is not None
    return device


def assert_sound(store: SqlStore) -> None:
    assert upkeep.projections_match(store.engine)
    found = verify(store.engine)
    assert found.sound, found.broken


def test_what_a_laptop_took_along_rests_here(either_store: SqlStore) -> None:
    store = either_store
    device, case, chain = lent(store)
    assert known(store, device).lent_to == chain
    acts = (
        lambda: give(store, device, case),
        lambda: transfer.send(transfer.Send(device=device, place="point-013"), store, GIVER, NOON),
        lambda: bench.take_to_bench(device, store, TECHNICIAN, NOON),
        lambda: handover.release_reservation(
            handover.ReleaseReservation(device=device, reason="case-moved"), store, GIVER, NOON
        ),
        lambda: delegating.delegate(
            delegating.Delegate(devices=(device,), expires=EVENING), store, GIVER, NOON
        ),
    )
    for act in acts:
        with pytest.raises(refusals.LentToLaptop):
            act()
    other = life.ready_laptop(store, "S2")
    with pytest.raises((refusals.LentToLaptop, refusals.CaseHasDevice)):
        handover.reserve(handover.Reserve(device=other, case=case), store, GIVER, NOON)
    assert_sound(store)


def test_a_school_day_comes_home(either_store: SqlStore, tmp_path: Path) -> None:
    store = either_store
    device, case, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        assert known(laptop, device).lent_to is None  # it may work on what was lent to it
        give(laptop, device, case)
        assert_sound(laptop)
        home = laptop.brought_home()

    assert store.adopt_chain(home) == 2

    assert known(store, device).stage is Stage.HANDED_OVER
    handed = store.timeline(device)[-1].event.said
    assert isinstance(handed, e.HandedOver)
    assert handed.receiver is not None
    assert store.content(handed.receiver.id) == Person(name="Nguyễn Thị Hoa")
    ended = delegating.EndDelegation(chain=chain, reason=delegating.RETURNED)
    assert delegating.end_delegation(ended, store, GIVER, NOON).last_seq == 2
    assert known(store, device).lent_to is None
    assert [one.ended for one in store.delegations()] == ["returned"]
    assert_sound(store)


def test_what_came_home_is_sent_after_the_points_own_chain(store: SqlStore, tmp_path: Path) -> None:
    device, case, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        give(laptop, device, case)
        store.adopt_chain(laptop.brought_home())

    own = store.unanswered(100)
    assert {entry.header.chain for entry in own} == {store.standing().chain}
    store.note_verdicts([Verdict(entry.hash, e.ACCEPTED, n) for n, entry in enumerate(own, 1)])
    brought = store.unanswered(100)
    assert [entry.header.chain for entry in brought] == [chain, chain]
    key = store.signing_key(chain)
    assert key.public == store.delegations()[0].key  # what the laptop wrote is sent with its key
    assert store.sync_state().chain != chain
    store.note_verdicts([Verdict(entry.hash, e.ACCEPTED, 90) for entry in brought])
    assert store.sync_state().waiting == 0
    assert_sound(store)


def test_a_longer_piece_goes_on_where_the_shorter_one_ended(
    either_store: SqlStore, tmp_path: Path
) -> None:
    store = either_store
    device, case, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        first = laptop.brought_home()
        assert [store.adopt_chain(first), store.adopt_chain(first)] == [1, 0]
        give(laptop, device, case)
        longer = laptop.brought_home()

    assert [store.adopt_chain(longer), store.adopt_chain(longer), store.adopt_chain(first)] == [
        1,
        0,
        0,
    ]
    assert known(store, device).stage is Stage.HANDED_OVER
    assert_sound(store)


def test_only_what_the_laptop_signed_comes_home(store: SqlStore, tmp_path: Path) -> None:
    device, case, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        give(laptop, device, case)
        home = laptop.brought_home()
    last = home.entries[-1]
    statement = head_statement(chain, last.header.seq, last.hash)
    forged = structs.replace(last, data=e.encode(e.HandedOver(to="pupil", case=case, by="op.x")))
    wrong = (
        structs.replace(home, signature=SigningKey.new().sign(statement)),
        structs.replace(home, entries=home.entries[1:]),
        structs.replace(home, entries=home.entries[:1]),
        structs.replace(home, entries=(home.entries[0], forged)),
        structs.replace(home, entries=()),
    )

    for brought in wrong:
        with pytest.raises(refusals.NotTheLaptops):
            store.adopt_chain(brought)

    assert known(store, device).stage is Stage.RESERVED


def test_another_store_that_uses_the_same_key_is_found_out(store: SqlStore, tmp_path: Path) -> None:
    device, case, chain = lent(store)
    (tmp_path / "copy").mkdir()
    with the_laptop(store, chain, tmp_path / "copy") as copy:
        give(copy, device, case)
        copied = copy.brought_home()
    with the_laptop(store, chain, tmp_path) as laptop:
        give(laptop, device, case)
        store.adopt_chain(laptop.brought_home())

    with pytest.raises(ledger.Fork):
        store.adopt_chain(copied)
    with pytest.raises(refusals.DelegationOver):
        store.taken_along(chain)  # nor is the chain lent a second time


def test_a_laptop_gives_out_no_code_and_lends_nothing(store: SqlStore, tmp_path: Path) -> None:
    device, _, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        for act in (
            lambda: life.receive(laptop),
            lambda: life.receive(laptop, code=device),
            lambda: life.enter_case(laptop),
            lambda: labelling.reserve_codes(
                labelling.ReserveCodes(of=CodeKind.DEVICE, count=3, purpose="roll"),
                laptop,
                CLERK,
                NOON,
            ),
            lambda: delegating.delegate(
                delegating.Delegate(devices=(device,), expires=EVENING), laptop, GIVER, NOON
            ),
            lambda: laptop.start_chain(LEAD, NOON, printed=0, reason="restored"),
        ):
            with pytest.raises(refusals.NotOnLaptop):
                act()
        assert laptop.standing().seq == 1


def test_a_laptop_writes_until_its_time_is_over(store: SqlStore, tmp_path: Path) -> None:
    device, case, chain = lent(store)
    late = Moment(EVENING + timedelta(minutes=1))
    with the_laptop(store, chain, tmp_path) as laptop:
        with pytest.raises(refusals.LaptopExpired):
            handover.hand_over(handover.HandOver(device=device, case=case), laptop, GIVER, late)
        store.adopt_chain(laptop.brought_home())

    expired = delegating.EndDelegation(chain=chain, reason=delegating.EXPIRED)
    with pytest.raises(refusals.NotExpiredYet):
        delegating.end_delegation(expired, store, GIVER, NOON)
    delegating.end_delegation(expired, store, GIVER, late)
    give(store, device, case)


def test_a_lost_laptop_is_believed_no_more(store: SqlStore, tmp_path: Path) -> None:
    device, case, chain = lent(store)
    with the_laptop(store, chain, tmp_path) as laptop:
        give(laptop, device, case)
        home = laptop.brought_home()
    revoked = delegating.EndDelegation(chain=chain, reason=delegating.REVOKED)

    delegating.end_delegation(revoked, store, GIVER, NOON)

    with pytest.raises(refusals.DelegationOver):
        store.adopt_chain(home)
    with pytest.raises(refusals.DelegationOver):
        delegating.end_delegation(revoked, store, GIVER, NOON)
    assert known(store, device).lent_to is None


def test_a_laptop_is_not_home_before_its_events_are(store: SqlStore) -> None:
    _, _, chain = lent(store)
    with pytest.raises(refusals.NotHomeYet):
        delegating.end_delegation(
            delegating.EndDelegation(chain=chain, reason=delegating.RETURNED), store, GIVER, NOON
        )
    with pytest.raises(refusals.UnknownDelegation):
        delegating.end_delegation(
            delegating.EndDelegation(chain=ChainId(12, 3), reason="returned"), store, GIVER, NOON
        )


@pytest.mark.parametrize("expires", [NOON.at, NOON.at + timedelta(days=15)])
def test_a_laptop_is_lent_for_some_days_to_come(store: SqlStore, expires: datetime) -> None:
    device = life.ready_laptop(store)
    with pytest.raises(refusals.ImpossibleExpiry):
        delegating.delegate(
            delegating.Delegate(devices=(device,), expires=expires), store, GIVER, NOON
        )


def test_only_what_may_be_given_goes_along(store: SqlStore) -> None:
    with pytest.raises(refusals.NotInThisStage):
        delegating.delegate(
            delegating.Delegate(devices=(life.receive(store),), expires=EVENING),
            store,
            GIVER,
            NOON,
        )
    with pytest.raises(refusals.NothingToRecord):
        delegating.delegate(delegating.Delegate(devices=(), expires=EVENING), store, GIVER, NOON)
    with pytest.raises(refusals.NotYourRole):
        delegating.delegate(
            delegating.Delegate(devices=(), expires=EVENING), store, TECHNICIAN, NOON
        )


def test_a_parcel_is_for_its_own_key_alone(store: SqlStore, tmp_path: Path) -> None:
    _, _, chain = lent(store)
    along = structs.replace(store.taken_along(chain), key=SigningKey.new().private)
    url = sqlite_url(tmp_path / "laptop.db")

    with pytest.raises(refusals.UnknownDelegation):
        create_delegated_store(url, KEY, load(), along, by=GIVER, when=NOON)

    with pytest.raises(refusals.UnknownDelegation):
        store.brought_home()


def test_a_parcel_names_nobody_who_has_nothing_to_do_with_it(store: SqlStore) -> None:
    other = life.enter_case(store, "Lê Thị Cúc")
    _, case, chain = lent(store)
    along = store.taken_along(chain)
    pupils = [row for row in along.people if row.kind == "pupil"]

    kept, away = store.case(case), store.case(other)
    assert kept is not None
    assert away is not None
    assert [row.id for row in pupils] == [kept.pupil]
    assert away.pupil not in {row.id for row in along.people}
    assert isinstance(along, ports.TakenAlong)
