"""The way back of what was just done on a page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from station.words import _
from ui.desk import Act, Desk
from ui.wording import explain


class Undoing(QObject):
    """Says what was done together with its counterpart, and how taking it back went."""

    done = Signal(str, object)  # the sentence, and what takes it back when called
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def tell(
        self, sentence: str, back: Act[Any], *, then: Callable[[], None] | None = None
    ) -> None:
        """Say what was done; `then` is called once it was taken back."""
        self.done.emit(sentence, partial(self._take_back, back, then))

    def _take_back(self, back: Act[Any], then: Callable[[], None] | None) -> None:
        def finished(_result: object) -> None:
            self.said.emit(_("Undone: everything stands as before."))
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            self.said.emit(explain(error, self._desk.reference))

        self._desk.do(back, finished, failed, owner=self)
