"""Việc cần làm: the work list, one key a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QWidget

from station.words import _
from ui.buttons import link_button, with_shortcut
from ui.cards import Card
from ui.chips import Chip, width
from ui.device.remedies import AddItem, ChooseWork, Remedy
from ui.device.work_lines import WorkLine
from ui.elided import ElidedLabel
from ui.theme import Role

WHAT, WHY, STOCK, ACT = range(4)
ROW, SHOWN, MOST_KEYS = 32, 4, 9
CHIP = 168  # a long reason is cut, whole in its tooltip


class WorkCard(Card):
    """Says `wanted` when a line is to be done; hidden while there is nothing to do."""

    wanted = Signal(object)  # Remedy

    def __init__(self) -> None:
        super().__init__(_("Work to do"))
        self._lines: tuple[WorkLine, ...] = ()
        self._most = SHOWN
        self._rows = QScrollArea()
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setWidgetResizable(True)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.viewport().setAutoFillBackground(False)
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._rows)
        self._keys = [self._key(number) for number in range(1, MOST_KEYS + 1)]
        self.hide()

    @property
    def lines(self) -> tuple[WorkLine, ...]:
        """What is to do."""
        return self._lines

    def show_lines(self, lines: Sequence[WorkLine], *, possible: bool) -> None:
        """Show what is to do; where it is not possible now or others' work, it is only told."""
        self._lines = tuple(lines)
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        for column, share in ((WHAT, 10), (WHY, 7), (STOCK, 5)):
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, share)
        for number, line in enumerate(self._lines):
            self._add(grid, number, line, possible=possible)
        for number, key in enumerate(self._keys):
            key.setEnabled(possible and number < len(self._lines))
        self._rows.setWidget(rows)
        rows.setAutoFillBackground(False)
        self._fit()
        self.setVisible(bool(self._lines))

    def show_at_most(self, lines: int) -> None:
        """So many lines stand there before they scroll: a large screen has room for more."""
        if lines != self._most:
            self._most = lines
            self._fit()

    def _fit(self) -> None:
        self._rows.setFixedHeight(ROW * min(len(self._lines), self._most))

    def _add(self, grid: QGridLayout, number: int, line: WorkLine, *, possible: bool) -> None:
        grid.setRowMinimumHeight(number, ROW)
        what = ElidedLabel(line.what, Role.STRONG)
        what.setAccessibleName(f"{line.what}: {line.why}")
        grid.addWidget(what, number, WHAT)
        chip = Chip(line.tone, line.why)
        chip.setMinimumWidth(min(width(line.why), CHIP))
        grid.addWidget(chip, number, WHY)
        grid.addWidget(ElidedLabel(line.stock, Role.MUTED), number, STOCK)
        if possible:
            grid.addWidget(self._button(number, line), number, ACT)

    def _button(self, number: int, line: WorkLine) -> QPushButton:
        said = _verb(line.remedy)
        keys = _keys_of(number + 1)
        button = link_button(f"{said}  {keys}" if keys else said)
        button.setObjectName(f"work.{number + 1}")
        button.setAccessibleName(f"{said}: {line.what}")
        if keys:
            button.setToolTip(with_shortcut(line.what, keys))
        button.clicked.connect(lambda: self.wanted.emit(line.remedy))
        return button

    def _key(self, number: int) -> QShortcut:
        shortcut = QShortcut(QKeySequence(_keys_of(number)), self)
        shortcut.setWhatsThis(_("Line {number} of the work list").format(number=number))
        shortcut.setEnabled(False)
        shortcut.activated.connect(lambda: self._want(number - 1))
        return shortcut

    def _want(self, place: int) -> None:
        if place < len(self._lines):
            self.wanted.emit(self._lines[place].remedy)


def _keys_of(number: int) -> str:
    return f"Alt+{number}" if number <= MOST_KEYS else ""


def _verb(remedy: Remedy) -> str:
    if isinstance(remedy, ChooseWork):
        return _("Choose…")
    return _("Add") if isinstance(remedy, AddItem) else _("Done")
