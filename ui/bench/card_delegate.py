"""A device as a card of the board: code and age, machine, next step, whose it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from station.codes import grouped
from ui import chips
from ui.bench.column_model import AGE_ROLE, LINE_ROLE, NAME_ROLE
from ui.bench.in_work import BenchLine
from ui.theme import LIGHT, Role, font

HEIGHT, GAP, SIDE, BADGE = 92, 8, 10, 24
Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Paints; the view keeps what is chosen and the keys."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT + GAP)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        room: QRect = option.rect.adjusted(1, 1, -2, -GAP)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = chosen and focused
        pen = QPen(QColor(LIGHT.primary if strong else LIGHT.line), 2 if strong else 1)
        painter.setPen(pen)
        painter.setBrush(QColor(LIGHT.tint if strong else LIGHT.surface))
        painter.drawRoundedRect(QRectF(room), 8, 8)
        inner = room.adjusted(SIDE, 8, -SIDE, -8)
        _paint_words(painter, inner, index)
        line: BenchLine = index.data(LINE_ROLE)
        badge = BADGE + 6 if line.technician else 0
        below = QRect(inner.left(), inner.bottom() - BADGE, inner.width() - badge, BADGE)
        chips.paint(painter, below, line.tone, line.step)
        if line.technician:
            _paint_badge(painter, inner, initials(line.technician))
        painter.restore()


def _paint_words(painter: QPainter, inner: QRect, index: Index) -> None:
    line: BenchLine = index.data(LINE_ROLE)
    top = QRect(inner.left(), inner.top(), inner.width(), 20)
    painter.setFont(font(Role.MUTED))
    painter.setPen(QColor(LIGHT.muted))
    age, metrics = index.data(AGE_ROLE), painter.fontMetrics()
    left = top.width() - metrics.horizontalAdvance(age) - GAP
    code = metrics.elidedText(grouped(line.device.code), Qt.TextElideMode.ElideLeft, left)
    painter.drawText(top, Qt.AlignmentFlag.AlignLeft, code)
    painter.drawText(top, Qt.AlignmentFlag.AlignRight, age)
    name = QRect(inner.left(), inner.top() + 21, inner.width(), 22)
    painter.setFont(font(Role.STRONG))
    painter.setPen(QColor(LIGHT.text))
    shown = painter.fontMetrics().elidedText(
        index.data(NAME_ROLE), Qt.TextElideMode.ElideMiddle, name.width()
    )
    painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_badge(painter: QPainter, inner: QRect, letters: str) -> None:
    round_ = QRectF(inner.right() - BADGE + 1, inner.bottom() - BADGE, BADGE, BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.tint))
    painter.drawEllipse(round_)
    painter.setFont(font(Role.HINT))
    painter.setPen(QColor(LIGHT.pressed))
    painter.drawText(round_, Qt.AlignmentFlag.AlignCenter, letters)


def initials(name: str) -> str:
    """First letters of the first and the last word: Lê Văn Minh is LM."""
    words = name.split()
    return (
        "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1]))) if words else ""
    )
