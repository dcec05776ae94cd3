"""A round button that narrows a list while it is pressed in."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from ui.theme import LIGHT, Role, font

HEIGHT = 32
SIDE = 12


class FilterChip(QAbstractButton):
    """A word and how many it would leave."""

    def __init__(self, name: str, word: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font(Role.CHIP))
        self._word = word
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        """Show how many there are; None while nobody knows."""
        self.setText(self._word if count is None else f"{self._word} · {count}")
        self.setAccessibleName(self.text())
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * SIDE, HEIGHT)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(LIGHT.primary if strong else LIGHT.line), self._edge()))
        painter.setBrush(QColor(self._ground()))
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        painter.setPen(QColor(LIGHT.primary if self.isChecked() else LIGHT.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _edge(self) -> int:
        return 2 if self.hasFocus() else 1

    def _ground(self) -> str:
        if self.isChecked():
            return LIGHT.tint
        return LIGHT.hover if self.underMouse() else LIGHT.surface
