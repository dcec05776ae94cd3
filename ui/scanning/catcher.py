"""Any page accepts a scan: a burst that makes a code never stays in the field with the focus."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.scanning.box import ScanBox
from ui.scanning.burst import Burst
from ui.scanning.field_memory import Restore, remember
from ui.scanning.keys import asks_for_act, characters, is_end, is_modifier


@runtime_checkable
class KeepsScans(Protocol):
    """A field that is meant to be scanned into, such as the one of a serial number."""

    def keeps(self, raw: str) -> bool:
        """Whether this scan is the field's own."""


class ScanCatcher(QObject):
    """An event filter of the whole application; `caught` tells the raw scan.

    What `is_code` denies stays where it was typed: a serial number scanned into its own field
    is meant for that field, which may also keep what merely resembles a code. A dialog is asked
    to decide, so a scan into it is `held` back too. No scan's Enter presses a button, whatever was
    scanned: a button keeps no text, so what was scanned is told.
    """

    caught = Signal(str)
    held = Signal(str)

    def __init__(self, is_code: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_code = is_code
        self._burst = Burst()
        self._field: QWidget | None = None
        self._restore: Restore = remember(None)
        self._just_caught = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched is not _receiver():
            return False  # the native window behind it, or a parent the key climbs to
        if asks_for_act(event):
            return True  # no act has these keys now, or they would not have come here
        if isinstance(watched, ScanBox) or is_modifier(event):
            return False
        return self._ends(event) if is_end(event) else self._notes(event, watched)

    def _notes(self, event: QKeyEvent, field: QWidget) -> bool:
        typed = characters(event)
        if not typed:
            self._burst.forget()
        else:
            if field is not self._field:
                self._burst.forget()
            if self._burst.add(typed, event.timestamp()):
                self._field, self._restore = field, remember(field)
        self._just_caught = False
        return False

    def _ends(self, event: QKeyEvent) -> bool:
        if self._just_caught and self._burst.goes_on(event.timestamp()):
            return True  # the LF of a CR LF
        raw = self._burst.text
        self._just_caught = self._burst.is_scan(event.timestamp()) and self._takes(raw)
        if not self._just_caught:
            self._burst.forget()
            return False
        self._burst.forget()
        self._burst.add("", event.timestamp())
        self._put_back(raw)
        return True

    def _takes(self, raw: str) -> bool:
        field = _receiver()
        kept = field is self._field and isinstance(field, KeepsScans) and field.keeps(raw)
        return isinstance(field, QAbstractButton) or (self._is_code(raw) and not kept)

    def _put_back(self, raw: str) -> None:
        if self._field is not None and isValid(self._field):
            self._restore()
        signal = self.held if QApplication.activeModalWidget() else self.caught
        signal.emit(raw)


def _receiver() -> QWidget | None:
    return QApplication.focusWidget() or QApplication.activeWindow()
