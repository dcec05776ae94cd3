"""Acts that papers speak of, each by the real use case."""

from typing import Any

from station import events as e
from station import handover, intake, returns
from station.ledger import Moment
from station.paper_facts import PaperFacts
from station.people import Donor, Person, Pupil
from station.stock import Retire, retire
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN

SCHOOL = "truong-th-go-dau"
BINH = Person(name="Trần Văn Bình", title="Cha, mẹ", phone="0912 000 111")
MAI = Person(name="Cô Mai", title="Hiệu trưởng", phone="0912 000 222")
COMPANY = Donor(
    name="Công ty Mía đường",
    organisation=True,
    phone="0276 3888 999",
    address="Số 2, quốc lộ 22",
    may_process=True,
    may_publish=True,
)


def case_of(store: SqlStore, name: str = "Trần Văn An", school_class: str = "4A2") -> str:
    pupil = Pupil(
        name=name,
        school_class=school_class,
        guardian="Trần Văn Bình",
        guardian_phone="0912 000 111",
        relation="parent",
    )
    command = handover.EnterCase(level="primary", school=SCHOOL, pupil=pupil)
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def promise(store: SqlStore, device: str, name: str = "Trần Văn An", of: str = "4A2") -> str:
    case = case_of(store, name, of)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return case


def give(store: SqlStore, device: str, case: str, when: Moment = NOON) -> e.Event:
    command = handover.HandOver(device=device, case=case, receiver=BINH)
    return handover.hand_over(command, store, GIVER, when)[0]


def given_laptop(store: SqlStore) -> tuple[str, str]:
    """A laptop that a pupil has; its code and the case's."""
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case)
    return device, case


def to_school(store: SqlStore, *pupils: tuple[str, str]) -> handover.BatchOut:
    """A school took a laptop for each of these pupils, by name and class."""
    devices = []
    for number, (name, school_class) in enumerate(pupils):
        device = life.ready_laptop(store, f"S{number}")
        promise(store, device, name, school_class)
        devices.append(device)
    command = handover.HandOverBatch(school=SCHOOL, devices=tuple(devices), receiver=MAI)
    return handover.hand_over_batch(command, store, GIVER, NOON)


def visit(store: SqlStore, *devices: intake.NewDevice, donor: Donor = COMPANY) -> intake.LotIn:
    """A donor brought these."""
    command = intake.ReceiveLot(devices=devices, donor=donor, form="organisation-pickup")
    return intake.receive_lot(command, store, CLERK, NOON)


def retired(store: SqlStore, serial: str, reason: str = "not-worth-repair", **more: Any) -> str:
    """A laptop that will not be given; its code."""
    device = life.receive(store, serial=serial, **more)
    retire(Retire(device=device, reason=reason), store, TECHNICIAN, NOON)
    return device


def taken_back(store: SqlStore, device: str, **more: Any) -> None:
    """The pupil's device is here for repair."""
    command = returns.TakeBackForRepair(device=device, reason="broke-in-use", **more)
    returns.take_back_for_repair(command, store, GIVER, NOON)


def purge(store: SqlStore) -> None:
    """Every people row loses its content, as when the time to keep it is over."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE people SET sealed = NULL WHERE kind <> 'operator'")


def everything(facts: PaperFacts) -> str:
    """All that a paper could print of these facts."""
    return repr(facts)
