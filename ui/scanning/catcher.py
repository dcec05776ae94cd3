"""Any page accepts a scan: a burst that makes a code never stays in the field with the focus."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.scanning.box import ScanBox
from ui.scanning.burst import Burst
from ui.scanning.field_memory import Restore, remember
from ui.scanning.keys import asks_for_act, characters, is_end, is_erasing, is_modifier


@runtime_checkable
class KeepsScans(Protocol):
    """A field that is meant to be scanned into, such as the one of a serial number."""

    def keeps(self, raw: str) -> bool:
        """Whether this scan is the field's own."""

    def take(self, raw: str) -> None:
        """Take one that was not typed into it."""


class ScanCatcher(QObject):
    """An event filter of the whole application; `caught` tells the raw scan.

    What `is_code` denies stays where it was typed: a serial number scanned into its own field
    is meant for that field, which may also keep what merely resembles a code. A dialog is asked
    to decide, so a scan into it is `held` back too. No scan's Enter presses a button, whatever was
    scanned: a button keeps no text, so what was scanned is told. What an input method made of a
    code is taken out of the field too, with what it did to the text before it, and is `rewritten`.
    """

    caught = Signal(str)
    held = Signal(str)
    rewritten = Signal(str)

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
        typed, erases = characters(event), is_erasing(event)
        if not (typed or erases):
            self._burst.forget()
        else:
            if field is not self._field:
                self._burst.forget()
            at = event.timestamp()
            if self._burst.erase(at) if erases else self._burst.add(typed, at):
                self._field, self._restore = field, remember(field)
        self._just_caught = False
        return False

    def _ends(self, event: QKeyEvent) -> bool:
        if self._just_caught and self._burst.goes_on(event.timestamp()):
            return True  # the LF of a CR LF
        raw = self._burst.scan
        told = self._signal_of(raw) if self._burst.is_scan(event.timestamp()) else None
        self._burst.forget()
        self._just_caught = told is not None
        if told is None:
            return False
        self._burst.add("", event.timestamp())
        if self._field is not None and isValid(self._field):
            self._restore()
        told.emit(raw)
        return True

    def _signal_of(self, raw: str) -> SignalInstance | None:
        """What tells this scan; None leaves it where it was typed."""
        field = _receiver()
        kept = field is self._field and isinstance(field, KeepsScans) and field.keeps(raw)
        if not isinstance(field, QAbstractButton) and (kept or not self._is_meant(raw)):
            return None
        if self._burst.is_rewritten_code and not self._is_code(raw):
            return self.rewritten
        return self.held if QApplication.activeModalWidget() else self.caught

    def _is_meant(self, raw: str) -> bool:
        return self._is_code(raw) or self._burst.is_rewritten_code


def _receiver() -> QWidget | None:
    return QApplication.focusWidget() or QApplication.activeWindow()
