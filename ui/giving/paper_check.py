"""A batch beside its signed paper: what came home was scanned, the rest goes in one step."""

from collections.abc import Sequence
from datetime import datetime

from station.batches import ConfirmBatch, HomeLine
from station.reference import Table
from station.words import _, _n
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.giving.handover_lists import GivenLine
from ui.giving.paper_draft import PaperDraft, paper_place
from ui.giving.school_lines import Batch
from ui.theme import Tone


class PaperCheck:
    """What the clerk has said of a batch so far; nothing of it is recorded before the one step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.batch: Batch | None = None
        self._home: dict[str, str] = {}

    def begin(self, batch: Batch | None) -> None:
        """Take up a batch; the same one read again keeps what was scanned of it."""
        if batch is None or self.batch is None or batch.code != self.batch.code:
            self._home.clear()
        self.batch = batch
        open_now = {line.device.code for line in self.unsaid}
        self._home = {code: why for code, why in self._home.items() if code in open_now}

    @property
    def unsaid(self) -> tuple[GivenLine, ...]:
        """The lines that the one step is about."""
        return self.batch.unsaid if self.batch else ()

    @property
    def home(self) -> tuple[str, ...]:
        """What came back, in the order of the scans."""
        return tuple(self._home)

    def bring_home(self, device: str, result: str) -> bool:
        """A device came back; False where its line is not open."""
        if all(line.device.code != device for line in self.unsaid):
            return False
        self._home[device] = result
        return True

    def take_off(self, device: str) -> None:
        """It did not come back after all."""
        self._home.pop(device, None)

    def draft(self, at: datetime) -> PaperDraft | None:
        """What a power cut would take away; None when nothing was scanned."""
        if self.batch is None or not self._home:
            return None
        home = tuple(HomeLine(device, why) for device, why in self._home.items())
        return PaperDraft(at=at, batch=self.batch.code, home=home)

    def command(self) -> ConfirmBatch | None:
        """Everything that was seen on the paper; None where nothing is open."""
        if self.batch is None or not self.unsaid:
            return None
        signed = [line.device.code for line in self.unsaid if line.device.code not in self._home]
        home = tuple(HomeLine(device, why) for device, why in self._home.items())
        return ConfirmBatch(
            batch=self.batch.code, signed=tuple(signed), home=home, draft=paper_place()
        )

    def summary(self) -> str:
        """The one look: "38 have signed, 2 devices came back"."""
        if self.batch is None:
            return ""
        home = len(self._home)
        signed = len(self.unsaid) - home
        parts = [
            _n("{count} pupil signed", "{count} pupils signed", signed).format(count=signed),
            _n("{count} device came back", "{count} devices came back", home).format(count=home),
        ]
        earlier = len(self.batch.lines) - len(self.unsaid)
        if earlier:
            told = _n("{count} line left open", "{count} lines left open", earlier)
            parts.append(told.format(count=earlier))
        return ", ".join(parts)

    def step(self, line: GivenLine) -> tuple[Tone, str]:
        """How a line stands: said before, came back, or to be confirmed; with its age."""
        device, today = line.device, self._desk.now().day
        if device.undelivered:
            since = device.undelivered_on or device.since
            age = age_words(since, today) if since else ""
            word = coded(Table.DELIVERIES, device.undelivered, self._desk.reference)
            return Tone.WARN, " · ".join(part for part in (word, age) if part)
        if device.code in self._home:
            word = coded(Table.DELIVERIES, self._home[device.code], self._desk.reference)
            return Tone.FAIL, _("came back: {result}").format(result=word.lower())
        if self.batch is not None:
            return Tone.UNKNOWN, _("signed, to be confirmed")
        age = age_words(device.since, today) if device.since else ""
        return Tone.UNKNOWN, _("waits for the paper, {age}").format(age=age)


def batch_of(batches: Sequence[Batch], code: str | None) -> Batch | None:
    """The batch with this code, while it has open lines."""
    return next((batch for batch in batches if batch.code == code), None)
