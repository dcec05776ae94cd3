"""Kiểm tra – sửa chữa: what waits, what is in work and whose it is, as a board or a list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station import bench
from station.device import Device, Stage
from station.events import Event
from station.ledger import Moment
from station.withdrawing import Withdraw, withdraw
from station.words import _, _n
from ui.bench.board import Board
from ui.bench.in_work import MOST, BenchLine, InWork, Place, ask_in_work, place_words
from ui.bench.list_model import AGE, CODE, KIND, NAME, STAGE, STEP, WHO, BenchModel
from ui.buttons import secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.desk import Act, Desk
from ui.tables import Listing, dress_table
from ui.theme import Role, words
from ui.undoing import Undoing
from ui.wording import explain

BOARD, LIST = range(2)
EVERYBODYS, MINE, NOBODYS = range(3)
SPACING = 12


class BenchPage(QWidget):
    """Enter or a click opens a device; the space bar takes it, or takes it over."""

    open_device = Signal(str)
    open_page = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._questions = 0
        self.undoing = Undoing(desk, self)
        self._in_work = InWork((), cut=False)
        self.parts = secondary_button(_("Counted parts"), shortcut="Alt+L")
        self.parts.setObjectName("openParts")
        self.parts.clicked.connect(lambda: self.open_page.emit("parts"))
        self.reports = secondary_button(_("Waiting reports"), shortcut="Alt+R")
        self.reports.setObjectName("openInbox")
        self.reports.clicked.connect(lambda: self.open_page.emit("inbox"))
        second = _("Scan a label to open a device. Enter opens, the space bar takes.")
        self._head = PageHead(_("Check and repair"), second, acts=(self.reports, self.parts))
        self._view = _bar("bench_view", _("How it is shown"), (_("Board"), _("List")))
        self._whose = _bar("bench_whose", _("Whose devices"), _whose_words())
        self._filter = _bar("bench_filter", _("Which devices"), ("",) * (len(Place) + 1))
        self.board = Board(desk.reference)
        self._model = BenchModel(desk.reference)
        self.table = self._dressed_table()
        self._note = words("", Role.MUTED)
        self._shown = QStackedWidget()
        self._lay_out()
        self._connect()
        self._name_filters()

    def show_waiting_reports(self, count: int) -> None:
        """Say how many reports wait for a person."""
        word = _("Waiting reports")
        self.reports.setText(f"{word}  {count}" if count else word)
        self.reports.setShortcut("Alt+R")  # setText drops it

    def refresh(self) -> None:
        """Ask anew; only the answer to the latest question is shown."""
        self._questions += 1
        number = self._questions
        self._desk.ask(
            ask_in_work(self._desk.now()),
            lambda in_work: self._show(number, in_work),
            self._cannot_show,
            owner=self,
        )

    def take(self, code: str) -> None:
        """Begin with a device that waits, or go on with what another began."""
        device = next((x.device for x in self._in_work.lines if x.device.code == code), None)
        if device is None:
            return
        told = partial(self._taken, device)
        self._desk.do(_taking(device), told, self._cannot, owner=self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, number: int, in_work: InWork) -> None:
        if number != self._questions:
            return
        self._in_work = in_work
        self._name_filters()
        self._choose()
        note = _n("Only {count} device is shown.", "Only {count} devices are shown.", MOST)
        self._note.setText(note.format(count=MOST))
        self._note.setVisible(in_work.cut)

    def _cannot_show(self, error: Exception) -> None:
        self._note.setText(explain(error, self._desk.reference))
        self._note.show()

    def _taken(self, device: Device, event: Event) -> None:
        told = _("{device}: you work at it now.").format(device=device.name or device.code)
        self.undoing.tell(told, partial(withdraw, Withdraw(events=(event.hash,))))

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))

    def _choose(self) -> None:
        """Show the board, or the list of one column."""
        when, lines = self._desk.now(), self._of_whom()
        self.board.show_lines(lines, when)
        place = self._filter.currentIndex() - 1
        wanted = list(Place)[place] if place >= 0 else None
        chosen = [line for line in lines if wanted in {None, line.place}]
        self._show_list(chosen, when)

    def _show_list(self, lines: list[BenchLine], when: Moment) -> None:
        """Who stands on a row with the keys stays on its device, or on the row where it was."""
        at = self.table.currentIndex()
        code = self._model.code_at(at.row()) if at.isValid() else ""
        self._model.show_at(lines, when)
        if at.isValid() and lines:
            codes = [line.device.code for line in lines]
            row = codes.index(code) if code in codes else min(at.row(), len(codes) - 1)
            self.table.selectRow(row)

    def _of_whom(self) -> list[BenchLine]:
        """Everybody's, one's own, or what nobody took."""
        whose, own = self._whose.currentIndex(), self._desk.operator.id
        fits: Callable[[Device], bool] = {
            MINE: lambda device: device.technician == own,
            NOBODYS: lambda device: device.technician is None,
        }.get(whose, lambda _device: True)
        return [line for line in self._in_work.lines if fits(line.device)]

    def _name_filters(self) -> None:
        """Each column with its count, where there is room for counts."""
        lines = self._of_whom()
        counts = [len(lines), *(sum(line.place is place for line in lines) for place in Place)]
        names = [_("All"), *map(place_words, Place)]
        for at, (name, count) in enumerate(zip(names, counts, strict=True)):
            self._filter.setTabText(at, f"{name}  {count}")
        if self._filter.sizeHint().width() > self.width():
            for at, name in enumerate(names):
                self._filter.setTabText(at, name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_filters()

    def _turn(self, view: int) -> None:
        self._shown.setCurrentIndex(view)
        self._filter.setVisible(view == LIST)

    def _next_whose(self) -> None:
        self._whose.setCurrentIndex((self._whose.currentIndex() + 1) % self._whose.count())

    def _other_view(self) -> None:
        self._view.setCurrentIndex(1 - self._view.currentIndex())
        self.focus_work()

    def focus_work(self) -> None:
        """Put the keys on the first device."""
        if self._view.currentIndex() == BOARD:
            self.board.take_focus()
        else:
            self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        self.open_device.emit(self._model.code_at(index.row()))

    def _take_row(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.take(self._model.code_at(index.row()))

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self._view.currentChanged.connect(self._turn)
        self._filter.currentChanged.connect(self._choose)
        self._whose.currentChanged.connect(self._name_filters)
        self._whose.currentChanged.connect(self._choose)
        self.board.open_device.connect(self.open_device)
        self.board.take.connect(self.take)
        self.board.list_wanted.connect(lambda: self._view.setCurrentIndex(LIST))
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        take = QShortcut(QKeySequence("Space"), self.table, self._take_row)
        take.setWhatsThis(_("Take the device, or take it over"))
        for keys, said, do in (
            ("Alt+F", _("Whose devices"), self._next_whose),
            ("Alt+V", _("Board or list"), self._other_view),
            ("Alt+B", _("To the first device"), self.focus_work),
        ):
            QShortcut(QKeySequence(keys), self, do).setWhatsThis(said)
        self._desk.recorded.connect(self._look_again)
        self._desk.operator_changed.connect(self._look_again)

    def _dressed_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("bench_devices")
        table.setAccessibleName(_("Devices in work"))
        table.setModel(self._model)
        widths = {CODE: 132, KIND: 120, STAGE: 120, AGE: 80, STEP: 170, WHO: 120}
        return dress_table(table, stretch=NAME, widths=widths)

    def _lay_out(self) -> None:
        card = Card()
        empty = EmptyState(
            _("Nothing waits here"), _("Devices come here from intake; scan a label to open one.")
        )
        card.body.addWidget(Listing(self.table, empty))
        self._shown.addWidget(self.board)
        self._shown.addWidget(card)
        bars = QHBoxLayout()
        bars.addWidget(self._whose)
        bars.addStretch()
        bars.addWidget(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._head)
        column.addLayout(bars)
        for widget in (self._filter, self._note):
            column.addWidget(widget)
            widget.hide()
        column.addWidget(self._shown, 1)


def _taking(device: Device) -> Act[Any]:
    waits = device.stage is Stage.RECEIVED
    return partial(bench.take_to_bench if waits else bench.take_over, device.code)


def _whose_words() -> tuple[str, ...]:
    return _("Everybody's"), _("Mine"), _("Nobody's")


def _bar(name: str, title: str, tabs: tuple[str, ...]) -> QTabBar:
    bar = QTabBar()
    bar.setObjectName(name)
    bar.setAccessibleName(title)
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setProperty("tight", True)
    for tab in tabs:
        bar.addTab(tab)
    return bar
