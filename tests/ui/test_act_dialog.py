from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.act_dialog import ActDialog
from ui.field import Field

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
    assert screen.contains(dialog.frameGeometry())


def test_no_dialog_is_higher_than_the_screen(qtbot: QtBot, dialog: Asking) -> None:
    dialog.refuse(Refused(), LONG * 60)

    qtbot.waitUntil(lambda: dialog.height() > 700)
    assert dialog.screen().availableGeometry().contains(dialog.frameGeometry())


def squeezed(dialog: QWidget) -> list[str]:
    """What stands on less room than it needs."""
    lines = [line.text() for line in dialog.findChildren(QLineEdit) if line.height() < 34]
    labels = [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.isVisible() and label.height() < max(label.heightForWidth(label.width()), 0)
    ]
    return lines + labels
