"""The desktop window: navigation, the scan box on top of every page, and the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station.words import _
from ui.banners import Act, Banners
from ui.field import mark_wrong
from ui.first_size import open_at_first_size
from ui.leave_dialog import LeaveDialog
from ui.message_line import MessageLine
from ui.navigation import Entry, Navigation
from ui.scanning.box import ScanBox
from ui.scanning.catcher import ScanCatcher
from ui.shortcut_list import ShortcutList
from ui.sign_button import Sign
from ui.theme import Role, Tone, words

FIRST_KEY = 2  # F1 is help
LAST_KEY = 12
NARROW_BELOW = 1_300  # pixels of the window
EDGE, NARROW_EDGE = 24, 16


@dataclass(frozen=True)
class Page:
    """A page, made at its first visit; one `under` another has no entry of its own."""

    key: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    under: str = ""  # the key of the page whose entry is marked, such as a device's under the bench
    shortcut: str = ""  # from everywhere; pages with an entry have an F-key


class MainWindow(QWidget):
    """Knows pages by key and no store; says what people want by its signals."""

    page_changed = Signal(str)
    scan = Signal(str)
    search = Signal(str)
    rewritten = Signal(str)  # by an input method: what is left of a code
    cut = Signal()  # a scan was, by a window that came or went
    operator_change = Signal()
    stayed = Signal()  # whoever wanted to close it thought otherwise

    def __init__(
        self,
        programme: str,
        point: str,
        pages: Sequence[Page],
        is_code: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setWindowTitle(f"{programme} – {point}")
        open_at_first_size(self)
        self._pages = {page.key: page for page in pages}
        self._made: dict[str, QWidget] = {}
        self._leaving = False
        self.scan_box = ScanBox(is_code)
        self.navigation = Navigation(programme, point, _entries(pages))
        self.banners = Banners()
        self._refusal = words("", Role.STRONG)
        self._stack = QStackedWidget()
        self._lay_out()
        self._message = MessageLine(self._main)
        self._connect()
        self._add_shortcuts()
        self._catch_scans(is_code)

    @property
    def current_page(self) -> str:
        """The key of the page that is shown, "" before the first."""
        shown = self._stack.currentWidget()
        inside = shown.widget() if isinstance(shown, QScrollArea) else None
        return next((key for key, page in self._made.items() if page is inside), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all pages, in their order."""
        return tuple(self._pages)

    @property
    def made(self) -> frozenset[str]:
        """The keys of the pages that were opened so far."""
        return frozenset(self._made)

    def page(self, key: str) -> QWidget:
        """Give a page, made now if nobody came here before."""
        if key not in self._made:
            self._made[key] = self._pages[key].factory()
            self._stack.addWidget(_scrolled(self._made[key]))
        return self._made[key]

    def show_page(self, key: str) -> None:
        """Open a page; the focus goes to what the page proposes, else to the scan box.

        It proposes by `begins_at`: Tab would skip all that stands before a page's focus proxy, and
        end where that is hidden.
        """
        page = self.page(key)
        self._stack.setCurrentIndex(list(self._made).index(key))
        self.navigation.mark(self._pages[key].under or key)
        self.clear_refusal()
        begins_at: QWidget | None = getattr(page, "begins_at", None)
        (begins_at or self.scan_box).setFocus()
        self.page_changed.emit(key)

    @override
    def event(self, event: QEvent) -> bool:
        """After a dialog the keys go to the scan box: the button that opened it may be gone."""
        if event.type() == QEvent.Type.WindowUnblocked:
            self.scan_box.setFocus()
        return super().event(event)

    def show_operator(self, name: str, role: str) -> None:
        """Say who works here now."""
        self.navigation.show_operator(name, role)

    def show_sync(self, sign: Sign) -> None:
        """Say how sending stands."""
        self.navigation.show_sync(sign)

    def warn(self, key: str, sentence: str, act: Act | None = None, tone: Tone = Tone.WARN) -> None:
        """Show a lasting warning above every page until it is settled."""
        self.banners.warn(key, sentence, act, tone)

    def settle(self, key: str) -> None:
        """Take a warning away."""
        self.banners.settle(key)

    def say(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was just done, with a way back where there is one."""
        if undo is None:
            self._message.say(sentence)
        else:
            self._message.say_undoable(sentence, Act(_("Undo"), undo))

    def offer(self, sentence: str, act: Act) -> None:
        """Say what was just done, and what one may want to do about it."""
        self._message.say(sentence, act)

    def say_beside(self, sentence: str, act: Act | None = None) -> None:
        """Say what came of itself, such as a print, without taking a way back away."""
        self._message.say_beside(sentence, act)

    def make_way(self) -> None:
        """Take away what was said of an earlier act."""
        self._message.make_way()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window is what a magnified screen leaves: its room is for the page."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_BELOW
        self.navigation.show_narrow(narrow)
        side = NARROW_EDGE if narrow else EDGE
        self._column.setContentsMargins(side, 16, side, 16)

    def leave(self) -> None:
        """Close without asking; scans are another window's from now on."""
        if not self._leaving:
            self._catcher.leave()
        self._leaving = True
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        unfinished = "" if self._leaving else self._unfinished()
        if not unfinished:
            event.accept()
            return
        event.ignore()
        dialog = LeaveDialog(unfinished, self)
        dialog.accepted.connect(self.leave)
        dialog.rejected.connect(self.stayed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _unfinished(self) -> str:
        """What a page would lose; "" where nothing is half done."""
        told = (getattr(page, "unfinished", str)() for page in self._made.values())
        return next((sentence for sentence in told if sentence), "")

    @property
    def message(self) -> str:
        """What the message line says now."""
        return self._message.text

    def refuse_scan(self, sentence: str) -> None:
        """Say beside the scan box what is wrong with what was scanned."""
        self._refusal.setText(sentence)
        self._refusal.show()
        self.scan_box.show_wrong(True)
        self.scan_box.setAccessibleDescription(sentence)
        self.scan_box.setFocus()

    @property
    def refusal(self) -> str:
        """What the scan box was refused for, "" when it was not."""
        return self._refusal.text()

    def clear_refusal(self) -> None:
        """Forget the refused scan; the next key does it too."""
        if self.refusal:
            self._refusal.clear()
            self._refusal.hide()
            self.scan_box.show_wrong(False)
            self.scan_box.setAccessibleDescription("")

    def _lay_out(self) -> None:
        self._main = QWidget()
        column = self._column = QVBoxLayout(self._main)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(12)
        for widget in (self.scan_box, self._refusal, self.banners):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        mark_wrong(self._refusal, True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self._main, 1)
        QWidget.setTabOrder(self.scan_box, self._stack)

    def _connect(self) -> None:
        self.navigation.wanted.connect(self.show_page)
        self.navigation.operator_change.connect(self.operator_change)
        self.scan_box.textEdited.connect(self.clear_refusal)
        self.scan_box.scanned.connect(self._scanned)
        self.scan_box.searched.connect(self.search)
        self.scan_box.rewritten.connect(self.rewritten)

    def _catch_scans(self, is_code: Callable[[str], bool]) -> None:
        self._catcher = ScanCatcher(is_code, self)
        self._catcher.caught.connect(self.scan_box.take)
        self._catcher.held.connect(self._refuse_beside_dialog)
        self._catcher.rewritten.connect(self.rewritten)
        self._catcher.cut.connect(self.cut)

    def take_scan(self, raw: str) -> None:
        """Take a scan that nobody typed; a dialog's answer comes first."""
        if QApplication.activeModalWidget() is None:
            self.scan_box.take(raw)
        else:
            self._refuse_beside_dialog()

    def _refuse_beside_dialog(self) -> None:
        self.refuse_scan(_("A dialog waits for your answer: answer it, then scan again."))
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.finished.connect(self.clear_refusal)

    def _scanned(self, raw: str) -> None:
        self.clear_refusal()
        self._message.drop_offer()  # it was of another scan
        self.scan.emit(raw)

    def _add_shortcuts(self) -> None:
        self._shortcut(["F1"], _("Show this list"), self._show_shortcuts)
        self._shortcut(["Esc", "Ctrl+L"], _("Back to the scan box"), self.scan_box.setFocus)
        for entry in _entries(list(self._pages.values())):
            if entry.shortcut:
                self._shortcut([entry.shortcut], entry.title, _opener(self, entry.key))
        for page in self._pages.values():
            if page.shortcut:
                self._shortcut([page.shortcut], page.title, _opener(self, page.key))

    def _shortcut(self, keys: list[str], what: str, do: Callable[[], object]) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys([QKeySequence(key) for key in keys])
        shortcut.setWhatsThis(what)
        shortcut.activated.connect(do)

    def _show_shortcuts(self) -> None:
        ShortcutList(self).open()


def _scrolled(page: QWidget) -> QScrollArea:
    """Let a page that is larger than a cheap panel scroll instead of growing the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _opener(window: MainWindow, key: str) -> Callable[[], None]:
    return lambda: window.show_page(key)


def _entries(pages: Sequence[Page]) -> list[Entry]:
    listed = [page for page in pages if not page.under]
    return [
        Entry(page.key, page.title, page.icon, f"F{number}" if number <= LAST_KEY else "")
        for number, page in enumerate(listed, FIRST_KEY)
    ]
