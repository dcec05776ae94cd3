"""A few coded things of which any may be ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from station import words
from station.reference import Entry


class TickList(QWidget):
    """Boxes in columns; each is named `<name>.<id>`."""

    ticked_by_hand = Signal()

    def __init__(self, name: str, columns: int, offered: Iterable[Entry] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
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
        for number, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, number // self._columns, number % self._columns)
        self.tick(kept)

    def _box(self, entry: Entry) -> QCheckBox:
        box = QCheckBox(entry.word(words.language()).replace("&", "&&"))
        box.setObjectName(f"{self.objectName()}.{entry.id}")
        box.clicked.connect(self.ticked_by_hand)
        return box
