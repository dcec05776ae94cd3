"""A verdict as people see it: an icon, a word and a colour, never colour alone."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.theme import Role, Tone, font

HEIGHT = 24
ICON = 14
SIDE = 9  # left of the icon and right of the word
GAP = 6


class Chip(QWidget):
    """A round chip such as "✓ Passed"."""

    def __init__(self, tone: Tone, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._word = tone, word
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_verdict(tone, word)

    @property
    def word(self) -> str:
        """What the chip says."""
        return self._word

    @property
    def tone(self) -> Tone:
        """How the chip says it."""
        return self._tone

    def show_verdict(self, tone: Tone, word: str) -> None:
        """Say something else."""
        self._tone, self._word = tone, word
        self.setAccessibleName(word)
        self.setMaximumWidth(width(word))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(width(self._word), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(width(self._word), 64), HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._tone, self._word)
        painter.end()


@lru_cache(maxsize=1_024)  # a list asks for each row at each look; the words are few
def width(word: str) -> int:
    """Say how wide a chip with this word is."""
    return SIDE + ICON + GAP + QFontMetrics(font(Role.CHIP)).horizontalAdvance(word) + SIDE + 2


def paint(painter: QPainter, room: QRect, tone: Tone, word: str) -> None:
    """Draw a chip at the left of a room, as wide as its word or as the room allows."""
    body = QRect(0, 0, min(width(word), room.width()), HEIGHT)
    body.moveTo(room.left(), room.center().y() - HEIGHT // 2 + 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.ground))
    painter.drawRoundedRect(QRectF(body), HEIGHT / 2, HEIGHT / 2)
    top = body.top() + (HEIGHT - ICON) // 2
    painter.drawPixmap(body.left() + SIDE, top, pixmap(tone.value, tone.ink, ICON))
    _write(painter, body.adjusted(SIDE + ICON + GAP, 0, -SIDE, 0), tone, word)
    painter.restore()


def _write(painter: QPainter, room: QRect, tone: Tone, word: str) -> None:
    painter.setFont(font(Role.CHIP))
    painter.setPen(QColor(tone.ink))
    shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
