from collections.abc import Callable
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QDate, QEvent, QObject, Qt, QThread
from PySide6.QtGui import QKeyEvent, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.keyboard import (
    hold_down,
    meanwhile_scanning,
    scan,
    scan_and_meanwhile,
    scan_while_busy,
    type_by_hand,
    type_in_haste,
)
from ui.buttons import primary_button, secondary_button
from ui.scanning.box import ScanBox
from ui.scanning.catcher import CUT_MS, TWICE_MS, UNDER_WAY_MS, ScanCatcher

CODE = "0120003457"

W = TypeVar("W", bound=QWidget)


def is_code(raw: str) -> bool:
    return raw.isdigit() and len(raw) == 10


class Form(QWidget):
    """A page with one field that has the focus, and a catcher."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.caught: list[str] = []
        self.held: list[str] = []
        self.catcher = catcher = ScanCatcher(is_code, self)
        catcher.caught.connect(self.caught.append)
        catcher.held.connect(self.held.append)
        QVBoxLayout(self)

    def focus(self, field: W) -> W:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(field)
        self.show()
        self.activateWindow()
        field.setFocus()
        self._qtbot.waitUntil(field.hasFocus)
        return field


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form(qtbot)
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("suffix", ["\r", "\t", "\r\n", "\r\r", "\n"])
def test_a_scan_into_a_field_is_caught_and_the_field_is_as_before(form: Form, suffix: str) -> None:
    field = form.focus(QLineEdit("Nguyễn Văn"))
    field.setSelection(7, 3)
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))

    scan(CODE + suffix)

    assert form.caught == [CODE]
    assert (field.text(), field.selectedText()) == ("Nguyễn Văn", "Văn")
    assert entered == []
    assert field.hasFocus()


def test_what_a_hand_typed_just_before_the_scan_stays(form: Form) -> None:
    field = form.focus(QLineEdit())

    type_by_hand("Lan")
    scan(CODE + "\r")
    type_by_hand("h")

    assert form.caught == [CODE]
    assert field.text() == "Lanh"


def test_two_scans_in_a_row_are_two_scans(form: Form) -> None:
    form.focus(QLineEdit())

    scan(CODE + "\r")
    scan("0120003515\r")

    assert form.caught == [CODE, "0120003515"]


@pytest.mark.parametrize("type_code", [type_by_hand, type_in_haste])
def test_a_code_typed_by_hand_is_never_caught(form: Form, type_code: Callable[[str], None]) -> None:
    field = form.focus(QLineEdit())

    type_code(CODE + "\r")

    assert form.caught == []
    assert field.text() == CODE


def test_a_key_held_down_is_never_caught(form: Form) -> None:
    field = form.focus(QLineEdit())

    hold_down("1", times=10, then="\r")

    assert form.caught == []
    assert field.text() == "1" * 10


def test_a_figure_that_stands_twice_and_comes_at_once_is_no_key_held_down(form: Form) -> None:
    field = form.focus(QLineEdit("Lan"))

    scan_while_busy(CODE + "\r")

    assert (form.caught, field.text()) == ([CODE], "Lan")


def test_a_serial_number_stays_in_the_field_it_was_scanned_into(form: Form) -> None:
    field = form.focus(QLineEdit())
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))

    scan("8XK2F32ABC\r")

    assert form.caught == []
    assert entered == ["8XK2F32ABC"]


def test_a_scan_whose_field_hands_on_the_focus_is_put_together(form: Form) -> None:
    first, second = form.focus(QLineEdit("Lan")), form.focus(QLineEdit("Minh"))
    first.setFocus()
    first.textEdited.connect(lambda text: second.setFocus() if len(text) == 7 else None)

    scan(CODE + "\r")

    assert form.caught == [CODE]
    assert (first.text(), second.text()) == ("Lan", "Minh")


def test_a_field_that_moves_on_at_its_last_figure_is_put_back(form: Form) -> None:
    first, second = form.focus(QLineEdit("Lan")), form.focus(QLineEdit())
    first.setFocus()

    scan_and_meanwhile(CODE, second.setFocus, "\r")

    assert form.caught == [CODE]
    assert first.text() == "Lan"


def test_a_field_that_is_gone_before_the_suffix_does_no_harm(form: Form) -> None:
    first, second = form.focus(QLineEdit()), form.focus(QLineEdit())
    first.setFocus()

    def replace() -> None:
        second.setFocus()
        shiboken6.delete(first)

    scan_and_meanwhile(CODE, replace, "\r")

    assert form.caught == [CODE]


def test_a_note_is_as_before_and_can_still_be_undone(form: Form) -> None:
    note = form.focus(QPlainTextEdit())
    type_by_hand("hai dong")
    scan(CODE + "\r")

    assert form.caught == [CODE]
    assert note.toPlainText() == "hai dong"
    assert note.document().isUndoAvailable()


def test_a_number_a_date_and_a_choice_are_as_before(form: Form) -> None:
    number = form.focus(QSpinBox())
    number.setRange(0, 10**9)
    number.setValue(20)
    scan(CODE + "\r")
    date = form.focus(QDateEdit(QDate(2021, 10, 12)))
    scan(CODE + "\r")
    choice = QComboBox()
    choice.addItems(["laptop", "0 watt", "desktop"])
    form.focus(choice)
    scan(CODE + "\r")

    assert form.caught == [CODE, CODE, CODE]
    assert number.value() == 20
    assert date.date() == QDate(2021, 10, 12)
    assert choice.currentText() == "laptop"


def test_the_row_of_a_table_stays_chosen(form: Form) -> None:
    view = QTableView()
    model = QStandardItemModel(view)
    for text in ("a", "0120", "b"):
        model.appendRow(QStandardItem(text))
    view.setModel(model)
    view.setCurrentIndex(model.index(2, 0))
    form.focus(view)

    scan(CODE + "\r")

    assert form.caught == [CODE]
    assert view.currentIndex().row() == 2


def test_a_scan_presses_no_button(form: Form) -> None:
    button = form.focus(QPushButton("Xóa"))
    button.setAutoDefault(True)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("Xóa"))

    scan(CODE + "\r")

    assert form.caught == [CODE]
    assert pressed == []


def test_a_serial_number_scanned_at_a_button_is_told_and_presses_it_not(form: Form) -> None:
    button = form.focus(primary_button("In tem"))
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("In tem"))

    scan("8XK2F32ABC\r")

    assert (form.caught, pressed) == (["8XK2F32ABC"], [])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_shows_the_focus(form: Form, key: Qt.Key) -> None:
    button = form.focus(secondary_button("In tem"))
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("In tem"))

    QTest.keyClick(button, key)

    assert pressed == ["In tem"]


def test_the_scan_box_keeps_its_own_scans(form: Form) -> None:
    box = form.focus(ScanBox(is_code))
    scanned: list[str] = []
    box.scanned.connect(scanned.append)

    scan(CODE + "\r")

    assert (scanned, form.caught) == ([CODE], [])


def test_the_scan_box_takes_a_figure_that_comes_twice_at_once(form: Form) -> None:
    box = form.focus(ScanBox(is_code))
    scanned: list[str] = []
    box.scanned.connect(scanned.append)
    box.setText("an")

    scan_while_busy(CODE + "\r")

    assert scanned == [CODE]


def test_a_scan_into_a_dialog_answers_nothing(form: Form, qtbot: QtBot) -> None:
    form.focus(QLineEdit())
    dialog = QDialog(form)
    accept, field = QPushButton("Đồng ý", dialog), QLineEdit(dialog)
    accept.setDefault(True)
    accept.clicked.connect(dialog.accept)
    dialog.open()
    dialog.activateWindow()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(field.hasFocus)

    scan(CODE + "\r")

    assert (form.held, form.caught) == ([CODE], [])
    assert dialog.isVisible()
    assert field.text() == ""
    dialog.reject()


class Asking(QDialog):
    """A dialog whose default button must not be pressed by a scan."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.answered: list[bool] = []
        self.field = QLineEdit(self)
        yes = QPushButton("Đồng ý", self)
        yes.setDefault(True)
        yes.clicked.connect(lambda: self.answered.append(True))

    def come_up(self, qtbot: QtBot) -> None:
        self.open()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.waitUntil(self.field.hasFocus)


def test_a_window_that_was_left_catches_nothing(form: Form) -> None:
    field = form.focus(QLineEdit())
    form.catcher.leave()

    scan(CODE + "\r")

    assert (form.caught, field.text()) == ([], CODE)


@pytest.mark.parametrize("lost", [0, 1, 4])
@pytest.mark.parametrize("before", [2, 3, 5])
def test_a_dialog_that_comes_up_during_a_scan_is_not_answered_by_it(
    form: Form, qtbot: QtBot, before: int, lost: int
) -> None:
    field, dialog = form.focus(QLineEdit("Lan")), Asking(form)
    cut: list[bool] = []
    form.catcher.cut.connect(lambda: cut.append(True))

    with meanwhile_scanning(CODE + "\r", before, lost):
        dialog.come_up(qtbot)

    assert dialog.isVisible()
    assert dialog.answered == []
    assert (field.text(), dialog.field.text()) == ("Lan", "")
    assert (form.held, cut) == (([CODE], []) if not lost else ([], [True]))
    dialog.reject()


@pytest.mark.parametrize("typed", [CODE[:5], "u\bư\b\bđư"])
def test_a_scan_whose_rest_is_lost_while_a_busy_pc_closes_a_dialog_is_told(
    form: Form, qtbot: QtBot, typed: str
) -> None:
    form.focus(QLineEdit())
    dialog = Asking(form)
    dialog.come_up(qtbot)
    told: list[bool] = []
    form.catcher.cut.connect(lambda: told.append(True))

    scan(typed)
    QThread.msleep(UNDER_WAY_MS + 50)  # the window is busy
    dialog.reject()
    form.activateWindow()

    qtbot.waitUntil(lambda: told == [True])
    assert (form.held, form.caught) == ([], [])


def test_two_letters_rolled_by_a_hand_stay_when_a_dialog_comes_up(form: Form, qtbot: QtBot) -> None:
    field, dialog = form.focus(QLineEdit("L")), Asking(form)
    told: list[bool] = []
    form.catcher.cut.connect(lambda: told.append(True))

    scan("an")
    QThread.msleep(UNDER_WAY_MS + 50)
    dialog.come_up(qtbot)
    qtbot.wait(CUT_MS + 50)

    assert (field.text(), told) == ("Lan", [])
    dialog.reject()


@pytest.mark.parametrize("letter", "EKUDHLP")
@pytest.mark.parametrize("make", [lambda: ScanBox(is_code), QLineEdit, QPlainTextEdit])
def test_what_a_page_does_by_a_key_is_done_while_a_field_has_the_keys(
    form: Form, make: Callable[[], QWidget], letter: str
) -> None:
    done: list[str] = []
    QShortcut(f"Ctrl+{letter}", form).activated.connect(lambda: done.append(letter))
    field = form.focus(make())

    QTest.keyClick(field, Qt.Key[f"Key_{letter}"], Qt.KeyboardModifier.ControlModifier)

    assert done == [letter]


def test_the_keys_of_editing_stay_the_fields_own(form: Form) -> None:
    done: list[int] = []
    QShortcut("Ctrl+A", form).activated.connect(lambda: done.append(1))
    field = form.focus(QLineEdit("Lan"))

    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert (field.selectedText(), done) == ("Lan", [])


def test_the_second_of_two_presses_that_answered_a_dialog_is_no_act_of_the_page(
    form: Form, qtbot: QtBot
) -> None:
    field = form.focus(QLineEdit())
    dialog = QDialog(form)
    answer = QLineEdit(dialog)
    dialog.open()
    qtbot.waitUntil(answer.hasFocus)

    assert not _is_taken(10_000)  # the dialog's own
    dialog.accept()
    form.focus(field)

    cut: list[bool] = []
    form.catcher.cut.connect(lambda: cut.append(True))
    assert _is_taken(10_000 + TWICE_MS // 2)
    _press_at(10_000 + TWICE_MS // 2)
    assert not cut  # it is no scan's end either
    assert not _is_taken(10_000 + TWICE_MS // 2 + 150)  # meant for the page


def _is_taken(at: int) -> bool:
    """Whether Ctrl+Enter at this time can be no shortcut."""
    return _send(QEvent.Type.ShortcutOverride, at).isAccepted()


def _press_at(at: int) -> None:
    _send(QEvent.Type.KeyPress, at)


def _send(kind: QEvent.Type, at: int) -> QKeyEvent:
    both = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(kind, Qt.Key.Key_Return, both)
    event.setTimestamp(at)
    event.ignore()
    receiver = QApplication.focusWidget()
    assert receiver is not None
    QApplication.sendEvent(receiver, event)
    return event


class Hearing(ScanCatcher):
    """Notes whose events come by."""

    def __init__(self, parent: QWidget) -> None:
        self.heard: set[int] = set()
        super().__init__(is_code, parent)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.add(id(watched))
        return super().eventFilter(watched, event)


def test_only_what_has_the_keys_is_listened_to(form: Form) -> None:
    """Each event of each widget would keep a page from being made for as long again."""
    first = form.focus(QLineEdit())
    hearing = Hearing(form)
    second = form.focus(QLineEdit())
    hearing.heard.clear()

    first.setText("another")
    form.resize(form.width() + 40, form.height() + 40)
    QApplication.processEvents()
    QTest.keyClicks(second, "an")

    assert id(second) in hearing.heard
    assert id(first) not in hearing.heard
    assert hearing.heard <= {id(second), id(form)}
