"""How large the window opens: all of a small screen, most of a large one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(1366, 768)  # of the screens at the points; every page fits it
CLEARLY_LARGER = 1.1
MOST = 0.85
FRAME = QSize(16, 40)  # around a dialog, until the system has told its own


def open_at_first_size(window: QWidget) -> None:
    """Give a window that is not shown yet its size on the screen it will stand on."""
    room = window.screen().availableGeometry()
    window.resize(first_size(room))
    if fills(room):  # with its frame it would hang over the edge
        window.setWindowState(Qt.WindowState.WindowMaximized)


def open_within_screen(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, and on a small or magnified screen no more than there is."""
    room = dialog.screen().availableSize() - FRAME
    dialog.resize(QSize(width, height).boundedTo(room))


def first_size(room: QRect) -> QSize:
    """The size on a screen with this much room, also that of a window no longer maximized."""
    return (room.size() * MOST).expandedTo(SMALLEST).boundedTo(room.size())


def fills(room: QRect) -> bool:
    """Whether this much room is to be filled: it is hardly more than every page needs."""
    needed = SMALLEST * CLEARLY_LARGER
    return room.width() < needed.width() or room.height() < needed.height()
