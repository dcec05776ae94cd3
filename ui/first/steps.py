"""The first steps after a store was founded: what is done here, the printers, the scanner.

Each can be left for later; what was left stands among the tools of today's page.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from labels.printer import Language, Printer, Route
from labels.stocks import stocks
from station.words import _, _c, language
from ui.buttons import primary_button, secondary_button
from ui.choice import Choice
from ui.field import Field
from ui.point_work import EVERYTHING, Part, part_word
from ui.prints.printers import NamedPrinter, Printers, read_printers, write_printers
from ui.settings import read_settings, write_settings
from ui.theme import Role, words

WIDTH, HEIGHT = 560, 420
LATER = ""


class Answers(Struct, frozen=True):
    """What was chosen; "" where a printer was left for later."""

    parts: tuple[Part, ...]
    label_printer: str = LATER
    stock: str = "50x30"
    paper_printer: str = LATER
    test_scanner: bool = False
    share: bool = False  # become the main PC of several


class FirstSteps(QDialog):
    """One idea a step, forward and back; nothing is kept before the last key."""

    answered = Signal(object)  # Answers

    def __init__(self, printers: Sequence[str], parent: QWidget, *, can_share: bool) -> None:
        super().__init__(parent)
        self.setObjectName("firstSteps")
        self.setWindowTitle(_("First steps"))
        self._parts = {part: QCheckBox(part_word(part)) for part in Part}
        for part, box in self._parts.items():
            box.setObjectName(f"first.{part}")
            box.setChecked(True)
        self.labels, self.papers = Choice("firstLabels"), Choice("firstPapers")
        self.offer_printers(printers)
        self.stock = Choice("firstStock")
        self.stock.offer((stock.id, stock.word(language())) for stock in stocks())
        self.stock.choose("50x30")
        self.scanner = QCheckBox(_("Test the scanner now"))
        self.scanner.setObjectName("firstScanner")
        self.scanner.setChecked(True)
        self.share = QCheckBox(_("More PCs work at this point: make this the main PC"))
        self.share.setObjectName("firstShare")
        self._can_share = can_share
        self._steps = QStackedWidget()
        for step in (self._work_step(), self._printer_step(), self._scanner_step()):
            self._steps.addWidget(step)
        self._first = (self._parts[Part.INTAKE], self.labels, self.scanner)
        self._where = words("", Role.MUTED)
        self.back = secondary_button(_("Back"), shortcut="Alt+Left")
        self.back.setObjectName("firstBack")
        self.later = secondary_button(_("Later"))
        self.later.setObjectName("firstLater")
        self.go = primary_button(_c("step", "Next"))
        self.go.setObjectName("firstNext")
        self.go.setDefault(True)
        self._lay_out()
        self.back.clicked.connect(lambda: self._show(self._steps.currentIndex() - 1))
        self.later.clicked.connect(self.reject)
        self.go.clicked.connect(self._next)
        self._show(0)

    def offer_printers(self, printers: Sequence[str]) -> None:
        """Those the system tells; it may take its time, and the first step asks for none."""
        later = (LATER, _("Later: prints open as PDF"))
        for choice in (self.labels, self.papers):
            choice.offer((later, *((name, name) for name in printers)))
            choice.setCurrentIndex(0)

    @property
    def answers(self) -> Answers:
        """Everything that was chosen."""
        return Answers(
            parts=tuple(part for part, box in self._parts.items() if box.isChecked()),
            label_printer=self.labels.chosen or LATER,
            stock=self.stock.chosen or "50x30",
            paper_printer=self.papers.chosen or LATER,
            test_scanner=self.scanner.isChecked(),
            share=self.share.isChecked(),
        )

    def _next(self) -> None:
        at = self._steps.currentIndex()
        if at == 0 and not self.answers.parts:
            self._nothing.show()
        elif at + 1 < self._steps.count():
            self._show(at + 1)
        else:
            self.answered.emit(self.answers)
            self.accept()

    def _show(self, at: int) -> None:
        self._steps.setCurrentIndex(at)
        last = at + 1 == self._steps.count()
        told = _("Step {number} of {count}").format(number=at + 1, count=self._steps.count())
        self._where.setText(told)
        self.back.setVisible(at > 0)
        self.go.setText(_("Begin work") if last else _c("step", "Next"))
        self.go.setAccessibleName(self.go.text())
        self._first[at].setFocus()

    def _work_step(self) -> QWidget:
        self._nothing = words(_("Tick at least one."), Role.STRONG)
        self._nothing.setProperty("wrong", True)
        self._nothing.hide()
        why = _("The rest is hidden on this PC. It can be changed under Settings.")
        boxes = (*self._parts.values(), self._nothing)
        shared = (self.share, _others_words()) if self._can_share else ()
        return _step(_("What is done at this PC?"), why, (*boxes, *shared))

    def _printer_step(self) -> QWidget:
        why = _("Each can be set up better under Settings → Printers, with a test label.")
        fields = (
            Field(_("Printer of labels"), self.labels),
            Field(_("Labels on it"), self.stock),
            Field(_("Printer of papers"), self.papers),
        )
        return _step(_("Which printers?"), why, fields)

    def _scanner_step(self) -> QWidget:
        why = _(
            "One scan of a test code says whether the scanner works, and whether UniKey or "
            "another input method spoils what it types."
        )
        return _step(_("Does the scanner work?"), why, (self.scanner,))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._where, 1)
        for button in (self.later, self.back, self.go):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._steps, 1)
        layout.addLayout(buttons)
        self.resize(WIDTH, HEIGHT)


def keep_answers(answers: Answers, settings: Path, printers: Path) -> Answers:
    """Write down what was chosen; a printer that was left for later changes nothing."""
    known = read_printers(printers)
    changed = _with_printers(known, answers)
    if changed != known:
        write_printers(printers, changed)
    parts = () if frozenset(answers.parts) == EVERYTHING else answers.parts
    kept = structs.replace(read_settings(settings), parts=parts, first_steps_open=False)
    write_settings(settings, kept)
    return answers


def _with_printers(known: Printers, answers: Answers) -> Printers:
    for name, stock in ((answers.label_printer, answers.stock), (answers.paper_printer, "")):
        if name and known.named(name).printer.route is Route.VIEWER:
            printer = Printer(route=Route.SYSTEM, address=name, language=Language.SYSTEM)
            fitted = structs.replace(printer, stock=stock) if stock else printer
            known = known.keep("", NamedPrinter(name, fitted))
    return structs.replace(
        known,
        labels_on=answers.label_printer or known.labels_on,
        papers_on=answers.paper_printer or known.papers_on,
    )


def _others_words() -> QWidget:
    told = words(_("Other PCs can join it later, too: Settings → PCs of this point."), Role.MUTED)
    told.setWordWrap(True)
    return told


def _step(title: str, why: str, parts: Sequence[QWidget]) -> QWidget:
    step = QWidget()
    layout = QVBoxLayout(step)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    layout.addWidget(words(title, Role.CARD_TITLE))
    told = words(why, Role.MUTED)
    told.setWordWrap(True)
    layout.addWidget(told)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch()
    return step
