"""A small window before the main one: it comes only when opening the store takes a while."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.run_line import RunLine

PATIENCE_MS = 600  # a quick start shows nothing that would only flicker
WIDTH = 440


class WaitingWindow(QWidget):
    """Says what the app does while there is nothing else to see."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        self._line = RunLine("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._line)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show)

    def begin(self, doing: str) -> None:
        """Something begins that may take long."""
        self._line.start(doing)
        self._patience.start()

    def end(self) -> None:
        """It ended, well or not."""
        self._patience.stop()
        self.hide()
