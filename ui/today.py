"""The point at a glance: figures, what to do next, whether all is in order. No widget."""

from collections import Counter
from datetime import date, datetime

from msgspec import Struct

from station.device import Device, Stage
from station.ledger import Moment
from station.ports import DeviceFilter, PointStore, StageCount, SyncState
from station.reference import Reference, Table
from ui.coded_words import coded
from ui.gate_words import next_step
from ui.theme import Tone

LISTED = 100  # devices of one stage; the figures above the list count all of them

# A pupil without a machine waits first, then the bench, then what only has to be picked up.
TO_DO = (
    Stage.IN_REPAIR_FOR_PUPIL,
    Stage.ON_BENCH,
    Stage.RECEIVED,
    Stage.RESERVED,
    Stage.WITH_SCHOOL,
    Stage.IN_TRANSIT,
)


class Figure(Struct, frozen=True):
    """A count, with the day since when the oldest stands there."""

    devices: int = 0
    oldest_since: date | None = None


class WorkLine(Struct, frozen=True):
    """A device and what it waits for."""

    code: str
    machine: str
    tone: Tone
    step: str
    since: date


class Glance(Struct, frozen=True):
    """Everything today's page shows, as of one moment."""

    stages: dict[Stage, Figure]
    on_hold: int
    hold_reasons: tuple[str, ...]  # words, the most common first
    ready_kinds: tuple[tuple[str, int], ...]  # word and count
    waiting_levels: tuple[tuple[str, int], ...]  # word and count of waiting cases
    work: tuple[WorkLine, ...]
    sync: SyncState
    clock_doubt: datetime | None
    unlabelled: int  # devices whose label is still to stick
    to_settle: int  # disputes and claims that do not count
    expected: int  # donors who registered and did not bring everything yet

    @property
    def is_new(self) -> bool:
        """Nothing was ever received or entered here."""
        return not self.stages and not self.waiting_levels

    def figure(self, stage: Stage) -> Figure:
        """How many stand in a stage."""
        return self.stages.get(stage, Figure())


def look(store: PointStore, when: Moment) -> Glance:
    """Ask the store everything at once."""
    counts = store.stage_counts()
    devices = _devices_to_do(store, counts)
    return Glance(
        stages={count.stage: Figure(count.devices, count.oldest_since) for count in counts},
        on_hold=sum(count.on_hold for count in counts),
        hold_reasons=_hold_reasons(devices, store.reference),
        ready_kinds=_ready_kinds(store),
        waiting_levels=_waiting_levels(store),
        work=tuple(
            _line(device, store.reference, when) for device in devices if device.head is None
        ),
        sync=store.sync_state(),
        clock_doubt=store.clock_doubt(when.at),
        unlabelled=store.count_unlabelled(),
        to_settle=len(store.tasks()),
        expected=len(store.expected_offers()),
    )


def _ready_kinds(store: PointStore) -> tuple[tuple[str, int], ...]:
    counted = (
        (kind.id, store.count_devices(DeviceFilter(stages=(Stage.READY,), kinds=(kind.id,))))
        for kind in store.reference.entries(Table.KINDS)
    )
    return tuple((coded(Table.KINDS, id_, store.reference), n) for id_, n in counted if n)


def _waiting_levels(store: PointStore) -> tuple[tuple[str, int], ...]:
    levels = Counter(case.level for case in store.cases(waiting=True))
    return tuple(
        (coded(Table.LEVELS, level, store.reference), n) for level, n in levels.most_common()
    )


def _devices_to_do(store: PointStore, counts: tuple[StageCount, ...]) -> tuple[Device, ...]:
    """By stage in the order of `TO_DO`, within a stage the oldest first."""
    present = {count.stage for count in counts}
    found: list[Device] = []
    for stage in (stage for stage in TO_DO if stage in present):
        found += store.longest_waiting((stage,), LISTED)
    return tuple(found)


def _hold_reasons(devices: tuple[Device, ...], reference: Reference) -> tuple[str, ...]:
    reasons = Counter(device.hold for device in devices if device.hold)
    return tuple(
        coded(Table.REASONS, reason, reference) for reason, _count in reasons.most_common()
    )


def _line(device: Device, reference: Reference, when: Moment) -> WorkLine:
    tone, step = next_step(device, reference, when)
    machine = device.name or coded(Table.KINDS, device.kind, reference)
    return WorkLine(device.code, machine, tone, step, device.since or when.day)
