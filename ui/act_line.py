"""The last line of a panel: what is wrong beside what caused it, and the buttons of its acts."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station.ledger import Occurred
from ui.desk import Act, Desk
from ui.field import mark_wrong
from ui.theme import Role, words
from ui.wording import explain

T = TypeVar("T")


class ActLine(QWidget):
    """Takes one act at a time: its buttons rest until the answer is there."""

    refused = Signal(Exception)  # it is told already

    def __init__(
        self, desk: Desk, problem_name: str, *buttons: QPushButton, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._problem = words("", Role.STRONG)
        self._problem.setObjectName(problem_name)
        self._problem.setWordWrap(True)
        mark_wrong(self._problem, True)
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(beside or QWidget(), 1)
        for button in buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._problem)
        column.addLayout(row)

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._problem.text()

    def take(
        self, act: Act[T], done: Callable[[T], None], *, occurred: Occurred | None = None
    ) -> None:
        """Record something; `done` hears what came of it."""
        self.clear()
        self.setEnabled(False)

        def finished(result: T) -> None:
            self.setEnabled(True)
            done(result)

        self._desk.do(act, finished, self._refuse, owner=self, occurred=occurred)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self._problem.setText(sentence)
        self._problem.show()

    def clear(self) -> None:
        """Forget what was wrong."""
        self._problem.clear()
        self._problem.hide()

    def _refuse(self, error: Exception) -> None:
        self.setEnabled(True)
        self.refuse(explain(error, self._desk.reference))
        self.refused.emit(error)
