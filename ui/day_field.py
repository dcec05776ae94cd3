"""A day that stands on a paper, typed as people write it: 05/11/2026."""

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from station import refusals
from station.reference import Reference
from station.words import _
from ui.day_words import day_words
from ui.field import Field
from ui.wording import explain

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


LOOK_EVERY_MS = 60_000


class DayEdit(QLineEdit):
    """Today's day until another is typed, however many nights the page stands open.

    The slashes stand still; a digit takes the place of the one it is typed on.
    """

    def __init__(self, name: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._today, self._typed_on = today, today()
        self.setObjectName(name)
        self.setInputMask("00/00/0000")
        self.follow_today()
        self.textEdited.connect(self._note_day)
        midnight = QTimer(self)  # not one long wait: a PC that slept would come late
        midnight.timeout.connect(self._keep_up)
        midnight.start(LOOK_EVERY_MS)

    def follow_today(self) -> None:
        """Forget what was typed."""
        self.setText(day_words(self._today()))  # which also makes it unmodified

    def show_day(self, day: date) -> None:
        """Show a day that somebody typed before."""
        self.setText(day_words(day))
        self.setModified(True)
        self._note_day()

    def go_on(self) -> None:
        """Keep the day of a pile of papers, but not until tomorrow."""
        if self._typed_on != self._today():
            self.follow_today()

    @property
    def day(self) -> date | None:
        """The day that stands here; None when it is none."""
        return self.typed if self.isModified() else self._today()

    @property
    def typed(self) -> date | None:
        """The day that somebody typed; None when nobody did, or when it is none."""
        return self._read() if self.isModified() else None

    def _note_day(self) -> None:
        self._typed_on = self._today()

    def _keep_up(self) -> None:
        if not self.isModified() and self._read() != self._today():
            self.follow_today()

    def _read(self) -> date | None:
        typed = _DAY.fullmatch(self.text())
        if typed is None:
            return None
        day, month, year = map(int, typed.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None


class DayField(Field):
    """Says beside itself that a day is none, or has not come yet."""

    def __init__(
        self, name: str, control: DayEdit, reference: Reference, today: Callable[[], date]
    ) -> None:
        super().__init__(name, control)
        self._edit, self._reference, self._today = control, reference, today

    def check(self) -> bool:
        """Whether something can have happened on that day."""
        self.clear_error()
        day = self._edit.day
        if day is None:
            self._refuse(_("This is no day. Write day, month and year: 05/11/2026."))
        elif day > self._today():
            self._refuse(explain(refusals.InTheFuture(day), self._reference))
        return not self.error

    def _refuse(self, sentence: str) -> None:
        self.show_error(sentence)
        self._edit.setFocus()
