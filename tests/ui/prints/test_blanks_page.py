"""Tem trắng in sẵn: set aside once, printed, printed again, used at intake."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, grouped, make, parse
from station.labelling import ReserveCodes, reserve_codes
from station.operators import Operator
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON
from tests.ui.cut import cut_cells
from tests.ui.desks import desk_at
from tests.ui.print_desks import network, only_job, printing_at
from ui.desk import Desk
from ui.prints.blanks_page import BlanksPage
from ui.prints.printing import Printing


@pytest.fixture
def operator() -> Operator:
    return CLERK


@pytest.fixture
def desk(store: SqlStore, operator: Operator) -> Iterator[Desk]:
    with desk_at(store, operator) as desk:
        yield desk


@pytest.fixture
def printing(desk: Desk, tmp_path: Path) -> Iterator[Printing]:
    with printing_at(desk, tmp_path, network("127.0.0.1:1")) as printing:
        yield printing


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printing: Printing) -> BlanksPage:
    page = BlanksPage(desk, printing)
    qtbot.addWidget(page)
    page.resize(1106, 620)
    page.show()
    return page


def click(qtbot: QtBot, page: BlanksPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def reserve(qtbot: QtBot, page: BlanksPage, printing: Printing, count: int) -> tuple[str, ...]:
    spin = page.findChild(QSpinBox, "blankCount")
    assert spin is not None
    spin.setValue(count)
    with qtbot.waitSignal(printing.queued, timeout=20_000) as queued:
        click(qtbot, page, "printBlanks")
    qtbot.waitUntil(lambda: page.ranges.chosen is not None)
    return tuple(code for state in queued.args[0].pages for code in state.codes)


def test_codes_are_set_aside_in_one_event_and_printed(
    qtbot: QtBot, page: BlanksPage, printing: Printing, store: SqlStore
) -> None:
    before = store.standing().seq
    codes = reserve(qtbot, page, printing, 3)

    assert store.standing().seq == before + 1
    (kept,) = store.reserved(CodeKind.DEVICE)
    assert kept.codes == codes
    assert [state.codes for state in only_job(printing).pages] == [(code,) for code in codes]


def test_the_next_device_gets_none_of_them(
    qtbot: QtBot, page: BlanksPage, printing: Printing, store: SqlStore
) -> None:
    codes = reserve(qtbot, page, printing, 3)
    assert life.receive(store) not in codes


def test_what_was_used_is_not_printed_again(
    qtbot: QtBot, page: BlanksPage, printing: Printing, store: SqlStore
) -> None:
    codes = reserve(qtbot, page, printing, 3)
    life.receive(store, code=codes[0])
    page.refresh()
    qtbot.waitUntil(lambda: page.ranges.chosen is not None and page.ranges.chosen.unused == 2)

    with qtbot.waitSignal(printing.queued, timeout=20_000) as queued:
        click(qtbot, page, "printBlanksAgain")
    assert [state.codes for state in queued.args[0].pages] == [(code,) for code in codes[1:]]


def test_a_roll_that_ended_goes_on_from_the_code_that_is_scanned(
    qtbot: QtBot, page: BlanksPage, printing: Printing
) -> None:
    codes = reserve(qtbot, page, printing, 4)
    line = page.findChild(QLineEdit, "firstBlank")
    assert line is not None
    line.setText(grouped(codes[2]))

    with qtbot.waitSignal(printing.queued, timeout=20_000) as queued:
        click(qtbot, page, "printBlanksAgain")
    assert [state.codes for state in queued.args[0].pages] == [(code,) for code in codes[2:]]


@pytest.mark.parametrize("typed", ["012 000900 4", "abc"])
def test_a_code_that_is_none_of_them_is_refused_beside_its_field(
    qtbot: QtBot, page: BlanksPage, printing: Printing, typed: str
) -> None:
    reserve(qtbot, page, printing, 2)
    line = page.findChild(QLineEdit, "firstBlank")
    assert line is not None
    line.setText(typed)

    click(qtbot, page, "printBlanksAgain")

    assert line.accessibleDescription()
    assert len(printing.queue.jobs()) == 1


@pytest.mark.parametrize("operator", [GIVER])
def test_who_may_not_set_codes_aside_is_told_whose_work_it_is(page: BlanksPage) -> None:
    assert not page.print_new.isEnabled()
    assert "Intake clerk" in page.print_new.toolTip()


def test_both_ends_of_a_line_of_codes_are_read_on_a_small_screen(
    qtbot: QtBot, store: SqlStore, page: BlanksPage
) -> None:
    command = ReserveCodes(of=CodeKind.DEVICE, count=500, purpose="roll")
    reserve_codes(command, store, CLERK, NOON)
    page.refresh()
    qtbot.waitUntil(lambda: len(page.ranges.model.lines) == 1, timeout=20_000)

    qtbot.waitUntil(lambda: not cut_cells(page.ranges.view, 0, 1, 2, 3, 4))


def test_spoilt_labels_are_scanned_in_a_row_and_printed_again(
    qtbot: QtBot, page: BlanksPage, printing: Printing, store: SqlStore
) -> None:
    codes = reserve(qtbot, page, printing, 5)
    used = life.receive(store, code=codes[0])
    page.spoilt.wanted.setChecked(True)

    for code in (codes[3], codes[1], codes[4]):
        with qtbot.waitSignal(page.good):
            assert page.take_scan(parse(code))
    with qtbot.waitSignal(page.doubted):
        page.take_scan(parse(codes[1]))
    with qtbot.waitSignal(page.alarmed):
        page.take_scan(parse(used))
    assert "is used" in page._old.problem
    with qtbot.waitSignal(page.alarmed):
        page.take_scan(parse(make(CodeKind.DEVICE, 12, 99_000)))
    assert "never set aside" in page._old.problem
    page.spoilt.streak.back.click()  # the last was not spoilt after all
    assert page.spoilt.print.text() == "Print 2 labels again"

    with qtbot.waitSignal(printing.queued, timeout=20_000) as queued:
        page.spoilt.print.click()

    printed = [code for state in queued.args[0].pages for code in state.codes]
    assert printed == [codes[3], codes[1]]
    assert page.spoilt.streak.codes == ()


def test_a_scan_is_no_spoilt_label_unless_that_is_wanted(page: BlanksPage) -> None:
    assert not page.take_scan(parse(make(CodeKind.DEVICE, 12, 99_000)))
