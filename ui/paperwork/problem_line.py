"""What is wrong, and where the office's words are at fault, the way on without them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.words import _
from ui.buttons import link_button
from ui.field import mark_wrong
from ui.theme import Role, words


class ProblemLine(QWidget):
    """Takes no room while nothing is wrong; says `shipped_wanted` before it tries again."""

    shipped_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._sentence = words("", Role.STRONG)
        self._sentence.setObjectName(name)
        self._sentence.setWordWrap(True)
        mark_wrong(self._sentence, True)
        self.shipped = link_button(_("Use the shipped words"))
        self.shipped.setObjectName("useShipped")
        self.shipped.clicked.connect(self._use_shipped)
        self._retry: Callable[[], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._sentence)
        column.addWidget(self.shipped)
        self.tell("")

    @property
    def text(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._sentence.text()

    def tell(self, sentence: str, with_shipped: Callable[[], None] | None = None) -> None:
        """Say what is wrong; `with_shipped` does it in the shipped words, once somebody says so."""
        self._sentence.setText(sentence)
        self._retry = with_shipped
        self.shipped.setVisible(with_shipped is not None)
        self.setVisible(bool(sentence))

    def _use_shipped(self) -> None:
        retry = self._retry
        self.tell("")
        self.shipped_wanted.emit()
        if retry is not None:
            retry()
