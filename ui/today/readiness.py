"""How ready the point is: sending, clock, disk, tools, who works. What nobody tried is unknown."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.words import _, _n
from ui.cards import Card
from ui.day_words import day_words, time_words
from ui.elided import ElidedLabel
from ui.prints.printers import NamedPrinter, Printers
from ui.side_by_side import HEAD
from ui.sign_button import Sign, SignButton
from ui.sync.end import SyncEnd
from ui.theme import Role, Tone
from ui.today.glance import Glance
from ui.today.tools import DiskRoom, room_words

SYNC, CLOCK, DATA = "readySync", "readyClock", "readyData"
LABELS, PAPERS = "readyLabelPrinter", "readyPaperPrinter"
SCANNER, TYPING = "readyScanner", "readyInputMethod"
BACKUP, WHO = "readyBackup", "readyWho"


class Ready(Struct, frozen=True):
    """How one thing stands, in words."""

    tone: Tone
    words: str


class ReadySource(Struct, frozen=True):
    """Somebody who knows about one row; it is asked off the window's thread at each look."""

    row: str
    ask: Callable[[], Ready]


class Readiness(Card):
    """One chip and a few words for each thing the day depends on; the chip leads there."""

    open_page = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Is everything in order?"))
        self.title.setMinimumHeight(HEAD)
        self._end: SyncEnd | None = None
        self._glance: Glance | None = None
        self.rows = {
            SYNC: self._add(SYNC, _("Sync"), "sync"),
            LABELS: self._add(LABELS, _("Label printer"), "printers"),
            PAPERS: self._add(PAPERS, _("Paper printer"), "printers"),
            SCANNER: self._add(SCANNER, _("Scanner"), "scanner"),
            TYPING: self._add(TYPING, _("Vietnamese input method"), "scanner"),
            CLOCK: self._add(CLOCK, _("Clock"), ""),
            DATA: self._add(DATA, _("Disk"), ""),
            BACKUP: self._add(BACKUP, _("Backup"), "backup"),
            WHO: self._add(WHO, _("Who works"), "settings"),
        }
        self.body.addStretch()

    def say(self, row: str, ready: Ready) -> None:
        """Say how one thing stands."""
        self.rows[row].say(ready.tone, ready.words)

    def show_glance(self, glance: Glance) -> None:
        """Say how sending and the clock stand, and who works."""
        self._glance = glance
        self.rows[SYNC].say(*_sync_words(glance, self._end))
        self.rows[CLOCK].say(*_clock_words(glance))
        self.rows[WHO].say(Tone.OK, glance.who)

    def hear(self, end: SyncEnd) -> None:
        """How the last round of sync ended."""
        self._end = end
        if self._glance is not None:
            self.rows[SYNC].say(*_sync_words(self._glance, end))

    def show_room(self, room: DiskRoom) -> None:
        """Say how much room the disk has."""
        self.rows[DATA].say(*room_words(room))

    def show_printers(self, printers: Printers) -> None:
        """Say where labels and papers go, and whether a label of that printer was read back."""
        labels = printers.named(printers.labels_on)
        self.rows[LABELS].say(*_label_printer_words(labels))
        papers = printers.named(printers.papers_on)
        self.rows[PAPERS].say(*_printer_words(papers))

    def show_printer_problem(self, sentence: str) -> None:
        """Say that nobody can tell where labels and papers go."""
        for row in (LABELS, PAPERS):
            self.rows[row].say(Tone.FAIL, sentence)

    def show_store_problem(self, sentence: str) -> None:
        """Say that the data cannot be read now."""
        self.rows[DATA].say(Tone.FAIL, sentence)

    def _add(self, name: str, word: str, page: str) -> "ReadyRow":
        row = ReadyRow(word, page)
        row.setObjectName(name)
        row.wanted.connect(self.open_page)
        self.body.addWidget(row)
        return row


class ReadyRow(QWidget):
    """The name of a thing in a chip, and how it stands."""

    wanted = Signal(str)  # a page

    def __init__(self, word: str, page: str) -> None:
        super().__init__()
        self._word, self._page = word, page
        self._chip = SignButton(f"chip.{word}")
        self._words = ElidedLabel("", Role.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._words, 1)
        self._chip.clicked.connect(self._want)
        self.say(Tone.UNKNOWN, _("not checked yet"))

    @property
    def tone(self) -> Tone:
        """How it stands."""
        return self._chip.sign.tone

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return self._words.text()

    def say(self, tone: Tone, words: str) -> None:
        """Say how it stands now."""
        self._chip.show_sign(Sign(tone, self._word, words, self._page))
        self._words.setText(words)

    def _want(self) -> None:
        if self._page:
            self.wanted.emit(self._page)


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


def _sync_words(glance: Glance, end: SyncEnd | None) -> tuple[Tone, str]:
    """What needs a person first; offline is a normal state with its own words."""
    if glance.to_settle:
        words = _n("{count} thing to settle", "{count} things to settle", glance.to_settle)
        return Tone.WARN, words.format(count=glance.to_settle)
    waits = _waiting(glance.sync.waiting)
    if end is not None and end.needs:
        return end.tone, end.word
    if end is not None and end.offline_since is not None:
        since = _("no network since {time}").format(time=f"{end.offline_since:%H:%M}")
        return Tone.UNKNOWN, ", ".join(filter(None, (since, waits)))
    if waits:
        return Tone.WARN, waits
    return Tone.OK, _("everything is sent")


def _waiting(count: int) -> str:
    if not count:
        return ""
    words = _n("{count} record waits to be sent", "{count} records wait to be sent", count)
    return words.format(count=count)


def _clock_words(glance: Glance) -> tuple[Tone, str]:
    if glance.clock_doubt is None:
        return Tone.OK, _("agrees with the records")
    time = time_words(glance.clock_doubt.astimezone())
    return Tone.WARN, _("stands before {time}, when something was recorded").format(time=time)
