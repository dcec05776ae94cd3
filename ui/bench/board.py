"""The board: a column a stage, arrow keys between all cards, one key takes one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from station.device import Device
from station.ledger import Moment
from station.reference import Reference
from station.words import _n
from ui.bench.card_delegate import CardDelegate
from ui.bench.column_model import LINE_ROLE, ColumnModel
from ui.bench.in_work import BenchLine, Place, empty_words, place_words
from ui.buttons import link_button
from ui.elided import ElidedLabel
from ui.theme import Role, words

SHOWN = 60  # cards in a column; the list shows all
SPACING = 12
NARROWEST = 140  # a column: what its cards say can be read


class BoardColumn(QListView):
    """Cards of one stage. Enter opens, the space bar takes; left and right leave it."""

    opened = Signal(str)
    taken = Signal(str)
    left_for = Signal(int)  # -1: the column before, 1: the next one

    def __init__(self, reference: Reference, place: Place) -> None:
        super().__init__()
        self.column = ColumnModel(reference)
        self.column.setParent(self)
        self.setModel(self.column)
        self.setObjectName(f"board_{place}")
        self.setAccessibleName(place_words(place))
        self.setItemDelegate(CardDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(NARROWEST)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setProperty("board", True)
        self.clicked.connect(self._open)

    @property
    def chosen(self) -> Device | None:
        """The device the keys stand on."""
        line = self.currentIndex().data(LINE_ROLE)
        return line.device if isinstance(line, BenchLine) else None

    def choose_row(self, row: int) -> None:
        """Stand on a card, or on the last one where there are fewer."""
        last = self.column.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.column.index(max(0, min(row, last)), 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        device, key = self.chosen, Qt.Key(event.key())
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.left_for.emit(1 if key is Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and device is not None:
            self.opened.emit(device.code)
        elif key is Qt.Key.Key_Space and device is not None:
            self.taken.emit(device.code)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)  # goes to the first card without choosing it
        if not self.selectionModel().hasSelection():
            self.choose_row(self.currentIndex().row())

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(LINE_ROLE).device.code)


class Board(QWidget):
    """Shows lines in their columns; says which device is opened or taken."""

    open_device = Signal(str)
    take = Signal(str)
    list_wanted = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.columns = {place: BoardColumn(reference, place) for place in Place}
        self._heads = {place: ElidedLabel(place_words(place), Role.STRONG) for place in Place}
        self._more = {place: link_button("") for place in Place}
        self._stacks: dict[Place, QStackedWidget] = {}
        self._empty: dict[Place, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for number, (place, column) in enumerate(self.columns.items()):
            row.addLayout(self._laid_out(place), 1)
            column.opened.connect(self.open_device)
            column.taken.connect(self.take)
            column.left_for.connect(self._goer(number))
            self._more[place].setObjectName(f"more_{place}")
            self._more[place].clicked.connect(self.list_wanted)

    def show_lines(self, lines: Sequence[BenchLine], when: Moment) -> None:
        """Show these; the card the keys stood on stays chosen, wherever it went."""
        focused = next((c for c in self.columns.values() if c.hasFocus()), None)
        device = focused.chosen if focused else None
        row = focused.currentIndex().row() if focused else 0
        for place, column in self.columns.items():
            here = [line for line in lines if line.place is place]
            column.column.show_lines(here[:SHOWN], when)
            self._heads[place].setText(f"{place_words(place)}  {len(here)}")
            self._empty[place].setText(empty_words(place))
            self._stacks[place].setCurrentIndex(1 if here else 0)
            more = len(here) - SHOWN
            told = _n("{count} more: list", "{count} more: list", more).format(count=more)
            self._more[place].setText(told)
            self._more[place].setVisible(more > 0)
        if focused is not None:
            self._stand_again(focused, device, row)

    def choose(self, code: str) -> bool:
        """Stand on a device's card; False when it is not shown."""
        for column in self.columns.values():
            row = column.column.row_of(code)
            if row >= 0:
                column.choose_row(row)
                column.setFocus()
                return True
        return False

    def take_focus(self) -> None:
        """Put the keys on the first card there is."""
        filled = (c for c in self.columns.values() if c.column.rowCount())
        first = next(filled, None)
        if first is not None:
            first.setFocus()

    def _stand_again(self, focused: BoardColumn, device: Device | None, row: int) -> None:
        """A card that was taken moved on: the keys stay in the column, on the next one."""
        if focused.column.rowCount():
            known = focused.column.row_of(device.code) if device else -1
            focused.choose_row(known if known >= 0 else row)
            focused.setFocus()
        elif device is not None:
            self.choose(device.code)

    def _goer(self, number: int) -> Callable[[int], None]:
        return lambda by: self._go(number, by)

    def _go(self, number: int, by: int) -> None:
        """To the next column that has cards, on the same height."""
        columns = list(self.columns.values())
        row = columns[number].currentIndex().row()
        beside = columns[number + 1 :] if by > 0 else list(reversed(columns[:number]))
        target = next((column for column in beside if column.column.rowCount()), None)
        if target is not None:
            target.choose_row(row)
            target.setFocus()

    def _laid_out(self, place: Place) -> QVBoxLayout:
        empty = words("", Role.MUTED)  # nothing is known before the first answer
        self._empty[place] = empty
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        stack = QStackedWidget()
        stack.addWidget(empty)
        stack.addWidget(self.columns[place])
        self._stacks[place] = stack
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._heads[place])
        column.addWidget(stack, 1)
        column.addWidget(self._more[place])
        self._more[place].hide()
        return column
