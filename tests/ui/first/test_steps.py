"""The first steps, by keys alone, and what they leave; what is done here decides what is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from labels.printer import Route
from station.store.store import SqlStore
from tests.station.conftest import LEAD
from tests.ui.desks import desk_at
from tests.ui.workplaces import workplace_at
from ui.first.steps import Answers, FirstSteps, keep_answers
from ui.point_work import EVERYTHING, Part, hidden_pages, parts_of
from ui.prints.printers import read_printers
from ui.settings import Settings, read_settings

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def steps(qtbot: QtBot, window: QWidget) -> FirstSteps:
    dialog = FirstSteps(("Xprinter XP-420B", "Canon LBP"), window, can_share=True)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_the_steps_are_gone_through_by_keys_alone(qtbot: QtBot, window: QWidget) -> None:
    dialog = steps(qtbot, window)

    qtbot.waitUntil(dialog._parts[Part.INTAKE].hasFocus)
    press(qtbot, Key.Key_Tab, Key.Key_Space)  # no bench here
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(dialog.labels.hasFocus)
    press(qtbot, Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(dialog.scanner.hasFocus)
    with qtbot.waitSignal(dialog.answered) as told:
        press(qtbot, Key.Key_Return)

    assert told.args[0] == Answers(
        parts=(Part.INTAKE, Part.GIVING), label_printer="Xprinter XP-420B", test_scanner=True
    )


def test_whoever_ticks_nothing_is_told_and_whoever_leaves_changes_nothing(
    qtbot: QtBot, window: QWidget
) -> None:
    dialog = steps(qtbot, window)
    for box in dialog._parts.values():
        box.setChecked(False)

    dialog.go.click()

    assert dialog._steps.currentIndex() == 0
    assert dialog._nothing.isVisible()
    with qtbot.assertNotEmitted(dialog.answered):
        dialog.later.click()


def test_what_was_chosen_is_kept_and_an_existing_printer_stays_as_it_was(tmp_path: Path) -> None:
    settings, printers = tmp_path / "settings.json", tmp_path / "printers.json"
    answers = Answers(
        parts=(Part.BENCH,), label_printer="Xprinter", stock="35x22", paper_printer="Canon"
    )

    keep_answers(answers, settings, printers)
    keep_answers(Answers(parts=tuple(Part), label_printer="Xprinter"), settings, printers)

    known = read_printers(printers)
    assert (known.labels_on, known.papers_on) == ("Xprinter", "Canon")
    assert (known.labels.route, known.labels.stock) == (Route.SYSTEM, "35x22")
    kept = read_settings(settings)
    assert (kept.parts, kept.first_steps_open) == ((), False)


@pytest.mark.parametrize("kept", [(), ("intake", "bench", "giving"), ("catering",)])
def test_what_names_nothing_hides_nothing(kept: tuple[str, ...]) -> None:
    assert parts_of(kept) == EVERYTHING
    assert hidden_pages(parts_of(kept)) == frozenset()


def test_a_point_that_only_receives_sees_no_bench_and_no_giving_and_opens_what_it_scans(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    plain = Settings(open_papers=False, parts=("intake",))
    with desk_at(store, LEAD) as desk, workplace_at(qtbot, desk, store, tmp_path, plain) as place:
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)

        shown = [
            button.accessibleName()
            for button in place.window.navigation.findChildren(QAbstractButton)
            if button.isVisible() and button.isCheckable()
        ]
        assert "Intake" in shown
        assert "Check and repair" not in shown
        assert "Giving" not in shown
        place.window.show_page("bench")
        assert place.window.current_page == "bench"
        place.show_parts(EVERYTHING)
        assert place.window.navigation._entries["bench"].isVisible()


def test_printers_that_the_system_tells_later_are_offered_and_none_is_chosen_by_itself(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = FirstSteps((), window, can_share=False)
    assert dialog.labels.count() == 1

    dialog.offer_printers(("Xprinter XP-420B",))

    assert [dialog.labels.itemText(1), dialog.papers.itemText(1)] == ["Xprinter XP-420B"] * 2
    assert (dialog.answers.label_printer, dialog.answers.paper_printer) == ("", "")
