"""A few coded things of which any may be ticked."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from typing_extensions import override

from station import words
from station.reference import Entry


class TickList(QWidget):
    """Boxes in as many columns as have room; each is named `<name>.<id>`."""

    ticked_by_hand = Signal()

    def __init__(self, name: str, columns: int, offered: Iterable[Entry] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self._most = columns
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self.offer(offered)

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        """The boxes in the order people see."""
        return tuple(self._boxes.values())

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of what is ticked."""
        return tuple(id_ for id_, box in self._boxes.items() if box.isChecked())

    def tick(self, ids: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(ids)
        for id_, box in self._boxes.items():
            box.setChecked(id_ in wanted)

    def offer(self, offered: Iterable[Entry]) -> None:
        """Offer other things; what stays offered stays ticked."""
        kept = self.ticked
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        self._boxes = {entry.id: self._box(entry) for entry in offered}
        self._arrange()
        self.tick(kept)

    @override
    def minimumSizeHint(self) -> QSize:
        """One column at least: a long word must not widen the page."""
        return QSize(self._width_of(1), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = self._fitting()
        for number, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, number // columns, number % columns)
        for column in range(self._most):
            self._grid.setColumnStretch(column, int(column < columns))

    def _fitting(self) -> int:
        fewer = range(self._most, 1, -1)
        return next((number for number in fewer if self._width_of(number) <= self.width()), 1)

    def _width_of(self, columns: int) -> int:
        """How much room this many columns need."""
        widths = [box.sizeHint().width() for box in self._boxes.values()]
        widest = [max(widths[column::columns], default=0) for column in range(columns)]
        return sum(widest) + self._grid.horizontalSpacing() * (columns - 1)

    def _box(self, entry: Entry) -> QCheckBox:
        box = QCheckBox(entry.word(words.language()).replace("&", "&&"))
        box.setObjectName(f"{self.objectName()}.{entry.id}")
        box.clicked.connect(self.ticked_by_hand)
        return box
