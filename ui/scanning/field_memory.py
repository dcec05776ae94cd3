"""Remembering a focused field before a scan types into it, and putting it back."""

from collections.abc import Callable

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

Restore = Callable[[], None]


def remember(widget: QWidget | None) -> Restore:
    """Give what puts the widget back as it is now; other widgets keep no typed text."""
    for kind, remember_kind in _KINDS:
        if isinstance(widget, kind):
            return remember_kind(widget)
    return lambda: None


def _line(field: QLineEdit) -> Restore:
    text, cursor, modified = field.text(), field.cursorPosition(), field.isModified()
    selection = (field.selectionStart(), field.selectionLength())

    def restore() -> None:
        field.setText(text)
        field.setModified(modified)
        field.setCursorPosition(cursor)
        if selection[1]:
            field.setSelection(*selection)

    return restore


def _note(field: QPlainTextEdit | QTextEdit) -> Restore:
    text = field.toPlainText()
    anchor, position = field.textCursor().anchor(), field.textCursor().position()

    def restore() -> None:
        cursor = field.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)  # not setPlainText: it would forget what undo knows
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)

    return restore


def _combo(field: QComboBox) -> Restore:
    index, text = field.currentIndex(), field.currentText()

    def restore() -> None:
        field.setCurrentIndex(index)
        if field.isEditable():
            field.setEditText(text)

    return restore


def _number(field: QSpinBox | QDoubleSpinBox) -> Restore:
    value = field.value()
    return lambda: field.setValue(value)  # type: ignore[arg-type]  # its own kind of number


def _date(field: QDateTimeEdit) -> Restore:
    value = field.dateTime()
    return lambda: field.setDateTime(value)


def _list(view: QAbstractItemView) -> Restore:
    current = QPersistentModelIndex(view.currentIndex())
    return lambda: view.setCurrentIndex(view.model().index(current.row(), current.column()))


_KINDS: tuple[tuple[type[QWidget], Callable[..., Restore]], ...] = (
    (QLineEdit, _line),
    (QPlainTextEdit, _note),
    (QTextEdit, _note),
    (QComboBox, _combo),
    (QSpinBox, _number),
    (QDoubleSpinBox, _number),
    (QDateTimeEdit, _date),
    (QAbstractItemView, _list),
)
