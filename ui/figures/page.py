"""The page with the point's figures: a period, a heading, and the table of it."""

from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station.counting import Count
from station.periods import Period, PeriodKind, back_from, of
from station.report import By, Closing, Report, cells, reported
from station.words import _
from sync.report import words as report_words
from ui.background import Background
from ui.buttons import secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.choice import Choice
from ui.desk import Desk
from ui.field import Field, mark_wrong
from ui.figures.reading import CountReader
from ui.figures.saving import ReportSaving
from ui.figures.table_model import (
    BESIDE,
    COLUMNS,
    FIRST_FIGURE,
    NAME,
    FiguresModel,
    Shown,
    Span,
    of_heading,
    of_total,
)
from ui.freshness import Freshness
from ui.progress_line import ProgressLine
from ui.tables import Listing, dress_table
from ui.theme import Role, words
from ui.wording import explain

TOTAL = "whole"
PERIODS = 60  # to choose from
WIDTHS = {NAME: 240, BESIDE: 150} | dict.fromkeys(range(FIRST_FIGURE, COLUMNS), 96)


class FiguresPage(QWidget):
    """Shows the same figures that the Department's report has for this point."""

    said = Signal(str)

    def __init__(self, desk: Desk, slow: Background, station: int) -> None:
        super().__init__()
        self._desk, self._station = desk, station
        self._counts: tuple[Count, ...] = ()
        self.report: Report | None = None
        self.progress = ProgressLine()
        self.reader = CountReader(desk, self.progress, self)
        self.saving = ReportSaving(desk.reference, slow, self)
        self.kind = Choice("periodKind")
        self.kind.offer((kind.value, report_words.kind_word(kind)) for kind in PeriodKind)
        self.kind.choose(PeriodKind.MONTH)
        self.period = Choice("period")
        self.heading = Choice("heading")
        self.heading.offer(
            ((TOTAL, _("Total")), *((by.value, report_words.heading(by)) for by in By))
        )
        self.heading.choose(TOTAL)
        self.span = Choice("span")
        self.span.offer(((Span.WITHIN, _("In the period")), (Span.TOTAL, _("Up to the end"))))
        self.span.choose(Span.WITHIN)
        self.document = secondary_button(_("Word document…"), shortcut="Ctrl+D")
        self.document.setObjectName("reportDocument")
        self.workbook = secondary_button(_("Excel workbook…"), shortcut="Ctrl+E")
        self.workbook.setObjectName("reportWorkbook")
        self.model = FiguresModel(self)
        self.table = QTableView()
        self._closing = words("", Role.MUTED)
        self._closing.setWordWrap(True)
        self._problem = words("", Role.STRONG)
        self._offer_periods()
        self._lay_out()
        self._connect()
        self._show()
        Freshness(self, desk, self.reader.look)

    # ---- what is shown ----

    def _take(self, counts: tuple[Count, ...]) -> None:
        self._counts = counts
        self._tell_problem("")
        self._card.show()
        self._show()

    def _offer_periods(self) -> None:
        """The periods of the chosen kind; the last that is over stands chosen."""
        kind, today = PeriodKind(self.kind.chosen or PeriodKind.MONTH), self._desk.now().day
        began_on = self._desk.reference.programme.began_on
        there = list(islice(back_from(kind, today, began_on), PERIODS)) or [of(kind, today)]
        self.period.blockSignals(True)  # one change, not one for each line
        self.period.offer(
            (period.first.isoformat(), report_words.period_name(period)) for period in there
        )
        self.period.setCurrentIndex(min(1, len(there) - 1))
        self.period.blockSignals(False)
        self._periods: tuple[Period, ...] = tuple(there)

    def _kind_chosen(self) -> None:
        self._offer_periods()
        self._show()

    def _show(self) -> None:
        period = self._periods[max(self.period.currentIndex(), 0)]
        reference, today = self._desk.reference, self._desk.now().day
        closing = Closing.RUNNING if period.last >= today else Closing.OPEN
        made = cells(self._counts, period, reference.unit_changes())
        report = reported(made, period, reference, today, closing=closing, station=self._station)
        self.report = report
        by = self.heading.chosen
        if by is None or by == TOTAL:
            shown = of_total(report) if self._counts else Shown((), ())
        else:
            tables = report_words.tables(report, reference)
            told = next(table for table in tables if table.by == by)
            shown = of_heading(told, Span(self.span.chosen or Span.WITHIN))
        self._span.setVisible(by not in {None, TOTAL})
        self.model.show(shown)
        for column in range(COLUMNS):
            self.table.setColumnHidden(column, not self.model.in_use(column))
        days = report_words.period_days(period)
        self._closing.setText(f"{days}. {report_words.closing_words(report)}")

    def _refuse(self, error: Exception) -> None:
        self._tell_problem(explain(error, self._desk.reference))

    def _tell_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _save(self, ending: str) -> None:
        if self.report is not None:
            self.saving.ask(self.report, ending)

    # ---- how it is put together ----

    def _lay_out(self) -> None:
        self.table.setObjectName("figuresTable")
        self.table.setAccessibleName(_("Figures and reports"))
        self.table.setModel(self.model)
        dress_table(self.table, stretch=NAME, widths=WIDTHS)
        mark_wrong(self._problem, True)
        self._problem.setWordWrap(True)
        self._problem.hide()
        chosen = QHBoxLayout()
        chosen.setSpacing(12)
        self._span = Field(_("Days"), self.span)
        for field in (
            Field(_("Kind of period"), self.kind),
            Field(_("Period"), self.period),
            Field(_("Heading"), self.heading),
            self._span,
        ):
            chosen.addWidget(field, 1)
        nothing = EmptyState(
            _("Nothing was counted up to the end of this period"),
            _("Choose a later period, or receive devices on the Intake page."),
        )
        self._card = Card()
        self._card.body.addWidget(Listing(self.table, nothing), 1)
        self._card.hide()  # until the devices were counted
        second = _("Counted from what is known here, as the Department's report counts.")
        head = PageHead(_("Figures and reports"), second, acts=(self.document, self.workbook))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(chosen)
        layout.addWidget(self.progress)
        layout.addWidget(self._closing)
        layout.addWidget(self._problem)
        layout.addWidget(self._card, 1)
        layout.addStretch()
        self.begins_at: QWidget = self.kind

    def _connect(self) -> None:
        self.reader.read.connect(self._take)
        self.reader.refused.connect(self._refuse)
        stopped = _("Counting was stopped; what is shown is not whole.")
        self.reader.stopped.connect(lambda: self._tell_problem(stopped))
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        for choice in (self.period, self.heading, self.span):
            choice.currentIndexChanged.connect(self._show)
        self.document.clicked.connect(lambda: self._save("docx"))
        self.workbook.clicked.connect(lambda: self._save("xlsx"))
        self.saving.said.connect(self.said)
        self.saving.refused.connect(self._tell_problem)
