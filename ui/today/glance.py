"""The point at a glance: every figure of the page, as of one moment. No widget."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from station.case import Case
from station.device import Stage
from station.ledger import Moment
from station.offer import OVER
from station.ports import HereCount, PointStore, SyncState
from station.reference import Table
from ui.coded_words import coded
from ui.offers.call_lines import CallLine, read_calls
from ui.offers.expected import ExpectedLine, read_expected
from ui.today.begun_lines import begun_lines
from ui.today.levels import Needs, suited
from ui.today.work_lines import TO_DO, WorkLine, work_lines

LONG_WAIT = timedelta(days=30)
MOST_JUDGED = 300  # ready devices whose level is told; with more, the counts by kind do
COUNTED = (*TO_DO, Stage.READY)

Words = tuple[tuple[str, int], ...]  # a word and how many


class Figure(Struct, frozen=True):
    """A count, with the day since when the oldest stands there."""

    devices: int = 0
    oldest_since: date | None = None


class Coming(Struct, frozen=True):
    """What is announced and agreed."""

    today: int = 0  # appointments of today, pick-ups among them
    fetched: int = 0  # of these, those that the point fetches
    late: int = 0  # the day has passed and nothing came
    open: int = 0  # everything that is still expected


class Calls(Struct, frozen=True):
    """Donors to ring."""

    due: int = 0
    oldest: date | None = None  # the day since when the first of them is due


class Cases(Struct, frozen=True):
    """Pupils without a device."""

    waiting: int = 0
    long: int = 0
    levels: Words = ()


class Glance(Struct, frozen=True):
    """Everything today's page shows, as of one moment."""

    day: date
    stages: dict[Stage, Figure]
    holds: Words  # the most common first
    ready_kinds: Words
    ready_levels: Words
    coming: Coming
    calls: Calls
    cases: Cases
    work: tuple[WorkLine, ...]
    sync: SyncState
    clock_doubt: datetime | None
    unlabelled: int  # devices whose label is still to stick
    to_settle: int  # disputes and claims that do not count
    who: str  # works at this desk

    @property
    def is_new(self) -> bool:
        """Nothing was ever received, announced or entered here."""
        return not (self.stages or self.coming.open or self.cases.waiting or self.sync.answered)

    @property
    def on_hold(self) -> int:
        """Devices that wait for something."""
        return sum(count for _word, count in self.holds)

    def figure(self, *stages: Stage) -> Figure:
        """How many stand in these stages, and the oldest of them."""
        found = [self.stages[stage] for stage in stages if stage in self.stages]
        oldest = [one.oldest_since for one in found if one.oldest_since is not None]
        return Figure(sum(one.devices for one in found), min(oldest, default=None))


def look(operator: str, needs: Callable[[], Needs], store: PointStore, when: Moment) -> Glance:
    """Ask the store everything at once."""
    counts = store.here_counts(COUNTED)
    expected = read_expected(store)
    calls = read_calls(when.day, store)
    tasks = len(store.tasks())
    return Glance(
        day=when.day,
        stages=_stages(counts),
        holds=_holds(counts, store),
        ready_kinds=_ready_kinds(counts, store),
        ready_levels=_ready_levels(counts, needs, store, when),
        coming=_coming(expected, when.day),
        calls=_calls(calls),
        cases=_cases(store.cases(waiting=True), store, when.day),
        work=(*begun_lines(store), *work_lines(expected, calls, counts, store, when)),
        sync=store.sync_state(),
        clock_doubt=store.clock_doubt(when.at),
        unlabelled=store.count_unlabelled(),
        to_settle=tasks,
        who=_name(operator, store),
    )


def _stages(counts: Iterable[HereCount]) -> dict[Stage, Figure]:
    found: dict[Stage, list[HereCount]] = {}
    for count in counts:
        found.setdefault(count.stage, []).append(count)
    return {stage: _figure(of_stage) for stage, of_stage in found.items()}


def _figure(counts: list[HereCount]) -> Figure:
    days = [count.oldest_since for count in counts if count.oldest_since is not None]
    return Figure(sum(count.devices for count in counts), min(days, default=None))


def _holds(counts: Iterable[HereCount], store: PointStore) -> Words:
    held = Counter[str]()
    for count in counts:
        if count.hold:
            held[count.hold] += count.devices
    reference = store.reference
    return tuple((coded(Table.REASONS, id_, reference), n) for id_, n in held.most_common())


def _ready_kinds(counts: Iterable[HereCount], store: PointStore) -> Words:
    kinds = Counter[str]()
    for count in counts:
        if count.stage is Stage.READY:
            kinds[count.kind] += count.devices
    return tuple((coded(Table.KINDS, id_, store.reference), n) for id_, n in kinds.most_common())


def _ready_levels(
    counts: Iterable[HereCount], needs: Callable[[], Needs], store: PointStore, when: Moment
) -> Words:
    ready = sum(count.devices for count in counts if count.stage is Stage.READY)
    if not 0 < ready <= MOST_JUDGED:
        return ()
    devices = store.longest_waiting((Stage.READY,), MOST_JUDGED)
    found = suited(devices, needs(), store.reference, when.day)
    return tuple((coded(Table.LEVELS, level, store.reference), n) for level, n in found)


def _coming(expected: Iterable[ExpectedLine], today: date) -> Coming:
    lines = tuple(expected)
    days = [line for line in lines if line.offer.pick_up not in OVER]
    of_today = [line for line in days if line.expected_on == today]
    return Coming(
        today=len(of_today),
        fetched=sum(line.pick_up for line in of_today),
        late=sum(line.expected_on is not None and line.expected_on < today for line in days),
        open=len(lines),
    )


def _calls(calls: tuple[CallLine, ...]) -> Calls:
    days = [line.due or line.call.planned_on for line in calls]
    return Calls(len(calls), min((day for day in days if day is not None), default=None))


def _cases(cases: Iterable[Case], store: PointStore, today: date) -> Cases:
    levels, long = Counter[str](), 0
    for case in cases:
        levels[case.level] += 1
        long += case.entered_on is not None and today - case.entered_on > LONG_WAIT
    told = ((coded(Table.LEVELS, id_, store.reference), n) for id_, n in levels.most_common())
    return Cases(levels.total(), long, tuple(told))


def _name(operator: str, store: PointStore) -> str:
    return next((known.name for known in store.operators() if known.id == operator), operator)
