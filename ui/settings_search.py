"""One field that finds a setting by any of its words, marks ignored, and leads to it."""

from collections.abc import Callable, Iterable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station.text import fold
from station.words import _
from ui.buttons import link_button
from ui.theme import Role, words

MOST = 6
KEYS = "Ctrl+F"


class Setting(Struct, frozen=True):
    """Something one can set, and the way to it."""

    name: str
    words: str  # other words people look for it by
    go: Callable[[], object]

    def holds(self, wanted: Iterable[str]) -> bool:
        """Whether every wanted word begins one of its words."""
        return _begin_words_of(f"{self.name} {self.words}", wanted)

    def is_called(self, wanted: Iterable[str]) -> bool:
        """Whether it is its name that they begin."""
        return _begin_words_of(self.name, wanted)


class SettingsSearch(QWidget):
    """A field, and below it what it finds; Enter goes to the first."""

    def __init__(self) -> None:
        super().__init__()
        self._settings: tuple[Setting, ...] = ()
        self._found: list[QPushButton] = []
        self.field = QLineEdit()
        self.field.setObjectName("settingsSearch")
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(_("Find a setting ({keys})").format(keys=KEYS))
        self.field.setAccessibleName(_("Find a setting"))
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addStretch()
        self._nothing = words(_("No setting has these words."), Role.MUTED)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addLayout(self._row)
        layout.addWidget(self._nothing)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._go_to_first)
        seek = QShortcut(KEYS, self, self.field.setFocus)
        seek.setWhatsThis(self.field.accessibleName())
        escape = QShortcut(Qt.Key.Key_Escape, self.field, self.field.clear)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)

    def offer(self, settings: Iterable[Setting]) -> None:
        """Everything that can be found."""
        self._settings = tuple(settings)

    @property
    def found(self) -> list[str]:
        """The names of what the words find."""
        return [button.accessibleName() for button in self._found]

    def _look(self) -> None:
        for button in self._found:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        wanted = fold(self.field.text()).split()
        hits = [one for one in self._settings if one.holds(wanted)] if wanted else []
        hits.sort(key=lambda one: not one.is_called(wanted))
        self._found = [self._link(one) for one in hits[:MOST]]
        self._nothing.setVisible(bool(wanted) and not hits)

    def _link(self, setting: Setting) -> QPushButton:
        button = link_button(setting.name)
        button.clicked.connect(lambda: self._go(setting))
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _go(self, setting: Setting) -> None:
        setting.go()

    def _go_to_first(self) -> None:
        if self._found:
            self._found[0].click()


def _begin_words_of(text: str, wanted: Iterable[str]) -> bool:
    told = fold(text).split()
    return all(any(one.startswith(word) for one in told) for word in wanted)
