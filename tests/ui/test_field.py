from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.choice import Choice
from ui.field import Field
from ui.note_field import NoteField


def choice() -> tuple[QWidget, Callable[[], object]]:
    control = Choice("kind", placeholder="Choose the kind")
    control.offer((("laptop", "Laptop"), ("tablet", "Tablet")))
    return control, lambda: control.choose("tablet")


def ticks() -> tuple[QWidget, Callable[[], object]]:
    control = QListWidget()
    item = QListWidgetItem("RAM 4 GB", control)
    item.setCheckState(Qt.CheckState.Unchecked)
    return control, lambda: item.setCheckState(Qt.CheckState.Checked)


def round_buttons() -> tuple[QWidget, Callable[[], object]]:
    control = QWidget()
    button = QRadioButton("A")
    QHBoxLayout(control).addWidget(button)
    return control, button.click


def plain() -> list[tuple[QWidget, Callable[[], object]]]:
    line, note, rich = QLineEdit(), QPlainTextEdit(), QTextEdit()
    number, date, box, combo = QSpinBox(), QDateEdit(), QCheckBox(), QComboBox()
    combo.addItems(["a", "b"])
    return [
        (line, lambda: line.setText("Lan")),
        (note, lambda: note.setPlainText("Lan")),
        (rich, lambda: rich.setPlainText("Lan")),
        (number, lambda: number.setValue(2)),
        (date, lambda: date.setDate(QDate(2021, 10, 12))),
        (box, box.click),
        (combo, lambda: combo.setCurrentIndex(1)),
    ]


def test_an_error_goes_once_its_field_is_filled_in(qtbot: QtBot) -> None:
    for control, fill_in in (*plain(), choice(), ticks(), round_buttons()):
        field = Field("Name", control, "A hint")
        qtbot.addWidget(field)
        field.show_error("Please choose.")

        fill_in()

        assert field.error == "", control
        assert control.accessibleDescription() == "A hint"


def test_what_is_wrong_with_the_new_words_is_said(qtbot: QtBot) -> None:
    note = NoteField()
    qtbot.addWidget(note)

    note.edit.setPlainText("gọi 0912345678")
    assert note.error

    note.edit.setPlainText("gọi lại")
    assert not note.error


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox, QPlainTextEdit])
def test_a_field_in_error_shows_whether_the_keys_go_there(
    qtbot: QtBot, kind: Callable[[], QWidget]
) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    other = QLineEdit()
    field = Field("Name", kind())
    for widget in (other, field):
        row.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    field.show_error("Please choose.")

    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    without = edge(field.control)
    field.control.setFocus()
    qtbot.waitUntil(field.control.hasFocus)

    assert edge(field.control) != without


def edge(control: QWidget) -> str:
    """The colour of a control's left border, half way down."""
    return control.grab().toImage().pixelColor(0, control.height() // 2).name()


def test_fields_in_a_row_are_level(qtbot: QtBot, look: None) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    beside = QHBoxLayout(row)
    controls = (QLineEdit(), QSpinBox(), QComboBox(), QDateEdit())
    for control in controls:
        beside.addWidget(Field("Name", control))
    row.show()

    assert len({control.height() for control in controls}) == 1
