"""A dialog of one width, as high as its words: what is wrong takes more lines than a hint."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override


class FittedDialog(QDialog):
    """Grows and shrinks with what it says."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width

    @override
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return handled

    def fit(self) -> None:
        """Take the height that the words need now."""
        if (layout := self.layout()) is not None:
            self.resize(self._width, layout.totalHeightForWidth(self._width))
