"""The devices opened side by side, as tabs: a technician works on several at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar

from station.codes import grouped
from station.words import _

MOST = 6


class OpenedStrip(QTabBar):
    """Shown from the second device on; says which one is wanted."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opened_devices")
        self.setAccessibleName(_("Opened devices"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.tabBarClicked.connect(self._want)
        self.hide()

    def mark(self, code: str, name: str) -> None:
        """Mark the open device, as a new tab where it has none; the oldest gives way."""
        if code not in self._codes():
            self.setTabData(self.addTab(grouped(code)), code)
        if self.count() > MOST:
            self.removeTab(0)
        place = self._codes().index(code)
        self.setTabToolTip(place, name)
        self.setCurrentIndex(place)
        self.setVisible(self.count() > 1)

    def _codes(self) -> list[str]:
        return [str(self.tabData(place)) for place in range(self.count())]

    def _want(self, place: int) -> None:
        if place >= 0:
            self.wanted.emit(self.tabData(place))
