"""The scan box: first thing on every page, takes a scan, a code or a name typed by hand."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from station.words import _
from ui.field import mark_wrong
from ui.icons import icon
from ui.scanning.burst import Burst
from ui.scanning.keys import characters, is_end, is_erasing, is_modifier
from ui.theme import LIGHT, Role, font

MOST_LETTERS = 300  # a name, a code, an address; each further key would lay out a longer line
SEARCH_PAUSE_MS = 150  # longer than a scanner's gap, so that a scan is never searched for


class ScanBox(QLineEdit):
    """Emits `scanned` for a scan or a whole code, `searched` for words typed by hand.

    Input methods stay on: names are typed here too, and what they make of a scan is for the
    reader of codes to refuse, or `rewritten`.
    """

    scanned = Signal(str)
    rewritten = Signal(str)
    searched = Signal(str)

    def __init__(self, is_code: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_code = is_code
        self._burst = Burst()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._typed)
        self.setObjectName("scanBox")
        self.setMaxLength(MOST_LETTERS)
        self.setFont(font(Role.SCAN))
        self.setPlaceholderText(_("Scan a label or a form code… or type a name, a phone number"))
        self.setAccessibleName(_("Scan box"))
        self.addAction(icon("scan", LIGHT.primary), QLineEdit.ActionPosition.LeadingPosition)

    @override
    def event(self, event: QEvent) -> bool:
        """See Tab and Esc before Qt makes a change of focus or a shortcut of them."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._takes(event):
                event.accept()
                return True
        return super().event(event)

    def take(self, raw: str) -> None:
        """Take a scan made while another field had the focus."""
        self.clear()
        self.scanned.emit(raw)

    def forget_keys(self) -> None:
        """Drop what was typed last: it was part of a scan that went on elsewhere."""
        self._pause.stop()
        self._burst.forget()

    def show_wrong(self, wrong: bool) -> None:
        """Show that the last scan was refused, or no longer."""
        mark_wrong(self, wrong)

    @override
    def clear(self) -> None:
        """Begin anew; a search that waited is dropped."""
        self.forget_keys()
        super().clear()

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return True
        if is_end(event):
            return self._ends(event)
        if not is_modifier(event):
            self._note(event)
        return False

    def _note(self, event: QKeyEvent) -> None:
        typed = characters(event, self._burst.last)
        if typed:
            self._burst.add(typed, event.timestamp())
        elif is_erasing(event, self._burst.last):
            self._burst.erase(event.timestamp())
        else:
            self._burst.forget()

    def _ends(self, event: QKeyEvent) -> bool:
        if self._burst.is_scan(event.timestamp()):
            self._take_burst(self._burst.scan)
            return True
        if event.key() == Qt.Key.Key_Tab:
            return False  # a hand moves on to the next field
        if self._is_code(self.text()):
            self.take(self.text())
        elif self.text():
            self._search()
        return True

    def _take_burst(self, raw: str) -> None:
        code = self._burst.is_trusted and self._is_code(raw)
        if self._burst.is_rewritten_code and not code:
            self.clear()
            self.rewritten.emit(raw)
        else:
            self.take(raw)

    def _give_up(self) -> None:
        had_text = bool(self.text())
        self.clear()
        if had_text:
            self.searched.emit("")

    def _typed(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())
