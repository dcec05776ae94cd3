"""One device, opened by a scan anywhere: what is this, is it all right, what do I do next."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from station.codes import Code, CodeKind, grouped
from station.device import Stage
from station.operators import Operator, Role
from station.refusals import AlreadyAtIt, NotYourRole
from station.words import _
from ui.background import Background
from ui.desk import Act, Desk
from ui.device.acts import BenchAct, allowed, require_act
from ui.device.cards import MACHINE, DeviceCards
from ui.device.dialogs import waivable
from ui.device.doing import Doing
from ui.device.gate_rows import gate_rows
from ui.device.head import DeviceHead
from ui.device.history_note import HistoryNote
from ui.device.judged import JudgedDevice, judge
from ui.device.kit_dialog import KitDialog
from ui.device.opened import OpenedDevice, ask_device
from ui.device.opened_strip import OpenedStrip
from ui.device.photos import PhotoLoader
from ui.device.reports_panel import ReportsPanel
from ui.device.verdict_words import device_verdict
from ui.device_words import device_facts, device_name
from ui.intake.charger_labels import label_charger
from ui.item_scans import ItemFinding
from ui.other_device import OtherDeviceDialog
from ui.pair_alarm import PairAlarm
from ui.run_line import RunLine
from ui.stock.labels_dialog import Choice as LabelChoice
from ui.stock.labels_dialog import LabelsDialog
from ui.theme import Tone
from ui.wording import explain

SPACING = 12
COPIES_SHORTCUT = "Alt+Shift+N"


class DevicePage(QWidget):
    """Asks one question for a code, shows the answer, and records what people do to the device."""

    print_label = Signal(str)
    preview_label = Signal(str)
    print_labels = Signal(tuple, int)  # codes, copies
    print_sheet = Signal(object)  # ReportSheet
    papers_wanted = Signal(str)
    papers_offered = Signal(str)  # of what; what was done to it was just said
    open_device = Signal(str)
    open_page = Signal(str)
    said = Signal(str)
    way_back = Signal(str, object)  # what was recorded, and a banners.Act that takes it back
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
        self._shown: tuple[OpenedDevice, Operator, date] | None = None
        self.strip = OpenedStrip()
        self.head = DeviceHead()
        self.alarm = PairAlarm()
        self.note = HistoryNote()
        self.run_line = RunLine(_("Close"))
        self.cards = DeviceCards()
        self.history = ReportsPanel(desk, reports)
        self.history.hide()
        self.doing = Doing(desk, slow, reports, self.run_line, self)
        self._photos = PhotoLoader(desk, self.cards.remarks)
        self._turned: dict[str, int] = {}  # which side tab each opened device showed last
        self._connect()
        self._lay_out()

    @property
    def opened(self) -> OpenedDevice | None:
        """What is shown now."""
        return self._judged.opened if self._judged else None

    def show_device(self, code: str) -> None:
        """Open a device; until its answer is here nothing can be done to the one before."""
        if code != self.code:
            self.code, self._judged, self._shown = code, None, None
            self.doing.work_at(None)
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

    def accept_serial(self, raw: str) -> bool:
        """Whether a scan is this device's serial number that nobody compared yet."""
        return self.doing.confirm_serial(raw)

    def show_finding(self, finding: ItemFinding) -> None:
        """Whether a charger that was scanned is this device's; in its kit dialog too."""
        if finding.device != self.code:
            return
        self.alarm.show_finding(finding)
        for dialog in self.findChildren(KitDialog):
            if dialog.isVisible() and dialog.device == finding.device:
                dialog.show_finding(finding)

    def label_charger(self) -> None:
        """Give the charger beside the device a label of its own, or print that again."""
        act: Act[str] = partial(label_charger, self.code)
        self._desk.do(act, self.print_label.emit, self._cannot, owner=self)

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))
        self.refresh()

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
        """Do an act, after its dialog where it needs one; not what is others' work."""
        if act not in self._barred():
            self.doing.perform(act)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._late:
            self.refresh()

    # ---- asking and showing ----

    def _show(self, number: int, opened: OpenedDevice) -> None:
        if number != self._questions:
            return
        now = (opened, self._desk.operator, self._desk.now().day)
        if now != self._shown:  # what others record of other devices moves nobody's keys here
            self._shown = now
            self._render(opened)
        device, day = opened.device, self._desk.now().day
        self.strip.mark(device, device_name(device, self._desk.reference), day)
        for widget in (self.head, self.cards):
            widget.setEnabled(True)
        self.cards.setVisible(self.history.isHidden())
        if not self.history.isHidden():
            self.history.show_reports(self.code)

    def _render(self, opened: OpenedDevice) -> None:
        reference = self._desk.reference
        self._judged = judged = judge(opened, reference, self._desk.now())
        self.doing.work_at(judged)
        device, rows = judged.device, gate_rows(judged, reference)
        title = device_name(device, reference)
        technician = opened.names.get(device.technician or "", "")
        second = device_facts(device, opened.donor, reference, technician)
        self.head.show_title(title, second, *device_verdict(device, rows, reference))
        barred = self._barred()
        self.head.offer(device, judged.next, barred)
        acts = frozenset(act for act in BenchAct if allowed(act, device)) - barred.keys()
        self.cards.facts.may_see_secrets = self._may_see_secrets()
        self.cards.show_device(judged, rows, acts, reference)
        self.cards.side.bar.setCurrentIndex(self._turned.get(device.code, MACHINE))
        self._photos.load(opened.photos)
        self.cards.gate.exception.setVisible(self._exception_possible(judged))
        self.note.show_device(device)

    def _cannot_show(self, number: int, error: Exception) -> None:
        if number != self._questions:
            return
        self._shown = None
        sentence = explain(error, self._desk.reference)
        self.head.show_title(grouped(self.code), sentence, Tone.UNKNOWN, "")
        self.head.offer_nothing()
        self.cards.hide()
        self.history.hide()

    def _exception_possible(self, judged: JudgedDevice) -> bool:
        """One open condition, one that may be let go, and the lead at the desk."""
        lead = self._desk.operator.role is Role.LEAD
        on_bench = judged.device.stage is Stage.ON_BENCH
        one = len(judged.gate.open) == 1 and judged.gate.open == waivable(judged)
        return lead and on_bench and one

    def _barred(self) -> dict[BenchAct, str]:
        """What is not this operator's work, and whose it is."""
        sentences: dict[BenchAct, str] = {}
        for act in BenchAct:
            try:
                require_act(act, self._desk.operator)
            except NotYourRole as error:
                sentences[act] = explain(error, self._desk.reference)
        device = self._judged.device if self._judged else None
        if device is not None and device.technician == self._desk.operator.id:
            mine = AlreadyAtIt(device.code)
            sentences.setdefault(BenchAct.TAKE_OVER, explain(mine, self._desk.reference))
        return sentences

    def _may_see_secrets(self) -> bool:
        return self._desk.operator.role in {Role.BENCH, Role.LEAD}

    def _note_turn(self, place: int) -> None:
        self._turned[self.code] = place

    def _show_reports(self) -> None:
        """The reports stand where the cards stood, until one has seen enough."""
        self.cards.hide()
        self.history.show()
        self.history.show_reports(self.code)
        self.history.list.view.setFocus()

    def _show_changes(self) -> None:
        self.history.turn_to_changes()
        self._show_reports()

    def _show_cards(self) -> None:
        self.history.hide()
        self.cards.show()

    # ---- wiring ----

    def _connect(self) -> None:
        self._desk.acted.connect(self.run_line.settle)
        self._desk.recorded.connect(self._look_again)
        self._desk.operator_changed.connect(self._look_again)
        self.strip.wanted.connect(self.show_device)
        self.strip.emptied.connect(lambda: self.open_page.emit("bench"))
        self.strip.add_shortcuts(self)
        self.head.wanted.connect(self._perform_named)
        self.head.told.connect(self.said)
        self.head.print_wanted.connect(lambda: self.print_label.emit(self.code))
        self.head.preview_wanted.connect(self._want_preview)
        self.head.papers_wanted.connect(lambda: self.papers_wanted.emit(self.code))
        self.cards.wanted.connect(self._perform_named)
        self.cards.remedy_wanted.connect(self.doing.meet)
        self.cards.defects.zone_wanted.connect(self.doing.find_defect)
        self.cards.defects.gone.connect(self.doing.mend)
        self.cards.facts.secret_wanted.connect(self.doing.show_secret)
        self.cards.side.turned.connect(self._note_turn)
        self._connect_doing()
        self.cards.facts.open_device.connect(self.open_device)
        self.cards.facts.charger_wanted.connect(self.label_charger)
        copies = QShortcut(COPIES_SHORTCUT, self, self.ask_copies)
        copies.setWhatsThis(_("Print labels in several copies"))
        self.alarm.pair_wanted.connect(self.pair_wanted)
        self.cards.reports_wanted.connect(self._show_reports)
        self.cards.changes_wanted.connect(self._show_changes)
        self.history.back.connect(self._show_cards)
        self.history.print_sheet.connect(self.print_sheet)
        self.history.said.connect(self.said)

    def _connect_doing(self) -> None:
        doing = self.doing
        doing.said.connect(self.said)
        doing.reports.busy.connect(self.strip.mark_busy)
        doing.way_back.connect(self.way_back)
        doing.refused.connect(self.refresh)
        doing.began.connect(lambda: self.cards.setEnabled(False))
        doing.dialog_gone.connect(self.dialog_gone)
        doing.papers_offered.connect(self.papers_offered)
        doing.charger_wanted.connect(self.label_charger)
        doing.laptop_wanted.connect(self.laptop_wanted)
        doing.open_page.connect(self.open_page)

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
