"""Says above a device that what happened to it elsewhere is not here yet."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from station.device import Device
from station.words import _
from ui.icons import pixmap
from ui.theme import Tone, words

ICON = 18


class HistoryNote(QFrame):
    """A quiet banner while a device that arrived waits for its history."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", Tone.WARN.value)
        picture = QLabel()
        picture.setPixmap(pixmap(Tone.WARN.value, Tone.WARN.ink, ICON))
        self._words = words(
            _(
                "What happened to this device before is not here yet. It comes by itself once the"
                " point it came from has synced; work on the device may go on."
            )
        )
        self._words.setObjectName("historyNote")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(picture)
        row.addWidget(self._words, 1)
        self.hide()

    def show_device(self, device: Device) -> None:
        """Say it of a device that needs it."""
        self.setVisible(device.awaits_history)
