"""What people mistype, one small form for each kind of entry: it tells only what was changed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from station import events as e
from station.checks import CheckResult, Outcome
from station.reference import Entry, Reference, Table
from station.text import BadText, device_word, serial_word
from station.words import _
from ui.choice import Choice
from ui.coded_words import outcome_word
from ui.field import Field
from ui.theme import Role, words
from ui.wording import explain

PASSED, FAILED = "passed", "failed"


class CorrectForm(QWidget):
    """Filled with what the entry says now."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def changes(self) -> dict[str, Any] | None:
        """The fields that differ now; None once a field says what is wrong with it."""
        raise NotImplementedError


class TakeBackForm(CorrectForm):
    """Nothing of the entry is changed: it did not happen."""

    def __init__(self) -> None:
        super().__init__()
        told = words(_("It did not happen: it is taken back, and stays in the history."), Role.BODY)
        told.setWordWrap(True)
        self.column.addWidget(told)

    @override
    def changes(self) -> dict[str, Any] | None:
        return {}


class ReceivedForm(CorrectForm):
    """What the device is."""

    def __init__(self, said: e.Received | e.Described, reference: Reference) -> None:
        super().__init__()
        self._said, self._reference = said, reference
        self.kind = Choice("correctKind", reference.entries(Table.KINDS))
        self.kind.setPlaceholderText(_("Not said"))
        self.kind.choose(said.kind)
        self.condition = Choice("correctCondition", reference.entries(Table.CONDITIONS))
        self.condition.setPlaceholderText(_("Not said"))
        self.condition.choose(said.condition)
        self._typed: dict[str, tuple[QLineEdit, Field, Callable[[str], str]]] = {}
        self._add_row(Field(_("Kind"), self.kind), Field(_("Condition"), self.condition))
        self._add_row(
            self._word("maker", _("Maker"), device_word),
            self._word("model", _("Model"), device_word),
        )
        self._add_row(self._word("serial", _("Serial number (S/N)"), serial_word))

    @override
    def changes(self) -> dict[str, Any] | None:
        now: dict[str, Any] = {
            "kind": self.kind.chosen or self._said.kind,
            "condition": self.condition.chosen or self._said.condition,
        }
        for name, (line, field, word) in self._typed.items():
            try:
                now[name] = word(line.text()) if line.text().strip() else None
            except BadText as error:
                field.show_error(explain(error, self._reference))
                line.setFocus()
                return None
        return {name: value for name, value in now.items() if value != getattr(self._said, name)}

    def _word(self, name: str, title: str, word: Callable[[str], str]) -> Field:
        line = QLineEdit(getattr(self._said, name) or "")
        line.setObjectName(f"correct{name.capitalize()}")
        field = Field(title, line)
        self._typed[name] = (line, field, word)
        return field

    def _add_row(self, *fields: Field) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for field in fields:
            row.addWidget(field, 1)
        self.column.addLayout(row)


class ErasedForm(CorrectForm):
    """Whether the disk was erased."""

    def __init__(self, said: e.StorageErased, _reference: Reference) -> None:
        super().__init__()
        self._said = said
        self.passed = Choice("correctPassed")
        self.passed.offer(((PASSED, _("Erased")), (FAILED, _("The erasure failed"))))
        self.passed.choose(PASSED if said.passed else FAILED)
        self.column.addWidget(Field(_("How it went"), self.passed))

    @override
    def changes(self) -> dict[str, Any] | None:
        passed = self.passed.chosen == PASSED
        return {} if passed == self._said.passed else {"passed": passed}


class GradedForm(CorrectForm):
    """Which grade was meant."""

    def __init__(self, said: e.Graded, reference: Reference) -> None:
        super().__init__()
        self._said = said
        self.grade = Choice("correctGrade", reference.entries(Table.GRADES))
        self.grade.choose(said.grade)
        self.column.addWidget(Field(_("Grade"), self.grade))

    @override
    def changes(self) -> dict[str, Any] | None:
        grade = self.grade.chosen
        return {} if grade in {None, self._said.grade} else {"grade": grade}


class ChoiceForm(CorrectForm):
    """One coded field of an entry."""

    def __init__(self, said: e.Said, field: str, title: str, offered: Iterable[Entry]) -> None:
        super().__init__()
        self._said, self._field = said, field
        self.choice = Choice(f"correct{field.capitalize()}", offered)
        self.choice.choose(getattr(said, field))
        self.column.addWidget(Field(title, self.choice))

    @override
    def changes(self) -> dict[str, Any] | None:
        chosen = self.choice.chosen
        same = chosen in {None, getattr(self._said, self._field)}
        return {} if same else {self._field: chosen}


def _defect_form(said: e.DefectFound, reference: Reference) -> CorrectForm:
    return ChoiceForm(said, "severity", _("How bad"), reference.entries(Table.SEVERITIES))


def _removal_form(said: e.StorageRemoved, reference: Reference) -> CorrectForm:
    return ChoiceForm(said, "destiny", _("Where it went"), reference.entries(Table.DESTINIES))


def _line_form(said: e.HandoverConfirmed, reference: Reference) -> CorrectForm:
    return ChoiceForm(said, "result", _("How it went"), reference.entries(Table.DELIVERIES))


def _decision_form(said: e.DisputeSettled, reference: Reference) -> CorrectForm:
    return ChoiceForm(said, "decision", _("Decision"), reference.entries(Table.DECISIONS))


class SystemForm(CorrectForm):
    """By which right the system is there, and whether it was seen starting."""

    def __init__(self, said: e.SystemInstalled, reference: Reference) -> None:
        super().__init__()
        self._said = said
        known = reference.tables.systems.get(said.system)
        fitting = known.licences if known else (said.licence,)
        every = reference.entries(Table.LICENCES)
        self.licence = Choice("correctLicence", (one for one in every if one.id in fitting))
        self.licence.choose(said.licence)
        self.seen = QCheckBox(_("I saw it start up to its desktop"))
        self.seen.setObjectName("correctFirstBoot")
        self.seen.setChecked(said.first_boot_seen)
        self.column.addWidget(Field(_("Right to use it"), self.licence))
        self.column.addWidget(self.seen)

    @override
    def changes(self) -> dict[str, Any] | None:
        now = {
            "licence": self.licence.chosen or self._said.licence,
            "first_boot_seen": self.seen.isChecked(),
        }
        return {name: value for name, value in now.items() if value != getattr(self._said, name)}


class CheckForm(CorrectForm):
    """How a check that was tried by hand really went."""

    OFFERED = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.UNKNOWN)

    def __init__(self, said: e.CheckEnteredByHand, _reference: Reference) -> None:
        super().__init__()
        self._said = said
        self.outcome = Choice("correctOutcome")
        self.outcome.offer((one.value, outcome_word(one)) for one in self.OFFERED)
        self.outcome.choose(said.result.outcome.value)
        self.column.addWidget(Field(_("Outcome"), self.outcome))

    @override
    def changes(self) -> dict[str, Any] | None:
        outcome = Outcome(self.outcome.chosen or self._said.result.outcome)
        if outcome is self._said.result.outcome:
            return {}
        return {"result": CheckResult(self._said.result.check, outcome)}


FORMS: Final[Mapping[type[e.Said], Callable[[Any, Reference], CorrectForm]]] = {
    e.Received: ReceivedForm,
    e.Described: ReceivedForm,
    e.StorageErased: ErasedForm,
    e.Graded: GradedForm,
    e.StorageRemoved: _removal_form,
    e.DefectFound: _defect_form,
    e.SystemInstalled: SystemForm,
    e.CheckEnteredByHand: CheckForm,
    e.HandoverConfirmed: _line_form,
    e.DisputeSettled: _decision_form,
}
