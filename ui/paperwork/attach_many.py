"""A folder of scanner output: each file's paper is found by its code; a person confirms."""

from collections import deque
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from station import events as e
from station.codes import grouped
from station.words import _, _n
from ui.background import Background
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState
from ui.desk import Act, Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.field import mark_wrong
from ui.first_size import open_within_screen
from ui.line_list import LineList
from ui.line_table import Column
from ui.paperwork.found_papers import (
    Found,
    attach_found,
    files_in,
    known,
    search,
)
from ui.paperwork.names import paper_name
from ui.paperwork.scans import Attached
from ui.progress_line import ProgressLine
from ui.side_by_side import list_card
from ui.theme import Role, Tone, words
from ui.wording import explain

SIZE: Final = (980, 600)
CODE_WIDTH, STATE_WIDTH = 146, 150


class AttachManyDialog(QDialog):
    """Finds, lists, and attaches what was matched; what was not stays in the list."""

    ended = Signal()  # nothing is under way any more

    def __init__(self, desk: Desk, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("attachManyDialog")
        self.setWindowTitle(_("Attach many signed copies"))
        open_within_screen(self, *SIZE)
        self._desk, self._background = desk, background
        self._found: list[Found] = []
        self._attached: set[Path] = set()
        self._left: deque[Path] = deque()  # to be searched
        self._waiting: deque[Found] = deque()  # to be attached
        self._count = 0  # of these, when they began
        self.lines = self._list()
        self.folder = secondary_button(_("Choose the folder…"), shortcut="Ctrl+O")
        self.confirm = primary_button(_("Attach"), "plus", "Ctrl+Return")
        self.confirm.setObjectName("attachFound")
        self.leave = secondary_button(_("Close"))
        self.progress = ProgressLine()
        self._told = words("", Role.MUTED)
        self._problem = words("", Role.STRONG)
        self._attaching = Duty(desk, self.confirm, e.SignedCopyAttached, self)
        self._attaching.offer(False)
        self._attaching.told.connect(self._told.setText)
        self._lay_out()
        self.folder.clicked.connect(self._ask_folder)
        self.confirm.clicked.connect(self._attach_all)
        self.leave.clicked.connect(self.reject)
        self.progress.cancelled.connect(self._stop)

    @property
    def found(self) -> tuple[Found, ...]:
        """Every file of the folder that was searched so far."""
        return tuple(self._found)

    def search_in(self, folder: Path) -> None:
        """Search every file of a folder, one after the other."""
        self._found.clear()
        self._attached.clear()
        self._show()
        self._tell("")
        self._refuse("")
        files = partial(files_in, folder)
        self._background.run(files, self._begin, self._cannot, self)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose the folder of the scanner"))
        if folder:
            self.search_in(Path(folder))

    # ---- searching ----

    def _begin(self, files: tuple[Path, ...]) -> None:
        if not files:
            self._refuse(_("This folder has no PDF, JPG or PNG."))
        self._left = deque(files)
        self.progress.begin(_("Looking for the papers of the files"), len(files))
        self._search_next()

    def _search_next(self) -> None:
        self.progress.advance(len(self._found))
        if not self._left:
            self.progress.end()
            self._tell_found()
            self.ended.emit()
            return
        file = self._left.popleft()
        self._background.run(
            partial(search, file), self._look_up, partial(self._cannot_search, file), self
        )

    def _cannot_search(self, file: Path, error: Exception) -> None:
        """One file that cannot be looked through, such as a page of five metres, stops no other."""
        self._note(Found(file, error=error))

    def _look_up(self, found: Found) -> None:
        self._desk.ask(partial(known, found), self._note, self._cannot, owner=self)

    def _note(self, found: Found) -> None:
        self._found.append(found)
        self._show()
        self._search_next()

    def _matched(self) -> list[Found]:
        return [
            each for each in self._found if each.error is None and each.file not in self._attached
        ]

    def _tell_found(self) -> None:
        count = len(self._matched())
        self._attaching.offer(count > 0)
        if not count:
            self._tell(_("No file is matched with a paper that it is not attached to yet."))
            return
        told = _n(
            "{count} file is matched. Look through the list, then attach.",
            "{count} files are matched. Look through the list, then attach.",
            count,
        )
        self._tell(told.format(count=count))

    # ---- attaching ----

    def _attach_all(self) -> None:
        self._refuse("")
        self._attaching.offer(False)
        self._waiting = deque(self._matched())
        self._count = len(self._waiting)
        self.progress.begin(_("Attaching"), self._count)
        self._attach_next()

    def _stop(self) -> None:
        """What is under way ends, and nothing follows: the rest stays in the list."""
        self._left.clear()
        self._waiting.clear()

    def _attach_next(self) -> None:
        self.progress.advance(self._count - len(self._waiting))
        if not self._waiting:
            self.progress.end()
            self._attaching.offer(bool(self._matched()))
            count = len(self._attached)
            told = _n(
                "{count} signed copy is attached.", "{count} signed copies are attached.", count
            )
            self._tell(told.format(count=count))
            self.ended.emit()
            return
        found = self._waiting.popleft()
        act: Act[Attached] = partial(attach_found, found)
        self._desk.do(act, partial(self._note_attached, found), self._cannot, owner=self)

    def _note_attached(self, found: Found, attached: Attached) -> None:
        if attached.error is None:
            self._attached.add(found.file)
        else:
            at = self._found.index(found)
            self._found[at] = structs.replace(found, error=attached.error)
        self._show()
        self._attach_next()

    # ---- told ----

    def _show(self) -> None:
        self.lines.show_lines(tuple(self._found))

    def _state(self, found: Found) -> str:
        if found.file in self._attached:
            return _("attached")
        return _("matched") if found.error is None else _("stays")

    def _tone(self, found: Found) -> Tone:
        if found.error is not None:
            return Tone.WARN
        return Tone.OK if found.file in self._attached else Tone.UNKNOWN

    def _of(self, found: Found) -> str:
        if found.error is not None:
            return explain(found.error, self._desk.reference)
        return paper_name(found.name)

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)

    def _refuse(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _cannot(self, error: Exception) -> None:
        """What is left can be tried again."""
        self.progress.end()
        self._refuse(explain(error, self._desk.reference))
        self._attaching.offer(bool(self._matched()) and not self._left)
        self.ended.emit()

    def _list(self) -> LineList[Found]:
        columns = (
            Column[Found](_("File"), lambda found: found.file.name, width=200),
            Column[Found](_("Paper"), self._of),
            Column[Found](
                _("Code"),
                lambda found: grouped(found.paper) if found.paper else "",
                width=CODE_WIDTH,
            ),
            Column[Found](_("State"), self._state, self._tone, STATE_WIDTH),
        )
        how = _("Choose the folder into which the scanner puts its files.")
        empty = EmptyState(_("No file was searched yet"), how)
        return LineList(columns, lambda found: str(found.file), empty).named(
            "foundPapers", _("Scanned files")
        )

    def _lay_out(self) -> None:
        mark_wrong(self._problem, True)
        for label in (self._told, self._problem):
            label.setWordWrap(True)
        self._problem.hide()
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(self.windowTitle(), Role.CARD_TITLE), 1)
        head.addWidget(self.folder)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._told, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(list_card(_("Scanned files"), self.lines), 1)
        layout.addWidget(self.progress)
        layout.addWidget(self._problem)
        layout.addLayout(buttons)
