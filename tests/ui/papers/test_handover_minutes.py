from datetime import date, time, timedelta

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from labels.document import Issue
from labels.filling import fill
from labels.paper_pdf import paper_pdf
from labels.template import template
from station import bench, correction, handover, sets
from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, parse
from station.ledger import Moment, Occurred
from station.machine import Disk
from station.paper_facts import PupilFacts
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import (
    MAI,
    SCHOOL,
    everything,
    give,
    given_laptop,
    promise,
    purge,
    taken_back,
)
from ui.device.facts_card import FactsCard
from ui.device.opened import ask_device
from ui.papers.handover_minutes import handover_minutes, last_handover
from ui.papers.history import NothingToSay


def test_the_minutes_say_who_gave_what_to_whom(store: SqlStore) -> None:
    device, case = given_laptop(store)

    facts = handover_minutes(store, (device,), case)

    assert facts.subject == case
    assert (facts.day, facts.hour) == (date(2021, 10, 11), time(12, 0))
    assert facts.letterhead.agency == "VNPT TÂY NINH"
    assert facts.place == "VNPT Gò Dầu, thị trấn Gò Dầu"
    assert facts.giver == Party("VNPT Tây Ninh", "Phạm Hòa", "Nhân viên bàn giao")
    assert facts.receiver.person == "Trần Văn Bình"
    assert facts.receiver.title == "Cha, mẹ của em Trần Văn An"
    assert facts.pupil == PupilFacts("Trần Văn An", "4A2", "Trường Tiểu học Gò Dầu", case=case)
    (row,) = facts.devices
    assert (row.serial, row.condition, row.kit) == ("8XK2F32", "Loại B", "Bộ sạc")
    assert (row.case, row.remark) == ("", "")
    assert row.configuration == "ổ cứng 500 GB"
    document = fill(template("handover-minutes"), facts, "BB0120000016")
    assert paper_pdf([(document, Issue())]).startswith(b"%PDF")


def test_the_minutes_do_not_say_who_gave_the_device_to_the_programme(store: SqlStore) -> None:
    device, case = given_laptop(store)

    told = everything(handover_minutes(store, (device,), case))

    assert "Nguyễn Thị Hòa" not in told
    assert "0912 345 678" not in told


def test_persons_who_were_purged_are_written_in_by_hand(store: SqlStore) -> None:
    device, case = given_laptop(store)
    purge(store)

    facts = handover_minutes(store, (device,), case)

    assert facts.receiver == Party()
    assert facts.pupil == PupilFacts(school="Trường Tiểu học Gò Dầu", case=case)


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

    (row,) = handover_minutes(store, (device,), case).devices
    assert row.configuration == "RAM 23,5 GB, ổ cứng 274 GB"
    shown = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "23.5 GB" in shown
    assert "274 GB" in shown


def test_what_happened_after_a_hand_over_does_not_show_on_its_minutes(store: SqlStore) -> None:
    device, case = given_laptop(store)
    original = handover_minutes(store, (device,), case)

    taken_back(store, device)
    kit = bench.CheckKit(device=device, present=("charger", "mouse"))
    bench.check_kit(kit, store, TECHNICIAN, NOON)
    graded = bench.ConfirmGrade(device=device, grade="c")
    bench.confirm_grade(graded, store, TECHNICIAN, NOON)

    assert handover_minutes(store, *last_handover(store, device)) == original


def test_minutes_that_are_made_after_a_correction_say_what_is_right(store: SqlStore) -> None:
    device, case = given_laptop(store)
    (received,) = [
        row.event for row in store.timeline(device) if isinstance(row.event.said, e.Received)
    ]
    mended = correction.Correct(
        event=received.hash, fields={"model": "Latitude 7450"}, reason="mistyped"
    )
    correction.correct(mended, store, LEAD, NOON)

    (row,) = handover_minutes(store, (device,), case).devices

    assert row.name == "Dell Latitude 7450"


def test_a_hand_over_entered_later_bears_its_own_day_and_no_hour(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    give(store, device, case, Moment(NOON.at + timedelta(days=3), Occurred(date(2021, 10, 12))))

    minutes = handover_minutes(store, (device,), case)

    assert (minutes.day, minutes.hour) == (date(2021, 10, 12), None)


def test_a_school_signs_for_its_whole_batch(store: SqlStore) -> None:
    devices = tuple(life.ready_laptop(store, f"S{n}") for n in range(3))
    cases = [promise(store, device) for device in devices]
    command = handover.HandOverBatch(school=SCHOOL, devices=devices, receiver=MAI)
    out = handover.hand_over_batch(command, store, GIVER, NOON)

    minutes = handover_minutes(store, out.devices, out.batch)

    assert minutes.receiver == Party("Trường Tiểu học Gò Dầu", "Cô Mai", "Hiệu trưởng")
    assert minutes.pupil == PupilFacts()
    assert [row.code for row in minutes.devices] == list(devices)
    assert [row.case for row in minutes.devices] == cases
    assert parse(minutes.subject).kind is CodeKind.LOT
    assert last_handover(store, devices[1]) == (devices, out.batch)


def test_a_set_stands_on_one_paper(store: SqlStore) -> None:
    head, screen = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)
    case = promise(store, head)
    give(store, head, case)

    devices, of = last_handover(store, head)

    assert (devices, of) == ((head, screen), case)
    assert len(handover_minutes(store, devices, of).devices) == 2


def test_minutes_of_what_was_never_given_are_refused(store: SqlStore) -> None:
    device = life.ready_laptop(store)

    with pytest.raises(NothingToSay):
        handover_minutes(store, (device,), promise(store, device))


def test_what_nobody_recorded_is_left_to_be_filled_in_by_hand(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)

    minutes = handover_minutes(store, (device,), case)

    assert minutes.receiver == Party()
