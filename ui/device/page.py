"""One device, opened by a scan anywhere: what is this, is it all right, what do I do next."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from station import bench, release, stock
from station.codes import Code, CodeKind, grouped
from station.device import Stage
from station.operators import Role
from station.refusals import NotYourRole
from station.words import _
from ui.act_dialog import ActDialog
from ui.background import Background
from ui.charger_labels import label_charger
from ui.desk import Act, Desk
from ui.device.acts import BenchAct, act_words, allowed, require_act
from ui.device.cards import DeviceCards
from ui.device.dialogs import dialog_for, waivable
from ui.device.gate_rows import gate_rows
from ui.device.head import DeviceHead
from ui.device.history_note import HistoryNote
from ui.device.judged import JudgedDevice, judge
from ui.device.kit_dialog import KitDialog
from ui.device.opened import OpenedDevice, ask_device
from ui.device.opened_strip import OpenedStrip
from ui.device.reports_panel import ReportsPanel
from ui.device.travel_dialogs import SendDialog
from ui.device.verdict_words import device_verdict
from ui.device_words import device_facts, device_name
from ui.item_scans import ItemFinding
from ui.labels_dialog import Choice as LabelChoice
from ui.labels_dialog import LabelsDialog
from ui.other_device import OtherDeviceDialog
from ui.pair_alarm import PairAlarm
from ui.report_desk import ReportDesk
from ui.run_line import RunLine
from ui.theme import Tone
from ui.wording import explain

SPACING = 12
COPIES_SHORTCUT = "Alt+Shift+P"


class DevicePage(QWidget):
    """Asks one question for a code, shows the answer, and records what people do to the device."""

    print_label = Signal(str)
    preview_label = Signal(str)
    print_labels = Signal(tuple, int)  # codes, copies
    print_sheet = Signal(object)  # ReportSheet
    papers_wanted = Signal(str)
    papers_offered = Signal(str, str)  # of what, and what was done to it
    open_device = Signal(str)
    open_page = Signal(str)
    said = Signal(str)
    laptop_scanned = Signal(str, str)  # its pairing code, and the device that is open
    laptop_wanted = Signal(str)  # a device whose laptop is not scanned yet
    pair_wanted = Signal(object)  # ItemFinding: a person chose whose the charger is
    dialog_gone = Signal()  # one that was not modal, whose end the window does not notice

    def __init__(self, desk: Desk, slow: Background, reports: Path) -> None:
        super().__init__()
        self._desk = desk
        self.code = ""
        self._questions = 0
        self._late = False  # something was recorded while nobody looked
        self._judged: JudgedDevice | None = None
        self.strip = OpenedStrip()
        self.head = DeviceHead()
        self.alarm = PairAlarm()
        self.note = HistoryNote()
        self.run_line = RunLine(_("Close"))
        self.cards = DeviceCards()
        self.history = ReportsPanel(desk, reports)
        self.history.hide()
        self._reports = ReportDesk(desk, slow, reports, self.run_line, self._open)
        self._connect()
        self._lay_out()

    @property
    def opened(self) -> OpenedDevice | None:
        """What is shown now."""
        return self._judged.opened if self._judged else None

    def show_device(self, code: str) -> None:
        """Open a device; until its answer is here nothing can be done to the one before."""
        if code != self.code:
            self.code, self._judged = code, None
            self.head.setEnabled(False)
            self.cards.setEnabled(False)
            self.run_line.settle()
            self.alarm.settle()
            self.history.hide()
        self.refresh()

    def refresh(self) -> None:
        """Ask anew; only the answer to the latest question is shown."""
        self._late = False
        if not self.code:
            return
        self._questions += 1
        number = self._questions
        self._desk.ask(
            partial(ask_device, self.code),
            partial(self._show, number),
            partial(self._cannot_show, number),
            owner=self,
        )

    def accept_scan(self, code: Code) -> bool:
        """A device scanned while an act asks for another is that one; a laptop is of this one."""
        if code.kind is CodeKind.PAIRING and self._judged is not None:
            self.laptop_scanned.emit(code.text, self._judged.device.code)
            return True
        open_now = (each for each in self.findChildren(OtherDeviceDialog) if each.isVisible())
        dialog = next(open_now, None)
        if dialog is None or code.kind is not CodeKind.DEVICE:
            return False
        dialog.take_scan(code)
        return True

    def show_finding(self, finding: ItemFinding) -> None:
        """Whether a charger that was scanned is this device's; in its kit dialog too."""
        if finding.device != self.code:
            return
        self.alarm.show_finding(finding)
        for dialog in self.findChildren(KitDialog):
            if dialog.isVisible():
                dialog.show_finding(finding)

    def label_charger(self) -> None:
        """Give the charger beside the device a label of its own, or print that again."""
        act: Act[str] = partial(label_charger, self.code)
        self._desk.do(act, self.print_label.emit, self._cannot, owner=self)

    def ask_copies(self) -> None:
        """More labels than one, or those of what lies beside it too."""
        if self.opened is None:
            return
        own = (self.code,)
        choices: list[LabelChoice] = [
            (_("The device, {code}").format(code=grouped(self.code)), own)
        ]
        items = tuple(item.code for item in self.opened.items)
        if items:
            choices.append((_("The device and what is labelled beside it"), own + items))
        dialog = LabelsDialog(choices, self)
        dialog.wanted.connect(self.print_labels)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def perform(self, act: BenchAct) -> None:
        """Do an act, after its dialog where it needs one."""
        judged = self._judged
        if judged is None or not allowed(act, judged.device) or act in self._barred():
            return
        dialog = dialog_for(act, judged, self._desk.reference, self)
        if dialog is not None:
            self._open(dialog)
        elif act is BenchAct.RUN_DIAGNOSTICS:
            self._reports.diagnose_here(judged.device)
        elif act is BenchAct.READ_TABLET:
            self._reports.diagnose_tablet(judged.device)
        elif act is BenchAct.READ_REPORT:
            self._choose_report(judged)
        elif act is BenchAct.AWAIT_REPORT:
            self.laptop_wanted.emit(judged.device.code)
        elif act is BenchAct.GO_TO_HANDOVER:
            self.open_page.emit("handover")
        else:
            self._record(act, judged.device.code)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._late:
            self.refresh()

    # ---- asking and showing ----

    def _show(self, number: int, opened: OpenedDevice) -> None:
        if number != self._questions:
            return
        reference = self._desk.reference
        self._judged = judged = judge(opened, reference, self._desk.now())
        device, rows = judged.device, gate_rows(judged, reference)
        title = device_name(device, reference)
        second = device_facts(device, opened.donor, reference)
        self.head.show_title(title, second, *device_verdict(device, rows, reference))
        barred = self._barred()
        self.head.offer(device, judged.next, barred)
        acts = frozenset(act for act in BenchAct if allowed(act, device)) - barred.keys()
        self.cards.show_device(judged, rows, acts, reference)
        self.cards.gate.exception.setVisible(self._exception_possible(judged))
        self.strip.mark(device.code, title)
        self.note.show_device(device)
        for widget in (self.head, self.cards):
            widget.setEnabled(True)
        self.cards.setVisible(self.history.isHidden())
        if not self.history.isHidden():
            self.history.show_reports(device.code)

    def _cannot_show(self, number: int, error: Exception) -> None:
        if number != self._questions:
            return
        sentence = explain(error, self._desk.reference)
        self.head.show_title(grouped(self.code), sentence, Tone.UNKNOWN, "")
        self.head.offer_nothing()
        self.cards.hide()
        self.history.hide()

    def _exception_possible(self, judged: JudgedDevice) -> bool:
        """One open condition, one that may be let go, and the lead at the desk."""
        lead = self._desk.operator.role is Role.LEAD
        on_bench = judged.device.stage is Stage.ON_BENCH
        return lead and on_bench and judged.gate.open == waivable(judged)[:1]

    def _barred(self) -> dict[BenchAct, str]:
        """What is not this operator's work, and whose it is."""
        sentences: dict[BenchAct, str] = {}
        for act in BenchAct:
            try:
                require_act(act, self._desk.operator)
            except NotYourRole as error:
                sentences[act] = explain(error, self._desk.reference)
        return sentences

    def _show_reports(self) -> None:
        """The reports stand where the cards stood, until one has seen enough."""
        self.cards.hide()
        self.history.show()
        self.history.show_reports(self.code)
        self.history.list.view.setFocus()

    def _show_cards(self) -> None:
        self.history.hide()
        self.cards.show()

    # ---- acting ----

    def _open(self, dialog: ActDialog) -> None:
        dialog.confirmed.connect(partial(self._submit, dialog))
        dialog.finished.connect(dialog.deleteLater)
        if isinstance(dialog, KitDialog):
            dialog.charger_wanted.connect(self.label_charger)
        if isinstance(dialog, OtherDeviceDialog | KitDialog):
            dialog.finished.connect(self.dialog_gone)
            dialog.show()  # scans go on while it is open
        else:
            dialog.open()

    def _submit(self, dialog: ActDialog) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)
        done = partial(self._done, dialog, self.code)
        self._desk.do(act, done, partial(self._refuse, dialog), owner=self)

    def _done(self, dialog: ActDialog, code: str, _result: object) -> None:
        if not isValid(dialog):
            return
        dialog.accept()
        if isinstance(dialog, SendDialog):  # its manifest goes along
            self.papers_offered.emit(code, _("Recorded: {act}").format(act=dialog.windowTitle()))

    def _refuse(self, dialog: ActDialog, error: Exception) -> None:
        """What was recorded before the refusal stands, so look again."""
        sentence = explain(error, self._desk.reference)
        if isValid(dialog):
            dialog.refuse(error, sentence)
        else:
            self.said.emit(sentence)
        self.refresh()

    def _record(self, act: BenchAct, code: str) -> None:
        """The acts that need nothing but the device."""
        done: Act[Any] = {
            BenchAct.TAKE_TO_BENCH: partial(bench.take_to_bench, code),
            BenchAct.RESUME: partial(bench.resume, code),
            BenchAct.MAKE_READY: partial(release.make_ready, release.MakeReady(device=code)),
            BenchAct.COUNT_SEEN: partial(stock.count_device, code, found=True),
            BenchAct.COUNT_MISSING: partial(stock.count_device, code, found=False),
        }[act]
        self._desk.do(done, lambda _event: self._tell(act), self._cannot, owner=self)

    def _tell(self, act: BenchAct) -> None:
        self.said.emit(_("Recorded: {act}").format(act=act_words(act)))

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))
        self.refresh()

    def _choose_report(self, judged: JudgedDevice) -> None:
        kinds = _("Reports (*.json)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a report"), "", kinds)
        if chosen:
            self._reports.bring(judged.device, Path(chosen))

    # ---- wiring ----

    def _connect(self) -> None:
        self._desk.acted.connect(self.run_line.settle)
        self._desk.recorded.connect(self._look_again)
        self._desk.operator_changed.connect(self._look_again)
        self.strip.wanted.connect(self.show_device)
        self.head.wanted.connect(self._perform_named)
        self.head.told.connect(self.said)
        self.head.print_wanted.connect(lambda: self.print_label.emit(self.code))
        self.head.preview_wanted.connect(self._want_preview)
        self.head.papers_wanted.connect(lambda: self.papers_wanted.emit(self.code))
        self.cards.wanted.connect(self._perform_named)
        self.cards.facts.open_device.connect(self.open_device)
        self.cards.facts.charger_wanted.connect(self.label_charger)
        copies = QShortcut(COPIES_SHORTCUT, self, self.ask_copies)
        copies.setWhatsThis(_("Print labels in several copies"))
        self.alarm.pair_wanted.connect(self.pair_wanted)
        self.cards.reports_wanted.connect(self._show_reports)
        self.history.back.connect(self._show_cards)
        self.history.print_sheet.connect(self.print_sheet)
        self.history.said.connect(self.said)

    def _want_preview(self) -> None:
        if self.code:
            self.preview_label.emit(self.code)

    def _perform_named(self, act: str) -> None:
        self.perform(BenchAct(act))

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._late = True

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        for widget in (self.strip, self.head, self.note, self.alarm, self.run_line):
            column.addWidget(widget)
        column.addWidget(self.cards, 1)
        column.addWidget(self.history, 1)
        column.addStretch()  # the head stays above while there is nothing below it
