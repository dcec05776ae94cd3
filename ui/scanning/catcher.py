"""Any page accepts a scan: a burst that makes a code never stays in the field with the focus."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.scanning.box import ScanBox
from ui.scanning.burst import MAX_GAP_MS, Burst
from ui.scanning.field_memory import Restore, remember
from ui.scanning.keys import (
    asks_for_act,
    characters,
    is_act_of_page,
    is_ctrl_return,
    is_end,
    is_erasing,
    is_modifier,
)

CUT_MS = 400  # a window opens or closes in this time, on an old PC too
BLIND_MS = 150  # nobody reads a dialog and answers it in this time
TWICE_MS = 400  # between the two presses of a hand that meant one
UNDER_WAY_MS, UNDER_WAY_KEYS = 100, 2  # what makes keys a scan that is not over yet
SURELY_KEYS = 3  # so many at a scanner's speed are one, though a busy PC is late to notice

_CHANGES = {QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate, QEvent.Type.WindowBlocked}


@runtime_checkable
class KeepsScans(Protocol):
    """A field that is meant to be scanned into, such as the one of a serial number."""

    def keeps(self, raw: str) -> bool:
        """Whether this scan is the field's own."""

    def take(self, raw: str) -> None:
        """Take one that was not typed into it."""


class ScanCatcher(QObject):
    """An event filter of whatever has the keys; `caught` tells the raw scan.

    It follows the focus: one of the whole application would be called for every event of every
    widget, which took half the time in which a page is made.

    What `is_code` denies stays where it was typed: a serial number scanned into its own field
    is meant for that field, which may also keep what merely resembles a code. A dialog is asked
    to decide, so a scan into it is `held` back too. No scan's Enter presses a button, whatever was
    scanned: a button keeps no text, so what was scanned is told. What an input method made of a
    code is taken out of the field too, with what it did to the text before it, and is `rewritten`.

    A window that opens or closes in the middle of a scan cuts it: keys may be lost in between, and
    the last of them, Enter, would answer a dialog nobody has read. Such a scan is put together
    where nothing was lost, else it is `cut`; each field it was typed into is as before. So no
    Enter at a scanner's speed answers a dialog that has only just come up. Nor does the second of
    two presses that answered a dialog (Ctrl+Enter) do what the page does by the same keys.
    """

    caught = Signal(str)
    held = Signal(str)
    rewritten = Signal(str)
    cut = Signal()

    def __init__(self, is_code: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_code = is_code
        self._burst = Burst()
        self._fields: list[tuple[QWidget, Restore]] = []
        self._just_caught = False
        self._last = 0, ""
        self._answered_at = 0  # when keys that do an act were pressed in a dialog
        self._swallowed_at = 0  # when they were pressed again
        self._since_key, self._since_change = QElapsedTimer(), QElapsedTimer()
        self._unfinished = QTimer(self, singleShot=True, interval=CUT_MS)
        self._unfinished.timeout.connect(self._give_up)
        self._focused: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
            application.focusWindowChanged.connect(self._follow_window)
            self._follow(None, application.focusWidget())
            self._listen_to(application.focusWindow())

    def leave(self) -> None:
        """Hear nothing any more: another window's catcher may be at work."""
        self._unfinished.stop()
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.focusChanged.disconnect(self._follow)
        application.focusWindowChanged.disconnect(self._follow_window)
        for heard in (self._focused, *application.topLevelWidgets()):
            if heard is not None and isValid(heard):
                heard.removeEventFilter(self)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        before, self._focused = self._focused, now
        if before is not None and isValid(before) and not before.isWindow():
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def _follow_window(self, window: QWindow | None) -> None:
        self._changes()
        self._listen_to(window)

    def _listen_to(self, window: QWindow | None) -> None:
        """A window has the keys where nothing in it has, and tells when a dialog blocks it."""
        for one in QApplication.topLevelWidgets() if window is not None else ():
            if one.windowHandle() == window:
                one.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _CHANGES and isinstance(watched, QWidget) and watched.isWindow():
            self._changes()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            here = watched is _receiver()
            return here and (self._is_second_press(event) or is_act_of_page(event))
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched is not _receiver():
            return False  # the native window behind it, or a parent the key climbs to
        if asks_for_act(event) or (self._swallowed_at and self._swallowed_at == event.timestamp()):
            return True  # no act has these keys now, or they would not have come here
        if is_modifier(event):
            return False
        return self._ends(event, watched) if is_end(event) else self._notes(event, watched)

    def _is_second_press(self, event: QKeyEvent) -> bool:
        """Whether these keys are another's: accepted, they are no shortcut and do nothing."""
        if not is_ctrl_return(event):
            return False
        at, asked = event.timestamp(), QApplication.activeModalWidget() is not None
        before, self._answered_at = self._answered_at, at if asked else 0
        second = bool(before and at) and not asked and 0 <= at - before < TWICE_MS
        self._swallowed_at = at if second else 0
        if second:
            event.accept()
        return second

    def _changes(self) -> None:
        """Another window has the keys: a scan that is under way may lose some, or all the rest."""
        self._since_change.start()
        if not self._since_key.isValid() or self._burst.keys < UNDER_WAY_KEYS:
            return
        patience = CUT_MS if self._burst.keys >= SURELY_KEYS else UNDER_WAY_MS
        if self._since_key.elapsed() < patience:
            self._unfinished.start()

    def _give_up(self) -> None:
        """The end of a scan that was cut did not come."""
        self._burst.forget()
        self._put_back()
        self.cut.emit()

    def _notes(self, event: QKeyEvent, field: QWidget) -> bool:
        self._since_key.start()
        at, last = event.timestamp(), self._burst.last
        typed, erases = characters(event, last), is_erasing(event, last)
        self._just_caught = False
        if not (typed or erases):
            self._burst.forget()
            return False
        if not self._burst.goes_on(at, self._patience(field)):
            self._fields.clear()
        elsewhere = bool(self._fields) and field is not self._fields[-1][0]
        handed_on = elsewhere and (at, typed) == self._last
        self._last = at, typed
        if not any(field is known for known, _restore in self._fields):
            self._fields.append((field, remember(field)))
        if self._is_elsewhere(field):
            self._unfinished.start()  # its end may be lost with the keys before
        if handed_on:
            return False  # a table gives the key it was pressed to the editor it opens
        if erases:
            self._burst.erase(at)
        else:
            self._burst.add(typed, at, self._patience(field))
        return False

    def _patience(self, field: QWidget) -> int:
        """How long a pause within a scan may be: keys are lost while a window comes or goes."""
        under_way = self._burst.keys >= UNDER_WAY_KEYS  # one key may be a hand's
        return CUT_MS if under_way and self._is_elsewhere(field) else MAX_GAP_MS

    def _is_elsewhere(self, field: QWidget) -> bool:
        """Whether this scan was typed into another window too."""
        return any(
            not isValid(known) or known.window() is not field.window()
            for known, _restore in self._fields
        )

    def _ends(self, event: QKeyEvent, field: QWidget) -> bool:
        at = event.timestamp()
        if self._just_caught and self._burst.goes_on(at):
            return True  # the LF of a CR LF
        told, raw = self._signal_of(field, at), self._burst.scan
        self._unfinished.stop()
        self._burst.forget()
        self._just_caught = told is not None
        if told is None:
            return False
        self._burst.add("", at)
        self._put_back()
        (told.emit() if told == self.cut else told.emit(raw))
        return True

    def _signal_of(self, field: QWidget, at: int) -> SignalInstance | None:
        """What tells the scan that ends here; None leaves it where it was typed."""
        raw = self._burst.scan
        if self._burst.text and self._is_elsewhere(field) and self._burst.goes_on(at, CUT_MS):
            return self._told_of_code() if self._reads(raw) else self.cut
        if self._answers_blindly(field, at, raw):
            return self.cut
        alone = all(field is known for known, _restore in self._fields)
        if not self._burst.is_scan(at) or (alone and self._is_of(field, raw)):
            return None
        if self._burst.is_rewritten_code and not self._reads(raw):
            return self.rewritten
        meant = isinstance(field, QAbstractButton) or self._reads(raw)
        return self._told_of_code() if meant else None

    def _answers_blindly(self, field: QWidget, at: int, raw: str) -> bool:
        """Whether this is the rest of a scan, after a window that came or went in its midst."""
        if not at or not self._since_change.isValid():
            return False
        since, asked = self._since_change.elapsed(), QApplication.activeModalWidget() is not None
        if not raw:
            return asked and since < BLIND_MS
        whole = self._burst.is_scan(at) and (not asked or self._is_of(field, raw))
        return since < CUT_MS and self._burst.goes_on(at) and not (whole or self._reads(raw))

    def _reads(self, raw: str) -> bool:
        """Whether the burst is a code that nothing rewrote."""
        return self._burst.is_trusted and self._is_code(raw)

    def _is_of(self, field: QWidget, raw: str) -> bool:
        return isinstance(field, ScanBox) or (isinstance(field, KeepsScans) and field.keeps(raw))

    def _told_of_code(self) -> SignalInstance:
        return self.held if QApplication.activeModalWidget() else self.caught

    def _put_back(self) -> None:
        for field, restore in self._fields:
            if isValid(field):
                restore()
                if isinstance(field, ScanBox):
                    field.forget_keys()
        self._fields.clear()


def _receiver() -> QWidget | None:
    return QApplication.focusWidget() or QApplication.activeWindow()
