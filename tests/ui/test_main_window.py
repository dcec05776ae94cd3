import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import scan
from ui.leave_dialog import LeaveDialog
from ui.main_window import MainWindow, Page
from ui.message_line import MessageLine
from ui.shortcut_list import ShortcutList, shortcuts_of
from ui.sign_button import Sign
from ui.theme import Tone

CODE = "0120003457"


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.begins_at: QWidget | None = None
        self.act = QPushButton("Accept")
        self.act.setAccessibleName("Accept device")
        self.act.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.act)


class Draft(QWidget):
    """A page that may lose something."""

    def __init__(self) -> None:
        super().__init__()
        self.left = ""

    def unfinished(self) -> str:
        return self.left


class Shell:
    """A shown window of five pages, and what it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.made: list[str] = []
        pages = [
            Page("today", "Today", "today", lambda: self._make("today", QWidget())),
            Page("intake", "Intake", "intake", lambda: self._make("intake", Form())),
            Page("bench", "Bench", "wrench", lambda: self._make("bench", QWidget())),
            Page("device", "Device", "laptop", lambda: self._make("device", Form()), "bench"),
            Page("draft", "Draft", "intake", lambda: self._make("draft", Draft()), "intake"),
        ]
        self.window = MainWindow("Old computers", "Point 012", pages, _is_code)
        qtbot.addWidget(self.window)
        self.scans: list[str] = []
        self.searches: list[str] = []
        self.pages: list[str] = []
        self.window.scan.connect(self.scans.append)
        self.window.search.connect(self.searches.append)
        self.window.page_changed.connect(self.pages.append)
        self.window.show()
        self.window.activateWindow()
        self.window.show_page("today")
        qtbot.waitUntil(self.window.scan_box.hasFocus)

    def _make(self, key: str, page: QWidget) -> QWidget:
        self.made.append(key)
        return page

    def entry(self, title: str) -> QAbstractButton:
        return next(b for b in self.buttons() if b.accessibleName() == title)

    def buttons(self) -> list[QAbstractButton]:
        return self.window.findChildren(QAbstractButton)


def _is_code(raw: str) -> bool:
    return raw.isdigit() and len(raw) == 10


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    return Shell(qtbot)


def test_a_page_is_made_at_its_first_visit_only(shell: Shell) -> None:
    assert shell.made == ["today"]

    shell.entry("Intake").click()
    shell.window.show_page("today")
    shell.window.show_page("intake")

    assert shell.made == ["today", "intake"]
    assert shell.pages == ["today", "intake", "today", "intake"]


def test_f_keys_open_the_pages_and_tooltips_teach_them(shell: Shell) -> None:
    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_F3)

    assert shell.window.current_page == "intake"
    assert shell.entry("Intake").isChecked()
    assert shell.entry("Intake").toolTip() == "Intake (F3)"


def test_a_page_under_another_marks_its_entry_and_has_none(shell: Shell) -> None:
    shell.window.show_page("device")

    assert shell.entry("Bench").isChecked()
    assert not [button for button in shell.buttons() if button.text() == "Device"]


def test_the_focus_goes_to_the_scan_box_unless_the_page_proposes_better(shell: Shell) -> None:
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    shell.window.show_page("intake")
    assert shell.window.scan_box.hasFocus()

    intake.begins_at = intake.field
    shell.window.show_page("today")
    shell.window.show_page("intake")
    assert intake.field.hasFocus()


def test_tab_reaches_what_stands_before_the_place_a_page_proposes(shell: Shell) -> None:
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    intake.begins_at = intake.act
    shell.window.show_page("intake")
    assert intake.act.hasFocus()
    shell.window.scan_box.setFocus()

    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_Tab)

    assert intake.field.hasFocus()


def test_a_long_sentence_is_said_whole(shell: Shell) -> None:
    shell.window.say("The list of printers cannot be read. " * 10)

    (line,) = (each for each in shell.window.findChildren(MessageLine))
    (words,) = (each for each in line.findChildren(QLabel) if each.text())
    assert line.width() <= shell.window.width()
    assert words.height() >= words.heightForWidth(words.width())
    assert words.width() > line.width() * 0.9


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_escape_and_ctrl_l_lead_back_to_the_scan_box(
    shell: Shell, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    shell.window.show_page("intake")
    intake.field.setFocus()

    QTest.keyClick(intake.field, key, held)

    assert shell.window.scan_box.hasFocus()


def test_any_page_takes_a_scan_while_a_field_has_the_focus(shell: Shell) -> None:
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    shell.window.show_page("intake")
    intake.field.setFocus()
    intake.field.setText("Lan")

    scan(CODE + "\r")

    assert shell.scans == [CODE]
    assert intake.field.text() == "Lan"
    assert shell.searches == []


def test_a_refused_scan_is_worded_at_the_scan_box_until_the_next_one(shell: Shell) -> None:
    shell.window.refuse_scan("Check digit is wrong: scan again.")
    assert shell.window.refusal == "Check digit is wrong: scan again."

    scan(CODE + "\r")
    assert shell.window.refusal == ""


def test_a_scan_refused_beside_a_dialog_is_forgotten_with_it(shell: Shell, qtbot: QtBot) -> None:
    dialog = dialog_of(shell, qtbot)
    scan(CODE + "\r")
    assert shell.window.refusal == "A dialog waits for your answer: answer it, then scan again."

    dialog.reject()

    assert shell.window.refusal == ""


def test_after_a_dialog_the_keys_go_to_the_scan_box(shell: Shell, qtbot: QtBot) -> None:
    shell.window.show_page("intake")
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    intake.act.setFocus()
    dialog = dialog_of(shell, qtbot)
    dialog.accepted.connect(intake.act.hide)

    dialog.accept()
    shell.window.activateWindow()  # a display without a window manager forgets to

    qtbot.waitUntil(shell.window.scan_box.hasFocus)


def test_a_key_of_an_act_that_is_not_there_types_nothing(shell: Shell) -> None:
    box = shell.window.scan_box
    for held in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier):
        QTest.keyClick(box, Qt.Key.Key_H, held)
    assert box.text() == ""

    QTest.keyClicks(box, "hoa")
    assert box.text() == "hoa"


def dialog_of(shell: Shell, qtbot: QtBot) -> QDialog:
    """A dialog in front of the window, with a field that has the focus."""
    dialog = QDialog(shell.window.page("today"))
    field = QLineEdit(dialog)
    dialog.open()
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return dialog


def test_a_warning_stays_until_it_is_settled(shell: Shell) -> None:
    shell.window.warn("clock", "The clock says 2016.")
    shell.window.warn("demo", "A store to practise with.")
    shell.window.warn("clock", "The clock says 2017.")
    shell.window.show_page("intake")
    assert shell.window.banners.sentences() == [
        "A store to practise with.",
        "The clock says 2017.",
    ]

    shell.window.settle("clock")
    shell.window.settle("demo")
    shell.window.settle("never warned of")
    assert not shell.window.banners.isVisible()


def test_a_result_is_said_and_can_be_undone_by_keyboard(shell: Shell, qtbot: QtBot) -> None:
    undone: list[str] = []
    shell.window.say("Accepted 012 000345 7", undo=lambda: undone.append(CODE))
    assert shell.window.message == "Accepted 012 000345 7"

    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: undone == [CODE])
    assert shell.window.message == ""


def test_a_newer_result_takes_the_old_way_back_away(shell: Shell, qtbot: QtBot) -> None:
    undone: list[str] = []
    shell.window.say("Accepted", undo=lambda: undone.append("accepted"))
    shell.window.say("Sent")

    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)

    qtbot.wait(150)  # a shortcut presses its button for 100 ms
    assert undone == []
    assert shell.window.message == "Sent"


def test_the_sign_of_sending_leads_to_its_page(shell: Shell, qtbot: QtBot) -> None:
    sign = shell.window.navigation.sync
    assert not sign.isVisible()

    shell.window.show_sync(Sign(Tone.WARN, "2 things to settle", "People decide.", "bench"))

    assert sign.isVisible()
    assert (sign.accessibleName(), sign.accessibleDescription()) == (
        "2 things to settle",
        "People decide.",
    )
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert shell.window.current_page == "bench"


def test_the_operator_is_named_and_can_change(shell: Shell, qtbot: QtBot) -> None:
    shell.window.show_operator("Lan & Minh", "Intake clerk")

    with qtbot.waitSignal(shell.window.operator_change):
        shell.entry("Lan & Minh · Intake clerk").click()


def test_f1_lists_what_works_on_this_page(shell: Shell) -> None:
    shell.window.show_page("intake")
    listed = dict(shortcuts_of(shell.window))

    assert listed["F1"] == "Show this list"
    assert listed["F3"] == "Intake"
    assert listed["Ctrl+Return"] == "Accept device"
    shell.window.show_page("today")
    assert "Ctrl+Return" not in dict(shortcuts_of(shell.window))


def test_f1_opens_the_list_and_escape_closes_it(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_F1)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ShortcutList)

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_long_list_of_keys_stands_on_the_screen(shell: Shell, qtbot: QtBot) -> None:
    for number in range(120):
        QShortcut(f"Ctrl+{number % 9},{number}", shell.window).setWhatsThis(f"What {number} does")

    QTest.keyClick(shell.window.scan_box, Qt.Key.Key_F1)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ShortcutList)
    qtbot.waitUntil(dialog.isActiveWindow)

    assert dialog.height() <= dialog.screen().availableGeometry().height()
    bar = dialog.findChildren(QScrollArea)[0].verticalScrollBar()
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_End)
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_everything_in_the_window_is_reached_by_tab(shell: Shell) -> None:
    shell.window.show_operator("Lan", "Intake clerk")
    shell.window.show_page("intake")
    intake = shell.window.page("intake")
    assert isinstance(intake, Form)
    reached: list[QWidget | None] = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert reached == [
        intake.field,
        intake.act,
        shell.entry("Intake"),
        shell.entry("Lan · Intake clerk"),
        shell.window.scan_box,
    ]


def test_a_small_window_leaves_the_room_to_the_page_and_every_way_stays(
    shell: Shell, qtbot: QtBot
) -> None:
    navigation, window = shell.window.navigation, shell.window
    window.show_operator("Lan", "Intake clerk")
    window.show_sync(Sign(Tone.WARN, "3 records to send", "They are sent later."))
    window.resize(1_366, 700)
    whole = navigation.width()

    window.resize(1_093, 600)

    qtbot.waitUntil(lambda: navigation.width() < whole / 2)
    shown = [b for b in navigation.findChildren(QAbstractButton) if b.isVisible()]
    assert all(b.geometry().right() <= navigation.width() for b in shown)
    assert {b.accessibleName() for b in shown} >= {"Today", "Intake", "Lan · Intake clerk"}
    shell.entry("Intake").click()
    assert window.current_page == "intake"
    window.resize(1_366, 700)
    qtbot.waitUntil(lambda: navigation.width() == whole)
    assert "Lan" in shell.entry("Lan · Intake clerk").text()


def test_arrows_in_the_navigation_go_from_page_to_page(shell: Shell) -> None:
    shell.entry("Today").setFocus()

    QTest.keyClick(shell.entry("Today"), Qt.Key.Key_Down)

    assert shell.window.current_page == "intake"


def test_the_window_fits_a_cheap_panel(shell: Shell) -> None:
    shell.window.warn("clock", "The clock says 2016." * 20)
    shell.window.refuse_scan("Check digit is wrong: scan again. " * 20)

    hint = shell.window.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 728  # a task bar stands below


def test_closing_asks_where_something_would_be_lost(qtbot: QtBot, shell: Shell) -> None:
    draft = shell.window.page("draft")
    assert isinstance(draft, Draft)
    draft.left = "40 devices are not recorded yet."

    shell.window.close()
    asked = shell.window.findChild(LeaveDialog)
    assert asked is not None
    QTest.keyClick(asked, Qt.Key.Key_Return)  # the first choice keeps everything
    assert shell.window.isVisible()

    qtbot.waitUntil(lambda: shell.window.findChild(LeaveDialog) is None)
    shell.window.close()
    again = shell.window.findChild(LeaveDialog)
    assert again is not None
    again.leave.click()
    assert not shell.window.isVisible()


def test_closing_asks_nothing_where_nothing_is_lost(shell: Shell) -> None:
    shell.window.page("draft")

    shell.window.close()

    assert not shell.window.isVisible()
