"""Giấy tờ: what can be made of a thing, and what was made of it, in one dialog everywhere."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.codes import grouped
from station.fold import POINT
from station.words import _
from ui.buttons import secondary_button
from ui.cards import Card, EmptyState
from ui.day_words import day_words
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.first_size import open_within_screen
from ui.line_list import LineList
from ui.line_table import Column
from ui.papers.offers import OF_A_FORM
from ui.paperwork.certificate_out import CertificateOut
from ui.paperwork.forms_panel import FormsPanel
from ui.paperwork.leaves_dialog import open_leaves
from ui.paperwork.made_panel import MadePanel
from ui.paperwork.make_panel import MakePanel
from ui.paperwork.names import paper_name
from ui.paperwork.readings import MadePaper, Offered, PapersOf, papers_of
from ui.side_by_side import SPACE, list_card, side_by_side
from ui.theme import Role, Tone
from ui.wording import explain

SIZE: Final = (1180, 640)
ERASED: Final = "erasure-certificate"  # offered once no disk holds data
CODE_WIDTH, DAY_WIDTH, SIGNED_WIDTH = 146, 112, 108


class PapersDialog(QDialog):
    """Reads anew whenever something was recorded; the chosen line stays chosen."""

    many_wanted = Signal()

    def __init__(
        self, about: str, name: str, desk: Desk, remembered: dict[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("papersDialog")
        self.setWindowTitle(_("Papers"))
        open_within_screen(self, *SIZE)
        self._desk, self.about = desk, about
        self.offered = _offered_list()
        self.made = _made_list()
        self.make_panel = MakePanel(desk, remembered)
        self.made_panel = MadePanel(desk)
        self.forms_panel = FormsPanel(desk)
        self._right = QStackedWidget()
        self._certificates = CertificateOut(desk, self, self.make_panel.say, self.make_panel.refuse)
        self._lay_out(name)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read anew what there is."""
        self._desk.ask(partial(papers_of, self.about), self._show, self._refuse, owner=self)

    def _show(self, papers: PapersOf) -> None:
        nothing_yet = self.offered.chosen is None and self.made.chosen is None
        if papers.offered != self.offered.model.lines:
            self.offered.show_lines(papers.offered)
        self.make_panel.refresh()
        erased = any(offered.paper == ERASED for offered in papers.offered)
        self.certificate.setVisible(erased and self.about.isdigit())
        if self._right.currentWidget() is self.forms_panel and self.offered.chosen is not None:
            self.forms_panel.show_paper(self.offered.chosen.paper)
        self.made.show_lines(papers.made)
        if nothing_yet and papers.offered:
            self.offered.choose(papers.offered[0].paper)
            self.offered.view.setFocus()
        elif nothing_yet and papers.made:
            self.made.choose(papers.made[0].paper.code)

    def _refuse(self, error: Exception) -> None:
        self.make_panel.refuse(explain(error, self._desk.reference))

    def _choose_offer(self) -> None:
        offered = self.offered.chosen
        if offered is not None:
            self.made.view.clearSelection()
            self.made.view.setCurrentIndex(self.made.model.index(-1, -1))
            self._show_offer(offered)

    def _show_offer(self, offered: Offered) -> None:
        if offered.paper in OF_A_FORM and offered.about.startswith(POINT):
            self._right.setCurrentWidget(self.forms_panel)
            self.forms_panel.show_paper(offered.paper)
        else:
            self._right.setCurrentWidget(self.make_panel)
            self.make_panel.show_paper(offered.paper, (offered.about,))

    def _choose_made(self) -> None:
        made = self.made.chosen
        if made is not None:
            self.offered.view.clearSelection()
            self.offered.view.setCurrentIndex(self.offered.model.index(-1, -1))
            self._right.setCurrentWidget(self.made_panel)
            self.made_panel.show_paper(made)

    def _connect(self) -> None:
        self.offered.chosen_changed.connect(self._choose_offer)
        self.made.chosen_changed.connect(self._choose_made)
        self.made_panel.told.connect(self.made_panel.say)
        self.forms_panel.told.connect(self.forms_panel.say)
        self._desk.recorded.connect(self.refresh)

    def _lay_out(self, name: str) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(list_card(_("Make a paper"), self.offered), 3)
        column.addWidget(list_card(_("Papers made"), self.made), 2)
        right = Card()
        for panel in (self.make_panel, self.made_panel, self.forms_panel):
            self._right.addWidget(panel)
        right.body.addWidget(self._right)
        self.many = secondary_button(_("Attach many signed copies…"), shortcut="Ctrl+Shift+T")
        self.many.setObjectName("attachMany")
        self.many.clicked.connect(self.many_wanted)
        self.certificate = secondary_button(_("Signed certificate…"), "report", "Ctrl+Shift+S")
        self.certificate.setObjectName("signedCertificate")
        self.certificate.setToolTip(_("A file that proves by itself what became of the data"))
        self.certificate.clicked.connect(lambda: self._certificates.make(self.about))
        self.certificate.hide()
        self.leaves = secondary_button(_("Photos and consent…"), shortcut="Ctrl+Shift+O")
        self.leaves.setObjectName("photosAndConsent")
        self.leaves.clicked.connect(lambda: open_leaves(self.about, self._desk, self))
        self.leaves.setVisible(self.about.isdigit())
        close = secondary_button(_("Close"))
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(name, Role.CARD_TITLE), 1)
        head.addWidget(self.leaves)
        head.addWidget(self.certificate)
        head.addWidget(self.many)
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(side_by_side(left, right, weights=(6, 5)), 1)


def _offered_list() -> LineList[Offered]:
    columns = (Column[Offered](_("Paper"), lambda offered: paper_name(offered.paper)),)
    empty = EmptyState(_("No paper can be made of it yet"))
    return LineList(columns, lambda offered: offered.paper, empty).named(
        "offeredPapers", _("Make a paper")
    )


def _made_list() -> LineList[MadePaper]:
    columns = (
        Column[MadePaper](_("Paper"), lambda made: paper_name(made.paper.paper)),
        Column[MadePaper](_("Code"), lambda made: grouped(made.paper.code), width=CODE_WIDTH),
        Column[MadePaper](
            _("Day"),
            lambda made: day_words(made.paper.on) if made.paper.on else "",
            width=DAY_WIDTH,
        ),
        Column[MadePaper](
            _("Signed"),
            lambda made: _("signed") if made.paper.signed else _("not yet"),
            lambda made: Tone.OK if made.paper.signed else Tone.UNKNOWN,
            SIGNED_WIDTH,
        ),
    )
    empty = EmptyState(_("No paper was made of it yet"))
    return LineList(columns, lambda made: made.paper.code, empty).named(
        "madePapers", _("Papers made")
    )
