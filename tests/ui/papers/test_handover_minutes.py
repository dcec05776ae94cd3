from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from labels.document import Issue
from labels.filling import fill
from labels.paper_pdf import paper_pdf
from labels.template import template
from station import bench, handover, returns, sets
from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, parse
from station.ledger import Moment, Occurred
from station.machine import Disk
from station.paper_facts import PupilFacts
from station.people import Person, Pupil
from station.printed import Label, Party
from station.store.store import SqlStore
from station.words import use
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import point_store
from ui import papers
from ui.facts_card import FactsCard
from ui.opened_device import ask_device

BINH = Person(name="Trần Văn Bình", title="Cha, mẹ", phone="0912000111")
SCHOOL = "truong-th-go-dau"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


def case_of(store: SqlStore, name: str = "Trần Văn An") -> str:
    pupil = Pupil(name=name, school_class="4A2", guardian="Trần Văn Bình", relation="parent")
    command = handover.EnterCase(level="primary", school=SCHOOL, pupil=pupil)
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def promise(store: SqlStore, device: str) -> str:
    case = case_of(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return case


def give(store: SqlStore, device: str, case: str, when: Moment = NOON) -> e.Event:
    command = handover.HandOver(device=device, case=case, receiver=BINH)
    return handover.hand_over(command, store, GIVER, when)[0]


def test_a_label_says_the_kind_in_vietnamese_whatever_the_screen_speaks(store: SqlStore) -> None:
    use("en")
    device = store.device(life.receive(store))
    assert device is not None

    assert papers.device_label(device, store.reference) == Label(
        code=device.code,
        qr=f"https://maytinhcu.example/t/{device.code}",
        kind="Máy tính xách tay",
        name="Dell Latitude E7450",
        programme="Máy tính cũ",
    )


def test_the_minutes_say_who_gave_what_to_whom(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case)

    described = papers.handover_minutes(store, (device,), case)

    assert (described.paper, described.code) == ("handover-minutes", case)
    assert (described.acknowledgement, described.reprint) == ("chờ gửi", 0)
    facts = described.facts
    assert (facts.day, facts.hour) == (date(2021, 10, 11), time(12, 0))
    assert facts.letterhead.agency == "VNPT TÂY NINH"
    assert facts.place == "VNPT Gò Dầu, Thị trấn Gò Dầu"
    assert facts.giver == Party("VNPT Tây Ninh", "Phạm Hòa", "Nhân viên bàn giao")
    assert facts.receiver.person == "Trần Văn Bình"
    assert facts.receiver.title == "Cha, mẹ của Trần Văn An"
    assert facts.pupil == PupilFacts("Trần Văn An", "4A2", "Trường Tiểu học Gò Dầu")
    assert facts.copies == 2
    (row,) = facts.devices
    assert (row.serial, row.condition, row.kit) == ("8XK2F32", "Loại B", "Bộ sạc")
    assert (row.case, row.remark) == ("", "")
    assert row.configuration == "ổ cứng 500 GB"
    document = fill(template(described.paper), facts, described.code)
    assert paper_pdf([(document, Issue())]).startswith(b"%PDF")


def of_odd_size(store: SqlStore) -> str:
    """A ready laptop with 23.5 GB of memory and a disk of 274.9 GB; its code."""
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    disk = Disk("sda", serial_number="WX71A345", capacity_bytes=274_877_906_944)
    report = bench.RecordChecks(
        device=device,
        report=b"r" * 32,
        machine=structs.replace(life.machine(), mem_total_kib=24_064 * 1024, storage=(disk,)),
        results=tuple(CheckResult(check, Outcome.PASS) for check in life.MEASURED),
        policy="judge-2021-09-10",
    )
    bench.record_checks(report, store, TECHNICIAN, NOON)
    life.try_by_hand(store, device)
    life.erase_and_install(store, device)
    life.complete(store, device)
    life.make_ready(store, device)
    return device


def test_paper_and_screen_name_one_size_for_one_machine(qtbot: QtBot, store: SqlStore) -> None:
    device = of_odd_size(store)
    case = promise(store, device)
    give(store, device, case)
    card = FactsCard()
    qtbot.addWidget(card)

    card.show_device(ask_device(device, store), store.reference)

    (row,) = papers.handover_minutes(store, (device,), case).facts.devices
    assert row.configuration == "RAM 23,5 GB, ổ cứng 274 GB"
    shown = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "23.5 GB" in shown
    assert "274 GB" in shown


def test_a_reprint_says_what_the_original_said_whatever_happened_since(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case)
    original = papers.handover_minutes(store, (device,), case)

    broken = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(broken, store, GIVER, NOON)
    kit = bench.CheckKit(device=device, present=("charger", "mouse"))
    bench.check_kit(kit, store, TECHNICIAN, NOON)
    graded = bench.ConfirmGrade(device=device, grade="c")
    bench.confirm_grade(graded, store, TECHNICIAN, NOON)

    again = papers.handover_minutes(store, *papers.last_handover(store, device), reprint=2)
    assert again.reprint == 2
    assert again.facts == original.facts


def test_the_services_number_stands_on_the_paper_once_it_answered(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case)

    store.note_verdicts(
        [e.Verdict(entry.hash, e.ACCEPTED, 7) for entry in store.unanswered(limit=1000)]
    )

    assert papers.handover_minutes(store, (device,), case).acknowledgement == "7"


def test_a_hand_over_entered_later_bears_its_own_day_and_no_hour(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case, Moment(NOON.at + timedelta(days=3), Occurred(date(2021, 10, 12))))

    minutes = papers.handover_minutes(store, (device,), case)

    assert (minutes.facts.day, minutes.facts.hour) == (date(2021, 10, 12), None)


def test_a_school_signs_for_its_whole_batch(store: SqlStore) -> None:
    devices = tuple(life.ready_laptop(store, f"S{n}") for n in range(3))
    cases = [promise(store, device) for device in devices]
    teacher = Person(name="Cô Mai", title="Hiệu trưởng")
    command = handover.HandOverBatch(school=SCHOOL, devices=devices, receiver=teacher)
    out = handover.hand_over_batch(command, store, GIVER, NOON)

    minutes = papers.handover_minutes(store, out.devices, out.batch)

    assert minutes.facts.receiver == Party("Trường Tiểu học Gò Dầu", "Cô Mai", "Hiệu trưởng")
    assert minutes.facts.pupil == PupilFacts()
    assert [row.code for row in minutes.facts.devices] == list(devices)
    assert [row.case for row in minutes.facts.devices] == cases
    assert parse(minutes.code).kind is CodeKind.LOT
    assert papers.last_handover(store, devices[1]) == (devices, out.batch)


def test_a_set_stands_on_one_paper(store: SqlStore) -> None:
    head, screen = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)
    case = promise(store, head)
    give(store, head, case)

    devices, of = papers.last_handover(store, head)

    assert (devices, of) == ((head, screen), case)
    assert len(papers.handover_minutes(store, devices, of).facts.devices) == 2


def test_minutes_of_what_was_never_given_are_refused(store: SqlStore) -> None:
    device = life.ready_laptop(store)

    with pytest.raises(papers.NeverHandedOver):
        papers.handover_minutes(store, (device,), promise(store, device))


def test_what_nobody_recorded_is_left_to_be_filled_in_by_hand(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)

    minutes = papers.handover_minutes(store, (device,), case)

    assert minutes.facts.receiver == Party()
