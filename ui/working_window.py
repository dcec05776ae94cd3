"""While long work goes on before there is a main window: how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.progress_line import ProgressLine

WIDTH = 560


class WorkStopped(Exception):
    """A person stopped it; everything is as it was."""

    code = "work_stopped"


class WorkingWindow(QWidget):
    """`tell` may be called from any thread; it raises WorkStopped once a person cancelled."""

    _told = Signal(str, int, int)

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
        self._stopped, self._doing = False, ""
        self._told.connect(self._show)

    def begin(self, doing: str) -> None:
        """Something begins; nobody knows yet how much there is to do."""
        self._show(doing, 0, 0)
        self.show()

    def tell(self, doing: str, done: int, total: int) -> None:
        """So much of it is done, and of how much; 0 of 0 where nobody knows."""
        if self._stopped:
            raise WorkStopped
        self._told.emit(doing, done, total)

    def _show(self, doing: str, done: int, total: int) -> None:
        if doing != self._doing:
            self._doing = doing
            self.line.begin(doing, total)
            self.line.show()
        self.line.advance_to(done, total)

    def _stop(self) -> None:
        self._stopped = True
        self.line.show()
