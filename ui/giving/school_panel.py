"""Đợt trao: devices are packed for a school's pupils, and the school takes them on one paper."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station import events as e
from station.batches import AddToBatch, add_to_batch, withdraw_handover
from station.codes import Code, CodeKind, grouped
from station.events import Event
from station.handover import BatchOut, HandOverBatch, hand_over_batch
from station.labelled import Fit
from station.packing import Pack, pack, unpack
from station.words import _, _n
from ui.act_line import ActLine
from ui.bars import plain_bar
from ui.buttons import link_button, primary_button, secondary_button
from ui.cards import Card, EmptyState
from ui.choice import Choice
from ui.desk import Act, Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.field import Field
from ui.giving.given_list import packing_list, scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.packing_row import PackingRow
from ui.giving.pupil_words import pupil_word, school_word
from ui.giving.recap import Recap
from ui.giving.receiver_fields import SchoolReceiver
from ui.giving.school_lines import Batch, SchoolLine, batches_out, by_school
from ui.item_scans import ItemFinding
from ui.line_list import LineList
from ui.line_table import Column
from ui.pair_alarm import PairAlarm
from ui.side_by_side import HEAD, fill, list_card, side_by_side
from ui.theme import Role, Tone
from ui.undoing import Undoing


class SchoolPanel(QWidget):
    """Scan a device, scan its charger or the device again: packed. Then the school takes them."""

    said = Signal(str)
    print_minutes = Signal(str)  # of a case or a batch
    lending_wanted = Signal(object)  # the codes that a laptop takes along

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._batches: tuple[Batch, ...] = ()
        self.undoing = Undoing(desk, self)
        self.alarm, self.row = PairAlarm(), PackingRow(desk)
        self.schools = self._school_list()
        how = _("Devices that are kept for its pupils stand here.")
        self.devices = packing_list(desk, EmptyState(_("Choose a school"), how)).named(
            "schoolDevices", _("Devices for the school")
        )
        hint = _("Scan a device: whose it is stands here. Then scan its charger, or it once more.")
        self._recap = Recap(desk, hint)
        self._told = ElidedLabel("", Role.STRONG)
        self._bar = plain_bar(thin=True)
        self._batch = Choice("withBatch")
        self._batch_field = Field(_("Goes with"), self._batch)
        self._receiver = SchoolReceiver(desk.reference, self._batch_field)
        self._pack = secondary_button(_("Pack"), shortcut="Ctrl+K")
        self._pack.setObjectName("pack")
        self._unpack = secondary_button(_("Unpack"), shortcut="Ctrl+U")
        self._unpack.setObjectName("unpack")
        self._give = primary_button(_("Hand over, print minutes"), "print", "Ctrl+Return")
        self._give.setObjectName("handOverBatch")
        self._acts = ActLine(desk, "schoolProblem", self._give)
        self._giving = Duty(desk, self._give, e.BatchTakenOut, self._acts)
        self._packing = Duty(desk, self._pack, e.Packed, self._acts)
        self._unpacking = Duty(desk, self._unpack, e.Unpacked, self._acts)
        fill(self, side_by_side(self._schools_card(), self._devices_card(), weights=(2, 5)))
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show which schools may take something now."""
        self._batches = batches_out(lists.at_school)
        self.schools.show_lines(by_school(lists.promised))

    def take_scan(self, code: Code) -> bool:
        """Pack the device that was scanned, while that is wanted."""
        if not self.row.is_on or code.kind is not CodeKind.DEVICE:
            return False
        self.row.take(code, self.devices.chosen if self._choose(code) else None)
        return True

    def accept_scan(self, code: Code) -> bool:
        """Choose the device and its school; the device that is chosen already is packed."""
        before = self.at_hand
        found = self._choose(code)
        if found and self.at_hand == before and code.kind is CodeKind.DEVICE:
            self._pack_chosen()
        return found

    def _choose(self, code: Code) -> bool:
        """Choose the device and its school; False where no school waits for it."""
        for line in self.schools.model.lines:
            found = scanned_key(line.lines, code)
            if found is not None:
                self.schools.choose(line.school)
                self.devices.choose(found)
                return True
        return False

    @property
    def at_hand(self) -> str:
        """The device that a charger's label is compared with; "" without one."""
        line = self.devices.chosen
        return line.device.code if line else ""

    def show_finding(self, finding: ItemFinding) -> None:
        """Its own charger counts as the kit beside it; another's is told, and nothing is packed."""
        if finding.device != self.at_hand:
            return
        self.alarm.show_finding(finding)
        if finding.fit is Fit.MATCHES:
            self._pack_chosen()

    def _connect(self) -> None:
        self._give.clicked.connect(self._hand_over)
        self._pack.clicked.connect(self._pack_chosen)
        self._unpack.clicked.connect(self._unpack_chosen)
        self.undoing.said.connect(self.said)
        for duty in (self._giving, self._packing, self._unpacking):
            duty.told.connect(self.said)
        self.schools.chosen_changed.connect(self._show_choice)
        self.devices.chosen_changed.connect(self._show_device)
        self._batch.currentIndexChanged.connect(self._name_act)
        self.row.refused.connect(self._tell_problem)

    def _tell_problem(self, sentence: str) -> None:
        if sentence:
            self._acts.refuse(sentence)
        else:
            self._acts.clear()

    def _devices_card(self) -> Card:
        """What is said once stands above the list: the message line floats over the bottom."""
        at_hand = QHBoxLayout()
        at_hand.setSpacing(12)
        at_hand.addWidget(self._recap, 1)
        for button in (self._unpack, self._pack):
            at_hand.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card = Card(_("Devices for the school"))
        card.title.setMinimumHeight(HEAD)
        for widget in (self._told, self._bar, self.row, self.alarm):
            card.body.addWidget(widget)
        card.body.addWidget(self.devices, 1)
        card.body.addLayout(at_hand)
        card.body.addWidget(self._receiver)
        card.body.addWidget(self._acts)
        return card

    def _schools_card(self) -> Card:
        card = list_card(_("Schools"), self.schools)
        self._laptop = link_button(_("A laptop goes along…"), "Ctrl+Shift+L")
        self._laptop.setObjectName("laptopAlong")
        self._laptop.clicked.connect(self._lend)
        card.body.addWidget(self._laptop)
        return card

    def _school_list(self) -> LineList[SchoolLine]:
        columns = (
            Column[SchoolLine](_("School"), self._school_name),
            Column[SchoolLine](
                _("Packed"),
                lambda line: f"{len(line.packed)}/{len(line.lines)}",
                lambda line: Tone.OK if line.packed == line.lines else Tone.UNKNOWN,
                width=84,
            ),
        )
        how = _("Keep devices for its pupils first.")
        empty = EmptyState(_("No school has promised devices"), how)
        return LineList(columns, lambda line: line.school, empty).named(
            "schoolsWaiting", _("Schools")
        )

    # ---- what is chosen ----

    def _show_choice(self) -> None:
        chosen = self.schools.chosen
        lines = chosen.lines if chosen else ()
        self._giving.offer(bool(lines))
        self._laptop.setEnabled(bool(lines))
        self._acts.clear()
        self.devices.show_lines(lines)
        self._offer_batches(chosen)
        self._tell_progress(chosen)
        self._show_device()

    def _offer_batches(self, chosen: SchoolLine | None) -> None:
        """A device that was forgotten goes along with what the school took already."""
        before = self._batch.chosen
        out = [batch for batch in self._batches if chosen and batch.school == chosen.school]
        self._batch.offer(
            [("", _("A new batch"))]
            + [(one.code, _("Batch {code}").format(code=grouped(one.code))) for one in out]
        )
        self._batch.setCurrentIndex(max(self._batch.findData(before), 0))
        self._batch_field.setVisible(bool(out))
        self._name_act()

    def _name_act(self) -> None:
        chosen = self.schools.chosen
        count = len(chosen.leaving) if chosen else 0
        if self._batch.chosen:
            told = _n("Add {count} device to the batch", "Add {count} devices to the batch", count)
        else:
            told = _n("Hand over {count}, print", "Hand over {count}, print all", count)
        name = told.format(count=count) if count else _("Hand over, print minutes")
        self._giving.name(name)

    def _tell_progress(self, chosen: SchoolLine | None) -> None:
        packed, count = (len(chosen.packed), len(chosen.lines)) if chosen else (0, 0)
        self._bar.setVisible(bool(count))
        self._bar.setRange(0, max(count, 1))
        self._bar.setValue(packed)
        self._told.setText(self._progress(chosen, packed, count) if chosen else "")

    def _progress(self, chosen: SchoolLine, packed: int, count: int) -> str:
        school = self._school_name(chosen)
        if not packed:
            words = _n("{count} device goes to {school}", "{count} devices go to {school}", count)
            return words.format(count=count, school=school)
        if packed == count:
            return _("{packed}/{count} packed for {school}").format(
                packed=packed, count=count, school=school
            )
        return _("{packed}/{count} packed for {school}; the other {left} stay here").format(
            packed=packed, count=count, school=school, left=count - packed
        )

    def _show_device(self) -> None:
        line = self.devices.chosen
        self._recap.show_line(line)
        self._packing.offer(line is not None and not line.device.packed)
        self._unpacking.offer(line is not None and line.device.packed)
        if self.alarm.finding is not None and self.alarm.finding.device != self.at_hand:
            self.alarm.settle()

    def _school_name(self, line: SchoolLine) -> str:
        return school_word(line.school, self._desk.reference, self._desk.now().day)

    # ---- packing ----

    def _pack_chosen(self) -> None:
        line = self.devices.chosen
        if line is None:
            return
        if line.device.packed:
            self.said.emit(_("{device} is packed already.").format(device=_code(line)))
        else:
            act = partial(pack, Pack(device=line.device.code))
            self._acts.take(act, partial(self._packed, line))

    def _packed(self, line: GivenLine, _events: tuple[Event, ...]) -> None:
        self._show_packed(line, packed=True)
        told = _("{device} is packed for {pupil}.")
        self.undoing.tell(
            told.format(device=_code(line), pupil=pupil_word(line.pupil)),
            partial(unpack, line.device.code),
        )

    def _unpack_chosen(self) -> None:
        line = self.devices.chosen
        if line is not None:
            self._acts.take(partial(unpack, line.device.code), partial(self._unpacked, line))

    def _unpacked(self, line: GivenLine, _events: tuple[Event, ...]) -> None:
        self._show_packed(line, packed=False)
        told = _("{device} is unpacked.").format(device=_code(line))
        self.undoing.tell(told, partial(pack, Pack(device=line.device.code)))

    def _show_packed(self, line: GivenLine, *, packed: bool) -> None:
        """At once: whoever goes on before the lists are read anew hands over what lies packed."""
        code = line.device.code
        self.schools.show_lines([one.with_packed(code, packed) for one in self.schools.model.lines])

    # ---- the school takes them ----

    def _hand_over(self) -> None:
        chosen = self.schools.chosen
        if chosen is not None and self._receiver.check():
            self._acts.take(self._handing(chosen), partial(self._given, chosen))

    def _handing(self, chosen: SchoolLine) -> Act[BatchOut]:
        codes = tuple(line.device.code for line in chosen.leaving)
        receiver, batch = self._receiver.person, self._batch.chosen
        if batch:
            added = AddToBatch(batch=batch, devices=codes, receiver=receiver)
            return partial(add_to_batch, added)
        command = HandOverBatch(school=chosen.school, devices=codes, receiver=receiver)
        return partial(hand_over_batch, command)

    def _given(self, line: SchoolLine, out: BatchOut) -> None:
        given = _("{school} took batch {batch}.")
        told = given.format(school=self._school_name(line), batch=grouped(out.batch))
        heads = tuple(one.device.code for one in line.leaving)
        self.undoing.tell(told, partial(withdraw_handover, heads))
        self._receiver.clear()
        self.print_minutes.emit(out.batch)

    def _lend(self) -> None:
        chosen = self.schools.chosen
        if chosen is not None:
            self.lending_wanted.emit(tuple(line.device.code for line in chosen.leaving))


def _code(line: GivenLine) -> str:
    return grouped(line.device.code)
