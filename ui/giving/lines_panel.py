"""How it went with each pupil's line, once a school has passed its devices on."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from station import events as e
from station import words
from station.codes import Code, grouped
from station.events import Event
from station.handover import ConfirmHandover, confirm_handover
from station.ledger import Occurred
from station.people import Person
from station.reference import Entry, Table
from station.words import _
from ui.act_line import ActLine
from ui.buttons import papers_button, primary_button, secondary_button
from ui.cards import EmptyState
from ui.day_field import DayEdit, DayField
from ui.desk import Desk
from ui.duty import Duty
from ui.giving.given_dialogs import ReturnDialog
from ui.giving.given_list import given_list, scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.pupil_words import pupil_word
from ui.giving.recap import Recap
from ui.name_field import NameField
from ui.open_dialog import open_dialog
from ui.side_by_side import fill, form_card, list_card, side_by_side

PROXY = "proxy"
SIGNED = ("signed", PROXY)  # somebody's name stands on the list


class LinesPanel(QWidget):
    """Xác nhận từng dòng: down the signed list, one after the other."""

    said = Signal(str)
    papers_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about = ""  # the line that the answer and the name are about
        how = _("Devices stand here from the day a school takes them until each line is signed.")
        empty = EmptyState(_("No line is open"), how)
        self.devices = given_list(desk, empty, with_step=True).named(
            "schoolLines", _("Lines to confirm")
        )
        self._recap = Recap(desk, _("Choose a line, or scan the device's label."))
        self._results = _Results(desk.reference.entries(Table.DELIVERIES))
        self._receiver = QLineEdit()
        self._receiver.setObjectName("lineReceiver")
        self._day = DayEdit("lineDay", lambda: desk.now().day)
        self._record = primary_button(_("Record line"), "", "Ctrl+Return")
        self._record.setObjectName("recordLine")
        self._return = secondary_button(_("Return to stock"))
        self._return.setObjectName("returnFromSchool")
        self._papers = papers_button()
        self._papers.setObjectName("papers")
        self._acts = ActLine(desk, "lineProblem", self._papers, self._return, self._record)
        self._recording = Duty(desk, self._record, e.HandoverConfirmed, self._acts)
        self._returning = Duty(desk, self._return, e.ReturnedToStock, self._acts)
        self._receiver_field = NameField(_("Who signed"), self._receiver, desk.reference)
        self._day_field = DayField(
            _("Day on the list"), self._day, desk.reference, lambda: desk.now().day
        )
        fields = QWidget()
        fill(fields, side_by_side(self._receiver_field, self._day_field, weights=(3, 2)))
        right = form_card(_("How it went"), self._recap, self._results, fields, self._acts)
        fill(self, side_by_side(list_card(_("With the schools"), self.devices), right))
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show the lines that are not signed yet."""
        self.devices.show_lines(lists.at_school, go_on=True)

    def accept_scan(self, code: Code) -> bool:
        """Choose the line that was scanned."""
        found = scanned_key(self.devices.model.lines, code)
        return found is not None and self.devices.choose(found)

    def _connect(self) -> None:
        self._record.clicked.connect(self._confirm)
        self._return.clicked.connect(self._open_return)
        self._papers.clicked.connect(self._want_papers)
        self.devices.chosen_changed.connect(self._show_choice)
        self._results.chosen_changed.connect(self._show_choice)
        for duty in (self._recording, self._returning):
            duty.told.connect(self.said)

    def _show_choice(self) -> None:
        line = self.devices.chosen
        self._ask_anew(line)
        self._receiver.setEnabled(self._results.chosen in {None, *SIGNED})
        self._recording.offer(line is not None and self._results.chosen is not None)
        self._returning.offer(line is not None)
        self._papers.setEnabled(line is not None)
        self._recap.show_line(line)

    def _ask_anew(self, line: GivenLine | None) -> None:
        """What was said of one line is not said of the next."""
        about = line.device.code if line else ""
        if about != self._about:
            self._about = about
            self._receiver.clear()
            self._results.clear()

    def _confirm(self) -> None:
        line, result = self.devices.chosen, self._results.chosen
        if line is not None and result is not None and self._is_filled_in():
            name = self._receiver.text() if result in SIGNED else ""
            command = ConfirmHandover(
                device=line.device.code,
                result=result,
                receiver=Person(name=name) if name.strip() else None,
            )
            act = partial(confirm_handover, command)
            self._acts.take(act, partial(self._confirmed, line), occurred=self._occurred())

    def _is_filled_in(self) -> bool:
        if self._results.chosen == PROXY and not self._receiver.text().strip():
            self._receiver_field.show_error(_("Type the name of the person who signed."))
            self._receiver.setFocus()
            return False
        return self._receiver_field.check() and self._day_field.check()

    def _occurred(self) -> Occurred | None:
        """The day on the signed list, where somebody typed one that is not today's."""
        day = self._day.typed
        return Occurred(day) if day and day != self._desk.now().day else None

    def _confirmed(self, line: GivenLine, _events: tuple[Event, ...]) -> None:
        self._about = ""
        self._day.go_on()
        self._show_choice()
        self.said.emit(_("The line of {pupil} is recorded.").format(pupil=pupil_word(line.pupil)))

    def _want_papers(self) -> None:
        line = self.devices.chosen
        if line is not None:
            self.papers_wanted.emit(line.device.code)

    def _open_return(self) -> None:
        line = self.devices.chosen
        if line is not None:
            dialog = ReturnDialog(line, self._desk.reference, self)
            open_dialog(dialog, self._desk, lambda _event: self._returned(line))

    def _returned(self, line: GivenLine) -> None:
        returned = _("{device} is back in stock and is examined anew.")
        self.said.emit(returned.format(device=grouped(line.device.code)))


class _Results(QWidget):
    """What a line can come to: asked anew for each."""

    chosen_changed = Signal()

    def __init__(self, results: tuple[Entry, ...]) -> None:
        super().__init__()
        self._ids = tuple(entry.id for entry in results)
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, entry in enumerate(results):
            button = QRadioButton(entry.word(words.language()))
            button.setObjectName(f"delivery.{entry.id}")
            self._group.addButton(button, at)
            grid.addWidget(button, *divmod(at, 2))
        self._group.idToggled.connect(lambda _id, _on: self.chosen_changed.emit())

    @property
    def chosen(self) -> str | None:
        """The id of the answer that is marked."""
        at = self._group.checkedId()
        return self._ids[at] if at >= 0 else None

    def clear(self) -> None:
        """Mark no answer."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
