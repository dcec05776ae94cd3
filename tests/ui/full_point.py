"""A point with a device at every stage, for tests that look at all of it."""

from station import bench, handover, intake, release, returns, sets, stock, transfer
from station import events as e
from station.checks import Outcome
from station.codes import CodeKind
from station.labelled import ItemRole
from station.labelling import (
    LabelItem,
    PutOnShelf,
    ReserveCodes,
    label_item,
    put_on_shelf,
    reserve_codes,
)
from station.people import Pupil
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN

SCHOOL = "truong-th-go-dau"


def case_of(store: SqlStore) -> str:
    pupil = Pupil(
        name="Trần Văn An", school_class="4A", guardian="Trần Văn Bình", relation="parent"
    )
    command = handover.EnterCase(level="primary", school=SCHOOL, pupil=pupil)
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def promised(store: SqlStore, serial: str) -> tuple[str, str]:
    device, case = life.ready_laptop(store, serial), case_of(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device, case


def given(store: SqlStore, serial: str) -> str:
    device, case = promised(store, serial)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device


def at_school(store: SqlStore, serial: str) -> str:
    device, _case = promised(store, serial)
    batch = handover.HandOverBatch(school=SCHOOL, devices=(device,))
    handover.hand_over_batch(batch, store, GIVER, NOON)
    return device


def in_repair(store: SqlStore, serial: str) -> str:
    device = given(store, serial)
    broken = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(broken, store, CLERK, NOON)
    return device


def on_hold(store: SqlStore) -> str:
    device = life.receive(store, kind="tablet", locks=("google-account",))
    bench.put_on_hold(
        bench.PutOnHold(device=device, reason="waiting-for-unlock"), store, TECHNICIAN, NOON
    )
    return device


def in_work(store: SqlStore) -> str:
    device = life.receive(store, serial="W1")
    life.refurbish(store, device)
    life.try_by_hand(store, device, "dsp.pixels", outcome=Outcome.FAIL)
    return device


def with_exception(store: SqlStore) -> str:
    device = life.receive(store, serial="8XK2F32")  # the report's own
    life.refurbish(store, device)
    life.try_by_hand(store, device, "dsp.pixels", outcome=Outcome.FAIL)
    let_go = e.Override("dsp.pixels", "fit-for-purpose")
    release.make_ready(release.MakeReady(device=device, overrides=(let_go,)), store, LEAD, NOON)
    return device


def retired(store: SqlStore) -> str:
    device = life.receive(store)
    stock.retire(stock.Retire(device=device, reason="not-worth-repair"), store, TECHNICIAN, NOON)
    return device


def computer_with_monitor(store: SqlStore) -> str:
    computer = life.receive(store, kind="desktop")
    monitor = life.receive(store, kind="monitor")
    sets.join_set(sets.JoinSet(head=computer, member=monitor), store, CLERK, NOON)
    return computer


def on_the_way(store: SqlStore) -> str:
    device = life.receive(store)
    place = store.reference.points(NOON.day)[0].id
    transfer.send(transfer.Send(device=device, place=place), store, CLERK, NOON)
    return device


def label_things(store: SqlStore, device: str) -> None:
    """A charger beside the device, a shelf below it, and blank labels for what is to come."""
    charger = LabelItem(role=ItemRole.ACCESSORY, item="charger", device=device)
    label_item(charger, store, CLERK, NOON)
    shelf = label_item(LabelItem(role=ItemRole.SHELF, name="A3"), store, CLERK, NOON)
    put_on_shelf(PutOnShelf(device=device, shelf=shelf.header.subject), store, CLERK, NOON)
    reserve_codes(ReserveCodes(of=CodeKind.DEVICE, count=2, purpose="roll"), store, CLERK, NOON)


def fill(store: SqlStore) -> tuple[str, ...]:
    """A device at every stage; their codes."""
    refused = intake.RefuseItem(kind="monitor", reason="too-broken")
    intake.refuse_item(refused, store, CLERK, NOON)
    case_of(store)
    labelled = life.receive(store, kit=("charger",))
    label_things(store, labelled)
    return (
        labelled,
        in_work(store),
        on_hold(store),
        with_exception(store),
        life.ready_laptop(store, "R1"),
        promised(store, "P1")[0],
        at_school(store, "S1"),
        given(store, "G1"),
        in_repair(store, "B1"),
        retired(store),
        computer_with_monitor(store),
        on_the_way(store),
    )
