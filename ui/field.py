"""A form field: its name above, what is wrong with it beside it in the user's words."""

from collections.abc import Iterator

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Role, words


class Field(QWidget):
    """Any input widget with its name, an optional hint and a line for its error."""

    def __init__(self, name: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control, self._hint = control, hint
        self._name = words("", Role.MUTED)
        self._name.setBuddy(control)
        self._note = words(hint, Role.MUTED)
        self._note.setWordWrap(True)
        self.setFocusProxy(control)
        if isinstance(control, QPlainTextEdit | QTextEdit):
            control.setTabChangesFocus(True)  # else Tab is caught in the note
        if isinstance(control, QAbstractSpinBox):
            control.lineEdit().setTextMargins(8, 0, 0, 0)  # no style sheet reaches inside
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head)
        for widget in (control, self._note):
            layout.addWidget(widget)
        layout.addStretch()  # fields in a row stay level when one of them has an error
        for changed in _changes(control):
            changed.connect(self._changed)
        self.rename(name)
        self.clear_error()

    def put_beside_name(self, widget: QWidget) -> None:
        """Put something small at the end of the line of the name, such as a verdict."""
        self._head.addWidget(widget)

    def rename(self, name: str) -> None:
        """Call it otherwise, as when another choice gave it another meaning."""
        self._name.setText(name)
        self.control.setAccessibleName(name)

    @property
    def error(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._note.text() if self._note.property("wrong") else ""

    def show_error(self, sentence: str) -> None:
        """Say what is wrong and the way out."""
        self._show(sentence, wrong=True)

    def clear_error(self) -> None:
        """Take the error away and show the hint again."""
        self._show(self._hint, wrong=False)

    def _changed(self) -> None:
        """What was wrong was said of what stood there before."""
        if self.error:
            self.clear_error()

    def _show(self, sentence: str, *, wrong: bool) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)
        mark_wrong(self._note, wrong)
        mark_wrong(self.control, wrong)


def _changes(control: QWidget) -> Iterator[SignalInstance]:
    """What tells that a control holds something else; Qt names its property and the signal."""
    if isinstance(control, QAbstractItemView):
        yield control.model().dataChanged  # its ticks
    held = control.metaObject().userProperty()
    if held.isValid():
        yield getattr(control, held.notifySignal().name().toStdString())
    else:  # a row of boxes or round buttons
        for button in control.findChildren(QAbstractButton):
            yield button.toggled


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Let the style sheet show a widget as wrong, or no longer."""
    if bool(widget.property("wrong")) is wrong:
        return  # the style sheet looks at a widget long, and a form has many
    widget.setProperty("wrong", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
