from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station import codes, sets, stock, transfer
from station.device import Stage
from station.operators import Operator
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.device_desk import Station, child, choose, on_bench, station_at, texts
from ui.choice import Choice
from ui.device.acts import BenchAct
from ui.device.set_dialogs import HEAD, MEMBER

NOBODY = codes.make(codes.CodeKind.DEVICE, 12, 99)
HERE, ELSEWHERE = "point-012", "point-013"


@pytest.fixture
def operator() -> Operator:
    return CLERK


@pytest.fixture
def at(qtbot: QtBot, store: SqlStore, operator: Operator, tmp_path: Path) -> Iterator[Station]:
    with station_at(qtbot, store, operator, tmp_path / "reports") as station:
        yield station


def offered(at: Station, act: BenchAct) -> bool:
    return child(at.page, QAction, act).isVisible()


def offers(dialog: QWidget, name: str) -> list[str]:
    choice = child(dialog, Choice, name)
    return [str(choice.itemData(at)) for at in range(choice.count())]


def fields_of(at: Station, code: str, kind: str) -> list[object]:
    rows = at.store.timeline(code)
    return [row.event.said for row in rows if row.event.header.kind == kind]


# ---- sets ----


def test_a_monitor_joins_a_computer_by_its_scan(at: Station) -> None:
    computer, monitor = life.receive(at.store), life.receive(at.store, kind="monitor")
    at.open(computer)
    dialog = at.act(BenchAct.JOIN_SET)

    assert at.page.accept_scan(codes.parse(monitor))
    at.click(dialog, "confirm")

    at.until(lambda: at.device(computer).members == (monitor,))
    assert at.device(monitor).head == computer
    at.until(lambda: any("One set with" in text for text in texts(at.page.cards.facts)))


def test_a_monitor_opened_first_joins_the_computer_whose_code_is_typed(at: Station) -> None:
    computer, monitor = life.receive(at.store), life.receive(at.store, kind="monitor")
    at.open(monitor)
    dialog = at.act(BenchAct.JOIN_SET)
    assert offers(dialog, "way") == [MEMBER]
    child(dialog, QLineEdit, "other").setText(codes.grouped(computer))

    at.click(dialog, "confirm")

    at.until(lambda: at.device(monitor).head == computer)


def test_of_two_computers_somebody_says_which_one_names_the_set(at: Station) -> None:
    first, second = life.receive(at.store), life.receive(at.store, kind="desktop")
    at.open(first)
    dialog = at.act(BenchAct.JOIN_SET)
    assert offers(dialog, "way") == [HEAD, MEMBER]
    choose(dialog, "way", MEMBER)
    child(dialog, QLineEdit, "other").setText(second)

    at.click(dialog, "confirm")

    at.until(lambda: at.device(second).members == (first,))


@pytest.mark.parametrize(
    ("typed", "told"),
    [("12345", "digits"), (NOBODY, "No device here"), ("", "empty")],
)
def test_a_code_that_is_no_other_device_is_refused_beside_its_field(
    at: Station, typed: str, told: str
) -> None:
    computer = life.receive(at.store)
    at.open(computer)
    dialog = at.act(BenchAct.JOIN_SET)
    child(dialog, QLineEdit, "other").setText(typed)

    at.click(dialog, "confirm")

    at.until(lambda: any(told in text for text in texts(dialog)))
    assert at.device(computer).members == ()


def test_a_device_is_not_joined_with_itself(at: Station) -> None:
    computer = life.receive(at.store)
    at.open(computer)
    dialog = at.act(BenchAct.JOIN_SET)
    child(dialog, QLineEdit, "other").setText(computer)

    at.click(dialog, "confirm")

    at.until(lambda: any("was scanned twice" in text for text in texts(dialog)))


def test_one_of_several_is_taken_out_of_a_set(at: Station) -> None:
    computer = life.receive(at.store, kind="desktop")
    monitors = [life.receive(at.store, kind="monitor") for _each in range(2)]
    for monitor in monitors:
        sets.join_set(sets.JoinSet(head=computer, member=monitor), at.store, CLERK, NOON)
    at.open(computer)
    dialog = at.act(BenchAct.PART_SET)
    at.click(dialog, "confirm")
    assert "Please choose." in texts(dialog)
    choose(dialog, "member", monitors[0])

    at.click(dialog, "confirm")

    at.until(lambda: at.device(computer).members == (monitors[1],))
    assert at.device(monitors[0]).head is None


def test_a_member_leaves_its_set_and_may_join_another(at: Station) -> None:
    computer, monitor = life.receive(at.store), life.receive(at.store, kind="monitor")
    sets.join_set(sets.JoinSet(head=computer, member=monitor), at.store, CLERK, NOON)
    at.open(monitor)
    assert not offered(at, BenchAct.JOIN_SET)
    dialog = at.act(BenchAct.PART_SET)

    at.click(dialog, "confirm")

    at.until(lambda: at.device(monitor).head is None)
    at.until(lambda: offered(at, BenchAct.JOIN_SET))
    assert not offered(at, BenchAct.PART_SET)


# ---- other places ----


def test_a_device_is_sent_to_another_point(at: Station) -> None:
    code = life.receive(at.store)
    at.open(code)
    dialog = at.act(BenchAct.SEND)
    places = offers(dialog, "place")
    assert ELSEWHERE in places
    assert HERE not in places
    choose(dialog, "place", ELSEWHERE)
    papers: list[str] = []  # its manifest goes along
    at.page.papers_offered.connect(papers.append)

    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).stage is Stage.IN_TRANSIT)
    at.until(lambda: papers == [code])
    at.until(lambda: any(text.startswith("Sent to ") for text in texts(at.page.cards.timeline)))


def test_a_place_must_be_chosen(at: Station) -> None:
    code = life.receive(at.store)
    at.open(code)
    dialog = at.act(BenchAct.SEND)

    at.click(dialog, "confirm")

    assert "Please choose." in texts(dialog)
    assert at.device(code).stage is Stage.RECEIVED


def test_a_device_on_its_way_arrives_here(at: Station) -> None:
    code = life.receive(at.store)
    transfer.send(transfer.Send(device=code, place=ELSEWHERE), at.store, CLERK, NOON)
    at.open(code)
    assert not offered(at, BenchAct.SEND)
    dialog = at.act(BenchAct.ARRIVE)
    choose(dialog, "place", ELSEWHERE)

    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).stage is Stage.RECEIVED)
    assert at.device(code).place == HERE
    at.until(lambda: offered(at, BenchAct.SEND))


@pytest.mark.parametrize("operator", [TECHNICIAN])
def test_who_may_not_send_is_told_who_may(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)

    action = child(at.page, QAction, BenchAct.SEND)

    assert action.isVisible()
    assert not action.isEnabled()
    assert "Your role (Technician)" in action.toolTip()
    assert "Intake clerk" in action.toolTip()
    at.page.perform(BenchAct.SEND)  # as its shortcut would
    assert at.page.findChild(QWidget, f"{BenchAct.SEND}_dialog") is None


@pytest.mark.parametrize("operator", [CLERK])
def test_what_comes_next_is_shown_to_whom_it_is_no_work(at: Station) -> None:
    code = life.receive(at.store)
    at.open(code)

    primary = at.page.head.primary

    assert (primary.objectName(), primary.isEnabled()) == (BenchAct.TAKE_TO_BENCH, False)
    assert "Technician" in primary.toolTip()
    assert child(at.page, QAction, BenchAct.PUT_ON_HOLD).isEnabled()  # anybody may


@pytest.mark.parametrize("operator", [CLERK])
def test_the_key_of_what_comes_next_says_whose_work_it_is(at: Station) -> None:
    code = life.receive(at.store)
    at.open(code)
    at.page.activateWindow()
    at.until(at.page.isActiveWindow)

    with at.bot.waitSignal(at.page.said) as said:
        at.bot.keyClick(at.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert said.args is not None
    assert "Technician" in said.args[0]
    assert at.device(code).stage is Stage.RECEIVED


# ---- stocktake ----


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (BenchAct.COUNT_SEEN, "Stocktake: seen"),
        (BenchAct.COUNT_MISSING, "Stocktake: not found"),
    ],
)
def test_a_stocktake_is_one_key_a_device(at: Station, act: BenchAct, told: str) -> None:
    code = life.receive(at.store)
    at.open(code)

    with at.bot.waitSignal(at.page.way_back) as said:
        child(at.page, QAction, act).trigger()

    assert said.args is not None
    assert said.args[0] == f"Recorded: {told}"
    at.until(lambda: told in texts(at.page.cards.timeline))
    assert len(fields_of(at, code, "Counted")) == 1


def test_what_has_left_for_good_is_not_counted(at: Station) -> None:
    code = life.receive(at.store)
    retired = stock.Retire(device=code, reason="not-worth-repair")
    stock.retire(retired, at.store, TECHNICIAN, NOON)

    at.open(code)

    assert not offered(at, BenchAct.COUNT_SEEN)
    assert offered(at, BenchAct.CORRECT)


# ---- corrections ----


def correct_word(at: Station, name: str, word: str) -> None:
    dialog = at.act(BenchAct.CORRECT)
    child(dialog, QLineEdit, name).setText(word)
    choose(dialog, "reason", "mistyped")
    at.click(dialog, "confirm")
    at.until(lambda: at.page.findChild(QWidget, "correct_dialog") is None)


@pytest.mark.parametrize("operator", [LEAD])
def test_the_lead_corrects_a_mistyped_serial_number(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F23")
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    child(dialog, QLineEdit, "correctSerial").setText("8XK2F32")
    choose(dialog, "correctKind", "desktop")
    choose(dialog, "reason", "mistyped")

    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).serial == "8XK2F32")
    assert at.device(code).kind == "desktop"
    assert at.device(code).model == "Latitude E7450"
    at.until(lambda: "Received: Laptop (corrected later)" in texts(at.page.cards.timeline))
    told = "An earlier entry corrected (Mistyped): Kind: Desktop PC, Serial number (S/N): 8XK2F32"
    assert told in texts(at.page.cards.timeline)


@pytest.mark.parametrize("operator", [LEAD])
def test_a_second_correction_begins_from_the_first(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F23", maker="Del")
    at.open(code)
    correct_word(at, "correctSerial", "8XK2F32")
    at.until(lambda: "(corrected later)" in " ".join(texts(at.page.cards.timeline)))

    dialog = at.act(BenchAct.CORRECT)
    assert child(dialog, QLineEdit, "correctSerial").text() == "8XK2F32"
    at.click(dialog, "cancel")
    at.until(lambda: at.page.findChild(QWidget, "correct_dialog") is None)

    correct_word(at, "correctMaker", "Dell")
    assert (at.device(code).serial, at.device(code).maker) == ("8XK2F32", "Dell")


def test_a_technician_corrects_a_grade(at: Station) -> None:
    code = on_bench(at.store)
    life.complete(at.store, code)
    at.desk.sign_in(TECHNICIAN)
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    choose(dialog, "correctGrade", "a")
    choose(dialog, "reason", "mistyped")

    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).grade == "a")


@pytest.mark.parametrize("operator", [TECHNICIAN])
def test_what_a_device_is_only_the_lead_corrects(at: Station) -> None:
    code = on_bench(at.store, serial="8XK2F23")
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    assert any(text.startswith("Only the head of the point") for text in texts(dialog))
    child(dialog, QLineEdit, "correctSerial").setText("8XK2F32")
    choose(dialog, "reason", "mistyped")

    at.click(dialog, "confirm")

    at.until(lambda: any("Your role (Technician)" in text for text in texts(dialog)))
    assert at.device(code).serial == "8XK2F23"


@pytest.mark.parametrize("operator", [LEAD])
def test_an_erasure_that_failed_after_all_opens_the_gate_again(at: Station) -> None:
    code = on_bench(at.store)
    life.erase_and_install(at.store, code)
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    child(dialog, Choice, "entry").setCurrentIndex(1)  # the system was put on after it
    choose(dialog, "correctPassed", "failed")
    choose(dialog, "reason", "paper-differs")

    at.click(dialog, "confirm")

    at.until(lambda: any(disk.failed for disk in at.device(code).disks or ()))
    (disk,) = at.device(code).disks or ()
    assert disk.erased_by is None


@pytest.mark.parametrize("operator", [LEAD])
def test_a_correction_says_what_changed_and_why(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F23")
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    choose(dialog, "reason", "mistyped")
    at.click(dialog, "confirm")
    assert any("nothing new to record" in text for text in texts(dialog))

    choose(dialog, "reason", "")
    child(dialog, QLineEdit, "correctSerial").setText("8XK2F32")
    at.click(dialog, "confirm")
    assert "Please choose." in texts(dialog)

    child(dialog, QLineEdit, "correctModel").setText("máy của bé")
    at.click(dialog, "confirm")
    assert any("Only letters without marks" in text for text in texts(dialog))

    assert fields_of(at, code, "Corrected") == []


@pytest.mark.parametrize("operator", [LEAD])
def test_each_entry_has_the_fields_of_its_kind(at: Station) -> None:
    code = on_bench(at.store)
    life.erase_and_install(at.store, code)
    life.complete(at.store, code)
    at.open(code)
    dialog = at.act(BenchAct.CORRECT)
    entries = child(dialog, Choice, "entry")
    assert [entries.itemText(row).split(" · ")[1].split()[0] for row in range(4)] == [
        "Grade",
        "System",
        "Data",
        "Received:",
    ]

    shown = []
    for row in range(4):
        entries.setCurrentIndex(row)
        names = ("correctGrade", "correctLicence", "correctPassed", "correctKind")
        shown.append([child(dialog, Choice, name).isVisibleTo(dialog) for name in names])

    assert shown == [[at_row == field for field in range(4)] for at_row in range(4)]
