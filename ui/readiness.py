"""How ready the point is: sending, clock, data, tools. What nobody tried is unknown, not fine."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.words import _, _n
from ui.cards import Card
from ui.chips import Chip
from ui.day_words import day_words, time_words
from ui.elided import ElidedLabel
from ui.printers import NamedPrinter, Printers
from ui.side_by_side import HEAD
from ui.theme import Role, Tone
from ui.today import Glance


class Readiness(Card):
    """One chip and a few words for each thing the day depends on."""

    def __init__(self) -> None:
        super().__init__(_("Is everything in order?"))
        self.title.setMinimumHeight(HEAD)
        self._sync = self._add("readySync", _("Sync"))
        self._clock = self._add("readyClock", _("Clock"))
        self._data = self._add("readyData", _("Data"))
        self._label_printer = self._add("readyLabelPrinter", _("Label printer"))
        self._paper_printer = self._add("readyPaperPrinter", _("Paper printer"))
        for name, word in (
            ("readyScanner", _("Scanner")),
            ("readyBackup", _("Backup")),
        ):
            self._add(name, word)
        self.body.addStretch()

    def show_glance(self, glance: Glance) -> None:
        """Say how sending, clock and data stand."""
        self._sync.say(*_sync_words(glance))
        self._clock.say(*_clock_words(glance))
        recorded = glance.sync.recorded
        words = _n("{count} record kept", "{count} records kept", recorded)
        self._data.say(Tone.OK, words.format(count=recorded))

    def show_printers(self, printers: Printers) -> None:
        """Say where labels and papers go, and whether a label of that printer was read back."""
        labels = printers.named(printers.labels_on)
        self._label_printer.say(*_label_printer_words(labels))
        papers = printers.named(printers.papers_on)
        self._paper_printer.say(*_printer_words(papers))

    def show_printer_problem(self, sentence: str) -> None:
        """Say that nobody can tell where labels and papers go."""
        for row in (self._label_printer, self._paper_printer):
            row.say(Tone.FAIL, sentence)

    def show_store_problem(self, sentence: str) -> None:
        """Say that the data cannot be read now."""
        self._data.say(Tone.FAIL, sentence)

    def _add(self, name: str, word: str) -> "ReadyRow":
        row = ReadyRow(word)
        row.setObjectName(name)
        self.body.addWidget(row)
        return row


class ReadyRow(QWidget):
    """The name of a thing in a chip, and how it stands."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._chip = Chip(Tone.UNKNOWN, word)
        self._words = ElidedLabel(_("not checked yet"), Role.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._words, 1)

    @property
    def tone(self) -> Tone:
        """How it stands."""
        return self._chip.tone

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return self._words.text()

    def say(self, tone: Tone, words: str) -> None:
        """Say how it stands now."""
        self._chip.show_verdict(tone, self._chip.word)
        self._words.setText(words)


def _label_printer_words(printer: NamedPrinter) -> tuple[Tone, str]:
    if printer.name and printer.proven:
        told = _("{name}, a label was scanned back on {day}")
        return Tone.OK, told.format(name=printer.name, day=day_words(printer.proven))
    if printer.name:
        return Tone.UNKNOWN, _("{name}, no label scanned back yet").format(name=printer.name)
    return _printer_words(printer)


def _printer_words(printer: NamedPrinter) -> tuple[Tone, str]:
    if printer.name:
        return Tone.UNKNOWN, _("{name}, not tried here").format(name=printer.name)
    return Tone.WARN, _("none set up: prints open as PDF")


def _sync_words(glance: Glance) -> tuple[Tone, str]:
    sync = glance.sync
    if glance.to_settle:
        words = _n("{count} thing to settle", "{count} things to settle", glance.to_settle)
        return Tone.WARN, words.format(count=glance.to_settle)
    if sync.waiting:
        words = _n(
            "{count} record waits to be sent", "{count} records wait to be sent", sync.waiting
        )
        return Tone.WARN, words.format(count=sync.waiting)
    return Tone.OK, _("everything is sent")


def _clock_words(glance: Glance) -> tuple[Tone, str]:
    if glance.clock_doubt is None:
        return Tone.OK, _("agrees with the records")
    time = time_words(glance.clock_doubt.astimezone())
    return Tone.WARN, _("stands before {time}, when something was recorded").format(time=time)
