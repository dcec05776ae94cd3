"""One word of a paper being written: a text, or several below each other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import link_button
from ui.paperwork.office_words import Word

HEIGHT = 76


class TextsEdit(QWidget):
    """Says `changed` with every key; of several texts one can be added or taken away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._several = False
        self._edits: list[QPlainTextEdit] = []
        self._last: QPlainTextEdit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.add = link_button(_("Add a line"))
        self.add.setObjectName("addText")
        self.add.clicked.connect(self._add_by_hand)
        self._read_only = False

    @property
    def word(self) -> Word:
        """What is written."""
        texts = [edit.toPlainText() for edit in self._edits]
        return texts if self._several else texts[0]

    @property
    def edits(self) -> tuple[QPlainTextEdit, ...]:
        """The boxes from top to bottom."""
        return tuple(self._edits)

    def show_word(self, word: Word, *, read_only: bool) -> None:
        """Show this one."""
        self._several, self._read_only = isinstance(word, list), read_only
        self._clear()
        for text in word if isinstance(word, list) else [word]:
            self._add(text)
        if self._several and not read_only:
            self._column.addWidget(self.add)
            self.add.show()
        else:
            self.add.hide()

    def insert(self, text: str) -> None:
        """Put something where one was writing."""
        edit = self._last or (self._edits[0] if self._edits else None)
        if edit is not None and not self._read_only:
            edit.insertPlainText(text)
            edit.setFocus()

    def _add_by_hand(self) -> None:
        self._add("").setFocus()
        self.changed.emit()

    def _add(self, text: str) -> QPlainTextEdit:
        edit = QPlainTextEdit(text)
        edit.setObjectName(f"paperText.{len(self._edits)}")
        edit.setAccessibleName(_("Words on the paper"))
        edit.setFixedHeight(HEIGHT)
        edit.setTabChangesFocus(True)
        edit.setReadOnly(self._read_only)
        edit.textChanged.connect(self.changed)
        edit.cursorPositionChanged.connect(lambda: self._note(edit))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(edit, 1)
        line = QWidget()
        line.setLayout(row)
        if self._several and not self._read_only:
            remove = link_button(_("Take away"))
            remove.clicked.connect(lambda: self._remove(edit, line))
            row.addWidget(remove)
        self._column.insertWidget(len(self._edits), line)
        self._edits.append(edit)
        return edit

    def _remove(self, edit: QPlainTextEdit, line: QWidget) -> None:
        self._edits.remove(edit)
        if self._last is edit:
            self._last = None
        line.hide()
        line.deleteLater()
        self.changed.emit()

    def _note(self, edit: QPlainTextEdit) -> None:
        self._last = edit

    def _clear(self) -> None:
        self._edits.clear()
        self._last = None
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.add:
                widget.hide()
                widget.deleteLater()


def in_one(word: Word) -> str:
    """A word as it is read beside the box."""
    return word if isinstance(word, str) else "\n".join(word)
