"""A combo box of coded things: people read the words, the command gets the id."""

from collections.abc import Iterable

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from station import words
from station.reference import Entry

VISIBLE = 14


class ComboBox(QComboBox):
    """Leaves the wheel to the page: who scrolls past it must not choose something else by it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Choice(ComboBox):
    """One out of a coded table; nothing is chosen until somebody does, unless told otherwise."""

    def __init__(self, name: str, offered: Iterable[Entry] = (), placeholder: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxVisibleItems(VISIBLE)
        self.offer((entry.id, entry.word(words.language())) for entry in offered)

    @property
    def chosen(self) -> str | None:
        """The id of what is chosen."""
        return self.currentData() or None

    def offer(self, offered: Iterable[tuple[str, str]]) -> None:
        """Offer other ids with their words; a single one is chosen at once."""
        self.clear()
        for id_, word in offered:
            self.addItem(word, id_)
        self.setCurrentIndex(0 if self.count() == 1 else -1)

    def offer_none(self, word: str) -> None:
        """Offer, above the others, that it is none of them."""
        self.insertItem(0, word, "")
        self.setCurrentIndex(-1)

    def choose(self, id_: str | None) -> None:
        """Choose by id; what is not offered chooses nothing."""
        self.setCurrentIndex(self.findData(id_))
