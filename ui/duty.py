"""Buttons of acts that may be others' work: they rest, and say whose work it is."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from station import events as e
from station.duties import require_duty
from station.refusals import NotYourRole
from ui.buttons import with_shortcut
from ui.desk import Desk
from ui.wording import explain

SHOWING = {QEvent.Type.Show, QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class OthersWork(QObject):
    """Keeps one button at rest while its act is others' work; its tooltip and its key say whose.

    A button at rest hears no key, so a shortcut `beside` it answers; that widget is on the screen
    when the button is.
    """

    told = Signal(str)

    def __init__(self, button: QPushButton, beside: QWidget) -> None:
        super().__init__(beside)
        self._button, self._tip, self._keys = button, button.toolTip(), button.shortcut()
        self._possible, self._whose = button.isEnabled(), ""
        self._answer = QShortcut(self._keys, beside)
        self._answer.activated.connect(lambda: self.told.emit(self._whose))
        button.installEventFilter(self)
        self._show()

    def offer(self, possible: bool) -> None:
        """Let the button be pressed, unless its act is others' work."""
        self._possible = possible
        self._show()

    def bar(self, whose: str) -> None:
        """Say whose work it is; "" when it is the operator's."""
        self._whose = whose
        self._show()

    def name(self, words: str) -> None:
        """Give the button other words."""
        self._button.setText(words.replace("&", "&&"))
        self._button.setAccessibleName(words)
        self._button.setShortcut(self._keys)  # setText drops it
        self._tip = with_shortcut(words, self._keys.toString())
        self._show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SHOWING:
            self._show()
        return False

    def _show(self) -> None:
        barred = bool(self._whose)
        self._button.setEnabled(self._possible and not barred)
        self._button.setToolTip(self._whose or self._tip)
        self._button.setAccessibleDescription(self._whose)
        self._answer.setEnabled(barred and not self._button.isHidden())


class Duty(OthersWork):
    """Asks whenever somebody else works at the desk."""

    def __init__(
        self, desk: Desk, button: QPushButton, records: type[e.Said] | None, beside: QWidget
    ) -> None:
        """Guard the button that `records` this; None is the work of the lead alone."""
        super().__init__(button, beside)
        self._desk, self._records = desk, records
        desk.operator_changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        try:
            if self._records is None:
                self._desk.operator.require()
            else:
                require_duty(self._desk.operator, self._records)
        except NotYourRole as error:
            self.bar(explain(error, self._desk.reference))
        else:
            self.bar("")
