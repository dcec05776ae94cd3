"""Asked while the donor is still there: passwords they tell, and what to ring them about later."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from station.reference import Reference, Table
from station.words import _, _n, language
from ui.buttons import link_button
from ui.choice import Choice
from ui.coded_words import coded, listed
from ui.elided import ElidedLabel
from ui.field import Field
from ui.theme import Role

LOCKED_BY = {"bios-password": "bios", "disk-password": "disk", "screen-lock": "screen"}
"""The lock that a password opens, and what is asked first when it is ticked."""


class PasswordsField(QWidget):
    """Passwords as the donor tells them: shown while they are typed, sealed once received."""

    edited = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._told: dict[str, str] = {}
        self.opens = Choice("passwordOf", reference.entries(Table.SECRETS), _("Nothing told"))
        self.word = QLineEdit()
        self.word.setObjectName("passwordWord")
        self.opens_field = Field(_("What the password opens"), self.opens)
        self.field = Field(_("Password the donor tells"), self.word)
        self._list = ElidedLabel("", Role.MUTED)
        self.clear_told = link_button(_("Clear"))
        self.clear_told.setObjectName("passwordsClear")
        self._lay_out()
        self.word.returnPressed.connect(self._add)
        self.word.textEdited.connect(lambda _text: self.edited.emit())
        self.opens.activated.connect(lambda _index: self.word.setFocus())
        self.clear_told.clicked.connect(self._clear)
        self._show()

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Everything that was told, what still stands in the field too."""
        typed = {self.opens.chosen: self.word.text().strip()}
        whole = self._told | {of: word for of, word in typed.items() if of and word}
        return tuple(whole.items())

    def show_told(self, told: Iterable[tuple[str, str]]) -> None:
        """Show what was told before."""
        self._told = dict(told)
        self.word.clear()
        self.opens.choose(None)
        self.setVisible(bool(self._told))
        self._show()

    def propose(self, locks: Iterable[str]) -> None:
        """A lock was ticked: its password is asked first."""
        wanted = next((LOCKED_BY[lock] for lock in locks if lock in LOCKED_BY), None)
        if wanted and self.opens.chosen is None and not self._told:
            self.opens.choose(wanted)
            self.show()

    def ask(self) -> None:
        """Somebody wants to write down a password."""
        self.show()
        (self.word if self.opens.chosen else self.opens).setFocus()

    def check(self) -> bool:
        """A word without what it opens helps nobody."""
        self.field.clear_error()
        if self.word.text().strip() and self.opens.chosen is None:
            self.field.show_error(_("Choose what this password opens."))
            return False
        return True

    def _add(self) -> None:
        if self.check() and self.word.text().strip():
            self.show_told(self.told)
            self.edited.emit()

    def _clear(self) -> None:
        self.show_told(())
        self.edited.emit()

    def _show(self) -> None:
        names = listed(coded(Table.SECRETS, of, self._reference) for of in self._told)
        self._list.setText(_("Noted: {passwords}").format(passwords=names) if names else "")
        for widget in (self._list, self.clear_told):
            widget.setVisible(bool(names))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.opens_field, 2)
        row.addWidget(self.field, 3)
        told = QHBoxLayout()
        told.addWidget(self._list, 1)
        told.addWidget(self.clear_told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addLayout(told)


class CallsField(QPushButton):
    """What the donor must be rung about: a menu to tick in, the ticked said on the button."""

    ticked_by_hand = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.setObjectName("calls")
        self._reference = reference
        menu = QMenu(self)
        self._topics: dict[str, QAction] = {}
        for topic in reference.entries(Table.CALL_TOPICS):
            action = menu.addAction(topic.word(language()))
            action.setObjectName(f"call.{topic.id}")
            action.setCheckable(True)
            action.triggered.connect(self._ticked_by_hand)
            self._topics[topic.id] = action
        self.setMenu(menu)
        self.tick(())

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of what is ticked."""
        return tuple(id_ for id_, action in self._topics.items() if action.isChecked())

    def tick(self, ids: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(ids)
        for id_, action in self._topics.items():
            action.setChecked(id_ in wanted)
        self._tell()

    def _ticked_by_hand(self) -> None:
        self._tell()
        self.ticked_by_hand.emit()

    def _tell(self) -> None:
        count = len(self.ticked)
        told = _n("{count} call to make", "{count} calls to make", count).format(count=count)
        self.setText(told if count else _("Call the donor…"))
        names = (coded(Table.CALL_TOPICS, id_, self._reference) for id_ in self.ticked)
        self.setToolTip(listed(names) if count else _("What the donor must be asked later"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.toolTip())
