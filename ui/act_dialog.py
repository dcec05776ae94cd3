"""What every dialog of an act shares: what it is about, its fields, one verb, and what is wrong."""

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.desk import Act
from ui.elided import ElidedLabel
from ui.field import Field, mark_wrong
from ui.first_size import FRAME
from ui.fitting_scroll import FittingScroll
from ui.theme import Role, words

WIDTH = 460


class ActDialog(QDialog):
    """A dialog that becomes an act; it never talks to the store itself.

    `confirmed` asks its owner to take `act()`; the owner says how it went by `refuse` or `accept`.
    """

    confirmed = Signal()

    def __init__(self, name: str, title: str, about: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._height = 0  # as it was last made
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        self.confirm = primary_button(verb)
        self.confirm.setObjectName("confirm")
        self.confirm.setDefault(True)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel = secondary_button(_("Cancel"))
        self.cancel.setObjectName("cancel")
        self.cancel.clicked.connect(self.reject)
        self._problem = words("", Role.STRONG)
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        mark_wrong(self._problem, True)
        self._lay_out(title, about)
        # Enter in a note begins a new line; this ends the dialog from anywhere.
        QShortcut("Ctrl+Return", self, self.confirm.click)

    def act(self) -> Act[Any] | None:
        """The use case with what was filled in; None when a field says what is missing."""
        raise NotImplementedError

    def field_of(self, error: Exception) -> Field | None:
        """The field that an error is about; None shows it above the buttons."""
        del error
        return None

    def refuse(self, error: Exception, sentence: str) -> None:
        """Say what is wrong beside what caused it; what was filled in stays."""
        self.set_busy(False)
        field = self.field_of(error)
        if field is not None:
            field.show_error(sentence)
            field.control.setFocus()
            return
        self._problem.setText(sentence)
        self._problem.show()

    def clear_problems(self) -> None:
        """Forget what was wrong before."""
        self._problem.hide()
        for field in self.findChildren(Field):
            field.clear_error()

    def set_busy(self, busy: bool) -> None:
        """Take no second click while the act is being recorded."""
        self.confirm.setEnabled(not busy)

    def add(self, *widgets: QWidget) -> None:
        """Put fields below those that are there."""
        for widget in widgets:
            self.fields.addWidget(widget)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()  # by itself Qt takes two thirds of the screen at most

    @override
    def event(self, event: QEvent) -> bool:
        """Qt grows a dialog for its narrowest line only, never for a sentence that wraps."""
        known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room()
        return known

    def _make_room(self) -> None:
        """Be as high as what stands here, but no higher than the screen, and on it."""
        layout, screen = self.layout(), self.screen().availableGeometry()
        frame = max(self.frameGeometry().height() - self.height(), FRAME.height())
        wanted = layout.totalHeightForWidth(self.width()) if layout else 0
        height = max(min(wanted, screen.height() - frame), self.height())
        if height > self._height:  # by this, or by what its words cannot do without
            self._height = height
            self.resize(self.width(), height)
            below = self.y() + height + frame - screen.bottom() - 1
            self.move(self.x(), self.y() - max(below, 0))

    def _lay_out(self, title: str, about: str) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(words(title, Role.CARD_TITLE))
        head.addWidget(ElidedLabel(about, Role.MUTED))
        fields = QWidget()
        fields.setLayout(self.fields)
        self.fields.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(FittingScroll(fields), 1)
        layout.addWidget(self._problem)
        layout.addLayout(buttons)


def missing(field: Field) -> None:
    """Say that a field must be filled in, and go there."""
    field.show_error(_("Please choose."))
    field.control.setFocus()
