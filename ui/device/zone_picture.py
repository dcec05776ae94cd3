"""The drawing of a device: a zone is chosen by mouse or keys, defects stand on it as marks.

A mark is a figure with the number of its line; how bad it is tells its form: round for looks,
a triangle for minor, a square for major. Colour only repeats that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.device.drawings import HEIGHT, WIDTH, Shape, View, view_words
from ui.theme import LIGHT, Role, Tone, font

GAP, CAPTION, MARK = 14.0, 20.0, 17.0
KEY_ROWS = 4
TONES = {"cosmetic": Tone.UNKNOWN, "minor": Tone.WARN, "major": Tone.FAIL}


@dataclass(frozen=True)
class Mark:
    """One defect on the drawing."""

    number: int
    zone: str
    severity: str


class ZonePicture(QWidget):
    """Views side by side; `wanted` tells the zone that was clicked or entered."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("zone_picture")
        self._names: Mapping[str, str] = {}
        self._views: tuple[View, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def zone(self) -> str:
        """The zone the keys stand on; "" where nothing is drawn."""
        places = self._places()
        return places[self._at].zone if places else ""

    def show_device(
        self, views: Sequence[View], marks: Sequence[Mark], names: Mapping[str, str]
    ) -> None:
        """Draw this kind of device with what is wrong with it; `names` are those of zones."""
        self._names = names
        if tuple(views) != self._views:
            self._at = 0
        self._views, self._marks = tuple(views), tuple(marks)
        self.setVisible(bool(views))
        self._tell()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(380, 130)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()))
        if step is not None and self._places():
            self._at = (self._at + step) % len(self._places())
            self._tell()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.zone:
            self.wanted.emit(self.zone)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_under(event.position())
        if place is not None:
            self._at = place
            self._tell()
            self.update()
            self.wanted.emit(self.zone)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_under(event.position())
        self.setToolTip("" if place is None else self._names.get(self._places()[place].zone, ""))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self._places()[self._at] if self.hasFocus() and self._places() else None
        painter.setFont(font(Role.HINT))
        for number, view in enumerate(self._views):
            room = self._room(number)
            for shape in view.shapes:
                _draw(painter, shape, _placed(shape, room), chosen=shape is chosen)
            painter.setPen(QColor(LIGHT.muted))
            below = QRectF(room.left(), room.bottom() + 2, room.width(), CAPTION - 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, view_words(view))
        for mark, centre in self._placed_marks():
            _draw_mark(painter, mark, centre)
        painter.end()

    def _tell(self) -> None:
        """Screen readers hear the zone and how many defects it has."""
        wrong = [str(mark.number) for mark in self._marks if mark.zone == self.zone]
        name = self._names.get(self.zone, self.zone)
        self.setAccessibleName(f"{name}: {', '.join(wrong)}" if wrong else name)

    def _places(self) -> list[Shape]:
        return [shape for view in self._views for shape in view.shapes]

    def _room(self, number: int) -> QRectF:
        """Where a view stands: all alike, as large as fits."""
        count = max(len(self._views), 1)
        width = (self.width() - GAP * (count - 1)) / count
        scale = min(width / WIDTH, (self.height() - CAPTION) / HEIGHT)
        size = (WIDTH * scale, HEIGHT * scale)
        left = number * (width + GAP) + (width - size[0]) / 2
        return QRectF(left, (self.height() - CAPTION - size[1]) / 2, *size)

    def _rooms(self) -> Iterator[tuple[Shape, QRectF]]:
        for number, view in enumerate(self._views):
            for shape in view.shapes:
                yield shape, _placed(shape, self._room(number))

    def _place_under(self, point: QPointF) -> int | None:
        under = [at for at, (_s, room) in enumerate(self._rooms()) if room.contains(point)]
        return under[-1] if under else None

    def _placed_marks(self) -> Iterator[tuple[Mark, QPointF]]:
        """Marks of one zone stand beside each other, in the first view that shows it."""
        for zone, (room, centre) in self._first_places().items():
            here = [mark for mark in self._marks if mark.zone == zone]
            for number, mark in enumerate(here):
                away = (number - (len(here) - 1) / 2) * (MARK + 3)
                tall = room.height() > room.width()
                yield mark, centre + (QPointF(0, away) if tall else QPointF(away, 0))

    def _first_places(self) -> dict[str, tuple[QRectF, QPointF]]:
        """Where each zone is first drawn, and where its marks stand."""
        first: dict[str, tuple[QRectF, QPointF]] = {}
        for number, view in enumerate(self._views):
            for shape in view.shapes:
                room = self._room(number)
                own, scale = _placed(shape, room), room.width() / WIDTH
                x, y = shape.mark or (0.0, 0.0)
                centre = room.topLeft() + QPointF(x * scale, y * scale)
                first.setdefault(shape.zone, (own, centre if shape.mark else own.center()))
        return first


class MarkSign(QWidget):
    """The mark of a line beside its words; what its form means is in its name."""

    def __init__(self, mark: Mark, severity: str) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(24, 24)
        self.setToolTip(severity)
        self.setAccessibleName(f"{mark.number}: {severity}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Role.HINT))
        _draw_mark(painter, self._mark, QPointF(12, 13))
        painter.end()


def _placed(shape: Shape, room: QRectF) -> QRectF:
    scale = room.width() / WIDTH
    return QRectF(
        room.left() + shape.x * scale,
        room.top() + shape.y * scale,
        shape.width * scale,
        shape.height * scale,
    )


def _draw(painter: QPainter, shape: Shape, room: QRectF, *, chosen: bool) -> None:
    painter.setPen(QPen(QColor(LIGHT.primary if chosen else LIGHT.edge), 2.5 if chosen else 1))
    inner = shape.zone in {"screen", "inside", "touchpad", "keyboard"}
    ground = LIGHT.tint if chosen else (LIGHT.surface if inner else LIGHT.hover)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(room, shape.round, shape.round)
    if shape.keys:
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        for row in range(1, KEY_ROWS):
            y = room.top() + room.height() * row / KEY_ROWS
            painter.drawLine(QPointF(room.left() + 2, y), QPointF(room.right() - 2, y))


def _draw_mark(painter: QPainter, mark: Mark, centre: QPointF) -> None:
    tone = TONES.get(mark.severity, Tone.UNKNOWN)
    room = QRectF(centre.x() - MARK / 2, centre.y() - MARK / 2, MARK, MARK)
    painter.setPen(QPen(QColor(LIGHT.surface), 1.5))
    painter.setBrush(QColor(tone.ink))
    if mark.severity == "minor":
        top = QPointF(centre.x(), room.top() - 3)
        painter.drawPolygon(QPolygonF([top, room.bottomRight(), room.bottomLeft()]))
    elif mark.severity == "major":
        painter.drawRect(room)
    else:
        painter.drawEllipse(room)
    painter.setPen(QColor(LIGHT.surface))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(mark.number))
