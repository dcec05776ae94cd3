from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station import handover, returns
from station.codes import parse
from station.device import Stage
from station.events import ActWithdrawn
from station.people import Person, Pupil
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON
from tests.ui.desks import desk_at, desk_with
from ui import day_field
from ui.act_dialog import ActDialog
from ui.choice import Choice
from ui.giving.handover_page import TABS, HandoverPage

SCHOOL = "truong-th-go-dau"
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore) -> Iterator[HandoverPage]:
    with desk_at(store, GIVER, NOON.at + timedelta(days=1)) as desk:
        page = HandoverPage(desk)
        school = page.school
        for shown in (
            page.match.cases,
            page.match.devices,
            page.pupil.devices,
            school.schools,
            school.devices,
            page.lines.devices,
            page.back.devices,
        ):
            QAbstractItemModelTester(shown.model, page)
        qtbot.addWidget(page)
        page.resize(1100, 640)
        yield page


def find(page: QWidget, name: str, kind: type[W]) -> W:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = find(page, name, QPushButton)
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def fill_in(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    field = find(page, name, QLineEdit)
    field.clear()
    qtbot.keyClicks(field, text)


def tab(page: HandoverPage) -> str:
    return TABS[find(page, "handoverTabs", QTabBar).currentIndex()]


def open_page(qtbot: QtBot, page: HandoverPage) -> None:
    """Show the page and wait until its lists were read."""
    page.show()
    page.activateWindow()
    qtbot.waitUntil(
        lambda: (
            page.isActiveWindow()
            and any(
                shown.model.lines
                for shown in (
                    page.match.cases,
                    page.match.devices,
                    page.pupil.devices,
                    page.lines.devices,
                    page.back.devices,
                )
            )
        )
    )


def case_of(store: SqlStore, name: str = "Trần Văn An", school: str | None = SCHOOL) -> str:
    pupil = Pupil(name=name, school_class="4A2", guardian="Trần Văn Bình", relation="parent")
    command = handover.EnterCase(level="primary", school=school, pupil=pupil)
    return handover.enter_case(command, store, GIVER, NOON).header.subject


def promised(store: SqlStore, serial: str = "S1", name: str = "Trần Văn An") -> tuple[str, str]:
    device, case = life.ready_laptop(store, serial), case_of(store, name)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device, case


def given(store: SqlStore) -> tuple[str, str]:
    device, case = promised(store)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device, case


def at_school(store: SqlStore, serials: tuple[str, ...]) -> list[str]:
    devices = [promised(store, serial, f"Em {serial}")[0] for serial in serials]
    command = handover.HandOverBatch(school=SCHOOL, devices=tuple(devices))
    handover.hand_over_batch(command, store, GIVER, NOON)
    return devices


def stage_of(store: SqlStore, code: str) -> Stage:
    device = store.device(code)
    assert device is not None
    return device.stage


def test_cases_and_ready_devices_stand_side_by_side(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, case = life.ready_laptop(store), case_of(store)

    open_page(qtbot, page)

    cases, devices = page.match.cases.model, page.match.devices.model
    shown = [cases.index(0, column).data() for column in range(cases.columnCount())]
    assert shown == ["Trần Văn An · 4A2\nH 012 000001 6", "TH Gò Dầu\nany kind", "by hand · 1 day"]
    assert devices.index(0, 0).data() == "012 000001 5"
    assert (device, case) == ("0120000015", "H0120000016")


@pytest.mark.parametrize("device_first", [True, False])
def test_scanning_both_labels_and_one_key_keeps_the_device_for_the_pupil(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, device_first: bool
) -> None:
    device, case = life.ready_laptop(store), case_of(store)
    open_page(qtbot, page)
    keep = find(page, "keepForPupil", QPushButton)

    for code in (device, case) if device_first else (case, device):
        assert not keep.isEnabled()
        assert page.accept_scan(parse(code))
    with qtbot.waitSignal(page.undoable) as said:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert said.args is not None
    assert said.args[0] == "012 000001 5 is kept for Trần Văn An."
    assert stage_of(store, device) is Stage.RESERVED
    qtbot.waitUntil(lambda: not page.match.devices.model.lines)
    assert not page.match.cases.model.lines


def test_a_case_is_entered_from_the_list_and_waits_chosen(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")
    find(page, "caseSchool", Choice).choose(SCHOOL)
    assert find(page, "caseLevel", Choice).chosen == "primary"

    find(page, "pupilName", QLineEdit).setText("Phạm Thị Ngọc Ánh")
    fill_in(qtbot, page, "pupilClass", "3B")
    click(qtbot, page, "recordCase")

    qtbot.waitUntil(lambda: page.match.cases.chosen is not None)
    chosen = page.match.cases.chosen
    assert chosen is not None
    assert chosen.pupil == Pupil(name="Phạm Thị Ngọc Ánh", school_class="3B")
    assert chosen.case.school == SCHOOL
    assert find(page, "pupilName", QLineEdit).text() == ""
    assert find(page, "caseSchool", Choice).chosen == SCHOOL


def test_a_case_that_was_entered_by_mistake_is_gone_again(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")
    find(page, "caseSchool", Choice).choose(SCHOOL)
    find(page, "pupilName", QLineEdit).setText("Phạm Thị Ngọc Ánh")
    with qtbot.waitSignal(page.undoable) as told:
        click(qtbot, page, "recordCase")

    told.args[1]()

    qtbot.waitUntil(lambda: store.cases(waiting=True) == ())


def test_a_case_that_was_entered_by_mistake_long_ago_is_taken_back_with_a_reason(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    wrong, kept = case_of(store), case_of(store, "Lê Thị Hoa")
    open_page(qtbot, page)
    page.match.cases.choose(wrong)
    click(qtbot, page, "caseMistake")
    dialog = find(page, "case_mistake_dialog", ActDialog)
    click(qtbot, dialog, "confirm")
    assert find(dialog, "reason", Choice).accessibleDescription() == "Please choose."

    find(dialog, "reason", Choice).choose("wrong-person")
    click(qtbot, dialog, "confirm")

    qtbot.waitUntil(lambda: [case.code for case in store.cases(waiting=True)] == [kept])
    last = store.timeline(wrong)[-1].event.said
    assert isinstance(last, ActWithdrawn)
    assert last.reason == "wrong-person"


def test_a_case_without_a_name_or_with_a_wrong_code_is_refused_beside_the_field(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")

    click(qtbot, page, "recordCase")
    name = find(page, "pupilName", QLineEdit)
    assert name.accessibleDescription() == "Type the name as it stands on the list."

    qtbot.keyClicks(name, "An")
    find(page, "caseLevel", Choice).choose("primary")
    fill_in(qtbot, page, "caseCode", "H 012 000001 7")
    click(qtbot, page, "recordCase")
    assert "digit" in find(page, "caseCode", QLineEdit).accessibleDescription()
    assert store.cases(waiting=True) == ()


def test_a_pupil_that_seems_to_have_a_case_is_looked_at_before_another_is_entered(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")
    problem = find(page, "caseProblem", QLabel)

    def enter() -> None:
        find(page, "caseLevel", Choice).choose("primary")
        find(page, "pupilName", QLineEdit).setText("Trần Văn An")
        click(qtbot, page, "recordCase")

    enter()
    qtbot.waitUntil(lambda: find(page, "pupilName", QLineEdit).text() == "")
    enter()
    qtbot.waitUntil(lambda: "enter it once more" in problem.text())
    assert len(store.cases(waiting=True)) == 1

    qtbot.waitUntil(find(page, "recordCase", QPushButton).isEnabled)
    click(qtbot, page, "recordCase")

    qtbot.waitUntil(lambda: len(store.cases(waiting=True)) == 2)


@pytest.mark.parametrize("field", ["pupilName", "guardian"])
def test_a_telephone_number_is_no_name_of_a_case(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, field: str
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")
    find(page, "caseLevel", Choice).choose("primary")
    find(page, "pupilName", QLineEdit).setText("An")

    fill_in(qtbot, page, field, "0912345678")
    click(qtbot, page, "recordCase")

    assert "telephone number" in find(page, field, QLineEdit).accessibleDescription()
    assert store.cases(waiting=True) == ()


@pytest.mark.parametrize("ending", ["done", "another operator"])
def test_what_was_begun_in_the_case_form_is_gone_when_it_is_closed(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, ending: str
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, page)
    click(qtbot, page, "enterCase")
    fill_in(qtbot, page, "pupilName", "An")
    page.accept_scan(parse("H0120000016"))
    assert find(page, "caseCode", QLineEdit).text() == "H 012 000001 6"

    if ending == "done":
        click(qtbot, page, "closeCaseForm")
    else:
        page._desk.sign_in(LEAD)
    assert not page.match.form.isVisible()
    click(qtbot, page, "enterCase")

    assert find(page, "caseCode", QLineEdit).text() == ""
    assert find(page, "pupilName", QLineEdit).text() == ""


def test_a_telephone_number_is_no_name_of_a_receiver(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = promised(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))

    for tab_name, field, button in (
        ("pupil", "receiverName", "handOver"),
        ("school", "schoolReceiver", "handOverBatch"),
    ):
        page.show_tab(tab_name)
        page.school.schools.choose(SCHOOL)
        fill_in(qtbot, page, field, "0912345678")
        click(qtbot, page, button)
        assert "telephone number" in find(page, field, QLineEdit).accessibleDescription()

    assert stage_of(store, device) is Stage.RESERVED


@pytest.mark.parametrize(("act", "field"), [("takeBack", "guardian"), ("giveBack", "receiver")])
def test_a_telephone_number_is_no_name_in_a_dialog(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, act: str, field: str
) -> None:
    device, _case = given(store)
    if act == "giveBack":
        broken = returns.TakeBackForRepair(device=device, reason="broke-in-use")
        returns.take_back_for_repair(broken, store, GIVER, NOON)
    before = stage_of(store, device)
    open_page(qtbot, page)
    page.show_tab("back")
    page.back.devices.choose(device)
    click(qtbot, page, act)
    dialog = page.findChild(ActDialog)
    assert dialog is not None
    if act == "takeBack":
        find(dialog, "reason", Choice).choose("broke-in-use")

    fill_in(qtbot, dialog, field, "0912345678")
    click(qtbot, dialog, "confirm")

    assert "telephone number" in find(dialog, field, QLineEdit).accessibleDescription()
    assert stage_of(store, device) is before


def test_handing_over_records_the_receiver_and_prints_the_minutes(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, case = promised(store)
    open_page(qtbot, page)

    assert page.accept_scan(parse(device))
    assert tab(page) == "pupil"
    assert find(page, "receiverName", QLineEdit).text() == "Trần Văn Bình"
    with qtbot.waitSignal(page.print_minutes) as printed:
        click(qtbot, page, "handOver")

    assert printed.args == [case]
    assert stage_of(store, device) is Stage.HANDED_OVER
    said = store.timeline(device)[-1].event.said
    receiver = getattr(said, "receiver", None)
    assert receiver is not None
    assert store.content(receiver.id) == Person(name="Trần Văn Bình", title="Cha, mẹ")


def test_what_was_typed_stays_when_the_lists_are_read_again(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = promised(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    fill_in(qtbot, page, "receiverName", "Ba Hai")

    life.enter_case(store, "Lê Thị Bình")
    page.refresh()
    qtbot.waitUntil(lambda: len(page.match.cases.model.lines) == 1)

    assert find(page, "receiverName", QLineEdit).text() == "Ba Hai"
    assert page.pupil.devices.chosen is not None


def test_a_promised_device_is_freed_only_for_a_reason(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, case = promised(store)
    open_page(qtbot, page)
    page.accept_scan(parse(case))
    click(qtbot, page, "freeDevice")
    dialog = find(page, "free_device_dialog", ActDialog)

    click(qtbot, dialog, "confirm")
    assert stage_of(store, device) is Stage.RESERVED
    find(dialog, "reason", Choice).choose("case-moved")
    click(qtbot, dialog, "confirm")

    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.READY)
    qtbot.waitUntil(lambda: len(page.match.cases.model.lines) == 1)


def test_a_school_takes_its_batch_and_signs_one_paper(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    devices = {promised(store, serial, f"Em {serial}")[0] for serial in ("S1", "S2")}
    open_page(qtbot, page)
    page.show_tab("school")
    assert page.accept_scan(parse(min(devices)))
    assert tab(page) == "school"

    fill_in(qtbot, page, "schoolReceiver", "Co Mai")
    with qtbot.waitSignal(page.print_minutes) as printed:
        click(qtbot, page, "handOverBatch")

    assert printed.args is not None
    lot = store.lot(printed.args[0])
    assert lot is not None
    assert set(lot.devices) == devices
    assert {stage_of(store, device) for device in devices} == {Stage.WITH_SCHOOL}


def test_lines_are_confirmed_one_after_the_other(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    devices = at_school(store, ("S1", "S2"))
    open_page(qtbot, page)
    page.accept_scan(parse(devices[1]))
    assert tab(page) == "lines"

    find(page, "delivery.signed", QRadioButton).click()
    click(qtbot, page, "recordLine")
    qtbot.waitUntil(lambda: stage_of(store, devices[1]) is Stage.HANDED_OVER)
    qtbot.waitUntil(lambda: len(page.lines.devices.model.lines) == 1)
    assert page.lines.devices.chosen is not None
    assert page.lines.devices.chosen.device.code == devices[0]

    find(page, "delivery.absent", QRadioButton).click()
    click(qtbot, page, "recordLine")
    qtbot.waitUntil(lambda: page.lines.devices.model.lines[0].device.undelivered == "absent")
    assert stage_of(store, devices[0]) is Stage.WITH_SCHOOL


def test_what_was_said_of_one_line_is_not_said_of_the_next(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    first, second = at_school(store, ("S1", "S2"))
    open_page(qtbot, page)
    page.accept_scan(parse(first))
    find(page, "delivery.proxy", QRadioButton).click()
    fill_in(qtbot, page, "lineReceiver", "Lan")

    page.accept_scan(parse(second))

    assert find(page, "lineReceiver", QLineEdit).text() == ""
    assert not find(page, "delivery.proxy", QRadioButton).isChecked()
    assert not find(page, "recordLine", QPushButton).isEnabled()


def test_who_signs_for_a_pupil_has_a_name(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    (device,) = at_school(store, ("S1",))
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    find(page, "delivery.proxy", QRadioButton).click()

    click(qtbot, page, "recordLine")

    assert any("person who signed" in said.text() for said in page.findChildren(QLabel))
    assert stage_of(store, device) is Stage.WITH_SCHOOL
    find(page, "delivery.absent", QRadioButton).click()
    assert not find(page, "lineReceiver", QLineEdit).isEnabled()


def test_a_case_of_no_school_follows_one_that_had_a_school(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    page.show()
    form = page.match.form
    form.school.choose("truong-th-go-dau")

    form.school.choose("")

    assert form.school.chosen is None
    fill_in(qtbot, page, "pupilName", "Em Nam")
    assert "not recorded yet" in page.unfinished()


def by_select_all(bot: QtBot, line: QLineEdit, day: str) -> None:
    bot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bot.keyClicks(line, day)


def by_home(bot: QtBot, line: QLineEdit, day: str) -> None:
    bot.keyClick(line, Qt.Key.Key_Home)
    bot.keyClicks(line, day)


def by_pasting(bot: QtBot, line: QLineEdit, day: str) -> None:
    QApplication.clipboard().setText(day)
    bot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


TYPING = pytest.mark.parametrize("typing", [by_select_all, by_home, by_pasting])


@TYPING
def test_a_typed_day_is_the_day_of_the_line(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, typing: Callable[..., None]
) -> None:
    (device,) = at_school(store, ("S1",))
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    find(page, "delivery.signed", QRadioButton).click()
    day = find(page, "lineDay", QLineEdit)
    assert day.text() == "12/10/2021"

    typing(qtbot, day, "11/10/2021")
    assert day.text() == "11/10/2021"
    click(qtbot, page, "recordLine")

    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.HANDED_OVER)
    assert store.timeline(device)[-1].event.header.day == date(2021, 10, 11)


@pytest.mark.parametrize("typed", ["5/10/2021", "05/10/2021", "05102021"])
def test_a_day_is_typed_with_or_without_its_signs(
    qtbot: QtBot, store: SqlStore, page: HandoverPage, typed: str
) -> None:
    by_select_all(qtbot, find(page, "lineDay", QLineEdit), typed)

    assert page.lines._day.day == date(2021, 10, 5)


@pytest.mark.parametrize(
    ("typed", "word"),
    [("31/11/2020", "no day"), ("13/10/2021", "future"), ("00/00/0000", "no day")],
)
def test_a_line_is_not_recorded_with_a_day_that_cannot_be(
    qtbot: QtBot,
    store: SqlStore,
    page: HandoverPage,
    typed: str,
    word: str,
) -> None:
    (device,) = at_school(store, ("S1",))
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    find(page, "delivery.signed", QRadioButton).click()

    by_select_all(qtbot, find(page, "lineDay", QLineEdit), typed)
    click(qtbot, page, "recordLine")

    assert word in find(page, "lineDay", QLineEdit).accessibleDescription()
    assert stage_of(store, device) is Stage.WITH_SCHOOL
    by_select_all(qtbot, find(page, "lineDay", QLineEdit), "11/10/2021")
    assert find(page, "lineDay", QLineEdit).accessibleDescription() == ""


@pytest.fixture
def clock() -> list[datetime]:
    """What the PC's clock says; a test moves it."""
    return [NOON.at + timedelta(days=1)]


@pytest.fixture
def night_page(
    qtbot: QtBot, store: SqlStore, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> Iterator[HandoverPage]:
    """The page that stays open while the clock goes on."""
    monkeypatch.setattr(day_field, "LOOK_EVERY_MS", 20)
    with desk_with(store, GIVER, lambda: clock[0]) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        yield page


def record_line(qtbot: QtBot, store: SqlStore, page: HandoverPage, device: str) -> None:
    page.accept_scan(parse(device))
    find(page, "delivery.signed", QRadioButton).click()
    click(qtbot, page, "recordLine")
    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.HANDED_OVER)
    qtbot.waitUntil(find(page, "delivery.signed", QRadioButton).isEnabled)


def test_a_page_open_over_midnight_shows_and_records_the_new_day(
    qtbot: QtBot, store: SqlStore, night_page: HandoverPage, clock: list[datetime]
) -> None:
    (device,) = at_school(store, ("S1",))
    page = night_page
    open_page(qtbot, page)
    day = find(page, "lineDay", QLineEdit)
    assert day.text() == "12/10/2021"

    clock[0] += timedelta(days=1)
    qtbot.waitUntil(lambda: day.text() == "13/10/2021")
    record_line(qtbot, store, page, device)

    header = store.timeline(device)[-1].event.header
    assert (header.day, header.occurred) == (date(2021, 10, 13), None)


def test_the_first_act_after_midnight_is_of_the_new_day(
    qtbot: QtBot, store: SqlStore, clock: list[datetime]
) -> None:
    (device,) = at_school(store, ("S1",))
    with desk_with(store, GIVER, lambda: clock[0]) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        open_page(qtbot, page)

        clock[0] += timedelta(days=1)
        record_line(qtbot, store, page, device)

    assert store.timeline(device)[-1].event.header.occurred is None


def test_a_typed_day_stays_over_midnight_until_its_line_is_recorded(
    qtbot: QtBot, store: SqlStore, night_page: HandoverPage, clock: list[datetime]
) -> None:
    devices = at_school(store, ("S1", "S2"))
    page = night_page
    open_page(qtbot, page)
    by_select_all(qtbot, find(page, "lineDay", QLineEdit), "12/10/2021")

    clock[0] += timedelta(days=1)
    record_line(qtbot, store, page, devices[0])
    assert store.timeline(devices[0])[-1].event.header.day == date(2021, 10, 12)

    qtbot.waitUntil(lambda: find(page, "lineDay", QLineEdit).text() == "13/10/2021")
    record_line(qtbot, store, page, devices[1])
    assert store.timeline(devices[1])[-1].event.header.occurred is None


def test_the_outcome_of_a_line_is_asked_anew_for_the_next(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    devices = at_school(store, ("S1", "S2"))
    open_page(qtbot, page)
    page.accept_scan(parse(devices[1]))
    find(page, "delivery.signed", QRadioButton).click()
    click(qtbot, page, "recordLine")
    qtbot.waitUntil(lambda: len(page.lines.devices.model.lines) == 1)

    assert page.lines.devices.chosen is not None
    assert not find(page, "delivery.signed", QRadioButton).isChecked()
    assert not find(page, "recordLine", QPushButton).isEnabled()


def test_a_broken_device_comes_back_and_returns_to_its_pupil(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = given(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    assert tab(page) == "back"

    click(qtbot, page, "takeBack")
    dialog = find(page, "take_back_dialog", ActDialog)
    find(dialog, "reason", Choice).choose("broke-in-use")
    with qtbot.waitSignal(page.papers_offered) as offered:  # the family gets a receipt
        click(qtbot, dialog, "confirm")
    assert offered.args is not None
    assert offered.args[0] == device
    qtbot.waitUntil(lambda: find(page, "giveBack", QPushButton).isVisible())
    assert stage_of(store, device) is Stage.IN_REPAIR_FOR_PUPIL

    click(qtbot, page, "giveBack")
    dialog = find(page, "give_back_dialog", ActDialog)
    click(qtbot, dialog, "confirm")
    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.HANDED_OVER)


def test_a_given_device_returns_to_stock(qtbot: QtBot, store: SqlStore, page: HandoverPage) -> None:
    device, _case = given(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))

    click(qtbot, page, "returnToStock")
    dialog = find(page, "return_to_stock_dialog", ActDialog)
    find(dialog, "reason", Choice).choose("no-longer-needed")
    click(qtbot, dialog, "confirm")

    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.RECEIVED)


def test_the_papers_of_a_given_device_are_one_click_away(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    device, _case = given(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))

    with qtbot.waitSignal(page.papers_wanted) as wanted:
        qtbot.mouseClick(find(page.back, "papers", QPushButton), Qt.MouseButton.LeftButton)
    assert wanted.args == [device]


def test_a_scan_that_is_not_for_giving_opens_the_device(
    qtbot: QtBot, store: SqlStore, page: HandoverPage
) -> None:
    received = life.receive(store)
    case_of(store)
    open_page(qtbot, page)

    assert not page.accept_scan(parse(received))
    with qtbot.waitSignal(page.open_device) as opened:
        page.seek(parse(received))

    assert opened.args == [received]


@pytest.fixture
def others_page(qtbot: QtBot, store: SqlStore) -> Iterator[HandoverPage]:
    """The page with somebody before it whose work giving is not."""
    with desk_at(store, CLERK) as desk:
        page = HandoverPage(desk)
        qtbot.addWidget(page)
        yield page


OTHERS_BUTTONS = (
    "enterCase",
    "keepForPupil",
    "handOver",
    "freeDevice",
    "handOverBatch",
    "recordLine",
    "returnFromSchool",
    "giveBack",
    "returnToStock",
)


def test_acts_of_others_rest_and_say_whose_work_they_are(
    qtbot: QtBot, store: SqlStore, others_page: HandoverPage
) -> None:
    page = others_page
    device, case = life.ready_laptop(store), case_of(store)
    open_page(qtbot, page)
    page.accept_scan(parse(device))
    page.accept_scan(parse(case))

    for opened in TABS:
        page.show_tab(opened)  # which makes it
    for name in OTHERS_BUTTONS:
        button = find(page, name, QPushButton)
        assert not button.isEnabled(), name
        assert "Handover clerk" in button.toolTip(), name
    assert "Handover clerk" not in find(page, "takeBack", QPushButton).toolTip()  # anybody's

    page._desk.sign_in(GIVER)

    keep = find(page, "keepForPupil", QPushButton)
    assert keep.toolTip() == "Keep for this pupil (Ctrl+Return)"
    click(qtbot, page, "keepForPupil")
    qtbot.waitUntil(lambda: stage_of(store, device) is Stage.RESERVED)

    page._desk.sign_in(CLERK)
    assert not keep.isEnabled()


@pytest.mark.parametrize("tab_name", TABS)
def test_the_key_of_an_act_of_others_says_whose_work_it_is(
    qtbot: QtBot, store: SqlStore, others_page: HandoverPage, tab_name: str
) -> None:
    page = others_page
    device, _case = given(store)
    broken = returns.TakeBackForRepair(device=device, reason="broke-in-use")
    returns.take_back_for_repair(broken, store, GIVER, NOON)
    open_page(qtbot, page)
    page.show_tab(tab_name)
    page.back.devices.choose(device)

    with qtbot.waitSignal(page.said, timeout=2_000) as said:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert said.args is not None
    assert "Handover clerk" in said.args[0]


def test_the_key_of_the_case_form_says_whose_work_it_is(
    qtbot: QtBot, store: SqlStore, others_page: HandoverPage
) -> None:
    life.ready_laptop(store)
    open_page(qtbot, others_page)

    with qtbot.waitSignal(others_page.said, timeout=2_000):
        qtbot.keyClick(others_page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert not others_page.match.form.isVisible()


def test_a_case_scanned_before_the_lists_are_here_is_chosen(
    qtbot: QtBot, page: HandoverPage, store: SqlStore
) -> None:
    life.ready_laptop(store)
    case_of(store, "Lê Văn Bình")
    case = case_of(store)
    page.show()

    page.seek(parse(case))

    def is_chosen() -> bool:
        line = page.match.cases.chosen
        return line is not None and line.case.code == case

    qtbot.waitUntil(is_chosen)


def test_the_case_of_a_given_device_shows_that_device(
    qtbot: QtBot, page: HandoverPage, store: SqlStore
) -> None:
    _device, case = given(store)
    open_page(qtbot, page)

    page.seek(parse(case))

    qtbot.waitUntil(lambda: tab(page) == "back")
