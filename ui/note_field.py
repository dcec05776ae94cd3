"""A field for a note: typed words that go into the people store, never into an event."""

from PySide6.QtWidgets import QPlainTextEdit

from station.text import looks_like_phone
from station.words import _
from ui.field import Field

HEIGHT = 64


class NoteField(Field):
    """A few lines of text, optional."""

    def __init__(self) -> None:
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("note")
        self.edit.setFixedHeight(HEIGHT)
        super().__init__(_("Note (optional)"), self.edit)
        self.edit.textChanged.connect(self._warn_of_phone)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText()

    def _warn_of_phone(self) -> None:
        """A note is read by many; a phone number belongs to its person's own record."""
        if looks_like_phone(self.text):
            self.show_error(_("This looks like a phone number: keep it with its person instead."))
