"""Reports of diagnostics come to a device: made on this machine or brought as a file."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station import bench
from station.codes import grouped
from station.device import Device
from station.words import _
from ui.background import Background
from ui.desk import Desk
from ui.reports.diagnosing import (
    KeptReport,
    bring_report,
    command_for,
    diagnose_here,
    diagnose_tablet,
    ending,
    names_another,
)
from ui.reports.report_differs_dialog import ReportDiffersDialog
from ui.run_line import RunLine
from ui.theme import Tone
from ui.wording import explain

Ask = Callable[[ReportDiffersDialog], None]


class ReportDesk(QObject):
    """Reads on the slow thread, asks where a report seems to be of another machine, records.

    The device is the one for which it was begun, whatever page is open when it ends.
    """

    busy = Signal(str)  # the device that is read, "" when its reading ended
    said = Signal(str)  # why nothing was begun

    def __init__(
        self, desk: Desk, slow: Background, folder: Path, run_line: RunLine, ask: Ask
    ) -> None:
        super().__init__(run_line)
        self._desk, self._slow, self._folder = desk, slow, folder
        self._line, self._ask = run_line, ask
        self._usual_s: dict[str, float] = {}  # what each kind of reading took here last
        self._reading = 0  # which one is waited for; 0: none
        self._readings = count(1)
        run_line.cancelled.connect(self._give_up)

    def diagnose_here(self, device: Device) -> None:
        """Diagnose the machine this program runs on."""
        self._read(
            device,
            partial(diagnose_here, self._folder, self._desk.now().at),
            _("Reading this machine…"),
        )

    def diagnose_tablet(self, device: Device) -> None:
        """Diagnose the tablet that hangs on this PC's cable."""
        self._read(
            device,
            partial(diagnose_tablet, self._folder, self._desk.now().at),
            _("Reading the tablet…"),
        )

    def bring(self, device: Device, file: Path) -> None:
        """Take in the file of a report."""
        self._read(
            device,
            partial(bring_report, file, self._folder, self._desk.now().at),
            _("Reading the report…"),
        )

    def ended(self, device: Device, kept: KeptReport) -> None:
        """Say that a report was recorded."""
        tone, sentence = ending(kept)
        self._line.end(tone, f"{grouped(device.code)}: {sentence}")

    def _read(self, device: Device, read: Callable[[], KeptReport], doing: str) -> None:
        if self._line.running:
            self.said.emit(_("Another report is being read: do it again when that has ended."))
            return
        self._line.start(doing, usual_s=self._usual_s.get(doing, 0), can_stop=True)
        self.busy.emit(device.code)
        number, began = next(self._readings), monotonic()
        self._reading = number

        def wanted() -> bool:
            self._usual_s[doing] = monotonic() - began
            return self._reading == number

        self._slow.run(
            read,
            lambda kept: self._record(device, kept) if wanted() else None,
            lambda error: self._fail(error) if wanted() else None,
            self,
        )

    def _give_up(self) -> None:
        """Nobody waits for it any more. It is kept when it comes, and waits without a device."""
        self._reading = 0
        self.busy.emit("")
        told = _(
            "Nothing is recorded of it. The report waits under Waiting reports once it is read."
        )
        self._line.end(Tone.UNKNOWN, told)

    def _record(self, device: Device, kept: KeptReport) -> None:
        self.busy.emit("")
        if names_another(device, kept.report):
            self._line.end(Tone.WARN, _("The report waits for your answer."))
            parent = self._line.window()
            self._ask(self._question(device, kept, parent))
            return
        act = partial(bench.record_checks, command_for(device.code, kept))
        self._desk.do(act, lambda _event: self.ended(device, kept), self._fail, owner=self)

    def _question(self, device: Device, kept: KeptReport, parent: QWidget) -> ReportDiffersDialog:
        dialog = ReportDiffersDialog(device, kept, self._desk.reference, parent)
        dialog.accepted.connect(lambda: self.ended(device, kept))
        dialog.rejected.connect(
            lambda: self._line.end(Tone.UNKNOWN, _("The report was not recorded."))
        )
        return dialog

    def _fail(self, error: Exception) -> None:
        self.busy.emit("")
        self._line.end(Tone.FAIL, explain(error, self._desk.reference))
