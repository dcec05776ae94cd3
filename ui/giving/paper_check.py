"""A batch beside its signed paper: what came home was scanned, the rest goes in one step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from station.batches import ConfirmBatch, HomeLine
from station.reference import Table
from station.words import _, _n
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.giving.handover_lists import GivenLine
from ui.giving.paper_draft import PAPER_FORM, BatchHome, PaperDraft
from ui.giving.school_lines import Batch
from ui.theme import Tone


class PaperCheck:
    """What the clerk has said of a batch so far; nothing of it is recorded before the one step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.batch: Batch | None = None
        self._scanned: dict[str, dict[str, str]] = {}  # batch → device → why it came home

    def know(self, batches: Sequence[Batch]) -> bool:
        """What is out now. Whether a scan was forgotten, as its line is recorded by now."""
        before = {batch: home for batch, home in self._scanned.items() if home}
        opened = {one.code: self._still_open(one) for one in batches}
        self._scanned = {batch: home for batch, home in opened.items() if home}
        return self._scanned != before

    def begin(self, batch: Batch | None) -> None:
        """Take up a batch, or none.

        What was scanned of the others waits: whoever looks at another batch must not find that
        what came home counts as signed afterwards.
        """
        self.batch = batch

    @property
    def unsaid(self) -> tuple[GivenLine, ...]:
        """The lines that the one step is about."""
        return self.batch.unsaid if self.batch else ()

    @property
    def home(self) -> tuple[str, ...]:
        """What of this batch came back, in the order of the scans."""
        return tuple(self._home)

    @property
    def scanned(self) -> tuple[str, ...]:
        """The batches of which something was scanned and is not recorded yet."""
        return tuple(batch for batch, home in self._scanned.items() if home)

    def scan_again(self, batch: str, home: Iterable[HomeLine]) -> None:
        """Of a batch that is open again, these lie at the point all the same."""
        self._scanned[batch] = {line.device: line.result for line in home}

    def bring_home(self, device: str, result: str) -> bool:
        """A device came back; False where its line is not open."""
        if self.batch is None or all(line.device.code != device for line in self.unsaid):
            return False
        self._scanned.setdefault(self.batch.code, {})[device] = result
        return True

    def take_off(self, device: str) -> None:
        """It did not come back after all."""
        for scanned in self._scanned.values():
            scanned.pop(device, None)

    def draft(self, at: datetime) -> PaperDraft | None:
        """What a power cut would take away, the batch at hand first; None without any scan."""
        own = self.batch.code if self.batch else ""
        first, *others = sorted(self.scanned, key=lambda batch: batch != own) or ("",)
        if not first:
            return None
        return PaperDraft(
            at=at,
            batch=first,
            home=_lines(self._scanned[first]),
            others=tuple(BatchHome(batch, _lines(self._scanned[batch])) for batch in others),
        )

    def command(self) -> ConfirmBatch | None:
        """Everything that was seen on the paper; None where nothing is open."""
        if self.batch is None or not self.unsaid:
            return None
        home = self._home
        signed = tuple(line.device.code for line in self.unsaid if line.device.code not in home)
        alone = set(self.scanned) <= {self.batch.code}
        return ConfirmBatch(
            batch=self.batch.code,
            signed=signed,
            home=_lines(home),
            draft=PAPER_FORM.place() if alone else None,  # else it holds what is not recorded yet
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

    @property
    def _home(self) -> dict[str, str]:
        return self._still_open(self.batch) if self.batch else {}

    def _still_open(self, batch: Batch) -> dict[str, str]:
        open_now = {line.device.code for line in batch.unsaid}
        scanned = self._scanned.get(batch.code, {})
        return {device: why for device, why in scanned.items() if device in open_now}


def _lines(home: Mapping[str, str]) -> tuple[HomeLine, ...]:
    return tuple(HomeLine(device, why) for device, why in home.items())


def batch_of(batches: Sequence[Batch], code: str | None) -> Batch | None:
    """The batch with this code, while it has open lines."""
    return next((batch for batch in batches if batch.code == code), None)
