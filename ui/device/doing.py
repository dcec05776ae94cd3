"""What is done to the device that is open: by a dialog, by one key, and back again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from station import bench, defects, intake, release, releasing, stock
from station import events as e
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore, Store
from station.reference import Table
from station.told_secrets import told_word
from station.words import _
from ui.act_dialog import ActDialog
from ui.background import Background
from ui.banners import Act as WayBack
from ui.coded_words import coded
from ui.desk import Act, Desk
from ui.device.acts import BenchAct, act_words, allowed
from ui.device.defect_dialog import DefectDialog
from ui.device.dialogs import dialog_for, dialog_of
from ui.device.judged import JudgedDevice
from ui.device.kit_dialog import KitDialog
from ui.device.remedies import Remedy, act_of, remedy_words
from ui.device.secret_dialog import SecretDialog
from ui.device.travel_dialogs import SendDialog
from ui.device.way_back import correctable_by, inverse_of
from ui.other_device import OtherDeviceDialog
from ui.reports.report_desk import ReportDesk
from ui.run_line import RunLine
from ui.wording import explain

Taken = Callable[[bytes | Path], None]
"""Hears a picture, or the file in which somebody says it is: a stick is read off the window."""
PhotoSource = Callable[[QWidget, Taken], None]


class Doing(QObject):
    """Records acts on the device it is told of; its owner asks the store anew when told to."""

    said = Signal(str)
    way_back = Signal(str, object)  # what was recorded, and the way back: a banners.Act
    refused = Signal()  # what was recorded before the refusal stands, so look again
    began = Signal()  # one key was pressed: no second one until the answer
    dialog_gone = Signal()
    papers_offered = Signal(str)
    charger_wanted = Signal()
    laptop_wanted = Signal(str)
    open_page = Signal(str)

    def __init__(
        self, desk: Desk, slow: Background, reports: Path, run_line: RunLine, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._judged: JudgedDevice | None = None
        self.photo_source: PhotoSource = photographed
        self.reports = ReportDesk(desk, slow, reports, run_line, self.open)
        self.reports.said.connect(self.said)

    def work_at(self, judged: JudgedDevice | None) -> None:
        """From now on this device is open; None while another is asked for."""
        self._judged = judged

    def perform(self, act: BenchAct) -> None:
        """Do an act, after its dialog where it needs one."""
        judged = self._judged
        if judged is None or not allowed(act, judged.device):
            return
        dialog = dialog_for(act, judged, self._desk.reference, self._parent)
        other = self._without_store(judged.device).get(act)
        if dialog is not None:
            self.open(dialog)
        elif other is not None:
            other()
        else:
            self._record(act, judged.device)

    def meet(self, remedy: Remedy) -> None:
        """Do in one key what a line proposes; what needs an answer first opens its dialog."""
        judged = self._judged
        if judged is None:
            return
        act = act_of(remedy, judged.device)
        if act is None:
            dialog = dialog_of(remedy, judged, self._desk.reference, self._parent)
            if dialog is not None:
                self.open(dialog)
            return
        self.began.emit()
        done = partial(self._met, remedy, judged.device)
        self._desk.do(act, done, self._cannot, owner=self)

    def find_defect(self, zone: str) -> None:
        """Ask what is wrong at a place of the drawing."""
        if self._judged is not None and allowed(BenchAct.FIND_DEFECT, self._judged.device):
            reference = self._desk.reference
            self.open(DefectDialog(self._judged.device, reference, self._parent, zone))

    def mend(self, gone: e.DefectGone) -> None:
        """Record that a defect is there no more."""
        if self._judged is not None:
            device = self._judged.device
            mended = defects.MendDefect(device=device.code, defect=gone.defect, zone=gone.zone)
            done = partial(self._tell, _("defect mended"), device)
            self._desk.do(partial(defects.mend_defect, mended), done, self._cannot, owner=self)

    def confirm_serial(self, raw: str) -> bool:
        """Record that the serial number was scanned off the device; False where it is another."""
        device = self._judged.device if self._judged else None
        if device is None or device.serial is None or device.serial_confirmed:
            return False
        if raw.strip().casefold() != device.serial.casefold():
            return False
        seen = intake.Describe(
            device=device.code, serial=device.serial, serial_known_by="second-scan"
        )
        told = partial(self._tell, _("the serial number is right"), device)
        self._desk.do(partial(intake.describe, seen), told, self._cannot, owner=self)
        return True

    def show_secret(self, of: str) -> None:
        """Show a password that the donor told, because somebody asked for it."""
        if self._judged is not None:
            question = partial(
                _told, device=self._judged.device.code, of=of, by=self._desk.operator
            )
            self._desk.ask(question, partial(self._show_word, of), self._cannot, owner=self)

    def open(self, dialog: ActDialog) -> None:
        """Show a dialog; what it becomes is recorded."""
        about = self._judged.device if self._judged else None
        dialog.confirmed.connect(partial(self._submit, dialog, about))
        dialog.finished.connect(dialog.deleteLater)
        if isinstance(dialog, KitDialog):
            dialog.charger_wanted.connect(self.charger_wanted)
        if isinstance(dialog, OtherDeviceDialog | KitDialog):
            dialog.finished.connect(self.dialog_gone)
            dialog.show()  # scans go on while it is open
        else:
            dialog.open()

    def _without_store(self, device: Device) -> dict[BenchAct, Callable[[], object]]:
        """The acts that begin elsewhere: at the machine, with a file, on another page."""
        return {
            BenchAct.RUN_DIAGNOSTICS: partial(self.reports.diagnose_here, device),
            BenchAct.READ_TABLET: partial(self.reports.diagnose_tablet, device),
            BenchAct.READ_REPORT: partial(self._choose_report, device),
            BenchAct.AWAIT_REPORT: partial(self.laptop_wanted.emit, device.code),
            BenchAct.GO_TO_HANDOVER: partial(self.open_page.emit, "handover"),
            BenchAct.ADD_PHOTO: partial(self._add_photo, device),
        }

    def _submit(self, dialog: ActDialog, about: Device | None) -> None:
        """`about` is the device the dialog was opened for: a scan may have opened another since."""
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)
        now = self._judged.device if self._judged else None
        before = now if now and about and now.code == about.code else about
        self._desk.do(
            act, partial(self._done, dialog, before), partial(self._refuse, dialog), owner=self
        )

    def _done(self, dialog: ActDialog, before: Device | None, result: object) -> None:
        if not isValid(dialog):
            return
        told = dialog.windowTitle()
        dialog.accept()
        if before is None:
            return
        self._tell(told, before, result)
        if isinstance(dialog, SendDialog):  # its manifest goes along
            self.papers_offered.emit(before.code)

    def _refuse(self, dialog: ActDialog, error: Exception) -> None:
        sentence = explain(error, self._desk.reference)
        if isValid(dialog):
            dialog.refuse(error, sentence)
        else:
            self.said.emit(sentence)
        self.refused.emit()

    def _record(self, act: BenchAct, device: Device) -> None:
        """The acts that need nothing but the device."""
        code = device.code
        done: Act[Any] = {
            BenchAct.TAKE_TO_BENCH: partial(bench.take_to_bench, code),
            BenchAct.TAKE_OVER: partial(bench.take_over, code),
            BenchAct.RESUME: partial(bench.resume, code),
            BenchAct.MAKE_READY: partial(release.make_ready, release.MakeReady(device=code)),
            BenchAct.COUNT_SEEN: partial(stock.count_device, code, found=True),
            BenchAct.COUNT_MISSING: partial(stock.count_device, code, found=False),
        }[act]
        told = partial(self._tell, act_words(act), device)
        self._desk.do(done, told, self._cannot, owner=self)

    def _met(self, remedy: Remedy, before: Device, result: object) -> None:
        self._tell(remedy_words(remedy, self._desk.reference), before, result)

    def _tell(self, what: str, before: Device, result: object) -> None:
        """Say what was recorded, with its inverse, or the form that puts it right."""
        sentence = _("Recorded: {act}").format(act=what)
        undo = inverse_of(result, before)
        if undo is not None:
            self.way_back.emit(sentence, WayBack(_("Undo"), partial(self._take_back, undo)))
        elif correctable_by(result, self._desk.operator):
            again = partial(self.perform, BenchAct.CORRECT)
            self.way_back.emit(sentence, WayBack(_("Correct…"), again))
        else:
            self.said.emit(sentence)

    def _take_back(self, undo: Act[Any]) -> None:
        told = _("Taken back; both entries stay in the history.")
        self._desk.do(undo, lambda _result: self.said.emit(told), self._cannot, owner=self)

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))
        self.refused.emit()

    def _choose_report(self, device: Device) -> None:
        kinds = _("Reports (*.json)")
        chosen, _kind = QFileDialog.getOpenFileName(self._parent, _("Choose a report"), "", kinds)
        if chosen:
            self.reports.bring(device, Path(chosen))

    def _add_photo(self, device: Device) -> None:
        self.photo_source(self._parent, partial(self._keep_photo, device))

    def _keep_photo(self, device: Device, photo: bytes | Path) -> None:
        told = partial(self._tell, act_words(BenchAct.ADD_PHOTO), device)
        self._desk.do(partial(_kept_photo, device.code, photo), told, self._cannot, owner=self)

    def _show_word(self, of: str, word: str) -> None:
        what = coded(Table.SECRETS, of, self._desk.reference)
        dialog = SecretDialog(what, word, self._parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def photographed(parent: QWidget, taken: Taken) -> None:
    """A photo by the camera; from a file where there is none, or somebody likes that better."""
    from ui.camera_dialog import has_camera, open_camera  # noqa: PLC0415 -- loads slowly

    from_file = partial(_choose_photo, parent, taken)
    if has_camera():
        open_camera(parent, taken, from_file)
    else:
        from_file()


def _choose_photo(parent: QWidget, taken: Taken) -> None:
    kinds = _("Photos ({patterns})").format(patterns="*.jpg *.jpeg *.png")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a photo"), "", kinds)
    if chosen:
        taken(Path(chosen))


def _kept_photo(
    device: str, photo: bytes | Path, store: Store, by: Operator, when: Moment
) -> e.Event:
    picture = photo.read_bytes() if isinstance(photo, Path) else photo
    return releasing.take_photo(releasing.TakePhoto(device=device, photo=picture), store, by, when)


def _told(store: PointStore, *, device: str, of: str, by: Operator) -> str:
    return told_word(device, of, store, by)
