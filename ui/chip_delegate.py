"""Table cells that show a verdict chip; a cell without a tone is drawn as any other."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import chips
from ui.theme import Tone

TONE_ROLE = Qt.ItemDataRole.UserRole + 64  # a model answers a Tone here to have its word in a chip
SIDE = 4

Index = QModelIndex | QPersistentModelIndex


class ChipDelegate(QStyledItemDelegate):
    """Draws the display text as a chip in the model's tone."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = index.data(TONE_ROLE)
        if not isinstance(tone, Tone):
            super().paint(painter, option, index)
            return
        self._paint_ground(painter, option, index)
        room = QRect(option.rect).adjusted(SIDE, 0, -SIDE, 0)
        chips.paint(painter, room, tone, str(index.data()))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        if isinstance(index.data(TONE_ROLE), Tone):
            hint.setWidth(chips.width(str(index.data())) + 2 * SIDE)
        return hint

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the style draw selection and hover, without the word."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
