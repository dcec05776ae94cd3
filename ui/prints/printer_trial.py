"""Trying a printer: a test label, the alignment pattern, the scan back, and what helps."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from labels.printer import Printer, Route
from station.reference import Reference
from station.words import _, _c
from ui.background import Background
from ui.buttons import secondary_button
from ui.cards import Card
from ui.chips import Chip
from ui.choice import Choice
from ui.day_words import day_words
from ui.field import mark_wrong
from ui.prints.printer_words import TROUBLES
from ui.prints.scan_back_dialog import ScanBackDialog
from ui.scanning.sounds import ScanSounds
from ui.theme import Role, Tone, words
from ui.wording import explain


class PrinterTrial(Card):
    """Prints what stands in the form, saved or not; `proven` when its label was scanned back."""

    proven = Signal()
    dialog_gone = Signal()

    def __init__(
        self,
        printer: Callable[[], Printer | None],
        background: Background,
        reference: Reference,
        sounds: ScanSounds,
    ) -> None:
        super().__init__(_c("printer", "Try it"))
        self._printer, self._background = printer, background
        self._reference, self._sounds = reference, sounds
        self.name, self.stocks = "", ""
        self.chip = Chip(Tone.UNKNOWN, "")
        self.label = secondary_button(_("Print a test label"), "print", "Ctrl+T")
        self.label.setObjectName("printTrialLabel")
        self.pattern = secondary_button(_("Print the alignment pattern"))
        self.pattern.setObjectName("printPattern")
        self.scan_back = secondary_button(_("Scan it back"), "scan", "Ctrl+B")
        self.scan_back.setObjectName("scanBackButton")
        self.told = words("", Role.BODY)
        self.trouble = Choice("printTrouble", placeholder=_("What is wrong with the print?"))
        self.trouble.setAccessibleName(_("What is wrong with the print?"))
        self.trouble.offer((str(at), seen()) for at, (seen, _help) in enumerate(TROUBLES))
        self._lay_out()
        self.label.clicked.connect(self.print_label)
        self.pattern.clicked.connect(self.print_pattern)
        self.scan_back.clicked.connect(self.wait_for_scan)
        self.trouble.activated.connect(self._help)

    def show_proven(self, day: date | None) -> None:
        """Say when a label of just these settings was scanned back."""
        if day is None:
            self.chip.show_verdict(Tone.UNKNOWN, _("Not scanned back yet"))
        else:
            self.chip.show_verdict(Tone.OK, _("Scanned back on {day}").format(day=day_words(day)))

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say how a trial went."""
        self.told.setText(sentence)
        mark_wrong(self.told, wrong)

    def print_label(self) -> None:
        """Print the test label."""
        self._try(self._print_label, _("The test label was sent. Scan it back once it is out."))

    def print_pattern(self) -> None:
        """Print the alignment pattern."""
        self._try(
            self._print_pattern,
            _("The pattern was sent. The frame must lie on the label's edge all around."),
        )

    def wait_for_scan(self) -> None:
        """Wait for the test label."""
        if self._printer() is None:
            return
        dialog = ScanBackDialog(self._reference, self.window())
        dialog.right.connect(self._right)
        dialog.wrong.connect(self._sounds.bad)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.dialog_gone)
        dialog.open()

    def _right(self) -> None:
        self._sounds.good()
        self.say(_("The label was read as it was printed."))
        self.proven.emit()

    def _try(self, send: Callable[[Printer], None], sent: str) -> None:
        printer = self._printer()
        if printer is None:
            return
        self._rest(True)
        self.say(_("Printing…"))

        def done(_none: None) -> None:
            self._rest(False)
            self.say(_in_the_folder(printer) if printer.route is Route.FILE else sent)

        def failed(error: Exception) -> None:
            self._rest(False)
            self.say(explain(error, self._reference), wrong=True)

        self._background.run(partial(send, printer), done, failed, self)

    def _print_label(self, printer: Printer) -> None:
        from ui.prints.trial_prints import print_trial_label, trial_label  # noqa: PLC0415 -- loads reportlab

        print_trial_label(printer, self.stocks, trial_label(self._reference, self.name))

    def _print_pattern(self, printer: Printer) -> None:
        from ui.prints.trial_prints import print_pattern  # noqa: PLC0415 -- the same

        print_pattern(printer, self.stocks, self.name)

    def _rest(self, resting: bool) -> None:
        for button in (self.label, self.pattern):
            button.setEnabled(not resting)

    def _lay_out(self) -> None:
        self.add_to_head(self.chip)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        for button in (self.label, self.pattern, self.scan_back):
            acts.addWidget(button)
        acts.addStretch()
        self.told.setWordWrap(True)
        self.told.setObjectName("trialTold")
        self.body.addLayout(acts)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.told)
        self.body.addStretch(1)

    def _help(self, number: int) -> None:
        if number >= 0:
            _seen, help_ = TROUBLES[number]
            self.say(help_())


def _in_the_folder(printer: Printer) -> str:
    return _("Put into the folder {folder}.").format(folder=printer.address)
