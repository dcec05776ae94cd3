"""A verdict chip that is the way to the page where it is explained."""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from ui import chips
from ui.buttons import with_shortcut
from ui.theme import LIGHT, Tone


class Sign(Struct, frozen=True):
    """How something stands: a word in a chip, and a sentence for who looks closer."""

    tone: Tone
    word: str
    told: str = ""
    page: str = ""  # where it leads


class SignButton(QAbstractButton):
    """Quiet until it is pointed at; a click or its shortcut leads on."""

    def __init__(self, name: str, shortcut: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._keys = shortcut
        self._sign = Sign(Tone.UNKNOWN, "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # never by click: the scan box keeps its focus
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))

    @property
    def sign(self) -> Sign:
        """What is shown now."""
        return self._sign

    def show_sign(self, sign: Sign) -> None:
        """Say something else."""
        self._sign = sign
        told = sign.told or sign.word
        self.setAccessibleName(sign.word)
        self.setAccessibleDescription(sign.told)
        self.setToolTip(with_shortcut(told, self._keys) if self._keys else told)
        self.setMaximumWidth(chips.width(sign.word))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(chips.width(self._sign.word), chips.HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(chips.width(self._sign.word), 64), chips.HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chips.paint(painter, self.rect(), self._sign.tone, self._sign.word)
        if self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(LIGHT.primary), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
