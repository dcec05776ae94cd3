"""Báo cáo chờ: reports that came without a device, and laptops that hold one ready."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.withdrawing import Withdraw, withdraw
from station.words import _, _c, _n
from sync.pairing import NotWaiting, grouped_short
from ui.act_dialog import ActDialog
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.chips import Chip
from ui.day_words import time_words
from ui.desk import Desk
from ui.device_words import device_line
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.reports.bringing import Brought, bring_all, found_in, with_history
from ui.reports.decline_dialog import DeclineDialog
from ui.reports.inbox_dialogs import BroughtDialog, DismissDialog, LinkDialog
from ui.reports.inbox_lines import InboxLine, InboxReader, way_words
from ui.reports.receiver_words import receiver_words
from ui.reports.receiving import NotListening, Phase, Receiving
from ui.side_by_side import fill, list_card
from ui.theme import Role, Tone, words
from ui.undoing import Undoing
from ui.wording import explain


class InboxPage(QWidget):
    """Shows what waits; a line is linked by a scan of the device's label, or dismissed."""

    said = Signal(str)
    dialog_gone = Signal()
    open_device = Signal(str)

    def __init__(self, desk: Desk, receiving: Receiving, reader: InboxReader, folder: Path) -> None:
        super().__init__()
        self._desk, self._receiving, self._reader, self._folder = desk, receiving, reader, folder
        self.undoing = Undoing(desk, self)
        self.files = secondary_button(_("Bring files"), shortcut="Alt+O")
        self.files.setObjectName("bringFiles")
        self.folder = secondary_button(_("Bring a folder"), shortcut="Alt+F")
        self.folder.setObjectName("bringFolder")
        self._head = PageHead(_("Waiting reports"), acts=(self.files, self.folder))
        self._chip = Chip(Tone.UNKNOWN, "")
        self._chip.setObjectName("receiverChip")
        self._sentence = words("")
        self._sentence.setObjectName("receiverSentence")
        self._sentence.setWordWrap(True)
        self.switch = secondary_button("", shortcut="Alt+N")
        self.switch.setObjectName("receiverSwitch")
        self.lines = self._list()
        self._recap = ElidedLabel("", Role.MUTED)
        self._recap.setObjectName("inboxRecap")
        self.link = primary_button(_("Link to a device"), shortcut="Ctrl+Return")
        self.link.setObjectName("linkReport")
        self.take = secondary_button(_("Take in without a device"), shortcut="Alt+T")
        self.take.setObjectName("takeReport")
        self.dismiss = secondary_button(_("Dismiss"), shortcut="Alt+X")
        self.dismiss.setObjectName("dismissReport")
        acts = (self.dismiss, self.take, self.link)
        self._acts = ActLine(desk, "inboxProblem", *acts, beside=self._recap)
        self._duties = (
            Duty(desk, self.link, e.ReportLinked, self._acts),
            Duty(desk, self.take, e.ReportLinked, self._acts),
            Duty(desk, self.dismiss, e.ReportDismissed, self._acts),
        )
        self._lay_out()
        self._connect()
        self._show_receiver()
        self._show_choice()

    def refresh(self) -> None:
        """Read anew."""
        self._reader.read(self._show, self._refuse)

    def accept_scan(self, code: Code) -> bool:
        """A device's label says of which device the chosen report is."""
        dialog = self._asking()
        if code.kind is not CodeKind.DEVICE:
            return False
        if dialog is not None:
            dialog.take_scan(code)
            return True
        if self.lines.chosen is None or not self.link.isEnabled():
            return False
        self._ask_device(grouped(code.text))
        return True

    # ---- showing ----

    def _show(self, lines: Sequence[InboxLine]) -> None:
        self._acts.clear()
        self.lines.show_lines(lines)
        waits = _n("{count} report waits.", "{count} reports wait.", len(lines))
        self._head.show_title(_("Waiting reports"), waits.format(count=len(lines)))

    def _show_receiver(self) -> None:
        tone, word, sentence = receiver_words(self._receiving.state)
        self._chip.show_verdict(tone, word)
        self._sentence.setText(sentence)
        on = self._receiving.state.phase in {Phase.LISTENING, Phase.STARTING}
        name = _("Stop listening") if on else _("Listen for laptops")
        self.switch.setText(name)
        self.switch.setAccessibleName(name)
        self.switch.setShortcut("Alt+N")  # setText drops it

    def _show_choice(self) -> None:
        line = self.lines.chosen
        link, take, dismiss = self._duties
        link.offer(line is not None and not line.damaged)
        take.offer(line is not None and line.on_laptop)
        dismiss.offer(line is not None)
        self.take.setVisible(line is not None and line.on_laptop)
        self._recap.setText(self._recap_of(line) if line else _("Choose a report."))

    def _recap_of(self, line: InboxLine) -> str:
        if line.damaged:
            return _("The file is damaged. Send or bring the report again.")
        if not line.suggestions:
            return _("No device fits by itself. Scan the label of its device.")
        best = line.suggestions[0]
        fits = _("Perhaps {device}: {reasons}.")
        device = device_line(best.device, self._desk.reference)
        return fits.format(device=device, reasons=", ".join(best.reasons))

    # ---- acting ----

    def _ask_link(self) -> None:
        line = self.lines.chosen
        if line is not None:
            strong = [one.device.code for one in line.suggestions if one.is_strong]
            self._ask_device(grouped(strong[0]) if strong else "")

    def _ask_device(self, code: str) -> None:
        line = self.lines.chosen
        if line is not None and self._asking() is None:
            dialog = LinkDialog(line, code, self._desk.reference, self)
            self._open(dialog, self._linked)

    def _ask_reason(self) -> None:
        line = self.lines.chosen
        if line is None:
            return
        if line.on_laptop:  # nothing of it is here: there is nothing to record
            self._ask_decline(line)
            return
        self._open(DismissDialog(line, self._desk.reference, self), self._dismissed)

    def _ask_decline(self, line: InboxLine) -> None:
        """One slip would cost a night's tests: the laptop never asks again."""
        dialog = DeclineDialog(line, self)
        dialog.accepted.connect(partial(self._decline, line.digest))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.dialog_gone)
        dialog.open()

    def _decline(self, digest: str) -> None:
        if self._lan(partial(self._receiving.decline, bytes.fromhex(digest))):
            self.said.emit(_("The laptop is told that its report is not wanted."))

    def _take_in(self) -> None:
        line = self.lines.chosen
        if line is not None and self._lan(
            partial(self._receiving.pick, bytes.fromhex(line.digest), None)
        ):
            self.said.emit(_("The report is coming. It waits here until it is linked."))

    def _lan(self, ask: Callable[[], None]) -> bool:
        """Tell the receiver; False where the laptop or the receiver is gone."""
        try:
            ask()
        except (NotWaiting, NotListening) as error:
            self._refuse(error)
            return False
        return True

    def _linked(self, dialog: ActDialog, result: object) -> None:
        if not isinstance(dialog, LinkDialog):
            return
        line = dialog.line
        if isinstance(result, Device):  # a laptop holds it ready, and the device may have it
            pick = partial(self._receiving.pick, bytes.fromhex(line.digest), result.code)
            if self._lan(pick):
                told = _("The report is coming and is recorded for {device}.")
                self.said.emit(told.format(device=grouped(result.code)))
        elif isinstance(result, e.Event):
            told = _("The report is recorded for {device}.")
            self.said.emit(told.format(device=grouped(result.header.subject)))

    def _dismissed(self, dialog: ActDialog, result: object) -> None:
        if isinstance(dialog, DismissDialog) and isinstance(result, e.Event):
            back = partial(withdraw, Withdraw(events=(result.hash,)))
            again = partial(self._waits_again, dialog.line.digest)
            self.undoing.tell(_("The report is dismissed."), back, then=again)

    def _waits_again(self, digest: str) -> None:
        self._reader.named.discard(digest)
        self.refresh()

    def _open(self, dialog: ActDialog, done: Callable[[ActDialog, object], None]) -> None:
        dialog.confirmed.connect(partial(self._submit, dialog, done))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.dialog_gone)
        if isinstance(dialog, LinkDialog):
            dialog.show()  # scans go on while it is open
        else:
            dialog.open()

    def _submit(self, dialog: ActDialog, done: Callable[[ActDialog, object], None]) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)

        def recorded(result: object) -> None:
            if isValid(dialog):
                done(dialog, result)
                dialog.accept()

        self._desk.do(act, recorded, partial(self._refuse_in, dialog), owner=self)

    def _refuse_in(self, dialog: ActDialog, error: Exception) -> None:
        sentence = explain(error, self._desk.reference)
        if isValid(dialog):
            dialog.refuse(error, sentence)
        else:
            self.said.emit(sentence)

    def _asking(self) -> LinkDialog | None:
        found = (each for each in self.findChildren(LinkDialog) if each.isVisible())
        return next(found, None)

    def _switch(self) -> None:
        if self._receiving.state.phase in {Phase.LISTENING, Phase.STARTING}:
            self._receiving.turn_off()
        else:
            self._receiving.turn_on()

    def _refuse(self, error: Exception) -> None:
        self._acts.refuse(explain(error, self._desk.reference))

    # ---- files ----

    def _choose_files(self) -> None:
        kinds = _("Reports (*.json)")
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose reports"), "", kinds)
        if chosen:
            self.bring(lambda: tuple(map(Path, chosen)))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose a folder with reports"))
        if chosen:
            self.bring(partial(found_in, Path(chosen)))

    def bring(self, find: Callable[[], Sequence[Path]]) -> None:
        """Take in every report of these files; what became of each is shown."""
        at = self._desk.now().at
        self.said.emit(_("Reading the reports…"))
        self._receiving.run(
            lambda: bring_all(find(), self._folder, at), self._ask_history, self._refuse
        )

    def _ask_history(self, brought: tuple[Brought, ...]) -> None:
        ask = partial(with_history, brought)
        self._desk.ask(ask, self._show_brought, self._refuse, owner=self)

    def _show_brought(self, brought: tuple[Brought, ...]) -> None:
        self.refresh()
        dialog = BroughtDialog(brought, self._desk.reference, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- wiring ----

    def _connect(self) -> None:
        self.files.clicked.connect(self._choose_files)
        self.folder.clicked.connect(self._choose_folder)
        self.switch.clicked.connect(self._switch)
        self.link.clicked.connect(self._ask_link)
        self.take.clicked.connect(self._take_in)
        self.dismiss.clicked.connect(self._ask_reason)
        self.lines.chosen_changed.connect(self._show_choice)
        self._receiving.changed.connect(self._receiver_changed)
        self._receiving.landed.connect(lambda _landed: self._look_again())
        for duty in self._duties:
            duty.told.connect(self.said)
        Freshness(self, self._desk, self.refresh)

    def _receiver_changed(self) -> None:
        self._show_receiver()
        self._look_again()

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def _list(self) -> LineList[InboxLine]:
        columns = (
            Column[InboxLine](_("Came"), _came_words, width=104),
            Column[InboxLine](_c("report", "By"), way_words, width=112),
            Column[InboxLine](_("Machine"), _machine_words),
            Column[InboxLine](_("S/N"), lambda line: line.serial or "–", width=140),
            Column[InboxLine](_("Six digits"), _short_words, width=92),
            Column[InboxLine](_("Perhaps"), _perhaps_words, width=150),
        )
        empty = EmptyState(
            _("No report waits"),
            _("Reports of laptops, sticks and folders wait here until they are of a device."),
        )
        return LineList(columns, lambda line: line.digest, empty).named(
            "inboxLines", _("Waiting reports")
        )

    def _lay_out(self) -> None:
        receiver = Card(_("Laptops on this network"))
        receiver.add_to_head(self.switch)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._sentence, 1)
        receiver.body.addLayout(row)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(self._head)
        column.addWidget(receiver)
        column.addWidget(list_card(_("Reports"), self.lines, self._acts), 1)
        fill(self, column)


def _came_words(line: InboxLine) -> str:
    if line.on_laptop:
        return _("now")
    return time_words(line.at) if line.at else "–"


def _machine_words(line: InboxLine) -> str:
    if line.damaged:
        return _("cannot be read")
    return line.machine or _("unnamed machine")


def _short_words(line: InboxLine) -> str:
    return grouped_short(line.short_form)


def _perhaps_words(line: InboxLine) -> str:
    return grouped(line.suggestions[0].device.code) if line.suggestions else "–"
