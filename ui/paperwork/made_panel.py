"""A paper that was made: when and by whom, seen again, printed again, its signed copies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from station import events as e
from station.codes import grouped
from station.paper import SignedCopy
from station.words import _, _n
from ui.buttons import link_button, primary_button, secondary_button
from ui.cards import line
from ui.chips import Chip
from ui.day_words import day_words, time_words
from ui.desk import Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.paperwork.names import paper_name
from ui.paperwork.problem_line import ProblemLine
from ui.paperwork.readings import MadePaper
from ui.theme import Role, Tone, words

SHOWN_CODES = 6


class MadePanel(QWidget):
    """Says what somebody wants done with it; files may be dropped on it as its signed copies."""

    see_wanted = Signal(str)
    again_wanted = Signal(str)
    scan_wanted = Signal(str, int)  # the paper, which of its signed copies
    attach_wanted = Signal(str, tuple)  # the paper, files
    detach_wanted = Signal(str, bytes)  # the paper, the digest of one of its signed copies
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._desk, self._code = desk, ""
        self.title = ElidedLabel("", Role.CARD_TITLE)
        self.code = words("", Role.FIGURE)
        self._facts = words("")
        self._about = words("", Role.MUTED)
        self._signed = QVBoxLayout()
        self._told = words("", Role.MUTED)
        self.problem_line = ProblemLine("madeProblem")
        self.see = secondary_button(_("See it"), shortcut="Ctrl+O")
        self.again = secondary_button(_("Print again…"), "print", "Ctrl+R")
        self.attach = primary_button(_("Attach the signed copy…"), "plus", "Ctrl+T")
        self._attaching = Duty(desk, self.attach, e.SignedCopyAttached, self)
        self._lay_out()
        self._connect()

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self.problem_line.text

    def show_paper(self, made: MadePaper) -> None:
        """Show this one."""
        paper = made.paper
        if paper.code != self._code:
            self.say("")
            self.refuse("")
        self._code = paper.code
        self.title.setText(paper_name(paper.paper))
        self.code.setText(grouped(paper.code))
        self._facts.setText(_facts(made))
        self._about.setText(_about(paper.about))
        self._show_signed(paper.signed)

    def say(self, sentence: str) -> None:
        """Say what became of it."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        if sentence:
            self.refuse("")

    def refuse(self, sentence: str, with_shipped: Callable[[], None] | None = None) -> None:
        """Say what is wrong; `with_shipped` does it in the shipped words, once somebody says so."""
        self.problem_line.tell(sentence, with_shipped)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.attach.isEnabled() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        self.attach_wanted.emit(self._code, tuple(files))

    def _ask_files(self) -> None:
        kinds = _("Signed papers (*.pdf *.jpg *.jpeg *.png)")
        files, _kind = QFileDialog.getOpenFileNames(self, _("Choose the signed copy"), "", kinds)
        if files:
            self.attach_wanted.emit(self._code, tuple(map(Path, files)))

    def _show_signed(self, signed: tuple[SignedCopy, ...]) -> None:
        while (item := self._signed.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not signed:
            self._signed.addWidget(Chip(Tone.UNKNOWN, _("No signed copy yet")))
        for number, copy in enumerate(signed):
            self._signed.addWidget(self._copy_line(number, copy))

    def _copy_line(self, number: int, copy: SignedCopy) -> QWidget:
        pages = _n("{count} page", "{count} pages", copy.pages).format(count=copy.pages)
        told = _("Signed copy {number}: {pages}, attached on {day}")
        look = link_button(_("Look at it"))
        look.setObjectName(f"signedCopy.{number}")
        look.clicked.connect(lambda: self.scan_wanted.emit(self._code, number))
        off = link_button(_("It is of another paper"))
        off.setObjectName(f"detachCopy.{number}")
        off.clicked.connect(lambda: self.detach_wanted.emit(self._code, copy.scan))
        row = QWidget()
        Duty(self._desk, off, e.SignedCopyAttached, row)
        told_words = told.format(number=number + 1, pages=pages, day=day_words(copy.on))
        cells = line(words(told_words), look, off)
        cells.setContentsMargins(0, 0, 0, 0)
        row.setLayout(cells)
        return row

    def _connect(self) -> None:
        self.see.clicked.connect(lambda: self.see_wanted.emit(self._code))
        self.again.clicked.connect(lambda: self.again_wanted.emit(self._code))
        self.attach.clicked.connect(self._ask_files)
        self._attaching.told.connect(self.told)

    def _lay_out(self) -> None:
        self.see.setObjectName("seePaper")
        self.again.setObjectName("printPaperAgain")
        self.attach.setObjectName("attachSigned")
        for label in (self._facts, self._about, self._told):
            label.setWordWrap(True)
        self._signed.setSpacing(4)
        hint = words(_("Or drop the scanned file here: PDF, JPG or PNG up to 20 MB."), Role.MUTED)
        hint.setWordWrap(True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.buttons.addStretch()
        for button in (self.see, self.again, self.attach):
            self.buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.code, self._facts, self._about):
            column.addWidget(widget)
        column.addLayout(self._signed)
        column.addWidget(hint)
        column.addStretch(1)
        column.addWidget(self._told)
        column.addWidget(self.problem_line)
        column.addLayout(self.buttons)


def _facts(made: MadePaper) -> str:
    paper = made.paper
    when = time_words(made.at) if made.at else day_words(paper.on) if paper.on else ""
    told = [_("Made {when} by {name}").format(when=when, name=made.by)]
    if paper.reprints:
        count = paper.reprints
        again = _n("printed again {count} time", "printed again {count} times", count)
        told.append(again.format(count=count))
    return ", ".join(told)


def _about(codes: tuple[str, ...]) -> str:
    shown = ", ".join(grouped(code) for code in codes[:SHOWN_CODES])
    left = len(codes) - SHOWN_CODES
    if left > 0:
        shown = _n("{codes} and {count} more", "{codes} and {count} more", left).format(
            codes=shown, count=left
        )
    return _("It speaks of: {codes}").format(codes=shown) if codes else ""
