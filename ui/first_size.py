"""How large the window opens: all of a small screen, most of a large one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(1366, 768)  # of the screens at the points; every page fits it
CLEARLY_LARGER = 1.1
MOST = 0.85


def open_at_first_size(window: QWidget) -> None:
    """Give a window that is not shown yet its size on the screen it will stand on."""
    room = window.screen().availableGeometry()
    window.resize(first_size(room))
    if fills(room):  # with its frame it would hang over the edge
        window.setWindowState(Qt.WindowState.WindowMaximized)


def first_size(room: QRect) -> QSize:
    """The size on a screen with this much room, also that of a window no longer maximized."""
    return (room.size() * MOST).expandedTo(SMALLEST).boundedTo(room.size())


def fills(room: QRect) -> bool:
    """Whether this much room is to be filled: it is hardly more than every page needs."""
    needed = SMALLEST * CLEARLY_LARGER
    return room.width() < needed.width() or room.height() < needed.height()
