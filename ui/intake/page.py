"""Tiếp nhận: a donor once, then device after device, one commit."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from station import events as e
from station import refusals
from station.codes import Code, CodeKind, grouped
from station.events import Event
from station.intake import (
    LotIn,
    ReceiveDevice,
    ReceiveLot,
    RefusedThing,
    receive_device,
    receive_lot,
)
from station.offer import Offer
from station.people import Donor
from station.taking_back_intake import TakeBackIntake, take_back_intake
from station.withdrawing import Withdraw, withdraw
from station.words import _, _n
from ui.buttons import link_button, papers_button, primary_button, secondary_button
from ui.cards import PageHead
from ui.desk import Act, Desk
from ui.draft_keeper import DraftKeeper
from ui.draft_strip import DraftStrip
from ui.duty import Duty
from ui.field import mark_wrong
from ui.freshness import Freshness
from ui.intake.charger_labels import label_chargers
from ui.intake.counter import Counter
from ui.intake.donor_form import DonorForm
from ui.intake.draft import COUNTER, CounterDraft, counter_place, encode, found_draft
from ui.intake.known_donor import donor_of_phone
from ui.intake.lot_draft import LotDraft
from ui.intake.lot_table import numbered_device_name
from ui.intake.makes import seen_makes
from ui.intake.print_habits import PrintHabits
from ui.intake.received_card import ReceivedCard
from ui.intake.refuse_dialog import RefuseDialog
from ui.intake.words import (
    codes_of,
    draft_words,
    is_lot,
    offer_words,
    visit_of,
    what_came,
)
from ui.offers.expected import ExpectedLine, find_expected, listed_devices
from ui.offers.panel import ExpectedPanel
from ui.paperwork.forms_out import is_out
from ui.theme import Role, words
from ui.undoing import Undoing
from ui.wording import explain

LEFT_WIDTH = 348
COMMIT = "Ctrl+Return"
COMMIT_AND_PRINT = "Ctrl+Shift+Return"


class IntakePage(QWidget):
    """Shows the forms until they are committed, then the codes until the next donor comes."""

    print_labels = Signal(tuple)
    print_receipt = Signal(str)  # the lot, or its only device
    papers_wanted = Signal(str)
    not_mine = Signal(object)  # Code of a lot that is no form to be entered
    open_device = Signal(str)
    said = Signal(str)
    undoable = Signal(str, object)  # what was done, and the way back
    doubled = Signal()  # what was scanned stands in the list already

    def __init__(self, desk: Desk, habits: PrintHabits) -> None:
        super().__init__()
        self._desk, self._reference, self.habits = desk, desk.reference, habits
        self.donor = DonorForm(desk.reference, lambda: desk.now().day)
        self.counter = Counter(desk.reference)
        self.received, self.expected = ReceivedCard(), ExpectedPanel(desk)
        self._codes: tuple[str, ...] = ()
        self._form = ""  # the lot code of a form that is entered later
        self._offer: ExpectedLine | None = None  # what the donor registered
        self._visit = ""
        self._refused: tuple[RefusedThing, ...] = ()  # of this visit
        self._committed: CounterDraft | None = None  # what the last commit was made of
        self._scanned_meanwhile: list[Code] = []  # while a commit is under way
        self._typed_at: QWidget | None = None  # where the keys were when it began
        self._keeper = DraftKeeper(desk, COUNTER, self._held_bytes, self)
        self._undoing = Undoing(desk, self)
        self._found = DraftStrip(_("Clear the counter"), "clearCounter")
        self._problem = words("", Role.STRONG)
        self._body = QStackedWidget()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_forms()
        self._look_for_draft()

    def accept_scan(self, code: Code) -> bool:
        """A label that was stuck on before names the device in the form; a known one is opened."""
        if self._body.currentWidget() is self.received:
            return False
        if not self._forms.isEnabled():
            self._scanned_meanwhile.append(code)
            return True
        if code.kind is CodeKind.LOT:
            self._desk.ask(
                partial(is_out, code.text), partial(self._take_form, code), self._refuse, owner=self
            )
            return True
        if code.kind is CodeKind.OFFER:
            self.seek_offer(code)
            return True
        if code.kind is CodeKind.CASE and self.counter.form.touched:
            self.counter.form.promise.take_case(code.text)
            return True
        if code.kind is not CodeKind.DEVICE:
            return False
        self._desk.ask(
            lambda store: store.device(code.text) is not None,
            partial(self._take_label, code.text),
            self._refuse,
            owner=self,
        )
        return True

    def unfinished(self) -> str:
        """What closing the window would lose; "" when nothing was entered."""
        if self._body.currentWidget() is self.received:
            return ""
        if len(self.counter.lot):
            count = len(self.counter.lot)
            return _n(
                "{count} device on the counter is not recorded yet.",
                "{count} devices on the counter are not recorded yet.",
                count,
            ).format(count=count)
        if self.counter.form.touched or self.donor.donor is not None:
            return _("What was entered for this donor is not recorded yet.")
        return ""

    def show_expected(self) -> None:
        """Show who is expected, unless a donor's devices are on the counter."""
        if self.unfinished():
            self.said.emit(_("Record what is on the counter first."))
        else:
            self._show_face(self.expected)
            self.expected.search.setFocus()

    def seek_offer(self, code: Code) -> None:
        """Begin with a donor whose offer was scanned; of an unknown offer the code is noted."""
        found = partial(self._take_offer, code.text)
        self._desk.ask(partial(find_expected, code.text), found, self._refuse, owner=self)

    def commit(self) -> None:
        """Receive the donor's devices: all of them or none; print, where the point chose so."""
        self._commit(self._go_on if self.habits.at_intake else self._welcome)

    def commit_and_print(self) -> None:
        """Receive, print the labels, and go on to the next donor: in one key."""
        if self.receive.isEnabled() and self.receive.isVisible():
            self._commit(self._go_on)

    def held(self) -> CounterDraft | None:
        """What a power cut would take away; None when nothing was entered."""
        if not self.unfinished():
            return None
        current, place = self.counter.held
        day = self.donor.occurred
        return CounterDraft(
            at=self._desk.now().at,
            donor=self.donor.donor,
            paper_day=day.day if day else None,
            form=self._form,
            offer=self._offer.code if self._offer else "",
            devices=self.counter.lot.devices,
            current=current,
            place=place,
            refused=self._refused,
        )

    def _held_bytes(self) -> bytes | None:
        held = self.held()
        return encode(held) if held is not None else None

    def continue_draft(self, draft: CounterDraft) -> None:
        """Put on the counter again what lay there."""
        self.next_intake()
        self._form, self._refused = draft.form, draft.refused
        if draft.donor is not None:
            self.donor.fill(draft.donor)
        self.donor.show_paper_day(draft.paper_day)
        self.counter.restore(LotDraft(draft.devices), draft.current, draft.place)
        if draft.offer:
            self.seek_offer_again(draft.offer)
        self._show_forms()

    def _commit(self, done: Callable[[Event | LotIn], None]) -> None:
        self._tell_problem("")
        if not self.donor.check() or not self.counter.settle():
            return
        self._keeper.forget()
        self._committed = self.held()
        self._begin_recording()
        when = self.donor.occurred
        self._desk.do(self._act(), done, self._refuse_commit, owner=self, occurred=when)

    def next_intake(self) -> None:
        """Clear the counter for the next donor."""
        self._form, self._offer, self._refused = "", None, ()
        self.donor.start_anew()
        self.counter.clear()
        self._tell_problem("")
        self._show_forms()
        self.donor.name.setFocus()

    # ---- the answer ----

    def _act(self) -> Act[Event | LotIn]:
        devices, donor = self.counter.lot.devices, self.donor.donor
        offer = self._offer.code if self._offer else None
        if len(devices) == 1 and not self._form and not self._refused:
            one = ReceiveDevice(device=devices[0], donor=donor, offer=offer, draft=counter_place())
            return partial(receive_device, one)
        command = ReceiveLot(
            devices=devices,
            donor=donor,
            lot=self._form or None,
            offer=offer,
            refused=self._refused,
            draft=counter_place(),
        )
        return partial(receive_lot, command)

    def _go_on(self, answer: Event | LotIn) -> None:
        """The printer's work goes on by itself, and the next donor does not wait for it."""
        self._print(codes_of(answer))  # first of all: the printer is the slowest of us
        self._end_recording()
        self._offer_way_back(answer)
        if self.habits.receipts:
            self.print_receipt.emit(visit_of(answer))
        self.next_intake()
        self._take_scanned_meanwhile()

    def _begin_recording(self) -> None:
        """What is typed now would be neither recorded nor the next donor's: the forms rest."""
        self._receiving.offer(False)
        self._typed_at = QApplication.focusWidget()
        self._forms.setEnabled(False)

    def _end_recording(self) -> None:
        self._forms.setEnabled(True)
        self._receiving.offer(True)
        if self._typed_at is not None and isValid(self._typed_at):
            self._typed_at.setFocus()
        self._typed_at = None

    def _take_scanned_meanwhile(self) -> None:
        scanned, self._scanned_meanwhile = self._scanned_meanwhile, []
        for code in scanned:
            self.accept_scan(code)

    def _print(self, codes: tuple[str, ...]) -> None:
        if not self.habits.chargers:
            self.print_labels.emit(codes)
            return
        act: Act[tuple[str, ...]] = partial(label_chargers, codes)
        self._desk.do(act, self.print_labels.emit, partial(self._print_bare, codes), owner=self)

    def _print_bare(self, codes: tuple[str, ...], error: Exception) -> None:
        """No label for a charger: the devices' own must not wait for that."""
        self.print_labels.emit(codes)
        self.said.emit(explain(error, self._reference))

    def _welcome(self, answer: Event | LotIn) -> None:
        self._end_recording()
        devices = self._committed.devices if self._committed else ()
        names = [numbered_device_name(device, self._reference) for device in devices]
        self._codes, self._visit = codes_of(answer), visit_of(answer)
        self.received.show_codes(tuple(zip(self._codes, names, strict=True)))
        self._show_received(what_came(answer))
        self._offer_way_back(answer)
        if self._scanned_meanwhile:
            self._scanned_meanwhile.clear()
            self.said.emit(_("Something was scanned while this was recorded: scan it again."))

    def _offer_way_back(self, answer: Event | LotIn) -> None:
        """As long as nothing was done with the devices, the intake can be taken back."""
        back = partial(self._take_back, codes_of(answer), self._committed)
        self.undoable.emit(what_came(answer), back)

    def _take_back(self, codes: tuple[str, ...], draft: CounterDraft | None) -> None:
        act = partial(take_back_intake, TakeBackIntake(devices=codes))

        def done(_events: tuple[Event, ...]) -> None:
            self.said.emit(_("Taken back. A receipt that was printed counts no more."))
            if draft is not None and not self.unfinished():
                self.continue_draft(draft)

        def failed(error: Exception) -> None:
            self.said.emit(explain(error, self._reference))

        self._desk.do(act, done, failed, owner=self)

    def _look_for_draft(self) -> None:
        """What lay on the counter when the power went."""
        self._desk.ask(found_draft, self._offer_draft, self._refuse, owner=self)
        self._desk.ask(seen_makes, self.counter.form.makes.offer, self._refuse, owner=self)

    def _offer_draft(self, draft: CounterDraft | None) -> None:
        if draft is not None and not self.unfinished():
            self.continue_draft(draft)
            self._found.show_draft(draft_words(draft, self._desk.now()))

    def _throw_draft_away(self) -> None:
        self._found.hide()
        kept = self.held()
        self.next_intake()
        self._keeper.keep()
        if kept is not None:
            back = partial(self.continue_draft, kept)
            self.undoable.emit(_("The counter was cleared"), back)

    def _refuse(self, error: Exception) -> None:
        """Say what is wrong beside what caused it; everything that was listed stays."""
        sentence = explain(error, self._reference)
        if isinstance(error, refusals.InTheFuture | refusals.BeforeTheProgramme):
            self.donor.day_field.show_error(sentence)
            self.donor.day.setFocus()
        elif not self.counter.show_refusal(error, sentence):
            self._tell_problem(sentence)

    def _refuse_commit(self, error: Exception) -> None:
        self._end_recording()
        self._refuse(error)
        self._keeper.touch()  # the last keys before the commit are not written down yet
        self._take_scanned_meanwhile()

    def _want_papers(self) -> None:
        """Of what was just received; before that, of the point: its blank forms."""
        received = self._body.currentWidget() is self.received
        self.papers_wanted.emit(self._visit if received else "")

    def _tell_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _take_form(self, code: Code, out: bool) -> None:
        """A form that was filled in by hand: its code becomes the lot's, its day is asked for."""
        if not out:
            self.not_mine.emit(code)
            return
        self._form = code.text
        self.donor.from_paper.setChecked(True)
        self._show_forms()
        self.donor.day.setFocus()

    def _take_offer(self, code: str, line: ExpectedLine | None) -> None:
        """What the donor registered fills the forms; what really came is what gets recorded."""
        self._desk.ask(partial(listed_devices, code), self.counter.expect, self._refuse, owner=self)
        if line is None:
            line = ExpectedLine(Offer(code), Donor(name=""))
            self.said.emit(_("This offer is not known here. Its code is recorded all the same."))
        if self._body.currentWidget() is not self._forms or not self.unfinished():
            self.next_intake()
        if self._may_name_donor():
            self.donor.fill(line.donor)
        elif line.donor.name and not _same_donor(line.donor, self.donor.donor):
            told = _("What was typed of the donor stays. The offer names {donor}.")
            self.said.emit(told.format(donor=line.donor.name))
        self._offer = line
        if line.items and not self.counter.form.kind.chosen:
            self.counter.form.kind.choose(line.items[0].kind)
        self._show_forms()
        (self.counter.form.serial.line if line.donor.name else self.donor.name).setFocus()

    def _may_name_donor(self) -> bool:
        """Nobody typed a donor: none stands there, or the one whose offer was scanned before."""
        typed = self.donor.donor
        return typed is None or (self._offer is not None and _same_donor(self._offer.donor, typed))

    def seek_offer_again(self, code: str) -> None:
        """An offer whose donor is in the form already."""
        self._desk.ask(partial(listed_devices, code), self.counter.expect, self._refuse, owner=self)

        def known(line: ExpectedLine | None) -> None:
            self._offer = line
            self._show_forms()

        self._desk.ask(partial(find_expected, code), known, self._refuse, owner=self)

    def _put_form_away(self) -> None:
        self._form, self._offer = "", None
        self._show_forms()

    def _take_label(self, code: str, known: bool) -> None:
        if not known:
            self.counter.take_label(code)
        elif self.counter.form.code.hasFocus():
            self._refuse(refusals.CodeInUse(code))
        else:
            self.open_device.emit(code)

    # ---- what is not taken in ----

    def _open_refusal(self) -> None:
        if not self.donor.check():
            return
        dialog = RefuseDialog(self.donor.donor, self._reference, self)
        dialog.confirmed.connect(partial(self._record_refusal, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _record_refusal(self, dialog: RefuseDialog) -> None:
        act = dialog.act()
        if act is None:
            return
        if self._beside_devices(dialog):
            return
        dialog.set_busy(True)

        def failed(error: Exception) -> None:
            dialog.refuse(error, explain(error, self._reference))

        def done(event: Event) -> None:
            dialog.accept()
            back = partial(withdraw, Withdraw(events=(event.hash,)))
            self._undoing.tell(_("Recorded as not taken in"), back)

        self._desk.do(act, done, failed, owner=dialog, occurred=self.donor.occurred)

    def _beside_devices(self, dialog: RefuseDialog) -> bool:
        """In a visit that brings devices too it is recorded with them, on the same receipt."""
        if not len(self.counter.lot) and not self.counter.form.touched:
            return False
        self._refused = (*self._refused, dialog.thing)
        dialog.accept()
        self._keeper.touch()
        told = _n(
            "{count} thing is not taken in", "{count} things are not taken in", dialog.thing.count
        )
        back = partial(setattr, self, "_refused", self._refused[:-1])
        self.undoable.emit(told.format(count=dialog.thing.count), back)
        return True

    def _seek_donor(self, phone: str) -> None:
        """A phone number that a donor gave before brings the name; consents are asked anew."""
        self._desk.ask(
            partial(donor_of_phone, phone), self.donor.offer_known, self._refuse, owner=self
        )

    # ---- the two faces of the page ----

    def _show_forms(self) -> None:
        second = _("The donor once, then device after device")
        if self._form:
            second = _("Entering the form {code}").format(code=grouped(self._form))
        elif self._offer:
            second = offer_words(self._offer, self._reference)
        self.head.show_title(_("Intake"), second)
        self._show_face(self._forms)
        self.begins_at: QWidget = self.donor.name

    def _show_received(self, sentence: str) -> None:
        self.head.show_title(sentence, _("Stick a label on each device, or write its code on it"))
        self._show_face(self.received)
        self.begins_at = self.print_button
        self.print_button.setFocus()

    def _show_face(self, face: QWidget) -> None:
        self._body.setCurrentWidget(face)
        shown, hidden = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        for one in (self._forms, self.received, self.expected):  # the others takes no room
            one.setSizePolicy(shown, shown if one is face else hidden)
        for button in (self.refuse_item, self.receive, self.papers):
            button.setVisible(face is not self.expected)
        for button in (self.refuse_item, self.receive):
            button.setVisible(face is self._forms)
        begun = bool(self._form) or self._offer is not None
        self.put_away.setVisible(face is self._forms and begun)
        self.expect.setVisible(face is self._forms and not begun)
        for button in (self.next_button, self.receipt, self.print_button):
            button.setVisible(face is self.received)
        self.print_lot.setVisible(face is self.received and is_lot(self._visit))

    def _show_count(self) -> None:
        count = self.counter.count
        if self.habits.at_intake:
            text = _n("Receive and print {count} label", "Receive and print {count} labels", count)
        else:
            text = _n("Receive {count} device", "Receive {count} devices", count)
        self._receiving.name(text.format(count=count))

    def _name_expected(self, count: int) -> None:
        told = _("Expected arrivals ({count})").format(count=count)
        keys = self.expect.shortcut()
        self.expect.setText(told if count else _("Expected arrivals"))
        self.expect.setAccessibleName(self.expect.text())
        self.expect.setShortcut(keys)  # setText drops it

    def _make_buttons(self) -> None:
        self.refuse_item = _named("refuseItem", secondary_button(_("Not taken in…")))
        self.receive = _named("receive", primary_button(_("Receive"), "intake", COMMIT))
        self.next_button = _named("nextIntake", secondary_button(_("Next donor"), "plus", "Ctrl+N"))
        self.print_button = _named(
            "printLabels", primary_button(_("Print labels"), "print", "Ctrl+P")
        )
        self.print_lot = _named("printLot", secondary_button(_("Label of the lot"), "print"))
        self.receipt = _named(
            "printReceipt", secondary_button(_("Print the receipt"), "print", "Ctrl+R")
        )
        self.papers = _named("papers", papers_button())
        self.put_away = _named("putFormAway", link_button(_("Not this one")))
        self.expect = _named("expectedArrivals", secondary_button("", "today", "Ctrl+H"))
        self._name_expected(0)
        another = secondary_button(_("Add another like this"), "plus", "Ctrl+D")
        self.another = _named("anotherLikeThis", another)
        monitor = secondary_button(_("Add its monitor"), "plus", "Ctrl+M")
        self.monitor = _named("addMonitor", monitor)

    def _lay_out(self) -> None:
        self._problem.setObjectName("intakeProblem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        mark_wrong(self._problem, True)
        forms = (self.put_away, self.expect, self.papers, self.refuse_item, self.receive)
        received = (self.print_lot, self.next_button, self.receipt, self.print_button)
        acts = (*forms, *received)
        self.head = PageHead(_("Intake"), acts=acts)
        self.received.add_to_head(self.print_lot)
        self._forms = self._lay_out_forms()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self._found)
        layout.addWidget(self._problem)
        layout.addWidget(self._body, 1)
        self._body.addWidget(self._forms)
        self._body.addWidget(self.received)
        self._body.addWidget(self.expected)

    def _lay_out_forms(self) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(14)
        for card, stretch in ((self.donor, 0), (self.counter.listed, 1)):
            card.setFixedWidth(LEFT_WIDTH)
            left.addWidget(card, stretch)
        self.habits.setFixedWidth(LEFT_WIDTH)
        left.addWidget(self.habits)
        for button in (self.another, self.monitor):
            self.counter.form.add_to_head(button)
        forms = QWidget()
        row = QHBoxLayout(forms)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left)
        row.addWidget(self.counter.form, 1)
        return forms

    def _connect(self) -> None:
        self._receiving = Duty(self._desk, self.receive, e.Received, self.head)
        refusing = Duty(self._desk, self.refuse_item, e.Refused, self.head)
        for duty in (self._receiving, refusing):
            duty.told.connect(self.said)
        self.counter.changed.connect(self._show_count)
        self.counter.changed.connect(self._keeper.touch)
        self.donor.edited.connect(self._keeper.touch)
        self.donor.phone_left.connect(self._seek_donor)
        self.counter.taken_off.connect(self.undoable)
        self._undoing.done.connect(self.undoable)
        self._undoing.said.connect(self.said)
        self.counter.doubled.connect(self.doubled)
        self.counter.form.photos.refused.connect(self.said)
        self._keeper.not_kept.connect(self._refuse)
        self._found.thrown_away.connect(self._throw_draft_away)
        self.habits.changed.connect(self._show_count)
        self.habits.refused.connect(lambda error: self.said.emit(explain(error, self._reference)))
        at_once = QShortcut(COMMIT_AND_PRINT, self, self.commit_and_print)
        at_once.setWhatsThis(_("Receive, print the labels and go on to the next donor"))
        self.another.clicked.connect(self.counter.another_like_this)
        self.monitor.clicked.connect(self.counter.add_monitor)
        self.receive.clicked.connect(self.commit)
        self.refuse_item.clicked.connect(self._open_refusal)
        self.next_button.clicked.connect(self.next_intake)
        self.print_button.clicked.connect(lambda: self._print(self._codes))
        self.print_lot.clicked.connect(lambda: self.print_labels.emit((self._visit,)))
        self.receipt.clicked.connect(lambda: self.print_receipt.emit(self._visit))
        self.papers.clicked.connect(self._want_papers)
        self.put_away.clicked.connect(self._put_form_away)
        self.expect.clicked.connect(self.show_expected)
        self.expected.left.connect(self.next_intake)
        self.expected.chosen.connect(lambda line: self._take_offer(line.code, line))
        self.expected.counted.connect(self._name_expected)
        self.expected.said.connect(self.said)
        Freshness(self, self._desk, self.expected.refresh)
        self._order_tabs()
        self._show_count()

    def _order_tabs(self) -> None:
        """From the donor through the device to what is done with it; the list comes last."""
        QWidget.setTabOrder(self.donor.last, self.counter.form.kind)
        after: tuple[QWidget, ...] = (
            self.another,
            self.monitor,
            self.receive,
            self.refuse_item,
            self.counter.listed.view,
            self.counter.listed.edit_item,
            self.counter.listed.remove_item,
            *self.habits.findChildren(QCheckBox),
        )
        for before, widget in pairwise((self.counter.form.note, *after)):
            QWidget.setTabOrder(before, widget)


def _same_donor(one: Donor, other: Donor | None) -> bool:
    return other is not None and (one.name, one.phone) == (other.name, other.phone)


def _named(name: str, button: QPushButton) -> QPushButton:
    button.setObjectName(name)
    return button
