"""Back from the school: a batch is confirmed from its signed paper, or line by line."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station import events as e
from station.batches import CAME_HOME, ConfirmBatch, confirm_batch, reopen_lines
from station.codes import Code, CodeKind, grouped
from station.events import Event
from station.handover import confirm_handover
from station.ledger import Moment, Occurred
from station.withdrawing import Withdraw, withdraw
from station.words import _, _n
from ui.act_line import ActLine
from ui.buttons import link_button, papers_button, primary_button, secondary_button
from ui.cards import Card, EmptyState
from ui.choice import Choice
from ui.day_field import DayEdit, DayField
from ui.day_words import left_words
from ui.desk import Desk
from ui.draft_keeper import DraftKeeper
from ui.draft_strip import DraftStrip
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.giving.given_dialogs import ReturnDialog
from ui.giving.given_list import scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.line_form import LineForm
from ui.giving.paper_check import PaperCheck, batch_of
from ui.giving.paper_draft import PAPER, PAPER_FORM, BatchHome, PaperDraft
from ui.giving.pupil_words import pupil_word, school_word
from ui.giving.recap import Recap
from ui.giving.school_lines import Batch, batches_out
from ui.line_list import LineList
from ui.line_table import Column
from ui.open_dialog import open_dialog
from ui.side_by_side import SPACE, fill, form_card, list_card, side_by_side
from ui.theme import Role
from ui.undoing import Undoing
from ui.wording import explain


class LinesPanel(QWidget):
    """Choose the batch by its code or its paper, scan what came home, confirm the rest at once."""

    said = Signal(str)
    papers_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about = ""  # the line that the answer and the name are about
        self._lines: tuple[GivenLine, ...] = ()
        self._batches: tuple[Batch, ...] = ()
        self.check = PaperCheck(desk)
        self._draft: PaperDraft | None = None  # found, and not taken up yet
        self._keeper = DraftKeeper(desk, PAPER, self._held, self)
        self._found = DraftStrip(_("None of them came home"), "forgetHome")
        self.undoing = Undoing(desk, self)
        self.batch = Choice("batchToConfirm")
        self.batch.setAccessibleName(_("Batch to confirm"))
        self.devices = self._listing()
        self._recap = Recap(desk, _("Choose a line, or scan the device's label."))
        self._form = LineForm(desk.reference)
        self._day = DayEdit("lineDay", lambda: desk.now().day)
        self._record = secondary_button(_("Record line"), "", "Ctrl+Return")
        self._record.setObjectName("recordLine")
        self._return = secondary_button(_("Return to stock"))
        self._return.setObjectName("returnFromSchool")
        self._papers = papers_button()
        self._papers.setObjectName("papers")
        self._acts = ActLine(desk, "lineProblem", self._papers, self._return, self._record)
        self._recording = Duty(desk, self._record, e.HandoverConfirmed, self._acts)
        self._returning = Duty(desk, self._return, e.ReturnedToStock, self._acts)
        self._told = ElidedLabel("", Role.CARD_TITLE)
        self._confirm = primary_button(_("Confirm the batch"), "ok", "Ctrl+Shift+Return")
        self._confirm.setObjectName("confirmBatch")
        beside = QWidget()
        fill(beside, side_by_side(self.batch, self._told, weights=(1, 2)))
        self._whole = ActLine(desk, "batchProblem", self._confirm, beside=beside)
        self._confirming = Duty(desk, self._confirm, e.HandoverConfirmed, self._whole)
        self._lay_out()
        self._connect()
        self._show_choice()
        desk.ask(PAPER_FORM.found, self._know_draft, self._refuse, owner=self)

    def show_lists(self, lists: HandoverLists) -> None:
        """Show the lines that are not signed yet."""
        self._lines, self._batches = lists.at_school, batches_out(lists.at_school)
        if self.check.know(self._batches):
            self._keeper.touch()
        before = self.batch.chosen
        self.batch.blockSignals(True)
        self.batch.offer(
            [("", _("All open lines"))] + [(b.code, self._name(b)) for b in self._batches]
        )
        self.batch.setCurrentIndex(max(self.batch.findData(before), 0))
        self.batch.blockSignals(False)
        self._take_up()
        self._go_on_with_draft()

    def accept_scan(self, code: Code) -> bool:
        """Choose the batch or line that was scanned; of a batch beside its paper, it came home."""
        if code.kind is CodeKind.LOT:
            return self.choose_batch(code.text)
        found = scanned_key(self.devices.model.lines, code)
        if found is None:
            return False
        if code.kind is CodeKind.DEVICE and self.check.bring_home(found, CAME_HOME):
            self._keeper.touch()
            self._show_lines()
        return self.devices.choose(found)

    def came_home_before(self, code: Code) -> bool:
        """Whether a device was scanned as come home already; it is chosen."""
        return code.text in self.check.home and self.devices.choose(code.text)

    def choose_batch(self, code: str) -> bool:
        """Take up a batch; False when none of its lines is open."""
        at = self.batch.findData(code)
        if at > 0:
            self.batch.setCurrentIndex(at)
        return at > 0

    def unfinished(self) -> str:
        """What closing the window would lose; "" when nothing was scanned."""
        if not self.check.scanned:
            return ""
        return _("What came home was scanned, and its batch is not confirmed.")

    # ---- laid out ----

    def _listing(self) -> LineList[GivenLine]:
        columns = (
            Column[GivenLine](_("Device code"), lambda one: grouped(one.device.code), width=118),
            Column[GivenLine](_("Pupil"), _pupil),
            Column[GivenLine](
                _("How it went"),
                lambda one: self.check.step(one)[1],
                lambda one: self.check.step(one)[0],
                width=230,
            ),
        )
        how = _("Devices stand here from the day a school takes them until each line is signed.")
        empty = EmptyState(_("No line is open"), how)
        listing = LineList(columns, lambda one: one.device.code, empty)
        return listing.named("schoolLines", _("Lines to confirm"))

    def _lay_out(self) -> None:
        desk = self._desk
        self._take_off = link_button(_("It did not come back"))
        self._take_off.setObjectName("notHome")
        left = list_card(_("With the schools"), self.devices, self._take_off)
        self._day_field = DayField(
            _("Day on the list"), self._day, desk.reference, lambda: desk.now().day
        )
        fields = QWidget()
        fill(fields, side_by_side(self._form.field, self._day_field, weights=(3, 2)))
        right = form_card(_("How it went"), self._recap, self._form, fields, self._acts)
        look = Card()  # on top: the message line floats over the bottom
        look.body.addWidget(self._whole)
        lists = QWidget()
        fill(lists, side_by_side(left, right))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(look)
        column.addWidget(self._found)
        column.addWidget(lists, 1)

    def _connect(self) -> None:
        self._record.clicked.connect(self._confirm_line)
        self._confirm.clicked.connect(self._confirm_batch)
        self._return.clicked.connect(self._open_return)
        self._papers.clicked.connect(self._want_papers)
        self._take_off.clicked.connect(self._not_home)
        self._found.thrown_away.connect(self._throw_draft_away)
        self._keeper.not_kept.connect(self._refuse)
        self.batch.currentIndexChanged.connect(self._take_up)
        self.devices.chosen_changed.connect(self._show_choice)
        self._form.changed.connect(self._show_choice)
        self.undoing.said.connect(self.said)
        for duty in (self._recording, self._returning, self._confirming):
            duty.told.connect(self.said)
        delete = QShortcut(Qt.Key.Key_Delete, self.devices.view, self._not_home)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.setWhatsThis(_("It did not come back"))

    def _name(self, batch: Batch) -> str:
        day = self._desk.now().day
        school = school_word(batch.school, self._desk.reference, day)
        count = len(batch.lines)
        left = _n("{count} line", "{count} lines", count).format(count=count)
        return f"{grouped(batch.code)} · {school} · {left}"

    # ---- shown ----

    def _take_up(self) -> None:
        self.check.begin(batch_of(self._batches, self.batch.chosen))
        if not self.check.home:
            self._found.hide()
        self._show_lines()

    # ---- what a power cut left ----

    def _held(self) -> bytes | None:
        draft = self.check.draft(self._desk.now().at)
        return PAPER_FORM.encode(draft) if draft is not None else None

    def _know_draft(self, draft: PaperDraft | None) -> None:
        self._draft = draft
        self._go_on_with_draft()

    def _go_on_with_draft(self) -> None:
        """Once its batch stands in the list; of one that was confirmed nothing is left to do."""
        draft = self._draft
        if draft is not None and not self.check.scanned and self._bring_home_again(draft):
            self._draft = None
            self._found.show_draft(_found_words(self.check.home, draft, self._desk.now()))

    def _bring_home_again(self, draft: PaperDraft) -> bool:
        """Whether anything of it is open still."""
        for one in (BatchHome(draft.batch, draft.home), *draft.others):
            self.check.scan_again(one.batch, one.home)
        self.check.know(self._batches)
        scanned = self.check.scanned
        for batch in sorted(scanned, key=lambda one: one != draft.batch)[:1]:
            self.choose_batch(batch)
        self._keeper.touch()
        self._show_lines()
        return bool(scanned)

    def _throw_draft_away(self) -> None:
        draft = self.check.draft(self._desk.now().at)
        self._found.hide()
        for device in self.check.home:
            self.check.take_off(device)
        self._keeper.keep()
        self._show_lines()
        if draft is not None:
            again = partial(self._bring_home_again, draft)
            self.undoing.done.emit(_("No device of this batch came home"), again)

    def _show_lines(self) -> None:
        batch = self.check.batch
        self.devices.show_lines(batch.lines if batch else self._lines, go_on=True)

    def _show_choice(self) -> None:
        line = self.devices.chosen
        self._ask_anew(line)
        self._recording.offer(line is not None and self._form.result is not None)
        self._returning.offer(line is not None)
        self._papers.setEnabled(line is not None or self.check.batch is not None)
        self._recap.show_line(line)
        self._take_off.setVisible(line is not None and line.device.code in self.check.home)
        self._told.setText(self.check.summary() or self._hint())
        self._confirming.offer(bool(self.check.unsaid))

    def _hint(self) -> str:
        if not self._batches:
            return _("No batch is out.")
        return _("Choose a batch, or scan its signed list: then it is confirmed in one step.")

    def _ask_anew(self, line: GivenLine | None) -> None:
        """What was said of one line is not said of the next."""
        about = line.device.code if line else ""
        if about != self._about:
            self._about = about
            self._form.clear()

    # ---- recorded ----

    def _confirm_batch(self) -> None:
        command = self.check.command()
        if command is not None and self._day_field.check():
            act = partial(confirm_batch, command)
            told = self.check.summary()
            done = partial(self._batch_confirmed, command, told)
            self._keeper.keep()  # should it be refused
            self._whole.take(act, done, occurred=self._occurred())

    def _batch_confirmed(
        self, command: ConfirmBatch, told: str, _events: tuple[Event, ...]
    ) -> None:
        self._day.go_on()
        heads = (*command.signed, *(line.device for line in command.home))
        sentence = _("Batch {batch} is recorded: {told}.")
        self.undoing.tell(
            sentence.format(batch=grouped(command.batch), told=told),
            partial(reopen_lines, heads),
            then=partial(self._scan_again, command),
        )

    def _scan_again(self, command: ConfirmBatch) -> None:
        self.check.scan_again(command.batch, command.home)
        self._keeper.touch()

    def _confirm_line(self) -> None:
        line = self.devices.chosen
        fits = line is not None and self._form.result is not None
        if line is not None and fits and self._form.is_filled_in() and self._day_field.check():
            act = partial(confirm_handover, self._form.command(line))
            self._acts.take(act, partial(self._confirmed, line), occurred=self._occurred())

    def _occurred(self) -> Occurred | None:
        """The day on the signed list, where somebody typed one that is not today's."""
        day = self._day.typed
        return Occurred(day) if day and day != self._desk.now().day else None

    def _confirmed(self, line: GivenLine, _events: tuple[Event, ...]) -> None:
        self._about = ""
        self._day.go_on()
        self._show_choice()
        told = _("The line of {pupil} is recorded.").format(pupil=pupil_word(line.pupil))
        self.undoing.tell(told, partial(reopen_lines, (line.device.code,)))

    def _not_home(self) -> None:
        line = self.devices.chosen
        if line is not None and line.device.code in self.check.home:
            self.check.take_off(line.device.code)
            self._keeper.touch()
            self._show_lines()

    def _refuse(self, error: Exception) -> None:
        self._whole.refuse(explain(error, self._desk.reference))

    def _want_papers(self) -> None:
        line, batch = self.devices.chosen, self.check.batch
        if batch is not None:
            self.papers_wanted.emit(batch.code)
        elif line is not None:
            self.papers_wanted.emit(line.device.code)

    def _open_return(self) -> None:
        line = self.devices.chosen
        if line is not None:
            dialog = ReturnDialog(line, self._desk.reference, self)
            open_dialog(dialog, self._desk, partial(self._returned, line))

    def _returned(self, line: GivenLine, event: Event) -> None:
        returned = _("{device} is back in stock and is examined anew.")
        self.undoing.tell(
            returned.format(device=grouped(line.device.code)),
            partial(withdraw, Withdraw(events=(event.hash,))),
        )


def _found_words(home: tuple[str, ...], draft: PaperDraft, now: Moment) -> str:
    told = _n(
        "As it was left at {when}: {count} device had come home.",
        "As it was left at {when}: {count} devices had come home.",
        len(home),
    )
    return told.format(when=left_words(draft.at, now.at), count=len(home))


def _pupil(line: GivenLine) -> str:
    parts = (pupil_word(line.pupil), line.pupil.school_class)
    return " · ".join(part for part in parts if part)
