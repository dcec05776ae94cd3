"""Điều kiện để trao: the checklist of the release gate, each open line with what meets it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from station.words import _, _c
from ui.buttons import link_button
from ui.cards import Card
from ui.chips import Chip
from ui.device.acts import BenchAct, act_words
from ui.device.gate_rows import GateRow
from ui.theme import Role, words
from ui.tips import plain

CHIP, DETAIL, ACT = range(3)


class GateCard(Card):
    """Says `wanted` when somebody wants to meet a condition, or let one go."""

    wanted = Signal(str)
    remedy_wanted = Signal(object)  # Remedy

    def __init__(self) -> None:
        super().__init__(_("Conditions for giving"))
        self._rows: QWidget | None = None
        self.exception = link_button(act_words(BenchAct.MAKE_READY_WITH_EXCEPTION))
        self.exception.setObjectName(f"gate_{BenchAct.MAKE_READY_WITH_EXCEPTION}")
        self.exception.clicked.connect(lambda: self.wanted.emit(BenchAct.MAKE_READY_WITH_EXCEPTION))
        self.add_to_head(self.exception)

    def show_rows(self, rows: Sequence[GateRow], acts: frozenset[BenchAct]) -> None:
        """Show the checklist; only acts that are allowed now are offered."""
        if self._rows is not None:
            self._rows.deleteLater()
            self.body.removeWidget(self._rows)
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(DETAIL, 1)
        for number, row in enumerate(rows):
            self._add(grid, number, row, acts)
        self.body.addWidget(self._rows)

    def _add(self, grid: QGridLayout, number: int, row: GateRow, acts: frozenset[BenchAct]) -> None:
        grid.setRowMinimumHeight(number, 30)
        chip = Chip(row.tone, row.name)
        chip.setMinimumWidth(chip.sizeHint().width())  # what is asked is read in a small window too
        grid.addWidget(chip, number, CHIP, Qt.AlignmentFlag.AlignVCenter)
        detail = words(row.detail, Role.MUTED)
        detail.setWordWrap(True)
        detail.setAccessibleName(f"{row.name}: {row.detail}")
        detail.setAccessibleDescription(row.whole)
        detail.setToolTip(plain(row.whole))
        grid.addWidget(detail, number, DETAIL)
        if row.act is not None and row.act in acts:
            link = self._at_once(row) if row.remedy else self._link(row.act)
            grid.addWidget(link, number, ACT)

    def _at_once(self, row: GateRow) -> QWidget:
        """The button that meets the condition without a dialog."""
        link = link_button(row.does)
        link.setObjectName(f"meet_{row.act}")
        link.setAccessibleName(f"{row.does}: {row.name}")
        link.clicked.connect(lambda: self.remedy_wanted.emit(row.remedy))
        return link

    def _link(self, act: BenchAct) -> QWidget:
        link = link_button(_gate_words(act))
        link.setObjectName(f"gate_{act}")
        link.setToolTip(act_words(act))
        link.setAccessibleName(act_words(act))
        link.clicked.connect(lambda: self.wanted.emit(act))
        return link


def _gate_words(act: BenchAct) -> str:
    """The act in a word: it stands beside its condition."""
    return {
        BenchAct.RUN_DIAGNOSTICS: _c("gate", "Run"),
        BenchAct.ENTER_CHECKS: _c("gate", "Enter"),
        BenchAct.RECORD_WORK: _c("gate", "Repair"),
        BenchAct.DESCRIBE: _c("gate", "Compare"),
        BenchAct.CHECK_KIT: _c("gate", "Compare"),
        BenchAct.CONFIRM_GRADE: _c("gate", "Confirm"),
    }.get(act, _c("gate", "Record"))
