"""The reports of a device: their history, one of them whole, and what changed between two."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from diagnostics.judge.policy import JudgePolicy
from diagnostics.sheet import describe
from station.codes import grouped
from station.words import _
from ui.buttons import link_button, secondary_button
from ui.cards import Card
from ui.choice import Choice
from ui.desk import Desk
from ui.device.evidence_out import EvidenceOut
from ui.device.recorded_reports import RecordedReport, Whole, ask_reports, judge_again, policies
from ui.device.report_rows import choice_words, difference_words, note_words, reports_list
from ui.field import Field
from ui.report_view import ReportView
from ui.side_by_side import fill, list_card, side_by_side
from ui.theme import Role, words
from ui.wording import explain

BACK, PRINT = "Alt+Left", "Alt+Shift+P"
CHANGES = 2  # among the tabs of the chosen report


class ReportsPanel(QWidget):
    """Stands in the place of a device's cards; says `back` when one has seen enough."""

    back = Signal()
    print_sheet = Signal(object)  # ReportSheet
    said = Signal(str)

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._desk, self._folder = desk, folder
        self._code = ""
        self._questions = 0
        self._policies: tuple[JudgePolicy, ...] = ()
        self.list = reports_list()
        self.list.chosen_changed.connect(self._show_chosen)
        self.note = words("", Role.MUTED)
        self.note.setObjectName("report_note")
        self.note.setWordWrap(True)
        self.policy = Choice("judge_by")
        self.policy.currentIndexChanged.connect(self._show_verdicts)
        self.before, self.after = Choice("report_before"), Choice("report_after")
        for choice in (self.before, self.after):
            choice.currentIndexChanged.connect(self._show_difference)
        self.verdicts, self.facts, self.difference = ReportView(), ReportView(), ReportView()
        self.tabs = QTabWidget()
        self._opened = Card(_("The chosen report"))
        self.evidence = EvidenceOut(desk, folder, self)
        self.evidence.said.connect(self.said)
        self._lay_out()

    def show_reports(self, code: str) -> None:
        """Ask for a device's reports and show the newest; what was chosen stays chosen."""
        if code != self._code:  # nothing of another device stays, and no answer is no empty list
            self.list.setVisible(False)
            self._opened.setVisible(False)
        self._code = code
        self._questions += 1
        number = self._questions
        self._desk.ask(
            lambda store: (ask_reports(code, self._folder, store), policies()),
            lambda answer: self._show(number, *answer),
            self._cannot,
            owner=self,
        )

    def turn_to_changes(self) -> None:
        """Show what changed from the first report to the latest."""
        self.tabs.setCurrentIndex(CHANGES)

    def _show(
        self, number: int, reports: tuple[RecordedReport, ...], known: tuple[JudgePolicy, ...]
    ) -> None:
        if number != self._questions:
            return
        self._policies = known
        self.list.setVisible(True)
        self.list.show_lines(reports)
        if reports and self.list.chosen is None:
            self.list.choose(reports[0].digest)
        self._opened.setVisible(bool(reports))
        offered = tuple(choice_words(reports).items())
        for choice in (self.before, self.after):
            with QSignalBlocker(choice):
                choice.offer(offered)
        if reports:  # the first and the latest: what all the work changed
            self.before.choose(reports[-1].digest)
            self.after.choose(reports[0].digest)
        self._show_difference()

    def _show_chosen(self) -> None:
        chosen = self.list.chosen
        if chosen is None:
            return
        self.note.setText(note_words(chosen))
        self.note.setVisible(bool(self.note.text()))
        self.evidence.offer(self._code, chosen)
        self._offer_policies(chosen)
        self.facts.show_facts(chosen.report)
        self._show_verdicts()

    def _offer_policies(self, chosen: RecordedReport) -> None:
        """The one it was judged by, and those it can be judged by again."""
        own = chosen.report.policy
        others = [(rules.id, rules.id) for rules in self._policies if rules.id != own]
        again = others if chosen.whole is Whole.WHOLE else []
        with QSignalBlocker(self.policy):
            self.policy.offer([(own, _("{policy} (as recorded)").format(policy=own)), *again])
            self.policy.choose(own)

    def _show_verdicts(self) -> None:
        chosen = self.list.chosen
        if chosen is None:
            return
        rules = next((known for known in self._policies if known.id == self.policy.chosen), None)
        if rules is None or rules.id == chosen.report.policy:
            self.verdicts.show_verdicts(chosen.report)
        else:
            self.verdicts.show_verdicts(judge_again(chosen.report, rules))

    def _show_difference(self) -> None:
        known = {report.digest: report for report in self.list.model.lines}
        before, after = known.get(self.before.chosen or ""), known.get(self.after.chosen or "")
        if before is not None and after is not None:
            self.difference.show_lines(*difference_words(before, after))

    def _cannot(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))

    def _want_print(self) -> None:
        chosen = self.list.chosen
        if chosen is not None:
            day, code = chosen.row.event.header.day, grouped(self._code)
            self.print_sheet.emit(describe(chosen.report, chosen.digest, day=day, code=code))

    # ---- wiring ----

    def _lay_out(self) -> None:
        back = link_button(_("Back to the device"), BACK)
        back.setObjectName("reports_back")
        back.clicked.connect(self.back)
        sheet = secondary_button(_("Print the sheet"), "print", PRINT)
        sheet.setObjectName("print_sheet")
        sheet.clicked.connect(self._want_print)
        self.tabs.addTab(_tab(Field(_("Judged by"), self.policy), self.verdicts), _("Verdicts"))
        self.tabs.addTab(_tab(self.facts), _("The machine"))
        self.tabs.addTab(_tab(self._pair(), self.difference), _("What changed"))
        self._opened.add_to_head(self.evidence.button)
        self._opened.add_to_head(sheet)
        for widget in (self.note, self.tabs):
            self._opened.body.addWidget(widget)
        history = list_card(_("Reports of this device"), self.list)
        history.add_to_head(back)
        fill(self, side_by_side(history, self._opened, weights=(5, 4)))

    def _pair(self) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Field(_("Before"), self.before), 1)
        row.addWidget(Field(_("After"), self.after), 1)
        return pair


def _tab(*parts: QWidget) -> QWidget:
    """The last part takes the room that is left."""
    tab = QWidget()
    tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column = QVBoxLayout(tab)
    column.setContentsMargins(4, 10, 4, 4)
    column.setSpacing(10)
    for part in parts:
        column.addWidget(part)
    column.setStretch(len(parts) - 1, 1)
    return tab
