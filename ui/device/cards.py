"""The cards of a device's page: checks and facts at the left, gate and timeline at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

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
from ui.device.defect_panel import DefectPanel
from ui.device.facts_card import FactsCard
from ui.device.gate_card import GateCard
from ui.device.gate_rows import GateRow
from ui.device.judged import JudgedDevice
from ui.device.remarks_panel import RemarksPanel
from ui.device.side_tabs import SideTabs
from ui.device.timeline_rows import timeline_rows
from ui.device.work_card import WorkCard
from ui.device.work_lines import work_lines
from ui.tables import Listing, dress_table
from ui.timeline import Moment, Timeline

MACHINE, HISTORY, DEFECTS, REMARKS = range(4)
LEFT, RIGHT = 8, 5  # shares of the width
SPACING = 14
LARGE, FEW_LINES, MORE_LINES = 700, 4, 8  # lines of the work list, by the height there is
NEWEST = 40  # moments shown at once: each costs a third of a millisecond
REPORTS_SHORTCUT = "Alt+V"
CHANGES_SHORTCUT = "Alt+Shift+V"
CHECKED = (e.ChecksRecorded, e.CheckEnteredByHand)


class DeviceCards(QWidget):
    """Shows one judged device; says `wanted` when a gate line's act was clicked."""

    wanted = Signal(str)
    remedy_wanted = Signal(object)  # Remedy
    reports_wanted = Signal()
    changes_wanted = Signal()  # what the work changed, from the first report to the latest

    def __init__(self) -> None:
        super().__init__()
        self._model = ChecksModel()
        self._checks_card = Card(_("Check results"))
        reports = link_button(_("All facts and reports"), REPORTS_SHORTCUT)
        reports.setObjectName("open_reports")
        reports.clicked.connect(self.reports_wanted)
        self._changes = link_button(_("Before – after"), CHANGES_SHORTCUT)
        self._changes.setObjectName("open_changes")
        self._changes.clicked.connect(self.changes_wanted)
        for link in (self._changes, reports):
            self._checks_card.add_to_head(link)
        self.checks = QTableView()
        self.checks.setObjectName("device_checks")
        self.checks.setModel(self._model)
        self.checks.setAccessibleName(_("Checks"))
        widths = {PART: 120, VERDICT: 126, PROPOSAL: 130}
        dress_table(self.checks, stretch=FIGURES, widths=widths)
        self.checks.setTextElideMode(Qt.TextElideMode.ElideRight)  # what matters comes first
        self.facts = FactsCard()
        self.work = WorkCard()
        self.work.wanted.connect(self.remedy_wanted)
        self.gate = GateCard()
        self.gate.wanted.connect(self.wanted)
        self.gate.remedy_wanted.connect(self.remedy_wanted)
        self.timeline = Timeline()
        self._moments: tuple[Moment, ...] = ()
        self._older = link_button("")
        self._older.setObjectName("older_moments")
        self._older.clicked.connect(self._show_older)
        self._has_older = False
        self.defects = DefectPanel()
        self.remarks = RemarksPanel()
        self.remarks.wanted.connect(self.wanted)
        self.side = SideTabs()
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
        self._changes.setVisible(_reports(judged.opened.timeline) > 1)
        self.facts.show_device(judged.opened, reference)
        self.gate.show_rows(rows, acts)
        self.work.show_lines(work_lines(judged, reference), possible=BenchAct.RECORD_WORK in acts)
        opened = judged.opened
        self._moments = timeline_rows(
            opened.timeline, opened.names, opened.notes, reference, opened.station
        )
        self.timeline.show_moments(self._moments[:NEWEST])
        self._show_side(judged, acts, reference)
        older = len(self._moments) - NEWEST
        self._older.setText(_n("{count} older", "{count} older", older).format(count=older))
        self._has_older = older > 0
        self._older.setVisible(self._has_older and self.side.bar.currentIndex() == HISTORY)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.work.show_at_most(FEW_LINES if self.height() < LARGE else MORE_LINES)

    def _show_side(
        self, judged: JudgedDevice, acts: frozenset[BenchAct], reference: Reference
    ) -> None:
        device = judged.device
        self.defects.show_device(device, reference, possible=BenchAct.FIND_DEFECT in acts)
        remarks = self.remarks.show_device(judged.opened, judged.opened.names)
        self.side.name(DEFECTS, _("Defects"), len(device.defects))
        self.side.name(REMARKS, _("Notes"), remarks)

    def _turned(self, place: int) -> None:
        self._older.setVisible(self._has_older and place == HISTORY)

    def _show_older(self) -> None:
        self.timeline.show_moments(self._moments)
        self._has_older = False
        self._older.hide()

    def _lay_out(self) -> None:
        empty = EmptyState(_("Nothing is asked of this kind of device yet"))
        self._checks_card.body.addWidget(Listing(self.checks, empty))
        self.side.add(_("Machine"), _scrolled(self.facts))
        self.side.add(_("History"), self.timeline)
        self.side.add(_("Defects"), _scrolled(self.defects))
        self.side.add(_("Notes"), _scrolled(self.remarks))
        self.side.add_to_head(self._older)
        self.side.turned.connect(self._turned)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addLayout(_column(self._checks_card, self.work, growing_last=True), LEFT)
        row.addLayout(_column(self.side, self.gate, growing_last=True), RIGHT)


def _reports(timeline: Sequence[TimelineRow]) -> int:
    return sum(isinstance(row.event.said, e.ChecksRecorded) for row in timeline)


def _scrolled(widget: QWidget) -> QScrollArea:
    """What is higher than its tab scrolls in it: the page does not grow."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area


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
