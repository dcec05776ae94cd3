"""Pages as paper on a grey desk: zoomed, scrolled, clicked; only what is seen is drawn."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea
from typing_extensions import override

from station.words import _
from ui.background import Background
from ui.prints.label_places import LabelPlace, PlaceState
from ui.prints.page_pictures import PagePictures
from ui.prints.page_stack import BETWEEN, PageStack, fitting
from ui.prints.pdf_pages import Size
from ui.prints.true_size import Scale, scale_of
from ui.theme import LIGHT, Role, font

DESK: Final = QColor("#8E979F")
SHADOW: Final = QColor(0, 0, 0, 60)
STEP: Final = 1.25
SMALLEST, LARGEST = 0.1, 4.0  # of the true size


class Zoom(Enum):
    """How large the pages are."""

    FIT = "fit"
    TRUE = "true"
    FREE = "free"


class PaperView(QAbstractScrollArea):
    """Says which page is looked at, how large, and on which place of a label sheet one clicked."""

    page_changed = Signal(int)
    zoom_changed = Signal()
    place_clicked = Signal(int, int)  # page, place on it from 1
    opened = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("paperView")
        self.setAccessibleName(_("Preview"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.pictures = PagePictures(background, self)
        self.pictures.opened.connect(self._open)
        self.pictures.drawn.connect(lambda _page: self.viewport().update())
        self.pictures.failed.connect(self._fail)
        self._sizes: tuple[Size, ...] = ()
        self._places: Sequence[Sequence[LabelPlace]] = ()
        self._stack = PageStack((), 1)
        self._zoom, self._factor = Zoom.FIT, 1.0
        self._page = 0
        self._said = ""
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # ---- what is shown ----

    def show_waiting(self, sentence: str) -> None:
        """Say why there is nothing to see yet, or at all."""
        self._said, self._sizes, self._places = sentence, (), ()
        self._lay_out()

    def show_places(self, places: Sequence[Sequence[LabelPlace]]) -> None:
        """Mark where the labels of each page lie, and which of them stay blank."""
        self._places = places
        self.viewport().update()

    @property
    def said(self) -> str:
        """What stands there instead of pages."""
        return "" if self._sizes else self._said

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self._page

    def go_to(self, page: int) -> None:
        """Look at a page from its top."""
        if self._sizes:
            page = max(0, min(page, len(self._sizes) - 1))
            self.verticalScrollBar().setValue(self._stack.top(page) - BETWEEN)
            self._look_at(page)

    # ---- how large ----

    @property
    def scale(self) -> Scale:
        """What a millimetre is on this screen."""
        return scale_of(self.screen())

    @property
    def zoom(self) -> Zoom:
        """Whether the pages fit the window, are as large as on paper, or neither."""
        return self._zoom

    @property
    def share(self) -> float:
        """How large a page is shown; 1 is as large as on paper."""
        return self._stack.per_mm / self.scale.per_mm

    def fit(self) -> None:
        """Show whole pages."""
        self._set_zoom(Zoom.FIT, 1.0)

    def true_size(self) -> None:
        """Show pages as large as on paper."""
        self._set_zoom(Zoom.TRUE, 1.0)

    def zoom_by(self, step: float) -> None:
        """Show them larger or smaller."""
        self._set_zoom(Zoom.FREE, max(SMALLEST, min(self.share * step, LARGEST)))

    def _set_zoom(self, zoom: Zoom, factor: float) -> None:
        page = self._page
        self._zoom, self._factor = zoom, factor
        self._lay_out()
        self.go_to(page)

    # ---- laid out ----

    def _open(self, sizes: tuple[Size, ...]) -> None:
        self._sizes, self._said = sizes, ""
        self._page = min(self._page, len(sizes) - 1)
        self._lay_out()
        self.opened.emit()
        self.page_changed.emit(self._page)

    def _fail(self, error: Exception) -> None:
        self._sizes = ()
        self._lay_out()
        self.failed.emit(error)

    def _lay_out(self) -> None:
        self._stack = PageStack(self._sizes, self._per_mm())
        size, seen = self._stack.size, self.viewport().size()
        for bar, whole, part in (
            (self.horizontalScrollBar(), size.width(), seen.width()),
            (self.verticalScrollBar(), size.height(), seen.height()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(40)
        self.zoom_changed.emit()
        self.viewport().update()

    def _per_mm(self) -> float:
        if self._zoom is Zoom.FIT and self._sizes:
            page = self._sizes[min(self._page, len(self._sizes) - 1)]
            return min(fitting(page, self.maximumViewportSize()), LARGEST * self.scale.per_mm)
        return self._factor * self.scale.per_mm

    def _origin(self) -> QPoint:
        """What of the desk is at the upper left corner of the window."""
        size, seen = self._stack.size, self.viewport().size()
        spare = max(0, (seen.height() - size.height()) // 2)
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value() - spare)

    def _place(self, page: int) -> QRect:
        return self._stack.place(page, self.viewport().width()).translated(-self._origin())

    def _seen(self) -> range:
        top = self._origin().y()
        return self._stack.between(top, top + self.viewport().height())

    def _scrolled(self) -> None:
        middle = self._origin().y() + self.viewport().height() // 3
        self._look_at(self._stack.page_at(middle) if self._sizes else 0)
        self.viewport().update()

    def _look_at(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # ---- painted ----

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), DESK)
        if not self._sizes:
            painter.setPen(QColor(LIGHT.surface))
            painter.setFont(font(Role.STRONG))
            room = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._said
            )
        for page in self._seen():
            self._paint_page(painter, page)
        painter.end()
        ratio = self.devicePixelRatioF()
        self.pictures.want([(page, self._place(page).size() * ratio) for page in self._seen()])

    def _paint_page(self, painter: QPainter, page: int) -> None:
        place = self._place(page)
        painter.fillRect(place.translated(2, 3), SHADOW)
        painter.fillRect(place, QColor("white"))
        picture = self.pictures.picture(page, place.size() * self.devicePixelRatioF())
        if picture is not None:
            painter.drawPixmap(place, picture)
        if page < len(self._places):
            for number, label in enumerate(self._places[page], 1):
                self._paint_place(painter, number, self._on_screen(place, label), label.state)

    def _paint_place(
        self, painter: QPainter, number: int, place: QRectF, state: PlaceState
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(LIGHT.primary if state is PlaceState.PRINTED else LIGHT.edge)
        painter.setPen(QPen(edge, 1, Qt.PenStyle.DotLine))
        blank = QColor(LIGHT.unknown_ground if state is PlaceState.USED else LIGHT.surface)
        painter.setBrush(Qt.BrushStyle.NoBrush if state is PlaceState.PRINTED else blank)
        painter.drawRoundedRect(place, 3, 3)
        if state is not PlaceState.PRINTED:
            painter.setPen(QColor(LIGHT.muted))
            painter.setFont(font(Role.HINT))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _on_screen(self, page: QRect, label: LabelPlace) -> QRectF:
        per_mm = self._stack.per_mm
        x, y = page.x() + label.x * per_mm, page.y() + label.y * per_mm
        return QRectF(x, y, label.width * per_mm - 1, label.height * per_mm - 1)

    # ---- keys and the mouse ----

    def step(self, step: int) -> None:
        """A page further; within a page that is larger than the window, a window further."""
        bar = self.verticalScrollBar()
        if self._sizes and self._place(self._page).height() <= self.viewport().height():
            self.go_to(self._page + step)
        else:
            bar.setValue(bar.value() + step * (bar.pageStep() - BETWEEN))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home.value: 0, Qt.Key.Key_End.value: len(self._sizes) - 1}
        if event.key() in ends:
            self.go_to(ends[event.key()])
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        else:
            super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.place_at(event.position())
        if found is not None:
            self.place_clicked.emit(*found)

    def place_at(self, at: QPointF) -> tuple[int, int] | None:
        """The page and the place on it, from 1, that is at this point of the window."""
        for page in self._seen():
            if page < len(self._places):
                for number, label in enumerate(self._places[page], 1):
                    if self._on_screen(self._place(page), label).contains(at):
                        return page, number
        return None

    def middle_of(self, page: int, number: int) -> QPointF:
        """Where on the window a place of a page has its middle."""
        return self._on_screen(self._place(page), self._places[page][number - 1]).center()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self._zoom is Zoom.FIT:
            self.go_to(self._page)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
