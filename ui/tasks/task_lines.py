"""What people must settle, with both sides: read on the store's thread, shown by the page."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from station import documents, events
from station.codes import BadCode, Code, CodeKind, grouped, parse
from station.documents import TASK, SharedTask
from station.fold import POINT
from station.ports import PointStore, TaskRow, TimelineRow
from station.rule_words import RuleWords, rule_words
from station.words import _
from ui.coded_words import place_word
from ui.day_words import time_words
from ui.device_words import device_name
from ui.event_words import event_words

GIVING = {events.HandedOver.__name__, events.HandoverConfirmed.__name__}

Rows = Mapping[bytes, TimelineRow]


class Side(Struct, frozen=True):
    """What one point recorded; `what` is empty where its record did not come here."""

    point: str  # its name, "" for an unknown one
    what: str = ""
    at: datetime | None = None
    by: str = ""  # of this point's own operators

    @property
    def second(self) -> str:
        """When it was recorded, and by whom."""
        when = time_words(self.at) if self.at else ""
        return " · ".join(part for part in (when, self.by) if part)


class TaskLine(Struct, frozen=True):
    """One thing to settle."""

    task: TaskRow
    name: str  # of the device or case it is about
    rule: RuleWords
    ours: Side
    theirs: Side
    at: datetime | None  # when the later of both was recorded

    @property
    def key(self) -> str:
        """What the list knows it by."""
        return self.task.event.hex()

    @property
    def subject(self) -> Code | None:
        """What it is about, where it is a code."""
        try:
            return parse(self.task.subject)
        except BadCode:
            return None

    @property
    def code(self) -> str:
        """The code as people read it."""
        return grouped(self.subject.text) if self.subject else self.task.subject

    @property
    def devices(self) -> tuple[str, ...]:
        """The device to be opened, where it is about one."""
        code = self.subject
        return (code.text,) if code and code.kind is CodeKind.DEVICE else ()


def read_tasks(store: PointStore, today: date) -> tuple[TaskLine, ...]:
    """Everything nobody settled yet, the newest first."""
    reader = _Reader(store, today)
    return tuple(reader.line(task) for task in store.tasks())


class _Reader:
    """Finds both events of each task among what happened to the codes they name."""

    def __init__(self, store: PointStore, today: date) -> None:
        self._store, self._reference, self._today = store, store.reference, today
        self._station = store.standing().chain.station
        self._names = {known.id: known.name for known in store.operators()}

    def line(self, task: TaskRow) -> TaskLine:
        rows = self._rows(task)
        first, second = self._side(rows.get(task.event)), self._side(rows.get(task.other))
        ours, theirs = (first, second) if task.own else (second, first)
        ours = ours or Side(self._point(self._station, self._today))
        theirs = theirs or self._told(task)
        times = [side.at for side in (ours, theirs) if side.at]
        return TaskLine(
            task=task,
            name=self._name(task.subject),
            rule=rule_words(task.rule, task.outcome),
            ours=ours,
            theirs=theirs,
            at=max(times, default=None),
        )

    def _rows(self, task: TaskRow) -> Rows:
        """The other event may be about another device of the same case."""
        found = _by_hash(self._store.timeline(task.subject))
        if {task.event, task.other} <= found.keys():
            return found
        for code in tuple(_named(found.values(), task)):
            found |= _by_hash(self._store.timeline(code))
        return found

    def _side(self, row: TimelineRow | None) -> Side | None:
        if row is None:
            return None
        header = row.event.header
        own = header.chain.station == self._station
        return Side(
            point=self._point(header.chain.station, header.day),
            what=event_words(row, self._reference),
            at=header.at,
            by=self._names.get(row.by, row.by) if own else "",
        )

    def _told(self, task: TaskRow) -> Side:
        """The service said whose record it is."""
        document = self._store.document(TASK, task.event.hex())
        said = documents.read(document) if document else None
        if not isinstance(said, SharedTask):
            return Side("")
        station = said.other_station if task.own else said.station
        return Side(self._point(station, self._today) if station else "")

    def _point(self, station: int, day: date) -> str:
        name = place_word(f"{POINT}{station:03d}", self._reference, day)
        return _("point {number} · {name}").format(number=f"{station:03d}", name=name)

    def _name(self, subject: str) -> str:
        device = self._store.device(subject)
        return device_name(device, self._reference) if device else ""


def _by_hash(rows: Iterable[TimelineRow]) -> dict[bytes, TimelineRow]:
    return {row.event.hash: row for row in rows}


def _named(rows: Iterable[TimelineRow], task: TaskRow) -> Iterator[str]:
    """The codes that the event known here names."""
    for row in rows:
        if row.event.hash in (task.event, task.other) and row.event.said is not None:
            yield from row.event.said.mentions()


def outcome_word(task: TaskRow) -> str:
    """What the service says of the record, in a chip."""
    return {
        events.VOID: _("Does not count"),
        events.DISPUTED: _("Contradicts another record"),
        events.REJECTED: _("Not accepted"),
    }.get(task.outcome, task.outcome)


def decisions(task: TaskRow) -> tuple[str, ...]:
    """What may be decided: only a device that was given can be taken back or assigned."""
    if task.outcome == events.DISPUTED and task.kind in GIVING:
        return ("leave", "recover", "assign", "noted")
    return ("noted", "leave") if task.outcome == events.DISPUTED else ("noted",)
