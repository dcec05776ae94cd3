from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.act_dialog import ActDialog
from ui.field import Field
from ui.fitting_scroll import FittingScroll

LONG = (
    "Nhân viên tiếp nhận không được làm việc này. Hãy nhờ kỹ thuật viên, hoặc đổi người làm việc."
)


class Refused(Exception):
    """Said above the buttons."""


class RefusedField(Exception):
    """Said beside the field."""


class Asking(ActDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("ask", "Trả lại cho em", "001 000002 0", "Trả lại", parent)
        self.asked = Field("Máy kia", QLineEdit(), "Quét tem.")
        self.add(self.asked, Field("Người nhận máy", QLineEdit("Lê Văn Ba")))

    def field_of(self, error: Exception) -> Field | None:
        return self.asked if isinstance(error, RefusedField) else None


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[Asking]:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    dialog = Asking(page)
    dialog.open()
    yield dialog
    dialog.reject()


@pytest.mark.parametrize("error", [Refused(), RefusedField()])
def test_a_dialog_grows_for_a_sentence_that_wraps(
    qtbot: QtBot, dialog: Asking, error: Exception
) -> None:
    dialog.refuse(error, LONG * 2)

    qtbot.waitUntil(lambda: not squeezed(dialog))


def test_a_dialog_at_the_bottom_of_the_screen_grows_upwards(qtbot: QtBot, dialog: Asking) -> None:
    screen = dialog.screen().availableGeometry()
    dialog.move(100, screen.bottom() - dialog.height())

    dialog.refuse(Refused(), LONG * 2)

    qtbot.waitUntil(lambda: not squeezed(dialog))
    qtbot.waitUntil(lambda: screen.contains(dialog.frameGeometry()))


def test_no_dialog_is_higher_than_the_screen(qtbot: QtBot, dialog: Asking) -> None:
    dialog.refuse(Refused(), LONG * 60)

    qtbot.waitUntil(lambda: dialog.height() > 700)
    screen = dialog.screen().availableGeometry()
    qtbot.waitUntil(lambda: screen.contains(dialog.frameGeometry()))


def test_what_has_the_keys_is_in_sight_where_the_fields_scroll(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    dialog = Asking(page)
    last = Field("Ghi chú", QLineEdit())
    dialog.add(*(Field(f"Trường {number}", QLineEdit()) for number in range(20)), last)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)

    last.control.setFocus()

    (fields,) = dialog.findChildren(FittingScroll)
    qtbot.waitUntil(lambda: fields.viewport().visibleRegion().contains(place_in(fields, last)))
    assert dialog.confirm.visibleRegion().contains(dialog.confirm.rect())
    dialog.reject()


def place_in(fields: FittingScroll, field: Field) -> QPoint:
    return field.control.mapTo(fields.viewport(), field.control.rect().center())


def squeezed(dialog: QWidget) -> list[str]:
    """What stands on less room than it needs."""
    lines = [line.text() for line in dialog.findChildren(QLineEdit) if line.height() < 34]
    labels = [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.isVisible() and label.height() < max(label.heightForWidth(label.width()), 0)
    ]
    scrolled = [
        "fields"
        for fields in dialog.findChildren(FittingScroll)
        if fields.verticalScrollBar().maximum() > 0
    ]
    return lines + labels + scrolled
