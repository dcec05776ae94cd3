"""Checks by hand: a technician marks several at once; each becomes an event of its own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from typing_extensions import override

from station import bench
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.reference import Reference, ReleaseRules, Table
from station.text import looks_like_phone
from station.words import _
from ui.act_dialog import ActDialog
from ui.buttons import link_button
from ui.chips import Chip
from ui.coded_words import coded, outcome_word
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.check_rows import verdict_of
from ui.device_words import device_line
from ui.field import mark_wrong
from ui.theme import Role, words

WIDTH = 860
MARKS = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.UNKNOWN)
FIRST_MARK = 2  # column; before it the check and its verdict so far
NOTE_COLUMN = FIRST_MARK + len(MARKS)


class EnterChecks(Struct, frozen=True):
    """What a person says of several checks, in the order of the list."""

    entries: tuple[bench.EnterCheck, ...]


def enter_checks(
    command: EnterChecks,
    recorded: Callable[[bench.EnterCheck], None],
    store: Store,
    by: Operator,
    when: Moment,
) -> tuple[e.Event, ...]:
    """Record them one after the other, telling each; a refusal stops before the rest."""
    events = []
    for entry in command.entries:
        events.append(bench.enter_check(entry, store, by, when))
        recorded(entry)
    return tuple(events)


class HandChecksDialog(ActDialog):
    """One row a check: passed, take note, failed, or left alone."""

    def __init__(
        self, device: Device, rules: ReleaseRules, reference: Reference, parent: QWidget
    ) -> None:
        act = BenchAct.ENTER_CHECKS
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record these checks"), parent)
        self.setMinimumWidth(WIDTH)
        self._device = device
        self._recorded: dict[str, bench.EnterCheck] = {}
        self._required = frozenset(rules.checks)
        wanted = (check for check in rules.checks if check in rules.by_hand)
        extra = (check for check in rules.by_hand if check not in rules.checks)
        self._rows = {
            check: _Row(check, coded(Table.CHECKS, check, reference)) for check in (*wanted, *extra)
        }
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(NOTE_COLUMN, 1)
        self._add_heads()
        for number, row in enumerate(self._rows.values(), 1):
            row.add_to(self._grid, number, Chip(*verdict_of(device.check(row.check))))
            row.note.textChanged.connect(self._warn_of_phones)
        self.fields.addLayout(self._grid)
        self._phone = _phone_warning()
        self.add(self._phone)
        self.all_passed = link_button(_("Everything untried passed"))
        self.all_passed.setObjectName("all_passed")
        self.all_passed.clicked.connect(self._pass_the_rest)
        self.fields.addWidget(self.all_passed, 0, Qt.AlignmentFlag.AlignLeft)
        for row in list(self._rows.values())[:1]:
            row.take_focus()

    @override
    def act(self) -> Act[Any] | None:
        marked = [self._entry(row) for row in self._rows.values() if row.is_marked]
        if not marked:
            self.refuse(ValueError(), _("Mark at least one check."))
            return None
        fresh = tuple(entry for entry in marked if not self._is_recorded(entry))
        return partial(enter_checks, EnterChecks(fresh), self._remember)

    def _entry(self, row: "_Row") -> bench.EnterCheck:
        result = CheckResult(row.check, row.outcome)
        return bench.EnterCheck(device=self._device.code, result=result, note=row.note.text())

    def _is_recorded(self, entry: bench.EnterCheck) -> bool:
        """A try after a refusal repeats no check that went in before it, unless it changed."""
        return self._recorded.get(entry.result.check) == entry

    def _remember(self, entry: bench.EnterCheck) -> None:
        """Called by the store's thread while the dialog waits; it touches no widget."""
        self._recorded[entry.result.check] = entry

    def _warn_of_phones(self) -> None:
        """Look at every note: another row may hold a number still."""
        found = [row.mark_phone() for row in self._rows.values()]
        self._phone.setVisible(any(found))

    def _add_heads(self) -> None:
        heads = (_("Check"), _("So far"), *map(_mark_word, MARKS), _("Note"))
        for column, head in enumerate(heads):
            self._grid.addWidget(words(head, Role.MUTED), 0, column)

    def _pass_the_rest(self) -> None:
        """Those the gate asks for; what was tried and is not stale needs no second mark."""
        for row in (row for row in self._rows.values() if row.check in self._required):
            known = self._device.check(row.check)
            settled = known and not known.stale and known.result.outcome is not Outcome.UNKNOWN
            if row.outcome is Outcome.UNKNOWN and not settled:
                row.mark(Outcome.PASS)


def _mark_word(mark: Outcome) -> str:
    """Unknown is what nobody marked: nothing is recorded of it."""
    return _("Leave as it is") if mark is Outcome.UNKNOWN else outcome_word(mark)


def _phone_warning() -> QLabel:
    """A note is read by many; a phone number belongs to its person's own record."""
    label = words(_("This looks like a phone number: keep it with its person instead."))
    label.setObjectName("phone_warning")
    label.setWordWrap(True)
    mark_wrong(label, True)
    label.hide()
    return label


class _Row:
    """The controls of one check."""

    def __init__(self, check: str, word: str) -> None:
        self.check, self._word = check, word
        self._marks = {mark: QRadioButton() for mark in MARKS}
        self._group = QButtonGroup()
        for mark, button in self._marks.items():
            button.setObjectName(f"{check}.{mark}")
            button.setAccessibleName(f"{word}: {_mark_word(mark)}")
            button.setToolTip(_mark_word(mark))
            self._group.addButton(button)
        self.note = QLineEdit()
        self.note.setObjectName(f"{check}.note")
        self.note.setAccessibleName(f"{word}: {_('Note')}")
        self.mark(Outcome.UNKNOWN)

    @property
    def outcome(self) -> Outcome:
        """What was marked; unknown when it was left alone."""
        return next(mark for mark, button in self._marks.items() if button.isChecked())

    @property
    def is_marked(self) -> bool:
        """Whether a person said anything of it."""
        return self.outcome is not Outcome.UNKNOWN

    def mark_phone(self) -> bool:
        """Show a note that holds a phone number as wrong; whether it does."""
        found = looks_like_phone(self.note.text())
        mark_wrong(self.note, found)
        return found

    def mark(self, outcome: Outcome) -> None:
        """Mark it so."""
        self._marks[outcome].setChecked(True)

    def take_focus(self) -> None:
        """Let the arrows mark this check."""
        self._marks[self.outcome].setFocus()

    def add_to(self, grid: QGridLayout, number: int, so_far: Chip) -> None:
        """Stand in this row of a grid."""
        grid.addWidget(words(self._word), number, 0)
        grid.addWidget(so_far, number, 1)
        for column, button in enumerate(self._marks.values(), FIRST_MARK):
            grid.addWidget(button, number, column)
        grid.addWidget(self.note, number, NOTE_COLUMN)
