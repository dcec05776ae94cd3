"""A laptop and a device are brought together: by the code on the laptop's screen or its six digits.

The label first and then the screen, or the screen first and then the label: both ways end here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

from diagnostics.shelf import Shelf
from station import bench
from station.codes import BadCode, Code, CodeKind, grouped
from station.device import Device
from station.events import Event
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.reference import Reference
from station.words import _
from sync.pairing import SHORT_DIGITS, NotWaiting, grouped_short, pairing_code
from ui.act_dialog import ActDialog
from ui.desk import Act, Desk
from ui.field import Field
from ui.other_device import OtherDeviceDialog
from ui.reports.diagnosing import KeptReport, ending, kept_report
from ui.reports.inbox_acts import ReportDiffers, landed_command, require_pairing
from ui.reports.receiving import NotListening, Receiving
from ui.wording import explain


class CalledByAnother(Exception):
    """The report was called for by somebody who no longer works at this PC."""

    code = "called_by_another"


class NoSuchShortForm(Exception):
    """No laptop that waits now shows these six digits."""

    code = "no_such_short_form"


class PairDialog(OtherDeviceDialog):
    """Asks for what is not known yet: the device, the laptop, or both."""

    def __init__(self, device: str, laptop: str, reference: Reference, parent: QWidget) -> None:
        title = _("A laptop sends its report")
        about = _("Scan the device's label and the code on the laptop's screen.")
        verb, which = _("Take in its report"), _("Device")
        super().__init__("pair", title, about, verb, parent, which=which)
        self._reference = reference
        self.laptop = QLineEdit(grouped(laptop) if laptop else "")
        self.laptop.setObjectName("laptop")
        hint = _("Scan the code on its screen, or type its six digits.")
        self.laptop_field = Field(_("Laptop"), self.laptop, hint)
        self.other.setText(grouped(device) if device else "")
        self.add(self.other_field, self.laptop_field)
        (self.laptop if device else self.other).setFocus()

    @override
    def take_scan(self, code: Code) -> None:
        """Each kind of code goes into its own field."""
        if code.kind is CodeKind.PAIRING:
            self.laptop.setText(grouped(code.text))
            self.activateWindow()
        else:
            super().take_scan(code)

    @override
    def act(self) -> Act[Device] | None:
        device = self._read(self.other_code, self.other_field)
        laptop = self._read(self.laptop_code, self.laptop_field) if device else None
        return partial(require_pairing, device) if device and laptop is not None else None

    @property
    def short_form(self) -> str:
        """The six digits that were typed; "" where a code stands there."""
        typed = "".join(self.laptop.text().split())
        return typed if typed.isascii() and typed.isdigit() and len(typed) == SHORT_DIGITS else ""

    def laptop_code(self) -> str:
        """The pairing code, "" where six digits stand for it; raises BadCode."""
        return "" if self.short_form else pairing_code(self.laptop.text())

    def _read(self, read: Callable[[], str], field: Field) -> str | None:
        try:
            return read()
        except BadCode as error:
            field.show_error(explain(error, self._reference))
            field.control.setFocus()
            return None


class Pairing(QObject):
    """Knows the one dialog, tells the receiver, and records what landed for a device."""

    said = Signal(str)
    refused = Signal(str)
    recorded_for = Signal(str)  # a device
    dialog_gone = Signal()

    def __init__(self, desk: Desk, receiving: Receiving, shelf: Shelf, window: QWidget) -> None:
        super().__init__()
        self._desk, self._receiving, self._shelf, self._window = desk, receiving, shelf, window
        self._dialog: PairDialog | None = None
        self._called_by: dict[str, str] = {}  # device: the operator who called for its report
        receiving.landed.connect(self._landed)

    def accept_scan(self, code: Code) -> bool:
        """A scan while the dialog is open is for it."""
        dialog = self._asking()
        if dialog is None or code.kind not in {CodeKind.DEVICE, CodeKind.PAIRING}:
            return False
        dialog.take_scan(code)
        return True

    def accept_digits(self, typed: str) -> bool:
        """Six digits that a waiting laptop shows, in the scan box: only the device lacks."""
        short = "".join(typed.split())
        shown = any(waiting.short_form == short for waiting in self._receiving.waiting)
        if shown:
            self.ask()
            dialog = self._asking()
            if dialog is not None:
                dialog.laptop.setText(grouped_short(short))
        return shown

    def ask(self, *, device: str = "", laptop: str = "") -> None:
        """Ask for the other half; the receiver listens meanwhile, so that the laptop is seen."""
        self._receiving.turn_on()
        if self._asking() is not None:
            return
        self._dialog = dialog = PairDialog(device, laptop, self._desk.reference, self._window)
        dialog.confirmed.connect(partial(self._submit, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.dialog_gone)
        dialog.show()  # scans go on while it is open

    def pair(self, laptop: str, device: str) -> None:
        """Label and screen were scanned: await the report."""
        ask: Act[Device] = partial(require_pairing, device)
        self._desk.do(ask, partial(self._expect, laptop), self._refuse, owner=self)

    # ---- the dialog ----

    def _asking(self) -> PairDialog | None:
        dialog = self._dialog
        return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None

    def _submit(self, dialog: PairDialog) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is not None:
            dialog.set_busy(True)
            done = partial(self._allowed, dialog, dialog.laptop_code())
            failed = partial(self._refuse_at, dialog, dialog.other_field)
            self._desk.do(act, done, failed, owner=self)

    def _allowed(self, dialog: PairDialog, laptop: str, device: Device) -> None:
        if not isValid(dialog):
            return
        failed = partial(self._refuse_at, dialog, dialog.laptop_field)
        if laptop:
            done = partial(self._expected_in, dialog, laptop, device)
            self._receiving.expect(laptop, device.code, done, failed)
            return
        try:
            self._pick(dialog.short_form, device)
        except (NotWaiting, NotListening, NoSuchShortForm) as error:
            failed(error)
        else:
            dialog.accept()

    def _pick(self, short: str, device: Device) -> None:
        found = [waiting for waiting in self._receiving.waiting if waiting.short_form == short]
        if len(found) != 1:  # two reports under the same digits: one of them was made up
            raise NoSuchShortForm
        self._receiving.pick(found[0].digest, device.code)
        self._called_by[device.code] = self._desk.operator.id
        told = _("The report is coming and is recorded for {device}.")
        self.said.emit(told.format(device=grouped(device.code)))

    def _expected_in(self, dialog: PairDialog, laptop: str, device: Device, _nothing: None) -> None:
        self._tell_expected(laptop, device, None)
        if isValid(dialog):
            dialog.accept()

    def _refuse_at(self, dialog: ActDialog, field: Field, error: Exception) -> None:
        sentence = explain(error, self._desk.reference)
        if not isValid(dialog):
            self.refused.emit(sentence)
            return
        dialog.set_busy(False)
        field.show_error(sentence)
        field.control.setFocus()

    # ---- two scans ----

    def _expect(self, laptop: str, device: Device) -> None:
        done = partial(self._tell_expected, laptop, device)
        self._receiving.expect(laptop, device.code, done, self._refuse)

    def _tell_expected(self, laptop: str, device: Device, _nothing: None) -> None:
        self._called_by[device.code] = self._desk.operator.id
        told = _("The report of laptop {laptop} comes to {device} by itself.")
        self.said.emit(told.format(laptop=grouped(laptop), device=grouped(device.code)))

    # ---- what landed ----

    def _landed(self, landed: Any) -> None:
        digest, code = landed.digest.hex(), landed.device
        if code is None:
            self.said.emit(_("A report came. It waits until it is linked to a device."))
            return
        read = partial(kept_report, self._shelf, digest)
        self._receiving.run(read, partial(self._record, code), self._refuse)

    def _record(self, code: str, kept: KeptReport) -> None:
        """Record it as the work of whoever called for it, while that one is still here."""
        if self._called_by.pop(code, "") not in ("", self._desk.operator.id):
            self._kept_waiting(code, CalledByAnother())
            return
        act: Act[Event] = partial(_record_landed, code, kept)
        done, failed = partial(self._recorded, code, kept), partial(self._kept_waiting, code)
        self._desk.do(act, done, failed, owner=self)

    def _recorded(self, code: str, kept: KeptReport, _event: Event) -> None:
        _tone, sentence = ending(kept)
        self.said.emit(f"{grouped(code)}: {sentence}")
        self.recorded_for.emit(code)

    def _kept_waiting(self, code: str, error: Exception) -> None:
        """It is on the disk and named by nothing: a person decides under Waiting reports."""
        told = _("{device}: the report came and waits under Waiting reports. {why}")
        if isinstance(error, ReportDiffers):
            sentence = _("It names another machine: S/N {told}.").format(told=error.told)
        else:
            sentence = explain(error, self._desk.reference)
        self.refused.emit(told.format(device=grouped(code), why=sentence))
        self._desk.recorded.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(explain(error, self._desk.reference))


def _record_landed(
    code: str, kept: KeptReport, store: PointStore, by: Operator, when: Moment
) -> Event:
    device = require_pairing(code, store, by, when)
    return bench.record_checks(landed_command(device, kept), store, by, when)
