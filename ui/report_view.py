"""A whole report in words: every verdict with its reasons, every fact, how all was read."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from diagnostics.fact_words import FactGroup, fact_groups
from diagnostics.report import Report
from diagnostics.section_words import section_line, trial_line
from diagnostics.verdict_words import VerdictWords, lesson_lines, system_lines, troubles_first
from station.words import _
from ui.chips import Chip
from ui.coded_words import outcome_tone
from ui.theme import Role, words

FIRST_COLUMN = 140  # as wide as the widest verdict


class ReportView(QScrollArea):
    """Scrolls inside the height it has; texts can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)

    def show_verdicts(self, report: Report) -> None:
        """Show verdicts, what they mean for lessons, the tests, and how all was read."""
        page = _Page()
        page.verdicts(troubles_first(report))
        page.lines(_("Lessons"), lesson_lines(report.fitness))
        page.lines(_("Systems"), system_lines(report.fitness))
        page.lines(_("Tests"), map(trial_line, report.trials))
        page.lines(_("How it was read"), map(section_line, report.machine.sections))
        self._put(page)

    def show_facts(self, report: Report) -> None:
        """Show everything that is known of the machine, in groups."""
        page = _Page()
        for group in fact_groups(report.machine):
            page.group(group)
        self._put(page)

    def show_all(self, report: Report) -> None:
        """Show verdicts, tests and facts below each other."""
        page = _Page()
        page.verdicts(troubles_first(report))
        page.lines(_("Lessons"), lesson_lines(report.fitness))
        page.lines(_("Systems"), system_lines(report.fitness))
        page.lines(_("Tests"), map(trial_line, report.trials))
        for group in fact_groups(report.machine):
            page.group(group)
        page.lines(_("How it was read"), map(section_line, report.machine.sections))
        self._put(page)

    def show_lines(self, title: str, lines: Iterable[str]) -> None:
        """Show plain lines under a title."""
        page = _Page()
        page.lines(title, lines)
        self._put(page)

    def _put(self, page: "_Page") -> None:
        page.close_page()
        self.setWidget(page)
        page.setAutoFillBackground(False)  # setWidget turns it on; the card shows through


class _Page(QWidget):
    """Blocks below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)

    def verdicts(self, verdicts: Iterable[VerdictWords]) -> None:
        """A chip, the check, why, and what to do."""
        grid = self._grid()
        for number, verdict in enumerate(verdicts):
            chip = Chip(outcome_tone(verdict.outcome), verdict.verdict)
            grid.addWidget(chip, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_said(verdict.title, Role.STRONG), 2 * number, 1)
            parts = "\n".join(_parts(verdict))
            if parts:
                grid.addWidget(_said(parts), 2 * number + 1, 1)

    def group(self, group: FactGroup) -> None:
        """A titled group of facts."""
        self._title(group.title)
        grid = self._grid()
        for number, line in enumerate(group.lines):
            name = _said(line.name, Role.MUTED)
            name.setWordWrap(bool(line.name))  # an empty one that wraps takes two lines
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_said(line.words), number, 1)

    def lines(self, title: str, lines: Iterable[str]) -> None:
        """A titled list; nothing where there is no line."""
        labels = [_said(line) for line in lines]
        if labels:
            self._title(title)
        for label in labels:
            self._column.addWidget(label)

    def close_page(self) -> None:
        """Leave what room is left below."""
        self._column.addStretch()

    def _title(self, title: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(words(title, Role.CARD_TITLE))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, FIRST_COLUMN)
        self._column.addLayout(grid)
        return grid


def _parts(verdict: VerdictWords) -> list[str]:
    return [part for part in (verdict.why, verdict.remedy) if part]


def _said(text: str, role: Role = Role.BODY) -> QLabel:
    label = words(text, role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
