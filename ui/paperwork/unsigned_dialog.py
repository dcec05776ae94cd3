"""Giấy tờ chưa có bản ký: each opens where its copy is attached; a scanner's folder does many."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.codes import grouped
from station.paper import Paper
from station.words import _, _n
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState
from ui.day_words import age_words, day_words
from ui.desk import Desk
from ui.first_size import open_within_screen
from ui.line_list import LineList
from ui.line_table import Column
from ui.paperwork.names import paper_name
from ui.paperwork.unsigned import unsigned_papers
from ui.side_by_side import list_card
from ui.theme import Role, words
from ui.wording import explain

SIZE = (880, 520)
CODE_WIDTH, DAY_WIDTH, AGE_WIDTH = 146, 116, 92


class UnsignedDialog(QDialog):
    """Enter opens a paper; what gets its signed copy leaves the list."""

    open_paper = Signal(str)
    many_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("unsignedPapers")
        self.setWindowTitle(_("Papers without a signed copy"))
        open_within_screen(self, *SIZE)
        self._desk = desk
        self.papers = self._list()
        self._told = words("", Role.MUTED)
        self._told.setObjectName("unsignedTold")
        self.many = secondary_button(_("Attach many signed copies…"), shortcut="Ctrl+Shift+T")
        self.many.setObjectName("attachManyUnsigned")
        self.attach = primary_button(_("Attach the signed copy…"), "plus", "Ctrl+T")
        self.attach.setObjectName("openUnsigned")
        self._lay_out()
        self.many.clicked.connect(self.many_wanted)
        self.attach.clicked.connect(self._open)
        self.papers.opened.connect(self._open)
        desk.recorded.connect(self.refresh)
        self.papers.view.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read anew which are still awaited."""
        today = self._desk.now().day
        ask = partial(unsigned_papers, today=today)
        self._desk.ask(ask, self._show, self._refuse, owner=self)

    def _show(self, papers: tuple[Paper, ...]) -> None:
        self.papers.show_lines(papers, go_on=True)
        if papers and self.papers.chosen is None:
            self.papers.choose(papers[0].code)
        self.attach.setEnabled(bool(papers))
        count = len(papers)
        told = _n("{count} paper is awaited.", "{count} papers are awaited.", count)
        self._told.setText(told.format(count=count))

    def _refuse(self, error: Exception) -> None:
        self._told.setText(explain(error, self._desk.reference))

    def _open(self) -> None:
        paper = self.papers.chosen
        if paper is not None:
            self.open_paper.emit(paper.code)

    def _list(self) -> LineList[Paper]:
        columns = (
            Column[Paper](_("Paper"), lambda paper: paper_name(paper.paper)),
            Column[Paper](_("It speaks of"), _about_words, width=180),
            Column[Paper](_("Code"), lambda paper: grouped(paper.code), width=CODE_WIDTH),
            Column[Paper](_("Day"), _day_words, width=DAY_WIDTH),
            Column[Paper](_("Waiting"), self._age, width=AGE_WIDTH),
        )
        empty = EmptyState(_("Every paper that must be signed came back"))
        return LineList(columns, lambda paper: paper.code, empty).named(
            "unsignedList", self.windowTitle()
        )

    def _age(self, paper: Paper) -> str:
        return age_words(paper.on, self._desk.now().day) if paper.on else ""

    def _lay_out(self) -> None:
        close = secondary_button(_("Close"))
        for button in (close, self.many):
            button.setAutoDefault(False)  # Enter opens the chosen paper
        close.clicked.connect(self.reject)
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self._told, 1)
        for button in (close, self.many, self.attach):
            last.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(list_card(self.windowTitle(), self.papers), 1)
        layout.addLayout(last)


def _day_words(paper: Paper) -> str:
    return day_words(paper.on) if paper.on else ""


def _about_words(paper: Paper) -> str:
    """The batch or case comes first."""
    more = f" +{len(paper.about) - 1}" if len(paper.about) > 1 else ""
    return f"{grouped(paper.about[0])}{more}" if paper.about else ""
