"""White cards on the ground: a titled card, a card of one figure, and what an empty one says."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.elided import ElidedLabel
from ui.theme import Role, words

TITLE_WIDTH = 110  # of a page's title at least, where it is longer


class Card(QFrame):
    """A titled card; what it is about goes into `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.title = ElidedLabel(title, Role.CARD_TITLE)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)
        self.title.setVisible(bool(title))  # once it has a parent: else it flashes as a window

    def set_title(self, title: str) -> None:
        """Name the card anew."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a quiet control at the right of the title."""
        self.head.addWidget(widget)


class FigureCard(QPushButton):
    """One figure, what it counts, and a quiet second line; a click or Enter opens the list."""

    def __init__(self, word: str, figure: str = "–", second: str = "") -> None:
        super().__init__()
        self.setObjectName("figureCard")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter opens it, as a space does
        self._figure = ElidedLabel("", Role.FIGURE)
        self._word = ElidedLabel(word)
        self._second = ElidedLabel("", Role.MUTED)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, 14, 12, 12)
        self._rows.setSpacing(3)
        for label in (self._figure, self._word, self._second):
            # The mouse is the card's; its own name tells screen readers.
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._rows.addWidget(label)
        self.show_figure(figure, second)

    def show_figure(self, figure: str, second: str = "") -> None:
        """Show a new count and its second line."""
        self._figure.setText(figure)
        self._second.setText(second)
        self.setAccessibleName(f"{figure} {self._word.text()}")
        self.setAccessibleDescription(second)

    @override
    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(96, self._rows.sizeHint().height())


class EmptyState(QWidget):
    """What an empty list says: why it is empty and how to fill it."""

    def __init__(self, sentence: str, how: str = "", act: QPushButton | None = None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(8)
        layout.addStretch()
        self._sentence, self._how = words(sentence, Role.STRONG), words(how, Role.MUTED)
        for label, text in ((self._sentence, sentence), (self._how, how)):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
            label.setVisible(bool(text))  # after it has a parent, as above
        if act is not None:
            layout.addWidget(act, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()

    def say(self, sentence: str) -> None:
        """It is empty for another reason."""
        self._sentence.setText(sentence)


class PageHead(QWidget):
    """A page's first line: what this is, a quiet second line, and what one can do."""

    def __init__(self, title: str, second: str = "", acts: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self._title = ElidedLabel(title, Role.PAGE_TITLE, least=TITLE_WIDTH)
        self._second = ElidedLabel("", Role.MUTED)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(_column(self._title, self._second), 1)
        layout.addLayout(self.acts)
        for act in acts:
            self.acts.addWidget(act)
        self.show_title(title, second)

    def show_title(self, title: str, second: str = "") -> None:
        """Name the page anew."""
        self._title.setText(title)
        self._second.setText(second)
        self._second.setVisible(bool(second))


def line(*widgets: QWidget) -> QLayout:
    """Lay widgets in a row at their own widths, such as a chip and the words about it."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def _column(*labels: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for label in labels:
        column.addWidget(label)
    return column
