"""Kiểm tra – sửa chữa: which devices wait and which are in work, the longest waiting first."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabBar, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from station.device import Device, Stage
from station.ports import Store
from station.words import _, _n
from ui.bench.list_model import AGE, CODE, KIND, NAME, STAGE, STEP, BenchModel
from ui.buttons import secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.desk import Desk
from ui.tables import Listing, dress_table
from ui.theme import Role, words
from ui.wording import explain

STAGES = (Stage.RECEIVED, Stage.ON_BENCH, Stage.IN_REPAIR_FOR_PUPIL)
MOST = 500  # a bench with more has another problem than this list
SPACING = 14


@dataclass(frozen=True)
class InWork:
    """The devices of the bench at one moment, the longest in their stage first."""

    devices: tuple[Device, ...]
    cut: bool  # there are more


def ask_in_work(store: Store) -> InWork:
    """Read every device that waits or is worked at."""
    found = store.longest_waiting(STAGES, MOST + 1)
    return InWork(found[:MOST], cut=len(found) > MOST)


FILTERS: tuple[Callable[[Device], bool], ...] = (
    lambda _device: True,
    lambda device: device.stage is Stage.RECEIVED and not device.hold,
    lambda device: device.stage is Stage.ON_BENCH and not device.hold,
    lambda device: device.stage is Stage.IN_REPAIR_FOR_PUPIL and not device.hold,
    lambda device: device.hold is not None,
)


class BenchPage(QWidget):
    """A list whose row opens the device."""

    open_device = Signal(str)
    open_page = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._questions = 0
        self._in_work = InWork((), cut=False)
        self.parts = secondary_button(_("Counted parts"), shortcut="Alt+L")
        self.parts.setObjectName("openParts")
        self.parts.clicked.connect(lambda: self.open_page.emit("parts"))
        self.reports = secondary_button(_("Waiting reports"), shortcut="Alt+R")
        self.reports.setObjectName("openInbox")
        self.reports.clicked.connect(lambda: self.open_page.emit("inbox"))
        second = _("Scan a label to open a device.")
        self._head = PageHead(_("Check and repair"), second, acts=(self.reports, self.parts))
        self._filter = QTabBar()
        self._filter.setObjectName("bench_filter")
        self._filter.setAccessibleName(_("Which devices"))
        self._filter.setDrawBase(False)
        self._filter.setExpanding(False)
        for _each in FILTERS:
            self._filter.addTab("")
        self._filter.currentChanged.connect(self._choose)
        self._model = BenchModel(desk.reference)
        self.table = QTableView()
        self.table.setObjectName("bench_devices")
        self.table.setAccessibleName(_("Devices in work"))
        self.table.setModel(self._model)
        widths = {CODE: 132, KIND: 120, STAGE: 120, AGE: 80, STEP: 180}
        dress_table(self.table, stretch=NAME, widths=widths)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self._note = words("", Role.MUTED)
        self._lay_out()
        self._name_filters()
        desk.recorded.connect(self._look_again)

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
            ask_in_work,
            lambda in_work: self._show(number, in_work),
            self._cannot_show,
            owner=self,
        )

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

    def _choose(self) -> None:
        fits = FILTERS[self._filter.currentIndex()]
        chosen = [device for device in self._in_work.devices if fits(device)]
        self._model.show_devices(chosen, self._desk.now())

    def _name_filters(self) -> None:
        names = (
            _("All"),
            _("Waiting for the bench"),
            _("On the bench"),
            _("Pupils' repairs"),
            _("On hold"),
        )
        for place, (name, fits) in enumerate(zip(names, FILTERS, strict=True)):
            count = sum(fits(device) for device in self._in_work.devices)
            self._filter.setTabText(place, f"{name}  {count}")

    def _open(self, index: QModelIndex) -> None:
        self.open_device.emit(self._model.code_at(index.row()))

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        card = Card()
        empty = EmptyState(
            _("Nothing waits here"), _("Devices come here from intake; scan a label to open one.")
        )
        card.body.addWidget(Listing(self.table, empty))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        for widget in (self._head, self._filter, self._note):
            column.addWidget(widget)
        column.addWidget(card, 1)
        self._note.hide()
