"""The wheel scrolls a page past its fields; it chooses and counts nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.intake.test_page import print_habits
from ui.choice import Choice
from ui.intake.page import IntakePage
from ui.number_box import NumberBox

DOWN = -120  # one notch
NOWHERE = QPoint()
NORMAL = False  # not turned round


def turn_wheel(over: QWidget) -> bool:
    """One notch; whether the field kept it from what it stands in."""
    at = QPointF(over.rect().center())
    everywhere = QPointF(over.mapToGlobal(over.rect().center()))
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, everywhere, NOWHERE, QPoint(0, DOWN), buttons, keys, phase, NORMAL)
    QApplication.sendEvent(over, event)
    return event.isAccepted()


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_goes_past_a_field(qtbot: QtBot, focused: bool) -> None:
    page, choice, number = QWidget(), Choice("kind"), NumberBox()
    qtbot.addWidget(page)
    choice.offer([("a", "A"), ("b", "B")])
    choice.setCurrentIndex(0)
    number.setValue(5)
    column = QVBoxLayout(page)
    for part in (choice, number):
        column.addWidget(part)
    page.show()
    for part in (choice, number):
        if focused:
            part.setFocus()
        assert not turn_wheel(part)

    assert (choice.chosen, number.value()) == ("a", 5)


def test_no_field_of_the_counter_takes_the_wheel(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with desk_at(store, CLERK) as desk:
        page = IntakePage(desk, print_habits(desk, tmp_path))
        qtbot.addWidget(page)
        page.show()
        boxes: list[QComboBox | QSpinBox] = [
            *page.findChildren(QComboBox),
            *page.findChildren(QSpinBox),
        ]
        assert boxes
        before = [box_value(box) for box in boxes]

        for box in boxes:
            turn_wheel(box)

        assert [box_value(box) for box in boxes] == before


def box_value(box: QComboBox | QSpinBox) -> int:
    return box.currentIndex() if isinstance(box, QComboBox) else box.value()
