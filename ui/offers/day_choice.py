"""A day ahead, chosen in one key: tomorrow, in three days, in a week, or typed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from station.words import _, _n
from ui.choice import Choice
from ui.day_field import DayEdit
from ui.day_words import day_words

NO_DAY, ANOTHER = "none", "another"
AHEAD = (1, 3, 7)


class DayChoice(QWidget):
    """A combo box of days by their distance; another day is typed beside it."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        ahead: Sequence[int] = AHEAD,
        *,
        none: str = "",
    ) -> None:
        super().__init__()
        self._today = today
        self.choice = Choice(name)
        self.edit = DayEdit(f"{name}Typed", today)
        self.edit.setAccessibleName(_("Another day"))
        offered = [(str(days), self._words(days)) for days in ahead]
        first = [(NO_DAY, none)] if none else []
        self.choice.offer([*first, *offered, (ANOTHER, _("Another day…"))])
        self.choice.setCurrentIndex(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.edit, 1)
        self.edit.hide()
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._show)
        self.edit.textEdited.connect(self.changed)

    @property
    def day(self) -> date | None:
        """The day that is chosen; None for none, and for a typed one that is none."""
        chosen = self.choice.chosen
        if chosen == ANOTHER:
            return self.edit.day
        return self._today() + timedelta(days=int(chosen)) if chosen not in {None, NO_DAY} else None

    @property
    def is_missing(self) -> bool:
        """Whether a day was to be typed and is none."""
        return self.choice.chosen == ANOTHER and self.edit.day is None

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.choice.setAccessibleName(name)  # it is what has the focus

    def choose(self, day: date | None) -> None:
        """Begin with this day."""
        away = None if day is None else str((day - self._today()).days)
        known = NO_DAY if away is None else away
        if self.choice.findData(known) >= 0:
            self.choice.choose(known)
        elif day is not None:
            self.choice.choose(ANOTHER)
            self.edit.setText(day_words(day))
            self.edit.setModified(True)

    def step(self) -> None:
        """Go on to the next of the listed days; after the last one to the first."""
        listed = self.choice.count() - 1  # without the one that is typed
        self.choice.setCurrentIndex((self.choice.currentIndex() + 1) % listed)

    def _show(self) -> None:
        typed = self.choice.chosen == ANOTHER
        self.edit.setVisible(typed)
        if typed:
            self.edit.setFocus()
            self.edit.selectAll()
        self.changed.emit()

    def _words(self, days: int) -> str:
        near = {0: _("Today"), 1: _("Tomorrow")}
        if days in near:
            return near[days]
        told = _n("In {count} day", "In {count} days", days).format(count=days)
        return f"{told} · {day_words(self._today() + timedelta(days=days))}"
