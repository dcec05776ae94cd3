"""A number that is typed or counted up and down by keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override


class NumberBox(QSpinBox):
    """Leaves the wheel to the page: who scrolls past it must not change a count by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own takes the keys by the wheel

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
