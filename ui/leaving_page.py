"""Several devices leave the point together, on one paper: scanned into a list, then one commit."""

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.ports import PointStore
from station.refusals import PartOfSet, UnknownDevice
from station.stock import WasteOut
from station.transfer import SentTogether
from station.words import _, _n
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState, PageHead
from ui.desk import Act, Desk
from ui.device_words import device_name
from ui.duty import Duty
from ui.field import Field
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import SPACE, form_card, list_card, side_by_side
from ui.undoing import Undoing
from ui.wording import explain

Left = SentTogether | WasteOut


class Leaver(Struct, frozen=True):
    """A device on the list, and the rest of its set, which goes along."""

    device: Device
    along: tuple[str, ...] = ()


class LeavingPage(QWidget):
    """The devices on the left, where they go on the right; a scan adds one.

    It sounds when it has judged a scan: eyes stay on the machines.
    """

    said = Signal(str)
    good = Signal()
    doubted = Signal()  # it was scanned before
    alarmed = Signal()
    papers_offered = Signal(str)  # of what; what was done to it was just said
    open_device = Signal(str)

    def __init__(
        self,
        desk: Desk,
        records: type[e.Said],
        *end: Field,
        act: Callable[[], Act[Left] | None],
        back: Callable[[Left], Act[Any]],
        title: str,
        second: str,
    ) -> None:
        """`end` asks where they go; `act` is None while that is not said, `back` undoes it."""
        super().__init__()
        self._desk, self._records, self._act, self._back = desk, records, act, back
        self.undoing = Undoing(desk, self)
        self.listed: dict[str, Leaver] = {}
        self.devices = self._device_list()
        self.leave = primary_button(_("They leave now"), "ok", "Ctrl+Return")
        self.leave.setObjectName("leaveTogether")
        self.take_off = secondary_button(_("Take off the list"))
        self.take_off.setObjectName("takeOff")
        self.acts = ActLine(desk, "leavingProblem", self.leave)
        self._duty = Duty(desk, self.leave, records, self.acts)
        self._lay_out(title, second, *end)
        self._connect()
        self._show()

    def take_scan(self, code: Code) -> bool:
        """A device's label puts it on the list; other codes are not ours."""
        if code.kind is not CodeKind.DEVICE:
            return False
        find = partial(_found, code.text, self._records)
        self._desk.ask(find, self._add, partial(self._refuse, code.text), owner=self)
        return True

    def unfinished(self) -> str:
        """What closing the window would lose; "" when nothing is listed."""
        count = len(self.listed)
        if not count:
            return ""
        told = _n(
            "{count} device on the list has not left yet.",
            "{count} devices on the list have not left yet.",
            count,
        )
        return told.format(count=count)

    def codes(self) -> tuple[str, ...]:
        """The devices in the order of their scans."""
        return tuple(self.listed)

    def _add(self, leaver: Leaver) -> None:
        code = leaver.device.code
        if code in self.listed:
            self._name_twice(code, code)
            return
        self.acts.clear()
        self.listed[code] = leaver
        self._show()
        self.devices.choose(code)
        self.good.emit()

    def _refuse(self, code: str, error: Exception) -> None:
        head = next((head for head, one in self.listed.items() if code in one.along), "")
        if head:
            self._name_twice(code, head)
        else:
            self._alarm(explain(error, self._desk.reference))

    def _name_twice(self, code: str, line: str) -> None:
        self.devices.choose(line)
        self.acts.refuse(_("{code} stands in the list already.").format(code=grouped(code)))
        self.doubted.emit()

    def _alarm(self, sentence: str) -> None:
        self.acts.refuse(sentence)
        self.alarmed.emit()

    def _take_off(self) -> None:
        chosen = self.devices.chosen
        if chosen is not None:
            del self.listed[chosen.device.code]
            self.acts.clear()  # it may have been about this one
            self._show()

    def _open(self) -> None:
        chosen = self.devices.chosen
        if chosen is not None:
            self.open_device.emit(chosen.device.code)

    def _leave(self) -> None:
        act = self._act()
        if act is not None and self.listed:
            self.acts.take(act, partial(self._left, self.codes()))

    def _left(self, listed: tuple[str, ...], left: Left) -> None:
        for code in listed:  # what was scanned meanwhile stays
            self.listed.pop(code, None)
        self._show()
        count = len(left.devices)
        told = _n(
            "{count} device left under {code}", "{count} devices left under {code}", count
        ).format(count=count, code=grouped(left.batch))
        self.undoing.tell(told, self._back(left))
        self.papers_offered.emit(left.batch)

    def _show(self) -> None:
        self.devices.show_lines(tuple(self.listed.values()))
        self._duty.offer(bool(self.listed))
        self.take_off.setEnabled(self.devices.chosen is not None)

    def _device_list(self) -> LineList[Leaver]:
        reference = self._desk.reference
        columns = (
            Column[Leaver](_("Device code"), lambda one: grouped(one.device.code), width=132),
            Column[Leaver](_("Device"), lambda one: device_name(one.device, reference)),
            Column[Leaver](_("Its set goes along"), _along, width=190),
        )
        empty = EmptyState(_("Nothing is listed yet"), _("Scan the label of each device."))
        devices = LineList(columns, lambda one: one.device.code, empty)
        return devices.named("leavingDevices", _("Devices that leave"))

    def _lay_out(self, title: str, second: str, *end: Field) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(PageHead(title, second))
        left = list_card(_("Devices that leave"), self.devices, self.take_off)
        column.addLayout(side_by_side(left, form_card("", *end, self.acts), weights=(5, 3)), 1)

    def _connect(self) -> None:
        self._duty.told.connect(self.said)
        self.leave.clicked.connect(self._leave)
        self.take_off.clicked.connect(self._take_off)
        self.devices.chosen_changed.connect(
            lambda: self.take_off.setEnabled(self.devices.chosen is not None)
        )
        self.devices.view.doubleClicked.connect(self._open)
        delete = QShortcut(Qt.Key.Key_Delete, self.devices.view, self._take_off)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.setWhatsThis(_("Take the chosen device off the list"))


def _along(one: Leaver) -> str:
    return ", ".join(map(grouped, one.along))


def _found(code: str, records: type[e.Said], store: PointStore) -> Leaver:
    """A device whose whole set may leave; raises what the act would raise in the end."""
    device = _known(code, store)
    if device.head is not None:
        raise PartOfSet(device.code, device.head)
    for one in (device, *(_known(member, store) for member in device.members)):
        one.require(records)
    return Leaver(device, device.members)


def _known(code: str, store: PointStore) -> Device:
    device = store.device(code)
    if device is None:
        raise UnknownDevice(code)
    return device
