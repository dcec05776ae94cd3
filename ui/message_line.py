"""The quiet line that says what was just done, and lets it be undone for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.banners import Act
from ui.buttons import link_button
from ui.theme import Role, words

SHOWN_MS = 6_000
SHOWN_WITH_ACT_MS = 12_000
BOTTOM = 16

ACT_SHORTCUT = "Alt+Z"  # Ctrl+Z belongs to the field that is being typed in


class MessageLine(QFrame):
    """Floats over the bottom of its parent and goes away by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("messageLine")
        self._act: Act | None = None
        self._words = words("", Role.BODY)
        self._button = link_button("", ACT_SHORTCUT)
        self._button.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says while it is shown."""
        return self._words.text() if self.isVisible() else ""

    def say(self, sentence: str, act: Act | None = None) -> None:
        """Say what happened; with an act it stays longer and offers it."""
        self._act = act
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setVisible(act is not None)
        if act is not None:
            self._button.setText(f"{act.name} ({ACT_SHORTCUT})")
            self._button.setShortcut(ACT_SHORTCUT)  # setText drops it
            self._button.setAccessibleName(act.name)
        self._time.start(SHOWN_WITH_ACT_MS if act else SHOWN_MS)
        self._place()
        self.show()
        self.raise_()

    def make_way(self) -> None:
        """Go, unless something can still be undone: what is said was overtaken by another act."""
        if self._act is None:
            self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        room = self._parent.rect()
        widest = max(room.width() - 2 * BOTTOM, 1)
        self._words.setWordWrap(False)
        self._words.setWordWrap(self.sizeHint().width() > widest)  # a whole sentence, never cut
        if self._words.wordWrap():
            self.resize(widest, self.heightForWidth(widest))
        else:
            self.resize(self.sizeHint())
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - BOTTOM)

    def _do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act.do()
