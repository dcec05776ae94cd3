"""The quiet line that says what was just done, and lets it be undone for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from ui.banners import Act
from ui.buttons import link_button
from ui.theme import Role, words

SHOWN_MS = 6_000
SHOWN_WITH_ACT_MS = 12_000
BOTTOM = 16

ACT_SHORTCUT = "Alt+Z"  # Ctrl+Z belongs to the field that is being typed in
OTHER_SHORTCUT = "Alt+Shift+Z"  # of what else is offered while a way back is


class MessageLine(QFrame):
    """Floats over the bottom of its parent and goes away by itself.

    A way back stays for its time: what is said meanwhile, as of a print, stands beside it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("messageLine")
        self._way_back: tuple[str, Act] | None = None
        self._act: Act | None = None
        self._words = words("", Role.BODY)
        self._back = link_button("", ACT_SHORTCUT)
        self._back.clicked.connect(self._go_back)
        self._button = link_button("", OTHER_SHORTCUT)
        self._button.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        for button in (self._button, self._back):
            row.addWidget(button)
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
        self._way_back = None
        self._show(sentence, act)

    def say_beside(self, sentence: str, act: Act | None = None) -> None:
        """Say what came of itself, such as a print: what somebody did can still be undone.

        Without a sentence there is an act alone, such as the papers of what was done.
        """
        told = sentence
        if self._way_back is not None and self.isVisible():
            told = " · ".join(part for part in (self._way_back[0], sentence) if part)
        else:
            self._way_back = None
        self._show(told, act)

    def say_undoable(self, sentence: str, back: Act) -> None:
        """Say what was done, and offer the way back for a while."""
        self._way_back = (sentence, back)
        self._show(sentence, None)

    def make_way(self) -> None:
        """Go, unless something can still be undone: what is said was overtaken by another act."""
        if self._act is None and self._way_back is None:
            self.hide()

    def drop_offer(self) -> None:
        """Take back what was only offered, as of the scan before; a way back stays."""
        if self._act is not None and self._way_back is None:
            self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _show(self, told: str, act: Act | None) -> None:
        self._act = act
        self._words.setText(told)
        self.setAccessibleName(told)
        back = self._way_back[1] if self._way_back else None
        _offer(self._back, back, ACT_SHORTCUT)
        _offer(self._button, act, OTHER_SHORTCUT if back else ACT_SHORTCUT)
        self._time.start(SHOWN_WITH_ACT_MS if act or back else SHOWN_MS)
        self._place()
        self.show()
        self.raise_()

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

    def _go_back(self) -> None:
        back, self._way_back = self._way_back, None
        self.hide()
        if back is not None:
            back[1].do()

    def _do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act.do()


def _offer(button: QPushButton, act: Act | None, keys: str) -> None:
    button.setVisible(act is not None)
    if act is not None:
        button.setText(f"{act.name} ({keys})")
        button.setAccessibleName(act.name)
    button.setShortcut(keys if act is not None else "")  # setText drops it
