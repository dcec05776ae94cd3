from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from diagnostics.report import Report, decode, encode, identity
from station import bench, codes, correction, handover, returns, sets, stock, words
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Stage
from station.labelled import ItemRole
from station.labelling import LabelItem, label_item
from station.machine import Machine, System
from station.operators import Operator
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN
from tests.ui.cut import cut_cells
from tests.ui.device_desk import Station, child, choose, on_bench, shows, station_at, texts
from ui.device.acts import BenchAct
from ui.device.cards import HISTORY
from ui.device.checks_model import PART, VERDICT
from ui.device.move_part_panel import IN_FROM_DEVICE, MovePartPanel
from ui.stock.labels_dialog import LabelsDialog


@pytest.fixture
def operator() -> Operator:
    return TECHNICIAN


@pytest.fixture
def at(qtbot: QtBot, store: SqlStore, operator: Operator, tmp_path: Path) -> Iterator[Station]:
    with station_at(qtbot, store, operator, tmp_path / "reports") as station:
        yield station


def test_the_page_says_what_a_device_is_and_how_far_it_is_from_being_given(at: Station) -> None:
    code = on_bench(at.store)

    at.open(code)

    assert at.page.head.title.text() == "Dell Latitude E7450"
    second = at.page.head.second.text()
    assert codes.grouped(code) in second
    assert "8XK2F32 (not confirmed)" in second
    assert "received 11/10/2021 from Nguyễn Thị Hòa" in second
    assert at.page.head.chip.word == "Not ready to give: 6 things left"


def test_checks_nobody_tried_stand_in_the_table(at: Station) -> None:
    code = on_bench(at.store)
    life.try_by_hand(at.store, code, "kbd.matrix", outcome=Outcome.FAIL)

    at.open(code)

    model = at.page.cards.checks.model()
    rows = [[model.index(row, c).data() for c in range(4)] for row in range(model.rowCount())]
    assert rows[0][0] == "Keyboard"
    assert rows[0][2] == "Failed"
    assert "Replace keyboard" in rows[0][3]
    assert [row[2] for row in rows[1:]] == ["Untested"] * 13


def test_every_check_of_the_table_is_named_whole(at: Station) -> None:
    words.use("vi")
    code = on_bench(at.store)
    life.try_by_hand(at.store, code, "kbd.matrix", outcome=Outcome.FAIL)

    at.open(code)

    at.until(lambda: not cut_cells(at.page.cards.checks, PART, VERDICT))


def test_the_primary_button_is_the_next_step(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F32")
    at.open(code)
    assert at.primary() == "take_to_bench"

    at.click(at.page, "take_to_bench")

    at.until(lambda: at.primary() == "run_diagnostics")
    assert at.device(code).stage is Stage.ON_BENCH


def test_several_checks_by_hand_become_events_of_their_own(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)
    dialog = at.act(BenchAct.ENTER_CHECKS)
    child(dialog, QRadioButton, "cam.frames.fail").setChecked(True)
    child(dialog, QLineEdit, "cam.frames.note").setText("hình bị sọc")
    at.click(dialog, "all_passed")

    at.click(dialog, "confirm")

    at.until(lambda: "cam.frames" in {c.result.check for c in at.device(code).checks})
    at.until(lambda: len(at.device(code).checks) == 10)
    camera = at.device(code).check("cam.frames")
    assert camera is not None
    assert camera.result.outcome is Outcome.FAIL
    kinds = [row.event.header.kind for row in at.store.timeline(code)]
    assert kinds.count("CheckEnteredByHand") == 10


def test_a_dialog_without_a_choice_says_so_beside_the_field(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)
    dialog = at.act(BenchAct.PUT_ON_HOLD)

    at.click(dialog, "confirm")

    assert "Please choose." in texts(dialog)
    assert at.device(code).hold is None


def test_a_hold_is_said_in_the_chip_and_ended_by_the_primary_button(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)
    dialog = at.act(BenchAct.PUT_ON_HOLD)
    choose(dialog, "reason", "waiting-for-part")
    at.click(dialog, "confirm")
    at.until(lambda: at.page.head.chip.word == "On hold: Waiting for a part")

    at.click(at.page, "resume")

    at.until(lambda: at.device(code).hold is None)


def test_a_whole_refurbishing_by_the_dialogs(at: Station) -> None:
    code = on_bench(at.store)
    life.measure(at.store, code)
    life.try_by_hand(at.store, code)
    at.open(code)
    assert at.primary() == "record_erasure"

    at.click(at.page, "record_erasure")
    dialog = child(at.page, QWidget, "record_erasure_dialog")
    choose(dialog, "method", "overwrite")
    at.click(dialog, "confirm")
    assert "Please choose." in texts(dialog)  # nobody said yet that it was erased
    child(dialog, QRadioButton, "passed").setChecked(True)
    at.click(dialog, "confirm")
    at.until(lambda: at.primary() == "record_system")

    at.click(at.page, "record_system")
    dialog = child(at.page, QWidget, "record_system_dialog")
    choose(dialog, "system", "xubuntu")
    child(dialog, QCheckBox, "first_boot").setChecked(True)
    at.click(dialog, "confirm")
    at.until(lambda: at.primary() == "check_kit")

    at.click(at.page, "check_kit")
    dialog = child(at.page, QWidget, "check_kit_dialog")
    child(dialog, QCheckBox, "kit.charger").setChecked(True)
    at.click(dialog, "confirm")
    at.until(lambda: at.primary() == "confirm_grade")

    at.click(at.page, "confirm_grade")
    dialog = child(at.page, QWidget, "confirm_grade_dialog")
    child(dialog, QRadioButton, "grade.b").setChecked(True)
    at.click(dialog, "confirm")
    at.until(lambda: at.primary() == "make_ready")
    assert at.page.head.chip.word == "Meets all conditions"

    at.click(at.page, "make_ready")
    at.until(lambda: at.page.head.chip.word == "Ready to give")
    assert at.device(code).stage is Stage.READY


def test_work_tells_what_must_be_repeated_and_the_page_shows_it(at: Station) -> None:
    code = on_bench(at.store)
    life.try_by_hand(at.store, code)
    at.open(code)
    dialog = at.act(BenchAct.RECORD_WORK)
    choose(dialog, "work", "replace-keyboard")
    assert any("To be repeated afterwards: Keyboard" in text for text in texts(dialog))

    at.click(dialog, "confirm")

    at.until(lambda: any("1 to repeat" in text for text in texts(at.page.cards.gate)))


def test_a_serial_number_in_use_is_refused_beside_its_field(at: Station) -> None:
    life.receive(at.store, serial="TAKEN1")
    code = on_bench(at.store, serial="MINE1")
    at.open(code)
    dialog = at.act(BenchAct.DESCRIBE)
    child(dialog, QLineEdit, "serial").setText("TAKEN1")

    at.click(dialog, "confirm")

    at.until(lambda: any("TAKEN1" in text for text in texts(dialog)))
    assert dialog.isVisible()
    assert at.device(code).serial == "MINE1"


def test_the_other_device_of_a_move_is_scanned(at: Station) -> None:
    giver, taker = on_bench(at.store, "A1"), on_bench(at.store, "B2")
    at.open(taker)
    scanned = codes.parse(giver)
    assert not at.page.accept_scan(scanned)
    panel = at.act(BenchAct.MOVE_PART)
    assert isinstance(panel, MovePartPanel)
    choose(panel, "item", "ram-ddr3-4gb")
    choose(panel, "way", IN_FROM_DEVICE)

    assert at.page.accept_scan(scanned)
    at.click(panel, "confirm")

    at.until(lambda: at.device(taker).fitted == ("ram-ddr3-4gb",))
    assert any(row.event.header.kind == "PartTaken" for row in at.store.timeline(giver))


def test_only_the_latest_question_is_answered_on_the_page(at: Station) -> None:
    first, second = on_bench(at.store, "A1"), on_bench(at.store, "B2")

    at.page.show_device(first)
    at.page.show_device(second)

    seen = []

    def second_is_shown() -> bool:
        seen.append(at.page.opened)
        return shows(at.page, second)

    at.until(second_is_shown)
    assert all(opened is None or opened.device.code == second for opened in seen)


def test_nothing_is_done_to_the_device_before_while_another_is_opened(at: Station) -> None:
    first, second = life.receive(at.store), life.receive(at.store)
    at.open(first)

    at.page.show_device(second)
    at.page.perform(BenchAct.TAKE_TO_BENCH)

    at.until(lambda: shows(at.page, second))
    assert at.device(first).stage is Stage.RECEIVED
    assert at.device(second).stage is Stage.RECEIVED


def test_an_unknown_code_is_explained(at: Station) -> None:
    at.page.show_device(codes.make(codes.CodeKind.DEVICE, 12, 999))

    at.until(lambda: bool(at.page.head.second.text()))
    assert at.page.cards.isHidden()
    assert at.page.opened is None
    assert at.page.strip.count() == 0
    buttons = at.page.head.findChildren(QPushButton)
    assert [button.text() for button in buttons if button.isVisible()] == []
    assert at.page.head.y() == 0


def test_the_others_of_a_set_are_one_click_away(at: Station) -> None:
    computer, monitor = life.receive(at.store), life.receive(at.store, kind="monitor")
    sets.join_set(sets.JoinSet(head=computer, member=monitor), at.store, CLERK, NOON)
    at.open(monitor)

    with at.bot.waitSignal(at.page.open_device) as opened:
        at.click(at.page, f"set.{computer}")

    assert opened.args == [computer]


def test_the_timeline_names_people_and_says_what_waits(at: Station) -> None:
    code = on_bench(at.store)

    at.open(code)

    said = texts(at.page.cards.timeline)
    assert any("Lê Thị Lan · waiting to be sent" in text for text in said)
    assert any("Nguyễn Minh" in text for text in said)


def test_what_others_record_is_shown_when_somebody_looks_again(at: Station) -> None:
    code = life.receive(at.store)
    at.open(code)
    at.page.hide()
    bench.take_to_bench(code, at.store, TECHNICIAN, NOON)
    at.desk.recorded.emit()

    at.page.show()

    at.until(lambda: at.primary() == "run_diagnostics")


@pytest.mark.parametrize("operator", [LEAD])
def test_a_lead_lets_one_condition_go_for_a_reason(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F32")
    life.refurbish(at.store, code)
    life.try_by_hand(at.store, code, "dsp.pixels", outcome=Outcome.FAIL)
    at.open(code)

    at.click(at.page, "gate_make_ready_with_exception")
    dialog = child(at.page, QWidget, "make_ready_with_exception_dialog")
    choose(dialog, "reason", "fit-for-purpose")
    at.click(dialog, "confirm")

    at.until(lambda: at.device(code).stage is Stage.READY)
    released = at.device(code).released
    assert released is not None
    assert released.overrides == (e.Override("dsp.pixels", "fit-for-purpose"),)


def test_a_technician_is_not_offered_an_exception(at: Station) -> None:
    code = life.receive(at.store, serial="8XK2F32")
    life.refurbish(at.store, code)
    life.try_by_hand(at.store, code, "dsp.pixels", outcome=Outcome.FAIL)

    at.open(code)

    assert at.page.cards.gate.exception.isHidden()


def other_machines_report(folder: Path) -> Path:
    file = folder / "stick.json"
    machine = Machine(
        sections=(), system=System(manufacturer="HP", model="ProBook", serial_number="OTHER1")
    )
    file.write_bytes(encode(Report(machine=machine, findings=(), policy="judge-2021-09-10")))
    return file


def reports_recorded(store: SqlStore, code: str) -> int:
    kinds = [row.event.header.kind for row in store.timeline(code)]
    return kinds.count("ChecksRecorded")


def test_a_report_of_another_machine_waits_for_a_persons_answer(
    at: Station, tmp_path: Path
) -> None:
    code = on_bench(at.store)
    at.open(code)
    at.page.doing.reports.bring(at.device(code), other_machines_report(tmp_path))
    at.until(lambda: at.page.findChild(QWidget, "report_differs_dialog") is not None)
    dialog = child(at.page, QWidget, "report_differs_dialog")
    assert any("OTHER1" in text for text in texts(dialog))
    assert reports_recorded(at.store, code) == 0

    at.click(dialog, "confirm")

    at.until(lambda: reports_recorded(at.store, code) == 1)
    at.until(lambda: "Report recorded" in at.page.run_line.text)
    assert not at.device(code).serial_confirmed


def test_a_report_of_another_machine_can_be_left(at: Station, tmp_path: Path) -> None:
    code = on_bench(at.store)
    at.open(code)
    at.page.doing.reports.bring(at.device(code), other_machines_report(tmp_path))
    at.until(lambda: at.page.findChild(QWidget, "report_differs_dialog") is not None)

    at.click(child(at.page, QWidget, "report_differs_dialog"), "cancel")

    at.until(lambda: at.page.run_line.text == "The report was not recorded.")
    assert reports_recorded(at.store, code) == 0


def test_a_file_that_is_no_report_is_explained(at: Station, tmp_path: Path) -> None:
    code = on_bench(at.store)
    at.open(code)
    file = tmp_path / "holiday.json"
    file.write_text("{}")

    at.page.doing.reports.bring(at.device(code), file)

    at.until(lambda: not at.page.run_line.running)
    assert "no report of this program" in at.page.run_line.text


def test_what_went_wrong_with_a_report_is_gone_after_the_next_act(
    at: Station, tmp_path: Path
) -> None:
    code = on_bench(at.store)
    at.open(code)
    (tmp_path / "holiday.json").write_text("{}")
    at.page.doing.reports.bring(at.device(code), tmp_path / "holiday.json")
    at.until(lambda: bool(at.page.run_line.text) and not at.page.run_line.running)

    at.page.perform(BenchAct.COUNT_SEEN)

    at.until(lambda: at.page.run_line.text == "")


def test_a_reading_that_nobody_waits_for_any_more_is_kept_and_not_recorded(at: Station) -> None:
    code = on_bench(at.store)
    at.open(code)

    at.click(at.page, "run_diagnostics")
    at.click(at.page, "cancelRun")

    assert not at.page.run_line.running
    assert "Waiting reports" in at.page.run_line.text
    at.until(lambda: bool(list(at.reports.glob("*.json"))))
    at.click(at.page, "run_diagnostics")  # and what it took is told next time
    assert at.page.run_line.running
    at.until(lambda: not at.page.run_line.running)
    assert reports_recorded(at.store, code) == 1


def test_a_long_history_shows_the_newest_and_the_rest_when_asked(at: Station) -> None:
    code = on_bench(at.store)
    for _each in range(5):
        life.try_by_hand(at.store, code)
    at.open(code)
    times = len(texts(at.page.cards.timeline))
    assert child(at.page, QPushButton, "older_moments").text() == "12 older"

    at.click(at.page, "older_moments")

    assert len(texts(at.page.cards.timeline)) > times
    assert any(text.startswith("Received: Laptop") for text in texts(at.page.cards.timeline))


def test_diagnostics_of_this_machine_become_a_kept_report_and_an_event(at: Station) -> None:
    code = life.receive(at.store)
    bench.take_to_bench(code, at.store, TECHNICIAN, NOON)
    at.open(code)

    at.click(at.page, "run_diagnostics")
    assert at.page.run_line.running

    at.until(lambda: not at.page.run_line.running)
    assert "Report recorded" in at.page.run_line.text
    (file,) = at.reports.glob("*.json")
    digest = identity(file.read_bytes())
    events = [row.event for row in at.store.timeline(code)]
    recorded = [event.said for event in events if isinstance(event.said, e.ChecksRecorded)]
    assert [said.report.hex() for said in recorded] == [digest]
    assert at.device(code).machine == bench.machine_fact(decode(file.read_bytes()).machine)


def test_a_retired_device_waits_for_nothing(at: Station) -> None:
    code = on_bench(at.store)
    held = bench.PutOnHold(device=code, reason="waiting-for-part")
    bench.put_on_hold(held, at.store, TECHNICIAN, NOON)
    stock.retire(stock.Retire(device=code, reason="too-old"), at.store, TECHNICIAN, NOON)

    at.open(code)

    assert at.page.head.chip.word == "Retired"
    assert not at.page.head.primary.isVisibleTo(at.page)
    assert not any(count.on_hold for count in at.store.stage_counts())


def test_a_pupils_device_is_offered_no_release(at: Station) -> None:
    """The gate is not asked of it, so what the gate would need is no next step either."""
    code, case = life.ready_laptop(at.store), life.enter_case(at.store)
    handover.reserve(handover.Reserve(device=code, case=case), at.store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=code, case=case), at.store, GIVER, NOON)
    broken = returns.TakeBackForRepair(device=code, reason="broke-in-use")
    returns.take_back_for_repair(broken, at.store, CLERK, NOON)
    unknown = (CheckResult("id.identity", Outcome.UNKNOWN),)
    report = bench.RecordChecks(
        device=code, report=b"2" * 32, machine=life.machine(), results=unknown, policy="p"
    )
    with at.store.transaction(TECHNICIAN, NOON) as work:  # a repair asks for the check again
        work.record(code, e.WorkDone(work="replace-mainboard", stale=("id.identity",)))
    bench.record_checks(report, at.store, TECHNICIAN, NOON)

    at.open(code)

    assert at.primary() == "go_to_handover"


def test_what_was_typed_beside_an_event_stands_on_the_timeline(at: Station) -> None:
    code = life.receive(at.store, note="Kêu to khi mở, màn hình nhấp nháy")
    bench.take_to_bench(code, at.store, TECHNICIAN, NOON)
    held = bench.PutOnHold(device=code, reason="waiting-for-part", note="Đặt quạt ở Trảng Bàng")
    bench.put_on_hold(held, at.store, TECHNICIAN, NOON)

    at.open(code)
    at.page.cards.side.bar.setCurrentIndex(HISTORY)

    told = texts(at.page)
    assert "“Kêu to khi mở, màn hình nhấp nháy”" in told
    assert "“Đặt quạt ở Trảng Bàng”" in told


def test_a_ready_device_whose_gate_opened_again_goes_back_to_the_bench(at: Station) -> None:
    code = life.ready_laptop(at.store)
    failed = correction.Correct(
        event=next(
            row.event.hash
            for row in at.store.timeline(code)
            if isinstance(row.event.said, e.StorageErased)
        ),
        fields={"passed": False},
        reason="mistyped",
    )
    correction.correct(failed, at.store, LEAD, NOON)

    at.open(code)

    assert at.page.head.chip.word == "Not ready to give: 1 thing left"
    assert at.primary() == "take_to_bench"


def test_labels_of_the_device_and_of_its_charger_are_printed_in_copies(at: Station) -> None:
    code = on_bench(at.store)
    charger = label_item(
        LabelItem(role=ItemRole.ACCESSORY, item="charger", device=code),
        at.store,
        TECHNICIAN,
        NOON,
    ).header.subject
    at.open(code)
    at.page.ask_copies()
    dialog = at.page.findChild(LabelsDialog)
    assert dialog is not None
    dialog.copies.setValue(3)
    child(dialog, QRadioButton, "labels.1").click()

    with at.bot.waitSignal(at.page.print_labels) as printed:
        at.click(dialog, "confirm")
    assert printed.args == [(code, charger), 3]
