"""A field that keeps whatever a scanner types, with its speed and its end."""

from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ui.scan_check.judging import Attempt, End
from ui.scanning.burst import MIN_LENGTH
from ui.scanning.keys import characters, is_end, is_modifier

SILENCE_MS: Final = 500  # no key for so long: the scanner types no end


class ProbeField(QLineEdit):
    """Says `heard` with each attempt; a hand that types a few letters is none."""

    heard = Signal(object)  # Attempt

    def __init__(self) -> None:
        super().__init__()
        self._first = self._last = self._count = 0
        self._silence = QTimer(self, singleShot=True, interval=SILENCE_MS)
        self._silence.timeout.connect(lambda: self._finish(End.NONE))

    def keeps(self, _raw: str) -> bool:
        """Every scan into it is for the test."""
        return True

    def take(self, raw: str) -> None:
        """Take what a port or a camera read: nobody typed it, so there is no speed."""
        self._forget()
        self.heard.emit(Attempt(raw, End.ENTER))

    @override
    def event(self, event: QEvent) -> bool:
        """See Tab before Qt moves the focus, and every key's time."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if is_end(event) and self._count:
                tab = event.key() == Qt.Key.Key_Tab or event.text() == "\t"
                self._finish(End.TAB if tab else End.ENTER)
                event.accept()
                return True
            if characters(event, self._last) and not is_modifier(event):
                self._note(event.timestamp())
        return super().event(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method's own window: its text comes without keys."""
        super().inputMethodEvent(event)
        self._count += len(event.commitString())
        self._silence.start()

    def _note(self, at: int) -> None:
        if not self._count:
            self._first = at
        self._last = at
        self._count += 1
        self._silence.start()

    def _finish(self, end: End) -> None:
        text, keys, took = self.text(), self._count, self._last - self._first
        self._forget()
        if len(text) >= MIN_LENGTH:
            self.heard.emit(Attempt(text, end, took / (keys - 1) if keys > 1 and took else None))

    def _forget(self) -> None:
        self._silence.stop()
        self._first = self._last = self._count = 0
        self.clear()
