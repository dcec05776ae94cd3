"""While a store moves: how far it is, and a way to leave everything as it was."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.words import _
from ui.progress_line import ProgressLine

WIDTH = 560


class MoveStopped(Exception):
    """A person stopped the move; the store stays where it was."""

    code = "move_stopped"


class MovingWindow(QWidget):
    """`tell` may be called from any thread; it raises MoveStopped once a person cancelled."""

    _told = Signal(int, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        self.line = ProgressLine()
        self.line.cancelled.connect(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.line)
        self._stopped, self._total = False, 0
        self._told.connect(self._show)

    def begin(self) -> None:
        """The server is founded first: nobody knows how much there is to move yet."""
        self.line.begin(_("The store is prepared for several PCs…"), 1)
        self.line.show()
        self.show()

    def tell(self, done: int, total: int) -> None:
        """So many rows are there."""
        if self._stopped:
            raise MoveStopped
        self._told.emit(done, total)

    def _show(self, done: int, total: int) -> None:
        if total != self._total:
            self._total = total
            self.line.begin(_("The data moves; nothing is lost if this is stopped"), total)
            self.line.show()
        self.line.advance(done)

    def _stop(self) -> None:
        self._stopped = True
        self.line.show()
