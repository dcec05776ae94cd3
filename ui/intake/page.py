"""Tiếp nhận: a donor once, then device after device, one commit."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from station import events as e
from station import refusals
from station.codes import Code, CodeKind
from station.events import Event
from station.intake import (
    LotIn,
    ReceiveDevice,
    ReceiveLot,
    receive_device,
    receive_lot,
)
from station.words import _, _n
from ui.desk import Act, Desk
from ui.draft_keeper import DraftKeeper
from ui.duty import Duty
from ui.freshness import Freshness
from ui.intake.announced import Announced
from ui.intake.draft import COUNTER, COUNTER_FORM, CounterDraft
from ui.intake.face import IntakeFace
from ui.intake.known_donor import donor_of_phone
from ui.intake.lot_draft import LotDraft
from ui.intake.lot_table import numbered_device_name
from ui.intake.makes import seen_makes
from ui.intake.outcome import Outcome
from ui.intake.print_habits import PrintHabits
from ui.intake.refusing import Refusing
from ui.intake.words import codes_of, draft_words, is_lot, visit_of, what_came
from ui.wording import explain

COMMIT_AND_PRINT = "Ctrl+Shift+Return"


class IntakePage(IntakeFace):
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
        super().__init__(desk, habits)
        self._desk, self._reference = desk, desk.reference
        self.announced = Announced(desk, self.donor, self.counter, self._make_room, self)
        self.outcome = Outcome(desk, habits, self)
        self.refusing = Refusing(desk, self.donor, self._brings_devices, self)
        self._codes: tuple[str, ...] = ()
        self._visit = ""
        self._committed: CounterDraft | None = None  # what the last commit was made of
        self._scanned_meanwhile: list[Code] = []  # while a commit is under way
        self._typed_at: QWidget | None = None  # where the keys were when it began
        self._keeper = DraftKeeper(desk, COUNTER, self._held_bytes, self)
        self._connect()
        self._show_anew()
        self._look_for_draft()

    def accept_scan(self, code: Code) -> bool:
        """A label that was stuck on before names the device in the form; a known one is opened."""
        if self._face is self.received:
            return False
        if not self._forms.isEnabled():
            self._scanned_meanwhile.append(code)
            return True
        if code.kind is CodeKind.LOT:
            self.announced.seek_form(code)
            return True
        if code.kind is CodeKind.OFFER:
            self.announced.seek_offer(code)
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
        if self._face is self.received:
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
        self.announced.seek_offer(code)

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
            form=self.announced.form,
            offer=self.announced.offer.code if self.announced.offer else "",
            devices=self.counter.lot.devices,
            current=current,
            place=place,
            refused=self.refusing.things,
        )

    def _held_bytes(self) -> bytes | None:
        held = self.held()
        return COUNTER_FORM.encode(held) if held is not None else None

    def continue_draft(self, draft: CounterDraft) -> None:
        """Put on the counter again what lay there."""
        self.next_intake()
        self.announced.form, self.refusing.things = draft.form, draft.refused
        if draft.donor is not None:
            self.donor.fill(draft.donor)
        self.donor.show_paper_day(draft.paper_day)
        self.counter.restore(LotDraft(draft.devices), draft.current, draft.place)
        if draft.offer:
            self.announced.go_on_with_offer(draft.offer)
        self._show_anew()

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
        self.announced.forget()
        self.refusing.things = ()
        self.donor.start_anew()
        self.counter.clear()
        self._tell_problem("")
        self._show_anew()
        self.donor.name.setFocus()

    def _make_room(self) -> None:
        """For the next donor, unless another one's devices are on the counter."""
        if self._face is not self._forms or not self.unfinished():
            self.next_intake()

    def _brings_devices(self) -> bool:
        return bool(len(self.counter.lot)) or self.counter.form.touched

    # ---- the answer ----

    def _act(self) -> Act[Event | LotIn]:
        devices, donor = self.counter.lot.devices, self.donor.donor
        form, refused = self.announced.form, self.refusing.things
        offer = self.announced.offer.code if self.announced.offer else None
        if len(devices) == 1 and not form and not refused:
            one = ReceiveDevice(
                device=devices[0], donor=donor, offer=offer, draft=COUNTER_FORM.place()
            )
            return partial(receive_device, one)
        command = ReceiveLot(
            devices=devices,
            donor=donor,
            lot=form or None,
            offer=offer,
            refused=refused,
            draft=COUNTER_FORM.place(),
        )
        return partial(receive_lot, command)

    def _go_on(self, answer: Event | LotIn) -> None:
        """The printer's work goes on by itself, and the next donor does not wait for it."""
        self.outcome.print(codes_of(answer))  # first of all: the printer is the slowest of us
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

    def _welcome(self, answer: Event | LotIn) -> None:
        self._end_recording()
        devices = self._committed.devices if self._committed else ()
        names = [numbered_device_name(device, self._reference) for device in devices]
        self._codes, self._visit = codes_of(answer), visit_of(answer)
        self.received.show_codes(tuple(zip(self._codes, names, strict=True)))
        self._show_received(what_came(answer), lot=is_lot(self._visit))
        self._offer_way_back(answer)
        if self._scanned_meanwhile:
            self._scanned_meanwhile.clear()
            self.said.emit(_("Something was scanned while this was recorded: scan it again."))

    def _offer_way_back(self, answer: Event | LotIn) -> None:
        go_on = partial(self._put_back, self._committed)
        self.outcome.offer_way_back(answer, go_on)

    def _put_back(self, draft: CounterDraft | None) -> None:
        """All lies on the counter again, to be put right."""
        if draft is not None and not self.unfinished():
            self.continue_draft(draft)

    def _look_for_draft(self) -> None:
        """What lay on the counter when the power went."""
        self._desk.ask(COUNTER_FORM.found, self._offer_draft, self._refuse, owner=self)
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
        received = self._face is self.received
        self.papers_wanted.emit(self._visit if received else "")

    def _take_label(self, code: str, known: bool) -> None:
        if not known:
            self.counter.take_label(code)
        elif self.counter.form.code.hasFocus():
            self._refuse(refusals.CodeInUse(code))
        else:
            self.open_device.emit(code)

    def _seek_donor(self, phone: str) -> None:
        """A phone number that a donor gave before brings the name; consents are asked anew."""
        self._desk.ask(
            partial(donor_of_phone, phone), self.donor.offer_known, self._refuse, owner=self
        )

    def _show_anew(self) -> None:
        self._show_forms(self.announced.words, begun=self.announced.is_known)

    def _show_count(self) -> None:
        count = self.counter.count
        if self.habits.at_intake:
            text = _n("Receive and print {count} label", "Receive and print {count} labels", count)
        else:
            text = _n("Receive {count} device", "Receive {count} devices", count)
        self._receiving.name(text.format(count=count))

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
        self.announced.changed.connect(self._show_anew)
        self.announced.refused.connect(self._refuse)
        self.announced.not_mine.connect(self.not_mine)
        self.refusing.changed.connect(self._keeper.touch)
        self.outcome.print_labels.connect(self.print_labels)
        for acting in (self.refusing, self.outcome):
            acting.undoable.connect(self.undoable)
        for part in (self.announced, self.refusing, self.outcome):
            part.said.connect(self.said)
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
        self.refuse_item.clicked.connect(self.refusing.ask)
        self.next_button.clicked.connect(self.next_intake)
        self.print_button.clicked.connect(lambda: self.outcome.print(self._codes))
        self.print_lot.clicked.connect(lambda: self.print_labels.emit((self._visit,)))
        self.receipt.clicked.connect(lambda: self.print_receipt.emit(self._visit))
        self.papers.clicked.connect(self._want_papers)
        self.put_away.clicked.connect(self.announced.put_away)
        self.expect.clicked.connect(self.show_expected)
        self.expected.left.connect(self.next_intake)
        self.expected.chosen.connect(lambda line: self.announced.take_offer(line.code, line))
        self.expected.counted.connect(self._name_expected)
        self.expected.said.connect(self.said)
        Freshness(self, self._desk, self.expected.refresh)
        self._order_tabs()
        self._show_count()
