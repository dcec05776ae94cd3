"""Widgets for the laptop under test: read from two metres, worked with half a keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.buttons import primary_button, secondary_button
from ui.icons import pixmap
from ui.theme import Role, Tone, font, words

ICON = 28
LARGE_ICON = 48


def far_button(name: str, text: str, shortcut: str, *, primary: bool = False) -> QPushButton:
    """A large button that shows its key: whoever has no mouse reads how to press it."""
    make = primary_button if primary else secondary_button
    button = make(text, "", shortcut)
    button.setText(f"{button.text()}  ({shortcut})")
    button.setShortcut(shortcut)  # setting a text forgets it
    button.setObjectName(name)
    button.setProperty("far", True)
    button.setFont(font(Role.FAR_STRONG if primary else Role.FAR_TEXT))
    return button


def far_words(text: str = "", role: Role = Role.FAR_TEXT) -> QLabel:
    """Words that wrap."""
    label = words(text, role)
    label.setWordWrap(True)
    return label


class ToneLine(QWidget):
    """An icon and words of a tone."""

    def __init__(self, role: Role = Role.FAR_TEXT) -> None:
        super().__init__()
        self._side = ICON if role is not Role.FAR_ANSWER else LARGE_ICON
        self._picture = QLabel()
        self._picture.setFixedSize(self._side, self._side)
        self._words = far_words(role=role)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_line(self, tone: Tone, text: str) -> None:
        """Say this."""
        self.show_with_icon(tone.value, tone.ink, text)

    def show_with_icon(self, icon: str, ink: str, text: str) -> None:
        """Say what is no verdict."""
        self._picture.setPixmap(pixmap(icon, ink, self._side))
        self._words.setText(text)
        self._words.setStyleSheet(f"color: {ink}")
        self.setAccessibleName(text)


def tone_line(tone: Tone, text: str, role: Role = Role.FAR_TEXT) -> ToneLine:
    """A line that says this."""
    line = ToneLine(role)
    line.show_line(tone, text)
    return line


def row_of(*parts: QWidget) -> QHBoxLayout:
    """Widgets beside each other, pushed to the left."""
    layout = QHBoxLayout()
    layout.setSpacing(12)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch()
    return layout
