"""Several devices leave the point together, on one paper: scanned into a list, then one commit."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.ports import PointStore
from station.refusals import UnknownDevice
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
from ui.wording import explain

Batch = str  # the code of what left together


class LeavingPage(QWidget):
    """The devices on the left, where they go on the right; a scan adds one."""

    said = Signal(str)
    papers_offered = Signal(str, str)  # of what, and what was done to it
    open_device = Signal(str)

    def __init__(
        self,
        desk: Desk,
        records: type[e.Said],
        end: Field,
        act: Callable[[], Act[Batch] | None],
        *,
        title: str,
        second: str,
    ) -> None:
        """`end` asks where they go; `act` is None while that is not said."""
        super().__init__()
        self._desk, self._records, self._act = desk, records, act
        self.listed: dict[str, Device] = {}
        self.devices = self._device_list()
        self.leave = primary_button(_("They leave now"), "ok", "Ctrl+Return")
        self.leave.setObjectName("leaveTogether")
        self.take_off = secondary_button(_("Take off the list"))
        self.take_off.setObjectName("takeOff")
        self.acts = ActLine(desk, "leavingProblem", self.leave)
        self._duty = Duty(desk, self.leave, records, self.acts)
        self._lay_out(title, second, end)
        self._connect()
        self._show()

    def accept_scan(self, code: Code) -> bool:
        """A device's label puts it on the list; other codes are not ours."""
        if code.kind is not CodeKind.DEVICE:
            return False
        self.acts.clear()
        if code.text in self.listed:
            self.acts.refuse(
                _("{code} stands in the list already.").format(code=grouped(code.text))
            )
            self.devices.choose(code.text)
            return True
        find = partial(_found, code.text, self._records)
        self._desk.ask(find, self._add, self._refuse, owner=self)
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

    def _add(self, device: Device) -> None:
        self.listed[device.code] = device
        self._show()
        self.devices.choose(device.code)

    def _take_off(self) -> None:
        chosen = self.devices.chosen
        if chosen is not None:
            del self.listed[chosen.code]
            self._show()

    def _open(self) -> None:
        chosen = self.devices.chosen
        if chosen is not None:
            self.open_device.emit(chosen.code)

    def _leave(self) -> None:
        act = self._act()
        if act is not None and self.listed:
            self.acts.take(act, partial(self._left, len(self.listed)))

    def _left(self, count: int, batch: Batch) -> None:
        self.listed.clear()
        self._show()
        told = _n(
            "{count} device left under {code}", "{count} devices left under {code}", count
        ).format(count=count, code=grouped(batch))
        self.papers_offered.emit(batch, told)

    def _show(self) -> None:
        self.devices.show_lines(tuple(self.listed.values()))
        self._duty.offer(bool(self.listed))
        self.take_off.setEnabled(self.devices.chosen is not None)

    def _refuse(self, error: Exception) -> None:
        self.acts.refuse(explain(error, self._desk.reference))

    def _device_list(self) -> LineList[Device]:
        reference = self._desk.reference
        columns = (
            Column[Device](_("Device code"), lambda device: grouped(device.code), width=132),
            Column[Device](_("Device"), lambda device: device_name(device, reference)),
        )
        empty = EmptyState(_("Nothing is listed yet"), _("Scan the label of each device."))
        devices = LineList(columns, lambda device: device.code, empty)
        return devices.named("leavingDevices", _("Devices that leave"))

    def _lay_out(self, title: str, second: str, end: Field) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(PageHead(title, second))
        left = list_card(_("Devices that leave"), self.devices, self.take_off)
        column.addLayout(side_by_side(left, form_card("", end, self.acts), weights=(5, 3)), 1)

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


def _found(code: str, records: type[e.Said], store: PointStore) -> Device:
    """The device, if it may leave; raises UnknownDevice, NotInThisStage, OnHold."""
    device = store.device(code)
    if device is None:
        raise UnknownDevice(code)
    device.require(records)
    return device
