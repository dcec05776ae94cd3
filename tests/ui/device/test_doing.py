"""What one key records on a device's page, and the way back."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import bench, defects, stock
from station import events as e
from station.checks import CheckResult, Outcome
from station.defects import FindDefect
from station.labelled import Fit
from station.operators import Operator
from station.people import Secret
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN
from tests.ui.device_desk import Station, child, choose, on_bench, station_at, texts
from ui.banners import Act
from ui.choice import Choice
from ui.device.acts import BenchAct
from ui.device.cards import DEFECTS, REMARKS
from ui.device.kit_dialog import KitDialog
from ui.device.work_dialog import WorkDialog
from ui.item_scans import ItemFinding


@pytest.fixture
def operator() -> Operator:
    return TECHNICIAN


@pytest.fixture
def at(qtbot: QtBot, store: SqlStore, operator: Operator, tmp_path: Path) -> Iterator[Station]:
    with station_at(qtbot, store, operator, tmp_path / "reports") as station:
        yield station


@pytest.fixture
def ways_back(at: Station) -> list[tuple[str, Act]]:
    """What the message line was given."""
    offered: list[tuple[str, Act]] = []
    at.page.way_back.connect(lambda sentence, act: offered.append((sentence, act)))
    return offered


def left(store: SqlStore, item: str) -> int:
    return next((parts.quantity for parts in store.parts() if parts.item == item), 0)


def test_a_missing_charger_goes_from_stock_into_the_kit_and_back(
    at: Station, ways_back: list[tuple[str, Act]]
) -> None:
    code = on_bench(at.store)
    stock.receive_parts("charger-65w", 1, at.store, TECHNICIAN, NOON)
    bench.check_kit(bench.CheckKit(device=code, present=("bag",)), at.store, TECHNICIAN, NOON)
    at.open(code)

    at.click(at.page, "meet_check_kit")

    at.until(lambda: at.device(code).kit == ("bag", "charger"))
    assert left(at.store, "charger-65w") == 0
    at.until(lambda: bool(ways_back))
    ways_back[0][1].do()
    at.until(lambda: left(at.store, "charger-65w") == 1)
    assert at.device(code).kit == ("bag",)


def test_memory_asks_which_one_fits_with_what_is_in_stock_on_top(at: Station) -> None:
    code = on_bench(at.store)
    stock.receive_parts("battery-cmos", 5, at.store, TECHNICIAN, NOON)
    stock.receive_parts("ram-ddr3-4gb", 2, at.store, TECHNICIAN, NOON)
    life.measure(at.store, code, results=(CheckResult("mem.size", Outcome.FAIL),))
    at.open(code)
    line = at.page.cards.work.lines[0]
    assert line.what == "Add memory"
    assert line.stock == "2 left"

    at.click(at.page, "work.1")

    at.until(lambda: at.page.findChild(QWidget, "record_work_dialog") is not None)
    dialog = child(at.page, QWidget, "record_work_dialog")
    assert dialog.parts.item(0).text() == "RAM DDR3 4 GB  ×2"  # type: ignore[attr-defined]


def test_one_work_mends_all_that_asks_for_it_and_a_chosen_part_mends_too(at: Station) -> None:
    code = on_bench(at.store)
    stock.receive_parts("ram-ddr3-4gb", 2, at.store, TECHNICIAN, NOON)
    for defect, zone in (
        ("cracked-screen", "screen"),
        ("dead-pixels", "screen"),
        ("bad-memory", "inside"),
    ):
        found = FindDefect(device=code, defect=defect, zone=zone, severity="major")
        defects.find_defect(found, at.store, TECHNICIAN, NOON)
    at.open(code)
    lines = at.page.cards.work.lines
    assert [line.what for line in lines] == ["Replace screen", "Replace memory"]
    assert lines[0].why == "Cracked screen – Screen; Dead pixels – Screen"

    at.click(at.page, "work.1")
    at.until(lambda: {known.defect for known in at.device(code).defects} == {"bad-memory"})

    at.until(lambda: [line.what for line in at.page.cards.work.lines] == ["Replace memory"])
    at.until(at.page.cards.isEnabled)
    at.click(at.page, "work.1")
    at.until(lambda: at.page.findChild(QWidget, "record_work_dialog") is not None)
    dialog = child(at.page, WorkDialog, "record_work_dialog")
    dialog.parts.item(0).setCheckState(Qt.CheckState.Checked)
    at.click(dialog, "confirm")
    at.until(lambda: at.device(code).defects == ())
    assert left(at.store, "ram-ddr3-4gb") == 1


def test_the_work_that_mends_a_defect_takes_it_off_the_drawing(at: Station) -> None:
    code = on_bench(at.store)
    found = FindDefect(device=code, defect="missing-keys", zone="keyboard", severity="major")
    defects.find_defect(found, at.store, TECHNICIAN, NOON)
    at.open(code)
    assert at.page.cards.work.lines[0].what == "Replace keyboard"

    at.click(at.page, "work.1")

    at.until(lambda: at.device(code).defects == ())
    kinds = [row.event.header.kind for row in at.store.timeline(code)]
    assert kinds[-2:] == ["DefectGone", "WorkDone"]


def test_a_mended_defect_is_found_again_with_the_severity_it_had(
    at: Station, ways_back: list[tuple[str, Act]]
) -> None:
    code = on_bench(at.store)
    found = FindDefect(device=code, defect="dent", zone="lid", severity="minor")
    defects.find_defect(found, at.store, TECHNICIAN, NOON)
    at.open(code)
    at.page.cards.side.bar.setCurrentIndex(DEFECTS)

    at.click(at.page, "mended.1")

    at.until(lambda: at.device(code).defects == ())
    at.until(lambda: bool(ways_back))
    ways_back[0][1].do()
    at.until(lambda: bool(at.device(code).defects))
    assert at.device(code).defects[0].severity == "minor"


def test_what_has_no_inverse_opens_its_correction(
    at: Station, ways_back: list[tuple[str, Act]]
) -> None:
    code = on_bench(at.store)
    at.open(code)
    dialog = at.act(BenchAct.RECORD_SYSTEM)
    choose(dialog, "system", "xubuntu")
    choose(dialog, "licence", "free-system")
    at.click(dialog, "confirm")
    at.until(lambda: bool(ways_back))
    at.until(lambda: at.page.opened is not None and at.page.opened.device.system is not None)

    ways_back[0][1].do()

    at.until(lambda: at.page.findChild(QWidget, "correct_dialog") is not None)
    correct = child(at.page, QWidget, "correct_dialog")
    child(correct, QWidget, "correctFirstBoot").setChecked(True)  # type: ignore[attr-defined]
    choose(correct, "reason", "mistyped")
    at.click(correct, "confirm")
    at.until(lambda: at.device(code).system.first_boot_seen)  # type: ignore[union-attr]


@pytest.mark.parametrize("act", [BenchAct.TAKE_TO_BENCH, BenchAct.TAKE_OVER])
def test_whoever_took_a_device_gives_it_back_as_it_was(
    at: Station, ways_back: list[tuple[str, Act]], act: BenchAct
) -> None:
    code = life.receive(at.store)
    if act is BenchAct.TAKE_OVER:
        bench.take_to_bench(code, at.store, LEAD, NOON)
    then = at.device(code)
    at.open(code)

    at.page.perform(act)
    at.until(lambda: bool(ways_back))
    assert at.device(code).technician == TECHNICIAN.id
    ways_back[0][1].do()

    at.until(lambda: at.device(code).technician == then.technician)
    assert at.device(code).stage == then.stage


def test_a_note_on_the_wrong_device_is_taken_back_long_after(at: Station) -> None:
    code = on_bench(at.store)
    bench.write_note(code, "Thiếu ốc", at.store, TECHNICIAN, NOON)
    bench.put_on_hold(bench.PutOnHold(device=code, reason="safety"), at.store, TECHNICIAN, NOON)
    at.open(code)
    at.page.cards.side.bar.setCurrentIndex(REMARKS)
    assert "Thiếu ốc" in texts(at.page.cards.remarks.notes)

    dialog = at.act(BenchAct.CORRECT)
    entry = child(dialog, Choice, "entry")
    entry.setCurrentIndex(next(i for i in range(entry.count()) if "Note" in entry.itemText(i)))
    choose(dialog, "reason", "wrong-device")
    at.click(dialog, "confirm")

    at.until(lambda: "Thiếu ốc" not in texts(at.page.cards.remarks.notes))
    assert any("Note (taken back later)" in told for told in texts(at.page.cards.timeline))


def test_a_photo_is_kept_and_shown_small(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    at.page.doing.photo_source = lambda _parent, taken: taken(file.getvalue())

    at.page.perform(BenchAct.ADD_PHOTO)

    at.page.cards.side.bar.setCurrentIndex(REMARKS)
    photos = at.page.cards.remarks.photos
    at.until(lambda: photos.count() == 1 and not photos.item(0).icon().isNull())


def test_a_photo_whose_file_is_gone_is_told_and_nothing_stops(at: Station, tmp_path: Path) -> None:
    at.open(on_bench(at.store))
    told: list[str] = []
    at.page.said.connect(told.append)
    at.page.doing.photo_source = lambda _parent, taken: taken(tmp_path / "on a stick.jpg")

    at.page.perform(BenchAct.ADD_PHOTO)

    at.until(lambda: told == ["A file or folder is gone. Check the disk and do it again."])


def test_what_is_recorded_of_another_device_leaves_the_keys_where_they_are(at: Station) -> None:
    first, second = on_bench(at.store, "S1"), on_bench(at.store, "S2")
    told_secret(at.store, first)
    at.open(first)
    at.page.activateWindow()
    at.until(at.page.isActiveWindow)
    link = child(at.page, QPushButton, "secret.bios")
    link.setFocus()

    bench.write_note(second, "Ổn", at.store, TECHNICIAN, NOON)
    at.desk.recorded.emit()
    answers: list[object] = []
    at.desk.ask(lambda _store: True, answers.append, answers.append)
    at.until(lambda: bool(answers))
    assert link.hasFocus()

    bench.write_note(first, "Thiếu ốc", at.store, TECHNICIAN, NOON)
    at.desk.recorded.emit()
    at.until(lambda: "Thiếu ốc" in texts(at.page.cards.remarks.notes))


def test_a_device_whose_tab_was_closed_is_opened_again(at: Station) -> None:
    first, second = on_bench(at.store, "S1"), on_bench(at.store, "S2")
    at.open(first)
    at.page.strip.close_tab(0)

    at.page.show_device(first)
    at.until(lambda: at.page.strip.codes == [first])
    at.open(second)
    at.until(lambda: at.page.strip.codes == [first, second])


def test_checks_entered_by_hand_together_are_taken_back_together(
    at: Station, ways_back: list[tuple[str, Act]]
) -> None:
    code = on_bench(at.store)
    at.open(code)
    dialog = at.act(BenchAct.ENTER_CHECKS)
    at.click(dialog, "all_passed")
    at.click(dialog, "confirm")
    at.until(lambda: bool(ways_back))
    assert len(at.device(code).checks) > 1

    ways_back[0][1].do()

    at.until(lambda: at.device(code).checks == ())


def test_a_second_report_while_one_is_read_is_not_dropped_without_a_word(
    at: Station, tmp_path: Path
) -> None:
    at.open(on_bench(at.store))
    told: list[str] = []
    at.page.said.connect(told.append)
    device = at.device(at.page.code)
    for name in ("a.json", "b.json"):
        at.page.doing.reports.bring(device, tmp_path / name)

    assert told == ["Another report is being read: do it again when that has ended."]
    at.until(lambda: not at.page.run_line.running)


def test_a_kit_that_is_recorded_while_another_device_is_open_is_taken_back_where_it_was(
    at: Station, ways_back: list[tuple[str, Act]]
) -> None:
    first, second = on_bench(at.store, "S1"), on_bench(at.store, "S2")
    for code, present in ((first, ("bag",)), (second, ("charger",))):
        kit = bench.CheckKit(device=code, present=present)
        bench.check_kit(kit, at.store, TECHNICIAN, NOON)
    at.open(first)
    dialog = at.act(BenchAct.CHECK_KIT)
    assert isinstance(dialog, KitDialog)
    at.open(second)  # by a scan: the dialog lets them through

    fits = ItemFinding("V0120000018", "charger", second, Fit.MATCHES, "It is its own.")
    at.page.show_finding(fits)
    assert dialog.present == ("bag",), "the charger of another device"
    dialog.items["charger"].setChecked(True)
    at.click(dialog, "confirm")
    at.until(lambda: set(at.device(first).kit) == {"bag", "charger"})
    at.until(lambda: bool(ways_back))
    ways_back[0][1].do()

    at.until(lambda: at.device(first).kit == ("bag",))
    assert at.device(second).kit == ("charger",)


def test_a_lock_that_only_a_newer_version_knows_is_not_forgotten_by_a_second_look(
    at: Station,
) -> None:
    code = on_bench(at.store)
    with at.store.transaction(CLERK, NOON) as work:
        work.record(code, e.Described(locks=("lock-of-tomorrow",)))
    at.open(code)
    dialog = at.act(BenchAct.DESCRIBE)
    child(dialog, QLineEdit, "model").setText("Latitude")

    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).model == "Latitude")
    assert at.device(code).locks == ("lock-of-tomorrow",)


def told_secret(store: SqlStore, code: str) -> None:
    with store.transaction(CLERK, NOON) as work:
        work.record(code, e.SecretGiven(of="bios", secret=work.keep(Secret(word="hoa1990"))))


def test_a_told_password_shows_only_when_somebody_asks_for_it(at: Station) -> None:
    code = on_bench(at.store)
    told_secret(at.store, code)
    at.open(code)
    assert "hoa1990" not in [label.text() for label in at.page.findChildren(QLabel)]

    at.click(at.page, "secret.bios")

    at.until(lambda: at.page.findChild(QWidget, "secret_dialog") is not None)
    dialog = child(at.page, QWidget, "secret_dialog")
    assert child(dialog, QLabel, "secret_word").text() == "hoa1990"
    at.click(dialog, "close")
    life.measure(at.store, code)
    life.erase_and_install(at.store, code)
    at.page.refresh()
    at.until(lambda: at.page.findChild(QPushButton, "secret.bios") is None)


@pytest.mark.parametrize("operator", [GIVER, CLERK])
def test_a_told_password_is_not_for_others(at: Station) -> None:
    code = on_bench(at.store)
    told_secret(at.store, code)

    at.open(code)

    assert not child(at.page, QPushButton, "secret.bios").isEnabled()


def test_the_serial_number_scanned_off_the_device_is_compared(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)

    assert not at.page.accept_serial("OTHER1")
    assert at.page.accept_serial("8xk2f32")

    at.until(lambda: at.page.opened is not None and at.page.opened.device.serial_confirmed)
    assert not at.page.accept_serial("8XK2F32")  # nothing is left to compare


def test_after_a_second_report_one_key_shows_what_the_work_changed(at: Station) -> None:
    code = on_bench(at.store)
    life.measure(at.store, code, report=b"first")
    at.open(code)
    assert not child(at.page, QPushButton, "open_changes").isVisible()
    life.measure(at.store, code, report=b"second")
    at.page.refresh()
    at.until(child(at.page, QPushButton, "open_changes").isVisible)

    at.click(at.page, "open_changes")

    assert at.page.history.isVisible()
    at.until(at.page.history.difference.isVisible)


def test_a_machine_that_is_read_keeps_its_tab_and_says_so(at: Station) -> None:
    first = on_bench(at.store)
    at.open(first)
    at.page.strip.mark_busy(first)
    for number in range(6):
        at.open(life.receive(at.store, serial=f"S{number}"))

    assert first in at.page.strip.codes
    assert len(at.page.strip.codes) == 5
    place = at.page.strip.codes.index(first)
    assert "reading…" in at.page.strip.tabText(place)


@pytest.mark.parametrize("operator", [LEAD])
def test_another_grade_than_the_proposed_one_needs_a_reason(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F32", condition="good")
    life.refurbish(at.store, code)
    at.open(code)
    dialog = at.act(BenchAct.CONFIRM_GRADE)
    child(dialog, QWidget, "grade.c").setChecked(True)  # type: ignore[attr-defined]

    at.click(dialog, "confirm")
    at.page.repaint()
    assert at.device(code).grade == "b"  # as before

    choose(dialog, "reason", "worse-than-measured")
    at.click(dialog, "confirm")
    at.until(lambda: at.device(code).grade == "c")


@pytest.mark.parametrize("operator", [LEAD])
def test_an_exception_is_offered_for_one_open_condition_and_never_for_none(at: Station) -> None:
    code = life.receive(at.store, serial="9ZZ1A11", condition="good")
    life.refurbish(at.store, code)
    at.open(code)
    link = child(at.page, QPushButton, "gate_make_ready_with_exception")
    assert link.isVisible()  # its report names another serial number

    assert at.page.accept_serial("9ZZ1A11")

    at.until(lambda: not link.isVisible())
