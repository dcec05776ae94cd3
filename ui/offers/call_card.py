"""One call: whom to ring about what, the day to ring again, and what came of it in one key."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station import events as e
from station import words as language
from station.codes import grouped
from station.device import Device
from station.reference import CallResult
from station.words import _
from ui.buttons import link_button, secondary_button
from ui.cards import Card, EmptyState, line
from ui.chips import Chip
from ui.day_words import day_words
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field
from ui.offers.call_lines import (
    CallLine,
    about_words,
    due_words,
    told_before,
    topic_words,
    tries_words,
)
from ui.offers.day_choice import DayChoice
from ui.offers.fact_rows import FactRows
from ui.offers.phone_line import PhoneLine
from ui.theme import Role, Tone, words
from ui.wording import explain

NEXT_DAY = "Ctrl+D"
COLUMNS = 2


class CallCard(Card):
    """Says `noted` with the result's id; the day to ring again is `again_on`."""

    noted = Signal(str)
    open_wanted = Signal(str)  # the code it is about
    told = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(_("Call"))
        self._desk, self._today = desk, today
        self._line: CallLine | None = None
        self.chip = Chip(Tone.UNKNOWN, "")
        self.phone = PhoneLine()
        self.topic, self.what, self.since, self.tries = (
            words("", Role.BODY) for _number in range(4)
        )
        self.before = words("", Role.MUTED)
        self.note = QLineEdit()
        self.note.setObjectName("callNote")
        self.note.setPlaceholderText(_("What the donor said (optional)"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.about = link_button("", "Ctrl+O")
        self.about.setObjectName("callAbout")
        self.about.clicked.connect(self._open)
        self.again = DayChoice("callAgain", today)
        self.results = {result.id: self._button(number, result) for number, result in self._known()}
        self._lay_out()
        step = QShortcut(NEXT_DAY, self, self.again.step)
        step.setWhatsThis(_("Another day to call again"))
        self.show_line(None)

    @property
    def line(self) -> CallLine | None:
        """What is shown."""
        return self._line

    @property
    def again_on(self) -> date | None:
        """The day to ring again, where somebody chose one."""
        return self.again.day

    def show_line(self, shown: CallLine | None) -> None:
        """Show a call; None says that one is to be chosen."""
        other = shown is None or self._line is None or shown.key != self._line.key
        self._line = shown
        self._faces.setCurrentIndex(0 if shown is None else 1)
        if other:
            self.again.choice.setCurrentIndex(0)
            self.note.clear()
            self.before.clear()
        if shown is None:
            self.set_title(_("Call"))
            return
        reference = self._desk.reference
        self.set_title(shown.donor.name or _("name not here"))
        self.chip.show_verdict(*due_words(shown, self._today()))
        self.phone.show_phone(shown.donor.phone, shown.key)
        self.topic.setText(topic_words(shown, reference))
        self._show_about(shown)
        planned = shown.call.planned_on
        self.since.setText(day_words(planned) if planned else "")
        self.tries.setText(tries_words(shown, reference))
        ask = partial(told_before, (shown.subject.code, shown.call.about))
        told = partial(self._show_before, shown.key)
        self._desk.ask(ask, told, self._cannot, owner=self)

    def _show_before(self, key: str, told: tuple[str, ...]) -> None:
        if self._line is not None and self._line.key == key:
            self.before.setText("\n".join(told))

    def _cannot(self, error: Exception) -> None:
        self.before.setText(explain(error, self._desk.reference))

    def _show_about(self, shown: CallLine) -> None:
        self.what.setText(about_words(shown, self._desk.reference))
        told, keys = grouped(shown.subject.code), self.about.shortcut()
        self.about.setText(told)
        self.about.setAccessibleName(_("Open {code}").format(code=told))
        self.about.setShortcut(keys)  # setText drops it
        self.about.setEnabled(isinstance(shown.subject, Device))

    def _known(self) -> list[tuple[int, CallResult]]:
        results = self._desk.reference.tables.call_results.values()
        return list(enumerate((result for result in results if not result.by_rule), 1))

    def _button(self, number: int, result: CallResult) -> QPushButton:
        button = secondary_button(result.word(language.language()), "", f"Ctrl+{number}")
        button.setObjectName(f"result.{result.id}")
        button.clicked.connect(lambda: self.noted.emit(result.id))
        Duty(self._desk, button, e.CallMade, self).told.connect(self.told)
        return button

    def _open(self) -> None:
        if self._line is not None:
            self.open_wanted.emit(self._line.subject.code)

    def _lay_out(self) -> None:
        for label in (self.what, self.before):
            label.setWordWrap(True)
        facts, about = FactRows(), QWidget()
        beside = line(self.about)
        beside.setContentsMargins(0, 0, 0, 0)
        about.setLayout(beside)
        named = (
            (_("What to ask"), self.topic),
            (_("Phone"), self.phone),
            (_("About"), self.what),
            (_("Code"), about),
            (_("Asked since"), self.since),
            (_("Tried"), self.tries),
            (_("Noted before"), self.before),
        )
        for name, value in named:
            facts.add(name, value)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, button in enumerate(self.results.values()):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line(self.chip))
        column.addWidget(facts)
        column.addStretch()
        column.addWidget(Field(_("Call again, where it is not settled"), self.again))
        column.addWidget(words(_("What came of it?"), Role.STRONG))
        column.addWidget(self.note)
        column.addLayout(grid)
        how = _("Choose a line: the phone number and what to note of the call stand here.")
        self._faces = QStackedWidget()
        self._faces.addWidget(EmptyState(_("No call is chosen"), how))
        self._faces.addWidget(shown)
        self.body.addWidget(self._faces, 1)
