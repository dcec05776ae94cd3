"""What narrows the stock beyond its stages: kind, grade, how long it waits, whether it rests."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from station.ports import DeviceFilter
from station.reference import ReasonUse, Reference, Table
from station.words import _, _n, language
from ui.choice import Choice
from ui.stock.views import View

AGES = (3, 7, 14, 30, 90)  # days
HELD, FREE = "held", "free"


class FilterRow(QWidget):
    """One choice each; the first entry of each narrows nothing."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.kind = _choice("kind", _("Kind of device"))
        self.grade = _choice("grade", _("Grade"))
        self.age = _choice("age", _("How long in its stage"))
        self.hold = _choice("hold", _("On hold or not"))
        spoken = language()
        kinds = ((kind.id, kind.word(spoken)) for kind in reference.entries(Table.KINDS))
        grades = ((one.id, one.word(spoken)) for one in reference.entries(Table.GRADES))
        self.kind.offer((("", _("All kinds")), *kinds))
        graded = ((id_, _("Grade {grade}").format(grade=word)) for id_, word in grades)
        self.grade.offer((("", _("Any grade")), *graded))
        ages = ((str(days), _longer_than(days)) for days in AGES)
        self.age.offer((("", _("Any time")), *ages))
        reasons = tuple((one.id, one.word(spoken)) for one in reference.reasons(ReasonUse.HOLD))
        whether = (("", _("On hold or not")), (HELD, _("On hold")), (FREE, _("Not on hold")))
        self.hold.offer((*whether, *reasons))
        self.hold.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # a long reason takes no room from the others
        self.hold.setMinimumContentsLength(max(len(word) for _id, word in whether))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for choice in self.choices:
            choice.choose("")
            choice.setCurrentIndex(0)
            choice.activated.connect(self.changed)
            row.addWidget(choice)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """In the order people see."""
        return (self.kind, self.grade, self.age, self.hold)

    def narrowed(self, wanted: DeviceFilter, today: date) -> DeviceFilter:
        """The filter with what is chosen here."""
        days = int(self.age.chosen or 0)
        return DeviceFilter(
            text=wanted.text,
            stages=wanted.stages,
            donors=wanted.donors,
            kinds=(self.kind.chosen,) if self.kind.chosen else (),
            grades=(self.grade.chosen,) if self.grade.chosen else (),
            held=self._held,
            hold=self._reason,
            since_until=today - timedelta(days=days) if days else None,
        )

    @property
    def _held(self) -> bool | None:
        return {HELD: True, FREE: False}.get(self.hold.chosen or "")

    @property
    def _reason(self) -> str:
        return "" if self.hold.chosen in {None, "", HELD, FREE} else self.hold.chosen or ""

    def clear(self) -> None:
        """Narrow nothing."""
        for choice in self.choices:
            choice.setCurrentIndex(0)

    def show_view(self, view: View) -> None:
        """Choose what a view says."""
        self.clear()
        for choice, id_ in (
            (self.kind, view.kind),
            (self.grade, view.grade),
            (self.age, str(view.older_than) if view.older_than else ""),
            (self.hold, view.hold or _whether(view.held)),
        ):
            choice.setCurrentIndex(max(choice.findData(id_), 0))

    def as_view(self, name: str) -> View:
        """What is chosen, under a name."""
        return View(
            name,
            kind=self.kind.chosen or "",
            grade=self.grade.chosen or "",
            held=self._held,
            hold=self._reason,
            older_than=int(self.age.chosen or 0),
        )


def _whether(held: bool | None) -> str:
    return {True: HELD, False: FREE, None: ""}[held]


def _choice(name: str, told: str) -> Choice:
    choice = Choice(name)
    choice.setAccessibleName(told)
    return choice


def _longer_than(days: int) -> str:
    told = _n("Longer than {count} day", "Longer than {count} days", days)
    return told.format(count=days)
