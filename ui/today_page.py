"""Hôm nay: how the point stands, what to do next, and whether its tools are in order."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from station.codes import grouped
from station.ledger import Moment
from station.words import _, _n
from ui.buttons import primary_button, secondary_button, with_shortcut
from ui.cards import Card, EmptyState, PageHead
from ui.day_words import age_words, day_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.printers import read_printers
from ui.readiness import Readiness
from ui.side_by_side import list_card, side_by_side
from ui.today import Glance, WorkLine, look
from ui.today_figures import TodayFigures
from ui.wording import explain


class TodayPage(QWidget):
    """Shows one glance at the store; every figure and line leads to where it is worked on."""

    open_device = Signal(str)
    open_page = Signal(str)
    expected_wanted = Signal()

    def __init__(self, desk: Desk, printers: Path) -> None:
        super().__init__()
        self._desk, self._printers = desk, printers
        go = self.open_page.emit
        self.to_settle = self._way("todayTasks", "warn", "Ctrl+T", lambda: go("tasks"))
        self.expected = self._way("todayExpected", "today", "Ctrl+H", self.expected_wanted.emit)
        self.to_stick = self._way("todayLabels", "print", "Ctrl+Shift+L", lambda: go("labels"))
        ways = (self.to_settle, self.expected, self.to_stick)
        self.head = PageHead("", acts=(*ways, self._receive_button()))
        self.figures = TodayFigures(self.open_page.emit)
        self.work = self._work_list()
        self.readiness = Readiness()
        self._body = QStackedWidget()
        self._lay_out()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew."""
        when = self._desk.now()
        self.head.show_title(_("Today, {day}").format(day=day_words(when.day)))
        self._desk.ask(
            lambda store: look(store, when), partial(self._show, when), self._refuse, owner=self
        )
        self._desk.ask(
            lambda _store: read_printers(self._printers),
            self.readiness.show_printers,
            self._refuse_printers,
            owner=self,
        )

    def _receive_button(self) -> QWidget:
        button = primary_button(_("Receive a device"), "plus", "Ctrl+N")
        button.setObjectName("todayReceive")
        button.clicked.connect(lambda: self.open_page.emit("intake"))
        return button

    def _way(self, name: str, icon: str, shortcut: str, go: Callable[[], None]) -> QPushButton:
        """A button that stands here only while it has something to count."""
        button = secondary_button("", icon, shortcut)
        button.setObjectName(name)
        button.clicked.connect(go)
        button.hide()
        return button

    def _show_ways(self, glance: Glance) -> None:
        labels, settle, expected = glance.unlabelled, glance.to_settle, glance.expected
        _count(
            self.to_stick, labels, _n("{count} label to stick", "{count} labels to stick", labels)
        )
        told = _n("{count} thing to settle", "{count} things to settle", settle)
        _count(self.to_settle, settle, told)
        told = _n("{count} donor expected", "{count} donors expected", expected)
        _count(self.expected, expected, told)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self.figures)
        layout.addLayout(side_by_side(self._body, self.readiness, weights=(7, 4)), 1)
        self._body.addWidget(self._new_store())
        self._body.addWidget(list_card(_("What to do next"), self.work))
        self.work.opened.connect(self._open)

    def _new_store(self) -> QWidget:
        card = Card()
        how = _("Receive the first device: it gets a label, and the point's day appears here.")
        card.body.addWidget(EmptyState(_("Nothing was received here yet"), how))
        return card

    def _work_list(self) -> LineList[WorkLine]:
        columns = (
            Column[WorkLine](_("Device code"), lambda line: grouped(line.code), width=132),
            Column[WorkLine](_("Device"), lambda line: line.machine),
            Column[WorkLine](
                _("Next step"), lambda line: line.step, lambda line: line.tone, width=230
            ),
            Column[WorkLine](
                _("Waiting"), lambda line: age_words(line.since, self._desk.now().day), width=84
            ),
        )
        done = EmptyState(_("Nothing waits"), _("Every device is ready, given or retired."))
        work = LineList(columns, lambda line: line.code, done)
        return work.named("todayWork", _("What to do next"))

    def _open(self) -> None:
        line = self.work.chosen
        if line is not None:
            self.open_device.emit(line.code)

    def _show(self, when: Moment, glance: Glance) -> None:
        self.figures.show_glance(glance, when.day)
        self.figures.setVisible(not glance.is_new)
        self.work.show_lines(glance.work)
        self.readiness.show_glance(glance)
        self._show_ways(glance)
        self._body.setCurrentIndex(0 if glance.is_new else 1)

    def _refuse(self, error: Exception) -> None:
        self.readiness.show_store_problem(explain(error, self._desk.reference))

    def _refuse_printers(self, error: Exception) -> None:
        self.readiness.show_printer_problem(explain(error, self._desk.reference))


def _count(button: QPushButton, count: int, words: str) -> None:
    told, keys = words.format(count=count), button.shortcut()
    button.setText(told)
    button.setAccessibleName(told)
    button.setToolTip(with_shortcut(told, keys.toString()))
    button.setShortcut(keys)  # setText drops it
    button.setVisible(count > 0)
