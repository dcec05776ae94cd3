"""What waits for a person: reports on this PC that no event names, and those laptops hold ready."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from diagnostics.endings import UnreadableReport
from diagnostics.shelf import Arrival, Shelf, Way
from station.machine import Machine, System
from station.ports import PointStore
from station.words import _
from ui.desk import Desk
from ui.reports.diagnosing import KeptReport, kept_report
from ui.reports.receiving import Receiving
from ui.reports.suggestions import Suggest, Suggestion

if TYPE_CHECKING:
    from sync.lan_desk import WaitingReport

MOST_SHOWN: Final = 64
MOST: Final = 200  # the newest; a point with more has another problem than this list


@dataclass(frozen=True)
class InboxLine:
    """One report that waits."""

    digest: str
    machine: str  # maker and model; "" when the report does not say
    serial: str
    short_form: str
    way: Way | None = None  # None: a laptop holds it ready, or the note of its arrival is lost
    at: datetime | None = None
    on_laptop: bool = False
    facts: Machine | None = None  # what is known of the machine; None: nothing can be read
    kept: KeptReport | None = None  # None: on a laptop, or the file cannot be read
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def damaged(self) -> bool:
        """It lies here and cannot be read."""
        return self.kept is None and not self.on_laptop


def way_words(line: InboxLine) -> str:
    """How a report came, as the list says it."""
    if line.on_laptop:
        return _("On the laptop")
    if line.way is None:
        return "–"
    return {
        Way.HERE: _("This PC"),
        Way.FILE: _("File"),
        Way.LAN: _("Network"),
    }[line.way]


class InboxReader(QObject):
    """Reads files beside the window and asks the store; what was once named or read stays known."""

    counted = Signal(int)

    def __init__(self, desk: Desk, receiving: Receiving, shelf: Shelf, suggest: Suggest) -> None:
        super().__init__()
        self.desk, self.receiving, self.shelf, self.suggest = desk, receiving, shelf, suggest
        self.named: set[str] = set()
        self._known: dict[str, InboxLine] = {}
        self._latest: _Reading | None = None

    def read(
        self,
        done: Callable[[tuple[InboxLine, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Everything that waits, the newest first; only the latest question is answered."""

        def answer(reading: "_Reading", lines: tuple[InboxLine, ...]) -> None:
            if reading is self._latest:
                self.counted.emit(len(lines))
                done(lines)

        self._latest = _Reading(self, answer, failed)
        self._latest.begin()

    def count(self) -> None:
        """Count them for another page; what goes wrong is said where they are listed."""
        self.read(lambda _lines: None, lambda _error: None)

    def lines_of(self, digests: Collection[str]) -> tuple[InboxLine, ...]:
        """Runs beside the window: the short form alone takes a tenth of a second each."""
        arrived = {digest: self.shelf.arrival_of(digest) for digest in digests}
        newest = sorted(digests, key=lambda digest: (-_at_ms(arrived[digest]), digest))[:MOST]
        for digest in newest:
            if digest not in self._known or self._known[digest].damaged:  # it may have been mended
                self._known[digest] = _line(self.shelf, digest, arrived[digest])
        return tuple(self._known[digest] for digest in newest)


class _Reading:
    """One question, from the files to the store, to the files and to the store again."""

    def __init__(
        self,
        reader: InboxReader,
        done: "Callable[[_Reading, tuple[InboxLine, ...]], None]",
        failed: Callable[[Exception], None],
    ) -> None:
        self._reader, self._done, self._failed = reader, done, failed
        self._digests: frozenset[str] = frozenset()

    def begin(self) -> None:
        reader = self._reader
        reader.receiving.run(reader.shelf.digests, self._ask_names, self._failed)

    def _ask_names(self, digests: frozenset[str]) -> None:
        self._digests = digests
        ask = partial(_named, digests - self._reader.named)
        self._reader.desk.ask(ask, self._read, self._failed, owner=self._reader)

    def _read(self, named: frozenset[str]) -> None:
        reader = self._reader
        reader.named |= named
        read = partial(reader.lines_of, self._digests - reader.named)
        reader.receiving.run(read, self._ask_suggestions, self._failed)

    def _ask_suggestions(self, lines: tuple[InboxLine, ...]) -> None:
        laptops = map(_laptop_line, self._reader.receiving.waiting)
        ask = partial(_suggested, self._reader.suggest, (*laptops, *lines))
        self._reader.desk.ask(ask, self._answer, self._failed, owner=self._reader)

    def _answer(self, lines: tuple[InboxLine, ...]) -> None:
        self._done(self, lines)


def _at_ms(arrival: Arrival | None) -> int:
    return arrival.at_ms if arrival else 0


def _named(digests: Collection[str], store: PointStore) -> frozenset[str]:
    named = store.named_reports([bytes.fromhex(digest) for digest in digests])
    return frozenset(report.hex() for report in named)


def _suggested(
    suggest: Suggest, lines: Iterable[InboxLine], store: PointStore
) -> tuple[InboxLine, ...]:
    return tuple(
        replace(line, suggestions=suggest(store, line.facts)) if line.facts else line
        for line in lines
    )


def _line(shelf: Shelf, digest: str, arrival: Arrival | None) -> InboxLine:
    from sync.pairing import short_form  # noqa: PLC0415 -- only where reports wait

    try:
        kept = kept_report(shelf, digest)
    except (UnreadableReport, OSError):
        kept = None
    system = kept.report.machine.system if kept else None
    return InboxLine(
        digest=digest,
        machine=_joined((system.manufacturer, system.model)) if system else "",
        serial=_plain(system.serial_number) if system else "",
        short_form=short_form(bytes.fromhex(digest)),
        way=arrival.way if arrival else None,
        at=datetime.fromtimestamp(arrival.at_ms / 1000).astimezone() if arrival else None,
        facts=kept.report.machine if kept else None,
        kept=kept,
    )


def _laptop_line(waiting: "WaitingReport") -> InboxLine:
    return InboxLine(
        digest=waiting.digest.hex(),
        machine=_joined((waiting.maker, waiting.model)),
        serial=waiting.serial or "",
        short_form=waiting.short_form,
        on_laptop=True,
        facts=Machine(
            system=System(
                manufacturer=waiting.maker, model=waiting.model, serial_number=waiting.serial
            )
        ),
    )


def _joined(parts: Sequence[str | None]) -> str:
    return " ".join(filter(None, map(_plain, parts)))


def _plain(text: str | None) -> str:
    """A file may say anything of its machine: one line of it is shown."""
    return "".join(c for c in text[:MOST_SHOWN] if c.isprintable()) if text else ""
