"""Tem cần dán: what came without a label yet; intake went on, and the labels catch up here."""

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.events import Event
from station.labelling import record_label
from station.ports import PointStore
from station.words import _, _n
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState, PageHead
from ui.day_words import age_words
from ui.desk import Desk
from ui.device_words import device_name
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.prints.printing import Printing
from ui.prints.row_card import RowCard
from ui.side_by_side import SPACE, list_card, side_by_side
from ui.wording import explain

LISTED = 200


class ToStick(Struct, frozen=True):
    """Devices without a label, and how many there are in all."""

    devices: tuple[Device, ...]
    count: int


class LabelsPage(QWidget):
    """Print all, print one, or say that the code was written by hand."""

    open_device = Signal(str)
    open_page = Signal(str)
    said = Signal(str)
    preview_wanted = Signal(tuple)  # codes

    def __init__(self, desk: Desk, printing: Printing) -> None:
        super().__init__()
        self._desk, self._printing = desk, printing
        self.devices = self._list()
        self.row = RowCard()
        self.print_all = primary_button(_("Print all"), "print", "Ctrl+P")
        self.print_one = secondary_button(_("Print the chosen one"), "print", "Ctrl+Shift+P")
        self.preview = secondary_button(_("Preview"), shortcut="Ctrl+Shift+V")
        self.by_hand = secondary_button(_("Written by hand"), "ok", "Ctrl+H")
        self.blank = secondary_button(_("Blank labels…"), "", "Ctrl+B")
        self._acts = ActLine(desk, "labelsProblem", self.by_hand, self.preview, self.print_one)
        self.head = PageHead(_("Labels to stick"), acts=(self.blank, self.print_all))
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew."""
        self._desk.ask(_to_stick, self._show, self._refuse, owner=self)
        self._printing.look_at_row()

    def accept_scan(self, code: Code) -> bool:
        """Choose the device whose label was scanned, while it is listed here."""
        return code.kind is CodeKind.DEVICE and self.devices.choose(code.text)

    def _show(self, seen: ToStick) -> None:
        self.devices.show_lines(seen.devices, go_on=True)
        if self.devices.chosen is None and seen.devices:
            self.devices.choose(seen.devices[0].code)
        told = _n("{count} device has none", "{count} devices have none", seen.count)
        second = told.format(count=seen.count) if seen.count else ""
        self.head.show_title(_("Labels to stick"), second)
        self.print_all.setEnabled(bool(seen.devices))
        self._show_choice()

    def _show_choice(self) -> None:
        for button in (self.print_one, self.preview, self.by_hand):
            button.setEnabled(self.devices.chosen is not None)

    def _print_all(self) -> None:
        waiting = [device.code for device in self.devices.model.lines]
        self._printing.print_labels(waiting[::-1])  # as they came

    def _print_chosen(self) -> None:
        device = self.devices.chosen
        if device is not None:
            self._printing.print_labels((device.code,))

    def _preview_chosen(self) -> None:
        device = self.devices.chosen
        if device is not None:
            self.preview_wanted.emit((device.code,))

    def _note_by_hand(self) -> None:
        device = self.devices.chosen
        if device is not None:
            act = partial(record_label, device.code, stock=e.BY_HAND)
            self._acts.take(act, partial(self._tell, device.code))

    def _tell(self, code: str, _event: Event) -> None:
        self.said.emit(_("Written by hand on the device: {code}").format(code=grouped(code)))

    def _open(self) -> None:
        device = self.devices.chosen
        if device is not None:
            self.open_device.emit(device.code)

    def _refuse(self, error: Exception) -> None:
        self._acts.refuse(explain(error, self._desk.reference))

    def _list(self) -> LineList[Device]:
        today = self._desk.now
        reference = self._desk.reference
        columns = (
            Column[Device](_("Device code"), lambda device: grouped(device.code), width=150),
            Column[Device](_("Device"), lambda device: device_name(device, reference)),
            Column[Device](
                _("Received"),
                lambda device: age_words(device.received_on or today().day, today().day),
                width=120,
            ),
        )
        how = _("A device stands here from its intake until its label is printed or written.")
        empty = EmptyState(_("Every device has its label"), how)
        return LineList(columns, lambda device: device.code, empty).named(
            "labelsToStick", _("Labels to stick")
        )

    def _lay_out(self) -> None:
        for name, button in (
            ("printAllLabels", self.print_all),
            ("printOneLabel", self.print_one),
            ("previewLabel", self.preview),
            ("writtenByHand", self.by_hand),
            ("blankLabels", self.blank),
        ):
            button.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.head)
        listed = list_card(_("Devices without a label"), self.devices, self._acts)
        column.addLayout(side_by_side(listed, self.row, weights=(5, 3)), 1)
        self.begins_at = self.devices.view

    def _connect(self) -> None:
        self.devices.chosen_changed.connect(self._show_choice)
        self.devices.view.doubleClicked.connect(self._open)
        self.print_all.clicked.connect(self._print_all)
        self.print_one.clicked.connect(self._print_chosen)
        self.preview.clicked.connect(self._preview_chosen)
        self.by_hand.clicked.connect(self._note_by_hand)
        self.blank.clicked.connect(lambda: self.open_page.emit("blanks"))
        self.row.print_wanted.connect(self._printing.print_row)
        self.row.clear_wanted.connect(self._printing.clear_row)
        self._printing.row_changed.connect(self.row.show_row)
        self._show_choice()


def _to_stick(store: PointStore) -> ToStick:
    return ToStick(store.unlabelled(LISTED), store.count_unlabelled())
