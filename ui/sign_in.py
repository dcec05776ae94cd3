"""Who works here now: an operator signs in by choosing a name."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station.operators import Operator
from station.people import OperatorName
from station.text import sort_key
from station.words import _
from ui.buttons import primary_button
from ui.coded_words import role_word
from ui.theme import Role, words

ROW_HEIGHT = 38


class SignIn(QDialog):
    """A list of names; Enter or a double click signs in."""

    def __init__(self, names: Sequence[OperatorName], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sign in"))
        here = (known for known in names if not known.gone)
        self._names = sorted(here, key=lambda known: sort_key(known.name))
        self.list = QListWidget()
        self.list.setObjectName("operatorNames")
        self.list.setAccessibleName(_("Names"))
        for known in self._names:
            item = QListWidgetItem(f"{known.name} · {role_word(known.role)}", self.list)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        self.go = primary_button(_("Sign in"))
        self.go.setObjectName("signIn")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self._lay_out()

    @property
    def chosen(self) -> OperatorName:
        """The name that is marked."""
        return self._names[max(self.list.currentRow(), 0)]

    @property
    def operator(self) -> Operator:
        """Who signs in."""
        return Operator(self.chosen.id, self.chosen.role)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("Who works here now?"), Role.CARD_TITLE))
        layout.addWidget(self.list)
        layout.addWidget(self.go)
        self.resize(380, 360)
