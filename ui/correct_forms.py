"""What people mistype, one small form for each kind of entry: it tells only what was changed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from station import events as e
from station.reference import Reference, Table
from station.text import BadText, device_word, serial_word
from station.words import _
from ui.choice import Choice
from ui.field import Field
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


FORMS: Final[Mapping[type[e.Said], Callable[[Any, Reference], CorrectForm]]] = {
    e.Received: ReceivedForm,
    e.Described: ReceivedForm,
    e.StorageErased: ErasedForm,
    e.Graded: GradedForm,
}
