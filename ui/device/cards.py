"""The cards of a device's page: checks and facts at the left, gate and timeline at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station import events as e
from station.ports import TimelineRow
from station.reference import Reference
from station.words import _, _n
from ui.buttons import link_button
from ui.cards import Card, EmptyState
from ui.day_words import time_words
from ui.device.acts import BenchAct
from ui.device.check_rows import check_rows
from ui.device.checks_model import FIGURES, PART, PROPOSAL, VERDICT, ChecksModel
from ui.device.facts_card import FactsCard
from ui.device.gate_card import GateCard
from ui.device.gate_rows import GateRow
from ui.device.judged import JudgedDevice
from ui.device.timeline_rows import timeline_rows
from ui.tables import Listing, dress_table
from ui.timeline import Moment, Timeline

LEFT, RIGHT = 13, 8  # shares of the width
SPACING = 14
NEWEST = 40  # moments shown at once: each costs a third of a millisecond
REPORTS_SHORTCUT = "Alt+V"
CHECKED = (e.ChecksRecorded, e.CheckEnteredByHand)


class DeviceCards(QWidget):
    """Shows one judged device; says `wanted` when a gate line's act was clicked."""

    wanted = Signal(str)
    reports_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = ChecksModel()
        self._checks_card = Card(_("Check results"))
        reports = link_button(_("All facts and reports"), REPORTS_SHORTCUT)
        reports.setObjectName("open_reports")
        reports.clicked.connect(self.reports_wanted)
        self._checks_card.add_to_head(reports)
        self.checks = QTableView()
        self.checks.setObjectName("device_checks")
        self.checks.setModel(self._model)
        self.checks.setAccessibleName(_("Checks"))
        widths = {PART: 120, VERDICT: 100, PROPOSAL: 130}
        dress_table(self.checks, stretch=FIGURES, widths=widths)
        self.checks.setTextElideMode(Qt.TextElideMode.ElideRight)  # what matters comes first
        self.facts = FactsCard()
        self.gate = GateCard()
        self.gate.wanted.connect(self.wanted)
        self.timeline = Timeline()
        self._moments: tuple[Moment, ...] = ()
        self._older = link_button("")
        self._older.setObjectName("older_moments")
        self._older.clicked.connect(self._show_older)
        self._lay_out()

    def show_device(
        self,
        judged: JudgedDevice,
        rows: tuple[GateRow, ...],
        acts: frozenset[BenchAct],
        reference: Reference,
    ) -> None:
        """Show this device; `acts` are what may be done now."""
        self._model.show_rows(check_rows(judged.device, judged.rules, reference))
        self._checks_card.set_title(_title(judged.opened.timeline))
        self.facts.show_device(judged.opened, reference)
        self.gate.show_rows(rows, acts)
        opened = judged.opened
        self._moments = timeline_rows(
            opened.timeline, opened.names, opened.notes, reference, opened.station
        )
        self.timeline.show_moments(self._moments[:NEWEST])
        older = len(self._moments) - NEWEST
        self._older.setText(_n("{count} older", "{count} older", older).format(count=older))
        self._older.setVisible(older > 0)

    def _show_older(self) -> None:
        self.timeline.show_moments(self._moments)
        self._older.hide()

    def _lay_out(self) -> None:
        empty = EmptyState(_("Nothing is asked of this kind of device yet"))
        self._checks_card.body.addWidget(Listing(self.checks, empty))
        history = Card(_("History"))
        history.add_to_head(self._older)
        history.body.addWidget(self.timeline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addLayout(_column(self._checks_card, self.facts), LEFT)
        row.addLayout(_column(history, self.gate, growing_last=True), RIGHT)


def _title(timeline: Sequence[TimelineRow]) -> str:
    """The card's title, with the time at which somebody last checked anything."""
    checks = (row.event for row in reversed(timeline) if isinstance(row.event.said, CHECKED))
    last = next(checks, None)
    if last is None:
        return _("Check results")
    return _("Check results – {time}").format(time=time_words(last.header.at))


def _column(growing: QWidget, fixed: QWidget, *, growing_last: bool = False) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACING)
    column.addWidget(growing, 1)
    column.insertWidget(0 if growing_last else 1, fixed)
    return column
