"""What every page works at: one store, one operator, one clock, and a thread that does the work."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from station.ledger import Moment, Occurred
from station.operators import Operator
from station.ports import PointStore
from station.reference import Reference
from ui.background import Background

T = TypeVar("T")

Act = Callable[[PointStore, Operator, Moment], T]
"""A use case with its command bound: `partial(receive_device, command)`."""

Question = Callable[[PointStore], T]


class Desk(QObject):
    """Runs acts and questions off the window's thread; says when something was recorded.

    The moment of an act is taken when the person acts, not when its turn comes.
    """

    acted = Signal()  # somebody at this desk recorded something
    recorded = Signal()  # the store holds more than before, whoever brought it
    operator_changed = Signal()

    def __init__(
        self,
        store: PointStore,
        operator: Operator,
        background: Background,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._store, self._background, self._clock = store, background, clock
        self.operator = operator

    @property
    def reference(self) -> Reference:
        """The reference data the store was opened with."""
        return self._store.reference

    def now(self) -> Moment:
        """The moment a person acts."""
        return Moment(self._clock())

    def sign_in(self, operator: Operator) -> None:
        """Somebody else works here from now on."""
        self.operator = operator
        self.operator_changed.emit()

    def do(
        self,
        act: Act[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        owner: QObject | None = None,
        occurred: Occurred | None = None,
    ) -> None:
        """Record something; `occurred` when it is entered later, from paper or told."""
        store, operator = self._store, self.operator
        when = Moment(self._clock(), occurred)

        def finished(result: T) -> None:
            self.acted.emit()
            self.recorded.emit()
            done(result)

        self._background.run(lambda: act(store, operator, when), finished, failed, owner)

    def note(
        self,
        act: Act[bool],
        done: Callable[[bool], None],
        failed: Callable[[Exception], None],
        *,
        owner: QObject | None = None,
    ) -> None:
        """Record what came of itself, such as a label that left the printer: nobody acted here.

        The act says whether it recorded anything.
        """
        store, operator, when = self._store, self.operator, self.now()

        def finished(recorded: bool) -> None:
            if recorded:
                self.recorded.emit()
            done(recorded)

        self._background.run(lambda: act(store, operator, when), finished, failed, owner)

    def ask(
        self,
        question: Question[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        owner: QObject | None = None,
    ) -> None:
        """Ask the store something."""
        store = self._store
        self._background.run(lambda: question(store), done, failed, owner)
