"""Kệ: shelves by name, with their labels and what lies on each."""

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.events import Event
from station.labelled import ItemRole
from station.labelling import LabelItem, PutOnShelf, label_item, put_on_shelf
from station.ports import PointStore
from station.stock import count_device
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState, PageHead
from ui.desk import Act, Desk
from ui.device_words import device_name
from ui.duty import Duty
from ui.field import Field
from ui.freshness import Freshness
from ui.item_words import item_name
from ui.line_list import LineList
from ui.line_table import Column
from ui.scanning.streak import Streak
from ui.side_by_side import SPACE, form_card, list_card, side_by_side
from ui.undoing import Undoing
from ui.wording import explain


class Shelf(Struct, frozen=True):
    """A shelf with a label, and how many devices lie on it."""

    code: str
    name: str
    count: int


class ShelvesPage(QWidget):
    """Scan a shelf to see what lies there; scan it with a device open to put that one on it."""

    print_labels = Signal(tuple)
    open_device = Signal(str)
    said = Signal(str)
    good = Signal()
    doubted = Signal()  # it was scanned onto this shelf before
    alarmed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.undoing = Undoing(desk, self)
        self._wanted = ""  # a shelf that was scanned before the list was here
        self._shown = ""
        self.shelves, self.devices = self._shelf_list(), self._device_list()
        self.name = QLineEdit()
        self.name.setObjectName("shelfName")
        self.name.setPlaceholderText("A3")
        self._name = Field(_("Name of a new shelf"), self.name)
        self.add = primary_button(_("Add and print its label"), "print", "Ctrl+Return")
        self.add.setObjectName("addShelf")
        self.print = secondary_button(_("Print the shelf's label"), "print", "Ctrl+P")
        self.print.setObjectName("printShelf")
        self.row = QCheckBox(_("Put each device that is scanned on this shelf"))
        self.row.setObjectName("shelfRow")
        self.seen = QCheckBox(_("Stocktake: note each device that is scanned as seen"))
        self.seen.setObjectName("stocktakeRow")
        self.streak = Streak("shelfStreak")
        self._acts = ActLine(desk, "shelvesProblem", self.add)
        self._duty = Duty(desk, self.add, e.ItemLabelled, self._acts)
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask anew what lies where."""
        self._desk.ask(_shelves, self._show, self._refuse, owner=self)

    def show_shelf(self, code: str) -> None:
        """A shelf was scanned: show what lies there."""
        self._wanted = code
        self.refresh()

    def take_scan(self, code: Code) -> bool:
        """A device's label puts it on the chosen shelf, or says it was seen, as is wanted."""
        act = self._act_of(code.text) if code.kind is CodeKind.DEVICE else None
        if act is None:
            return False
        if self.streak.holds(code.text):
            self.doubted.emit()
        else:
            self._acts.clear()
            self._desk.do(act, self._placed, self._refuse_scan, owner=self)
        return True

    def _act_of(self, device: str) -> Act[Event] | None:
        shelf = self.shelves.chosen
        if self.seen.isChecked():
            return partial(count_device, device, found=True)
        if self.row.isChecked() and shelf is not None:
            return partial(put_on_shelf, PutOnShelf(device=device, shelf=shelf.code))
        return None

    def _placed(self, event: Event) -> None:
        self.streak.add(event.header.subject, partial(self._take_back, event.hash))
        self.good.emit()

    def _take_back(self, act: bytes) -> None:
        """It lies where it lay before, or nowhere, and nobody saw it."""
        self._acts.clear()
        back = partial(withdraw, Withdraw(events=(act,)))
        self._desk.do(back, lambda _result: None, self._refuse_scan, owner=self)

    def _refuse_scan(self, error: Exception) -> None:
        self._refuse(error)
        self.alarmed.emit()

    def _show_row(self, one: QCheckBox, on: bool) -> None:
        """One thing at a time is done with a scan."""
        other = self.seen if one is self.row else self.row
        if on:
            other.setChecked(False)
        self.streak.begin_anew()
        self.streak.setVisible(self.row.isChecked() or self.seen.isChecked())

    def _show(self, shelves: tuple[Shelf, ...]) -> None:
        self.shelves.show_lines(shelves)
        if self._wanted:
            self.shelves.choose(self._wanted)
            self._wanted = ""
        if self.shelves.chosen is None and shelves:
            self.shelves.choose(shelves[0].code)
        self._show_choice()

    def _show_choice(self) -> None:
        shelf = self.shelves.chosen
        self.print.setEnabled(shelf is not None)
        self.row.setEnabled(shelf is not None)
        if shelf is None or shelf.code != self._shown:
            self._shown = shelf.code if shelf else ""
            if not self.seen.isChecked():
                self.streak.begin_anew()
        if shelf is None:
            self.devices.show_lines(())
            return
        lies = partial(_on_shelf, shelf.code)
        self._desk.ask(lies, partial(self._show_devices, shelf.code), self._refuse, owner=self)

    def _show_devices(self, shelf: str, devices: tuple[Device, ...]) -> None:
        chosen = self.shelves.chosen
        if chosen is not None and chosen.code == shelf:  # else another was chosen meanwhile
            self.devices.show_lines(devices)

    def _add(self) -> None:
        self._name.clear_error()
        command = LabelItem(role=ItemRole.SHELF, name=self.name.text())
        self._acts.take(partial(label_item, command), self._added)

    def _added(self, event: Event) -> None:
        code = event.header.subject
        self._wanted = code
        self.name.clear()
        self.print_labels.emit((code,))
        told = _("The shelf has a label: {code}").format(code=grouped(code))
        back = partial(withdraw, Withdraw(events=(event.hash,)))
        self.undoing.tell(told, back, then=self.refresh)
        self.refresh()

    def _print_chosen(self) -> None:
        shelf = self.shelves.chosen
        if shelf is not None:
            self.print_labels.emit((shelf.code,))

    def _open(self) -> None:
        device = self.devices.chosen
        if device is not None:
            self.open_device.emit(device.code)

    def _refuse(self, error: Exception) -> None:
        self._acts.refuse(explain(error, self._desk.reference))

    def _shelf_list(self) -> LineList[Shelf]:
        columns = (
            Column[Shelf](_("Shelf"), lambda shelf: shelf.name),
            Column[Shelf](_("Code"), lambda shelf: grouped(shelf.code), width=150),
            Column[Shelf](_("Devices"), lambda shelf: str(shelf.count), width=90),
        )
        how = _("Give a shelf a name and stick its label on; then scan it with a device open.")
        empty = EmptyState(_("No shelf has a label yet"), how)
        return LineList(columns, lambda shelf: shelf.code, empty).named("shelves", _("Shelves"))

    def _device_list(self) -> LineList[Device]:
        reference = self._desk.reference
        columns = (
            Column[Device](_("Device code"), lambda device: grouped(device.code), width=132),
            Column[Device](_("Device"), lambda device: device_name(device, reference)),
        )
        empty = EmptyState(_("Nothing lies here"))
        devices = LineList(columns, lambda device: device.code, empty)
        return devices.named("onShelf", _("On this shelf"))

    def _lay_out(self) -> None:
        left = list_card(_("Shelves"), self.shelves)
        ticks = (self.row, self.seen, self.streak)
        lies = list_card(_("On this shelf"), self.devices, *ticks, self.print)
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE)
        below.addWidget(lies, 1)
        below.addWidget(form_card("", self._name, self._acts))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(PageHead(_("Shelves"), _("Where each device lies")))
        column.addLayout(side_by_side(left, right), 1)

    def _connect(self) -> None:
        self._duty.told.connect(self.said)
        for one in (self.row, self.seen):
            one.toggled.connect(partial(self._show_row, one))
        self._show_row(self.row, False)
        self.add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.print.clicked.connect(self._print_chosen)
        self.shelves.chosen_changed.connect(self._show_choice)
        self.devices.view.doubleClicked.connect(self._open)
        self._show_choice()


def _shelves(store: PointStore) -> tuple[Shelf, ...]:
    """By name, as one reads along them."""
    counts = store.shelf_counts()
    shelves = (
        Shelf(item.code, item_name(item, store), counts.get(item.code, 0))
        for item in store.shelves()
    )
    return tuple(sorted(shelves, key=lambda shelf: shelf.name))


def _on_shelf(shelf: str, store: PointStore) -> tuple[Device, ...]:
    return store.on_shelf(shelf)
