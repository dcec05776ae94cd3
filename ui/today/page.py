"""Hôm nay: how the point stands, what to do next, and whether its tools are in order."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from station.codes import grouped
from station.ledger import Moment
from station.ports import PointStore
from station.words import _, _n
from ui.buttons import primary_button, secondary_button, with_shortcut
from ui.cards import EmptyState, PageHead
from ui.day_words import day_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.point_work import EVERYTHING, Part
from ui.prints.printers import read_printers
from ui.side_by_side import list_card, side_by_side
from ui.today.figures import TodayFigures
from ui.today.first_day import FirstDay
from ui.today.glance import Glance, look
from ui.today.levels import needs_of_the_day
from ui.today.readiness import Readiness, Ready, ReadySource
from ui.today.tools import disk_room
from ui.today.work_lines import Leads, WorkLine, waiting_words
from ui.wording import explain

SMALL = 900  # width of the page, as of a magnified screen
LEAST_LIST = 260


class TodayPage(QWidget):
    """Shows one glance at the store; every figure and line leads to where it is worked on."""

    open_device = Signal(str)
    open_page = Signal(str)
    open_offer = Signal(str)  # an offer, or what a call is about
    calls_wanted = Signal()
    unsigned_wanted = Signal()  # papers that must come back signed
    hold_wanted = Signal(str)  # what is on hold for this reason

    def __init__(self, desk: Desk, printers: Path, sources: Sequence[ReadySource] = ()) -> None:
        super().__init__()
        self._desk, self._printers, self._sources = desk, printers, tuple(sources)
        go = self.open_page.emit
        self.to_settle = self._way("todayTasks", "warn", "Ctrl+T", lambda: go("tasks"))
        self.to_stick = self._way("todayLabels", "print", "Ctrl+Shift+L", lambda: go("labels"))
        self.expected = self._way("todayExpected", "today", "Ctrl+H", lambda: go("offers"))
        ways = (self.to_settle, self.to_stick, self.expected)
        self.head = PageHead("", acts=(*ways, self._receive_button()))
        self.figures = TodayFigures(go, self.calls_wanted.emit)
        self.work = self._work_list()
        self.first_day, self.readiness = FirstDay(), Readiness()
        self._body = QStackedWidget()
        self._lay_out()
        self.show_parts(EVERYTHING)
        self.figures.hide()  # until somebody knows
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew, then what stands outside it."""
        when = self._desk.now()
        self.head.show_title(_("Today, {day}").format(day=day_words(when.day)))
        self._ask_store(when)
        self._desk.ask(
            lambda _store: read_printers(self._printers),
            self.readiness.show_printers,
            self._refuse_printers,
            owner=self,
        )
        folder = self._printers.parent
        self._desk.ask(
            lambda _store: disk_room(folder), self.readiness.show_room, self._refuse, owner=self
        )
        for source in self._sources:
            say = partial(self.readiness.say, source.row)
            self._desk.ask(partial(_ask, source), say, self._refuse, owner=self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window what is in order stands under what is to do: both need the width."""
        super().resizeEvent(event)
        small = event.size().width() < SMALL
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if small else beside)
        self._body.setMinimumHeight(LEAST_LIST if small else 0)

    def show_parts(self, parts: frozenset[Part]) -> None:
        """Show what this point does, and hide the rest."""
        self.figures.show_parts(parts)
        self._receives = Part.INTAKE in parts
        self.receive.setVisible(self._receives)

    def _ask_store(self, when: Moment) -> None:
        operator = self._desk.operator.id
        self._desk.ask(
            lambda store: look(operator, needs_of_the_day, store, when),
            self._show,
            self._refuse,
            owner=self,
        )

    def _receive_button(self) -> QWidget:
        self.receive = primary_button(_("Receive a device"), "plus", "Ctrl+N")
        self.receive.setObjectName("todayReceive")
        self.receive.clicked.connect(lambda: self.open_page.emit("intake"))
        return self.receive

    def _way(self, name: str, icon: str, shortcut: str, go: Callable[[], None]) -> QPushButton:
        """A button that stands here only while it has something to count."""
        button = secondary_button("", icon, shortcut)
        button.setObjectName(name)
        button.clicked.connect(go)
        button.hide()
        return button

    def _show_ways(self, glance: Glance) -> None:
        labels, settle, expected = glance.unlabelled, glance.to_settle, glance.coming.open
        told = _n("{count} label to stick", "{count} labels to stick", labels)
        _count(self.to_stick, labels, told)
        told = _n("{count} thing to settle", "{count} things to settle", settle)
        _count(self.to_settle, settle, told)
        told = _n("{count} donor expected", "{count} donors expected", expected)
        _count(self.expected, expected, told if expected else _("Expected devices"))
        self.expected.setVisible(self._receives or expected > 0)  # also the way to announce some

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self.figures)
        self._beside = side_by_side(self._body, self.readiness, weights=(7, 4))
        layout.addLayout(self._beside, 1)
        self._body.addWidget(self.first_day)
        self._body.addWidget(list_card(_("What to do next"), self.work))
        self._body.setCurrentIndex(1)
        self.work.opened.connect(self._open)
        self.first_day.open_page.connect(self.open_page)
        self.readiness.open_page.connect(self.open_page)

    def _work_list(self) -> LineList[WorkLine]:
        columns = (
            Column[WorkLine](_("Code"), _code_words, width=132),
            Column[WorkLine](_("Device or donor"), lambda line: line.what),
            Column[WorkLine](
                _("Next step"), lambda line: line.step, lambda line: line.tone, width=246
            ),
            Column[WorkLine](
                _("Waiting"), lambda line: waiting_words(line, self._desk.now().day), width=92
            ),
        )
        done = EmptyState(_("Nothing waits"), _("Every device is ready, given or retired."))
        work = LineList(columns, lambda line: line.key, done)
        return work.named("todayWork", _("What to do next"))

    def _open(self) -> None:
        line = self.work.chosen
        if line is None:
            return
        if line.leads is Leads.DEVICE:
            self.open_device.emit(line.code)
        elif line.leads is Leads.PAPERS:
            self.unsigned_wanted.emit()
        elif line.leads is Leads.HOLD:
            self.hold_wanted.emit(line.code)
        elif line.leads is Leads.PAGE:
            self.open_page.emit(line.code)
        else:
            self.open_offer.emit(line.code)

    def _show(self, glance: Glance) -> None:
        self.figures.show_glance(glance)
        self.figures.setVisible(not glance.is_new)
        self.work.show_lines(glance.work)
        self.readiness.show_glance(glance)
        self._show_ways(glance)
        self._body.setCurrentIndex(0 if glance.is_new else 1)

    def _refuse(self, error: Exception) -> None:
        self.readiness.show_store_problem(explain(error, self._desk.reference))

    def _refuse_printers(self, error: Exception) -> None:
        self.readiness.show_printer_problem(explain(error, self._desk.reference))


def _code_words(line: WorkLine) -> str:
    """Several things have no code of their own."""
    return "" if line.leads in {Leads.PAPERS, Leads.HOLD, Leads.PAGE} else grouped(line.code)


def _ask(source: ReadySource, _store: PointStore) -> Ready:
    return source.ask()


def _count(button: QPushButton, count: int, words: str) -> None:
    told, keys = words.format(count=count), button.shortcut()
    button.setText(told)
    button.setAccessibleName(told)
    button.setToolTip(with_shortcut(told, keys.toString()))
    button.setShortcut(keys)  # setText drops it
    button.setVisible(count > 0)
