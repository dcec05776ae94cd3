"""Hôm nay: how the point stands, what to do next, and whether its tools are in order."""

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTableView, QVBoxLayout, QWidget

from station.ledger import Moment
from station.words import _
from ui.buttons import primary_button
from ui.cards import Card, EmptyState, PageHead
from ui.day_words import day_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.readiness import Readiness
from ui.tables import Listing, dress_table
from ui.today import Glance, look
from ui.today_figures import TodayFigures
from ui.wording import explain
from ui.work_table import AGE, CODE, MACHINE, STEP, WorkTable


class TodayPage(QWidget):
    """Shows one glance at the store; every figure and line leads to where it is worked on."""

    open_device = Signal(str)
    open_page = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.head = PageHead("", acts=(self._receive_button(),))
        self.figures = TodayFigures(self.open_page.emit)
        self.work = WorkTable(self)
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

    def _receive_button(self) -> QWidget:
        button = primary_button(_("Receive a device"), "plus", "Ctrl+N")
        button.setObjectName("todayReceive")
        button.clicked.connect(lambda: self.open_page.emit("intake"))
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self.figures)
        layout.addWidget(self._body, 1)
        self._body.addWidget(self._new_store())
        self._body.addWidget(self._busy())

    def _new_store(self) -> QWidget:
        card = Card()
        how = _("Receive the first device: it gets a label, and the point's day appears here.")
        card.body.addWidget(EmptyState(_("Nothing was received here yet"), how))
        return card

    def _busy(self) -> QWidget:
        view = QTableView()
        view.setObjectName("todayWork")
        view.setAccessibleName(_("What to do next"))
        view.setModel(self.work)
        dress_table(view, stretch=MACHINE, widths={CODE: 132, STEP: 230, AGE: 84})
        view.activated.connect(self._open)
        view.clicked.connect(self._open)
        card = Card(_("What to do next"))
        done = EmptyState(_("Nothing waits"), _("Every device is ready, given or retired."))
        card.body.addWidget(Listing(view, done))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(card, 7)
        row.addWidget(self.readiness, 4)
        return both

    def _open(self, index: QModelIndex) -> None:
        self.open_device.emit(self.work.line(index.row()).code)

    def _show(self, when: Moment, glance: Glance) -> None:
        self.figures.show_glance(glance, when.day)
        self.figures.setVisible(not glance.is_new)
        self.work.show(glance.work, when.day)
        self.readiness.show_glance(glance)
        self._body.setCurrentIndex(0 if glance.is_new else 1)

    def _refuse(self, error: Exception) -> None:
        self.readiness.show_store_problem(explain(error, self._desk.reference))
        self._body.setCurrentIndex(1)
