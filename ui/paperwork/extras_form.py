"""The form of what a person adds to a paper; the next of its kind begins with what was typed."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from labels.filling import fact
from labels.template import template
from station.codes import grouped
from station.paper_facts import DeviceLine, PaperFacts
from station.reference import Reference
from station.text import BadText
from station.words import _
from ui.field import Field
from ui.papers.extras import Extras
from ui.paperwork.asked import Ask, Kind, asks, asks_members, asks_values
from ui.paperwork.names import WHOLE_BATCH
from ui.paperwork.typed import READ, NotTyped
from ui.theme import Role, words
from ui.wording import explain

COLUMNS: Final = 6  # a field takes half of a line, of a committee's a third
HALF, THIRD = 3, 2
MEMBERS: Final = 3
MOST_VALUED: Final = 40  # devices whose values are asked one by one; of more, that of all
OF_ONE_PAPER: Final = frozenset(
    {
        "copies",
        "place",
        "value",
        "due",
        "due_hour",
        "note",
        "reason",
        "result",
        "packages",
        "weight",
    }
)
"""What the next paper does not begin with; nor with who received this one."""

HINTS: Final = {Kind.DAY: "05/11/2026", Kind.HOUR: "14:30", Kind.MONEY: "4.500.000"}

Row = tuple[str, Kind, Field]  # the extra it becomes, how it is read, where it is typed


class ExtrasForm(QWidget):
    """Shows fields for one paper at a time; nothing must be filled in."""

    def __init__(self, reference: Reference, remembered: dict[str, str]) -> None:
        super().__init__()
        self._reference, self._remembered = reference, remembered
        self._paper = ""
        self._rows: list[Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)

    def show_paper(self, paper: str, facts: PaperFacts | None) -> None:
        """Ask what this paper needs."""
        self._paper = paper
        self._clear()
        for ask in asks(paper, facts):
            self._add(ask.name, ask.kind, ask.word(), self._proposed(ask, paper, facts))
        if asks_members(paper):
            self._add_members()
        if facts is not None and asks_values(paper, facts):
            self._add_values(facts.devices)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self._rows

    def field(self, name: str) -> Field:
        """The field of one extra."""
        return next(field for known, _kind, field in self._rows if known == name)

    def type(self, name: str, text: str) -> None:
        """Fill in one field."""
        _line(self.field(name)).setText(text)

    def read(self) -> Extras | None:
        """What was typed; None when a field says what is wrong with it."""
        read = {name: self._read(kind, field) for name, kind, field in self._rows}
        wrong = [field for _name, _kind, field in self._rows if field.error]
        if wrong:
            wrong[0].control.setFocus()
            return None
        self._remember()
        return to_extras({name: value for name, value in read.items() if value not in ("", None)})

    def _read(self, kind: Kind, field: Field) -> object:
        field.clear_error()
        text = _line(field).text()
        if not text.strip():
            return None
        try:
            return READ[kind](text)
        except (BadText, NotTyped) as error:
            field.show_error(explain(error, self._reference))
            return None

    def _key(self, name: str) -> str:
        """A decision to hand over is none to dispose of: each kind of paper has its own."""
        return f"{self._paper} {name}"

    def _remember(self) -> None:
        for name, _kind, field in self._rows:
            if name not in OF_ONE_PAPER and not name.startswith(("receiver.", "values.")):
                self._remembered[self._key(name)] = _line(field).text()

    def _proposed(self, ask: Ask, paper: str, facts: PaperFacts | None) -> str:
        if ask.name == "copies" and paper != WHOLE_BATCH:
            return str((facts.copies if facts else 0) or template(paper).copies)
        known = fact(facts, ask.name) if facts and ask.name == "place" else ""
        return str(known or self._remembered.get(self._key(ask.name), ""))

    # ---- fields ----

    def _add(self, name: str, kind: Kind, word: str, text: str = "", width: int = HALF) -> None:
        line = QLineEdit()
        line.setObjectName(f"extra.{name}")
        line.setPlaceholderText(HINTS.get(kind, ""))
        line.setText(text)
        field = Field(word, line)
        self._rows.append((name, kind, field))
        row, column = divmod(self._cells, COLUMNS)
        self._grid.addWidget(field, row, column, 1, width)
        self._cells += width

    def _head(self, text: str) -> None:
        self._cells += -self._cells % COLUMNS  # a row of its own
        self._grid.addWidget(words(text, Role.STRONG), self._cells // COLUMNS, 0, 1, COLUMNS)
        self._cells += COLUMNS

    def _add_members(self) -> None:
        self._head(_("Who signs as a committee"))
        for number in range(MEMBERS):
            for part, word, kind in (
                ("name", _("Full name"), Kind.PERSON),
                ("role", _("Role"), Kind.LINE),
                ("title", _("Position"), Kind.LINE),
            ):
                name = f"members.{number}.{part}"
                self._add(name, kind, word, self._remembered.get(self._key(name), ""), THIRD)

    def _add_values(self, devices: Sequence[DeviceLine]) -> None:
        if len(devices) > MOST_VALUED:
            return
        self._head(_("Estimated value of each device (đồng)"))
        for device in devices:
            word = " · ".join(filter(None, (grouped(device.code), device.name)))
            self._add(f"values.{device.code}", Kind.MONEY, word)

    def _clear(self) -> None:
        self._rows.clear()
        self._cells = 0
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def to_extras(read: dict[str, object]) -> Extras:
    """Named values as one thing: `decision.number` is the number of its decision."""
    told: dict[str, Any] = {}
    for name, value in read.items():
        if not name.startswith(("members.", "values.")):
            _put(told, name.split("."), value)
    told["members"] = _members(read)
    told["values"] = tuple(
        (name.partition(".")[2], value) for name, value in read.items() if name[:7] == "values."
    )
    return msgspec.convert(told, Extras)


def _put(told: dict[str, Any], path: Sequence[str], value: object) -> None:
    *above, last = path
    for name in above:
        told = told.setdefault(name, {})
    told[last] = value


def _members(read: dict[str, object]) -> tuple[dict[str, object], ...]:
    """Those that have a name."""
    rows: dict[str, dict[str, object]] = {}
    for name, value in read.items():
        if name.startswith("members."):
            _all, number, part = name.split(".")
            rows.setdefault(number, {})[part] = value
    return tuple(row for row in rows.values() if row.get("name"))


def _line(field: Field) -> QLineEdit:
    control = field.control
    if not isinstance(control, QLineEdit):
        raise TypeError(control)
    return control
