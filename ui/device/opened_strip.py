"""The devices opened side by side, as tabs: a technician works on several at once."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from station.codes import grouped
from station.device import Device
from station.words import _
from ui.day_words import age_words
from ui.icons import icon
from ui.theme import Tone

MOST = 5
SHORT = 8  # signs of a code without its point: 000345 7


class OpenedStrip(QTabBar):
    """Shown from the second device on; says which one is wanted.

    A tab tells the code and how long the device stands in its stage; where there is no room for
    all, the ages go first, then the number of the point. While diagnostics read a machine its tab
    says so, and it is not closed to make room.
    """

    wanted = Signal(str)
    emptied = Signal()  # the last one was closed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opened_devices")
        self.setAccessibleName(_("Opened devices"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setTabsClosable(True)
        self.setUsesScrollButtons(True)
        self._busy = ""
        self._ages: dict[str, str] = {}
        self.tabBarClicked.connect(self._want)
        self.tabCloseRequested.connect(self.close_tab)
        self.hide()

    @property
    def codes(self) -> list[str]:
        """The devices that are open, in their order."""
        return [str(self.tabData(place)) for place in range(self.count())]

    def mark(self, device: Device, name: str, today: date) -> None:
        """Mark the open device, as a new tab where it has none; the oldest gives way."""
        code = device.code
        if code not in self.codes:
            self.setTabData(self.addTab(""), code)
        if self.count() > MOST:
            self._make_room(code)
        place = self.codes.index(code)
        self._ages[code] = age_words(device.since, today) if device.since else ""
        self._word_all()
        self.setTabToolTip(place, name)
        self.setCurrentIndex(place)
        self.setVisible(self.count() > 1)

    def mark_busy(self, code: str) -> None:
        """Say which device something is read of; "" when nothing is."""
        self._busy = code
        self._word_all()

    def close_tab(self, place: int) -> None:
        """Close one; the one beside it opens, and with the last one the board does."""
        if not 0 <= place < self.count():
            return
        was_open = place == self.currentIndex()
        self._ages.pop(self.codes[place], None)
        self.removeTab(place)
        self.setVisible(self.count() > 1)
        if not self.count():
            self.emptied.emit()
        elif was_open:
            self.wanted.emit(self.codes[min(place, self.count() - 1)])

    def add_shortcuts(self, page: QWidget) -> None:
        """The keys by which a page goes from one opened device to another."""
        self._key(page, "Ctrl+Tab", _("Next opened device"), lambda: self._step(1))
        self._key(page, "Ctrl+Shift+Tab", _("Opened device before"), lambda: self._step(-1))
        close = _("Close this device")
        self._key(page, "Ctrl+W", close, lambda: self.close_tab(self.currentIndex()))
        for number in range(1, MOST + 1):
            said = _("Opened device {number}").format(number=number)
            self._key(page, f"Ctrl+{number}", said, self._opener(number - 1))

    def _make_room(self, code: str) -> None:
        kept = {code, self._busy}
        oldest = next(at for at, known in enumerate(self.codes) if known not in kept)
        self.removeTab(oldest)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._word_all()

    def _word_all(self) -> None:
        """As much as there is room for."""
        for ages, points in ((True, True), (False, True), (False, False)):
            for place in range(self.count()):
                self._word(place, ages=ages, points=points)
            if self.sizeHint().width() <= self.width():
                return

    def _word(self, place: int, *, ages: bool, points: bool) -> None:
        code = self.codes[place]
        busy = code == self._busy
        age = self._ages.get(code, "") if ages else ""
        shown = grouped(code) if points else grouped(code)[-SHORT:]
        text = " · ".join(part for part in (shown, _("reading…") if busy else age) if part)
        if text != self.tabText(place):
            self.setTabText(place, text)
            self.setTabIcon(place, icon("sync", Tone.WARN.ink) if busy else QIcon())

    def _step(self, by: int) -> None:
        if self.count() > 1:
            self._want((self.currentIndex() + by) % self.count())

    def _opener(self, place: int) -> Callable[[], None]:
        return lambda: self._want(place)

    def _want(self, place: int) -> None:
        if 0 <= place < self.count():
            self.wanted.emit(self.tabData(place))

    @staticmethod
    def _key(page: QWidget, keys: str, said: str, do: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setWhatsThis(said)
        shortcut.activated.connect(do)
