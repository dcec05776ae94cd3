"""A small picture of a sheet or a row: which labels are used up, and where the next ones go."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from labels.stock import Form, Stock
from station.words import _
from ui.prints.label_places import LabelPlace, PlaceState, places_of
from ui.theme import LIGHT

SHEET_HEIGHT, ROW_HEIGHT = 220, 64
COLOURS = {
    PlaceState.USED: LIGHT.line,
    PlaceState.PRINTED: LIGHT.primary,
    PlaceState.BLANK: LIGHT.ground,
}


class SheetPicture(QWidget):
    """On a sheet a click or an arrow key chooses the first label; a row has but one start."""

    chosen = Signal(int)  # the place, from 1

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheetPicture")
        self._stock: Stock | None = None
        self._start, self._count = 1, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def start(self) -> int:
        """The place of the first label."""
        return self._start

    def show_places(self, stock: Stock, start: int, count: int) -> None:
        """Show so many labels from this place on."""
        self._stock, self._start, self._count = stock, start, count
        sheet = stock.form is Form.SHEET
        self.setFixedHeight(SHEET_HEIGHT if sheet else ROW_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if sheet else Qt.FocusPolicy.NoFocus)
        told = _("First label: {place} of {places}")
        self.setAccessibleName(told.format(place=start, places=stock.places))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stock is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(LIGHT.primary if self.hasFocus() else LIGHT.line), 1.5))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRect(self._page(self._stock))
        for place in places_of(self._stock, self._start, self._count):
            painter.setPen(QPen(QColor(LIGHT.line), 1))
            painter.setBrush(QColor(COLOURS[place.state]))
            painter.drawRect(self._room(self._stock, place))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        stock = self._stock
        if stock is None or stock.form is not Form.SHEET:
            return
        for number, place in enumerate(places_of(stock, self._start, self._count), 1):
            if self._room(stock, place).contains(event.position()):
                self._choose(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._stock.columns if self._stock else 1
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._start + step)

    def _choose(self, place: int) -> None:
        if self._stock is not None and 1 <= place <= self._stock.places:
            self.show_places(self._stock, place, self._count)
            self.chosen.emit(place)

    def _page(self, stock: Stock) -> QRectF:
        scale = self._scale(stock)
        width, height = stock.page_width * scale, stock.page_height * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _room(self, stock: Stock, place: LabelPlace) -> QRectF:
        scale, page = self._scale(stock), self._page(stock)
        x, y = page.x() + place.x * scale, page.y() + place.y * scale
        return QRectF(x, y, place.width * scale, place.height * scale)

    def _scale(self, stock: Stock) -> float:
        room = self.width() - 4, self.height() - 4
        return min(room[0] / stock.page_width, room[1] / stock.page_height)
