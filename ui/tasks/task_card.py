"""One thing to settle: both records, the rule in a clerk's words, and the lead's decision."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from station import events as e
from station import settling
from station.events import Event
from station.reference import Table
from station.words import _
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import Card
from ui.chips import Chip
from ui.coded_words import coded
from ui.desk import Desk
from ui.duty import Duty
from ui.note_field import NoteField
from ui.tasks.task_lines import Side, TaskLine, decisions, outcome_word
from ui.theme import Role, Tone, words


class TaskCard(Card):
    """Shows one task; its button records the decision that is chosen."""

    open_wanted = Signal(object)  # TaskLine
    settled = Signal(str, object)  # the decision, and its event
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Choose a line"))
        self._line: TaskLine | None = None
        self._rule, self._advice = _wrapped(Role.STRONG), _wrapped(Role.BODY)
        self._rule.setObjectName("taskRule")
        self._outcome = Chip(Tone.WARN, "")
        self._decided = _wrapped(Role.BODY)
        self._decided.setObjectName("taskDecided")
        self.ours = _SideBox(_("This point recorded"), "taskOurs")
        self.theirs = _SideBox(_("The other point recorded"), "taskTheirs")
        self._choices = QButtonGroup(self)
        self._decisions = QWidget()
        self.note = NoteField()
        self._open = secondary_button(_("Open it"), "", "Ctrl+O")
        self._open.setObjectName("openTask")
        self._record = primary_button(_("Record the decision"), "", "Ctrl+Return")
        self._record.setObjectName("settle")
        self._acts = ActLine(desk, "taskProblem", self._open, self._record)
        self._duty = Duty(desk, self._record, e.DisputeSettled, self._acts)
        self._whose = words("", Role.MUTED)
        self._whose.setObjectName("taskWhose")
        self._whose.setWordWrap(True)
        self._desk = desk
        self._lay_out()
        self._connect()

    def show_task(self, line: TaskLine | None) -> None:
        """Show this one; what was begun about another one is forgotten."""
        same = line is not None and self._line is not None and line.key == self._line.key
        self._line = line
        for part in self._parts:
            part.setVisible(line is not None)
        if line is None:
            self.set_title(_("Choose a line"))
        else:
            self._show(line)
            if not same:
                self._begin(line)
        self._offer()

    @property
    def decision(self) -> str:
        """What is chosen, "" while nothing is."""
        button = self._choices.checkedButton()
        return button.objectName().removeprefix("decide.") if button else ""

    def _show(self, line: TaskLine) -> None:
        self.set_title(" · ".join(part for part in (line.code, line.name) if part))
        self._outcome.show_verdict(Tone.WARN, outcome_word(line.task))
        self._rule.setText(line.rule.told)
        self._advice.setText(line.rule.advice)
        self.ours.show_side(line.ours)
        self.theirs.show_side(line.theirs)
        decided = line.task.decision
        told = _("The Department decided: {decision}.")
        self._decided.setText(told.format(decision=self._word(decided)) if decided else "")
        self._decided.setVisible(bool(decided))

    def _begin(self, line: TaskLine) -> None:
        self._acts.clear()
        self.note.edit.clear()
        for button in self._choices.buttons():
            self._choices.removeButton(button)
            button.hide()
            button.deleteLater()
        for decision in decisions(line.task):
            button = QRadioButton(self._word(decision))
            button.setObjectName(f"decide.{decision}")
            self._choices.addButton(button)
            self._column.addWidget(button)
        self._open.setVisible(line.subject is not None)

    def _word(self, decision: str) -> str:
        return coded(Table.DECISIONS, decision, self._desk.reference)

    def _offer(self) -> None:
        self._duty.offer(self._line is not None and bool(self.decision))
        whose = self._record.accessibleDescription()
        self._whose.setText(whose)
        self._whose.setVisible(self._line is not None and bool(whose))

    def _settle(self) -> None:
        line, decision = self._line, self.decision
        if line is None or not decision:
            return
        command = settling.Settle(event=line.task.event, decision=decision, note=self.note.text)
        self._acts.take(partial(settling.settle, command), partial(self._done, decision))

    def _done(self, decision: str, event: Event) -> None:
        self.settled.emit(decision, event)

    def _connect(self) -> None:
        self._record.clicked.connect(self._settle)
        self._open.clicked.connect(lambda: self.open_wanted.emit(self._line))
        self._choices.buttonToggled.connect(lambda _button, _on: self._offer())
        self._duty.told.connect(self.told)
        self._desk.operator_changed.connect(self._offer)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._decisions)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(words(_("What is decided"), Role.MUTED))
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.ours, 1)
        row.addWidget(self.theirs, 1)
        self.add_to_head(self._outcome)
        self._parts: tuple[QWidget, ...] = (
            self._outcome,
            self._rule,
            sides,
            self._advice,
            self._decided,
            self._decisions,
            self.note,
            self._acts,
        )
        self.body.setSpacing(12)
        for part in self._parts[1:-1]:
            self.body.addWidget(part)
        self.body.addWidget(self._whose)
        self.body.addStretch(1)
        self.body.addWidget(self._acts)


class _SideBox(QFrame):
    """What one point recorded, when and by whom."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setObjectName("side")
        self._title = title
        self._place, self._what = _wrapped(Role.MUTED), _wrapped(Role.STRONG)
        self._what.setObjectName(name)
        self._second = words("", Role.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(words(title, Role.MUTED))
        for label in (self._what, self._second, self._place):
            column.addWidget(label)
        column.addStretch()

    def show_side(self, side: Side) -> None:
        """Show what that point recorded."""
        unseen = _("Its record is not here: ask that point.")
        self._what.setText(side.what or unseen)
        self._second.setText(side.second)
        self._second.setVisible(bool(side.second))
        self._place.setText(side.point or _("another point"))


def _wrapped(role: Role) -> QLabel:
    label = words("", role)
    label.setWordWrap(True)
    return label
