"""What follows once devices were received: their labels, and the way back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from station.events import Event
from station.intake import LotIn
from station.taking_back_intake import TakeBackIntake, take_back_intake
from station.words import _
from ui.desk import Act, Desk
from ui.intake.charger_labels import label_chargers
from ui.intake.print_habits import PrintHabits
from ui.intake.words import codes_of, what_came
from ui.wording import explain


class Outcome(QObject):
    """Labels go to the printer, and chargers get theirs where the point wants that."""

    print_labels = Signal(tuple)
    said = Signal(str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, habits: PrintHabits, page: QObject) -> None:
        super().__init__(page)
        self._desk, self._habits = desk, habits

    def print(self, codes: tuple[str, ...]) -> None:
        """Print the labels of these devices."""
        if not self._habits.chargers:
            self.print_labels.emit(codes)
            return
        act: Act[tuple[str, ...]] = partial(label_chargers, codes)
        self._desk.do(act, self.print_labels.emit, partial(self._print_bare, codes), owner=self)

    def offer_way_back(self, answer: Event | LotIn, go_on: Callable[[], None]) -> None:
        """As long as nothing was done with the devices; `go_on` puts them on the counter again."""
        back = partial(self._take_back, codes_of(answer), go_on)
        self.undoable.emit(what_came(answer), back)

    def _take_back(self, codes: tuple[str, ...], go_on: Callable[[], None]) -> None:
        act = partial(take_back_intake, TakeBackIntake(devices=codes))

        def done(_events: tuple[Event, ...]) -> None:
            self.said.emit(_("Taken back. A receipt that was printed counts no more."))
            go_on()

        self._desk.do(act, done, self._cannot, owner=self)

    def _print_bare(self, codes: tuple[str, ...], error: Exception) -> None:
        """No label for a charger: the devices' own must not wait for that."""
        self.print_labels.emit(codes)
        self._cannot(error)

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))
