"""The runner's result: one answer to read from two metres, why, and how the report travels."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from diagnostics.answer import Answer, Fit, answer
from diagnostics.catalogue import check_names
from diagnostics.fact_words import machine_name
from diagnostics.judge.fitness import LESSONS, SYSTEMS
from diagnostics.report import Report
from diagnostics.verdict_words import (
    VerdictWords,
    answer_words,
    count_words,
    levels_in_short,
    verdict_words,
)
from station.words import _, _n
from ui.cards import Card
from ui.coded_words import outcome_tone
from ui.far import ToneLine, far_button, far_words, tone_line
from ui.runner.pairing_card import PairingCard
from ui.theme import Role, Tone, font

SHOWN = 5  # troubles: more do not fit a small screen at this size
SAID_ABOVE = (LESSONS, SYSTEMS)  # by the answer itself
TONES = {
    Fit.FITS: Tone.OK,
    Fit.FITS_WITH_REMARKS: Tone.WARN,
    Fit.NOT_KNOWN: Tone.UNKNOWN,
    Fit.DOES_NOT_FIT: Tone.FAIL,
}


class ResultScreen(QWidget):
    """Says `wanted` with the name of the button that was pressed."""

    wanted = Signal(str)

    def __init__(self, report: Report, pairing: PairingCard) -> None:
        super().__init__()
        found = answer(report, check_names())
        self._unkept = ToneLine()
        self._unkept.setObjectName("unkept")
        self._unkept.hide()
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(_why_card(found), 1)
        middle.addWidget(pairing, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(_answer_box(found, report))
        layout.addWidget(self._unkept)
        layout.addLayout(middle, 1)
        layout.addLayout(self._buttons())

    def warn_unkept(self) -> None:
        """The report lies on no disk, and is lost with the window: the stick is next."""
        said = _(
            "This report is kept nowhere yet: this machine's folder takes no file. Save it to a"
            " stick."
        )
        self._unkept.show_line(Tone.FAIL, said)
        self._unkept.show()
        self.offer_stick()

    def show_kept(self) -> None:
        """It lies at the station now."""
        self._unkept.hide()

    def offer_stick(self) -> None:
        """Nothing else will do: make the stick what Enter does."""
        self._stick.setProperty("primary", True)
        self._stick.setFont(font(Role.FAR_STRONG))
        self._stick.style().unpolish(self._stick)
        self._stick.style().polish(self._stick)
        if not isinstance(QApplication.focusWidget(), QLineEdit):  # somebody types an address
            self._stick.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._stick = self._button("stick", _("Save to stick"), "F8")
        for button in (
            self._stick,
            self._button("paper", _("Print or PDF"), "F9"),
            self._button("details", _("All details"), "F5"),
            self._button("again", _("Check again"), "F4"),
        ):
            row.addWidget(button)
        return row

    def _button(self, name: str, text: str, key: str) -> QPushButton:
        button = far_button(name, text, key)
        button.clicked.connect(partial(self.wanted.emit, name))
        return button


def _answer_box(found: Answer, report: Report) -> QWidget:
    box = QFrame()
    box.setObjectName("answer")
    tone = TONES[found.fit]
    box.setProperty("tone", tone.value)
    said = tone_line(tone, answer_words(found), Role.FAR_ANSWER)
    said.setObjectName("answerWords")
    layout = QVBoxLayout(box)
    layout.setContentsMargins(18, 10, 18, 10)
    layout.setSpacing(2)
    layout.addWidget(said)
    second = " · ".join(part for part in (machine_name(report.machine), count_words(found)) if part)
    layout.addWidget(far_words(second, Role.BODY))
    levels = levels_in_short(found.fitness)
    if levels:
        layout.addWidget(far_words(levels, Role.FAR_STRONG))
    return box


def _why_card(found: Answer) -> QWidget:
    card = Card(_("What is wrong, and what to do"))
    advice = found.fitness.advice
    parts = [finding for finding in found.troubles if finding.check not in SAID_ABOVE]
    troubles = [verdict_words(finding, advice) for finding in parts]
    for verdict in troubles[:SHOWN]:
        card.body.addWidget(
            tone_line(outcome_tone(verdict.outcome), " – ".join(_trouble(verdict)), Role.FAR_TEXT)
        )
    more = len(troubles) - SHOWN
    if more > 0:
        rest = _n("{count} more in the details", "{count} more in the details", more)
        card.body.addWidget(far_words(rest.format(count=more), Role.BODY))
    if not troubles:
        card.body.addWidget(tone_line(Tone.OK, _("Nothing was found against it.")))
    card.body.addStretch()
    return card


def _trouble(verdict: VerdictWords) -> Iterator[str]:
    yield verdict.title
    yield verdict.remedy or (verdict.reasons[0] if verdict.reasons else verdict.verdict)
