"""A line of text that gives way: cut with an ellipsis, whole in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from ui.theme import Role, dress
from ui.tips import plain

LEAST_WIDTH = 24


class ElidedLabel(QLabel):
    """A label of one line; `text()` stays whole."""

    def __init__(self, text: str = "", role: Role = Role.BODY, *, least: int = LEAST_WIDTH) -> None:
        super().__init__()
        self._least = least
        dress(self, role)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    @override
    def minimumSizeHint(self) -> QSize:
        least = min(self._least, max(super().minimumSizeHint().width(), LEAST_WIDTH))
        return QSize(least, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), self._shown())
        painter.end()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _tell_whole(self) -> None:
        self.setToolTip(plain(self.text()) if self._shown() != self.text() else "")
