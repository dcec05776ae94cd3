import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.first_size import fills, first_size, open_at_first_size
from ui.main_window import MainWindow


@pytest.mark.parametrize(
    ("width", "height", "filled"),
    [
        (1366, 728, True),  # a task bar below
        (1366, 768, True),
        (1440, 860, True),
        (1920, 768, True),
        (1600, 860, False),
        (1920, 1040, False),
    ],
)
def test_a_window_fills_a_screen_that_is_hardly_larger(
    width: int, height: int, filled: bool
) -> None:
    room = QRect(0, 40, width, height)

    assert fills(room) is filled
    size = first_size(room)
    assert size.width() <= width
    assert size.height() <= height


def test_a_large_screen_is_not_covered_but_used() -> None:
    assert first_size(QRect(0, 0, 1920, 1040)) == QSize(1632, 884)
    assert first_size(QRect(0, 0, 1600, 860)) == QSize(1366, 768)


def test_the_window_opens_maximized_on_the_smallest_screen(qtbot: QtBot) -> None:
    window = MainWindow("Old computers", "Point 012", [], str.isdigit)
    qtbot.addWidget(window)

    assert window.isMaximized()
    assert window.screen().availableGeometry().size() == window.size()


def test_a_size_that_is_given_afterwards_counts(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    open_at_first_size(window)

    window.resize(1000, 700)
    window.show()

    assert window.size() == QSize(1000, 700)
