"""What the handover page works on: who waits, what is ready, promised, at school or given."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache

from msgspec import Struct

from station.case import Case
from station.device import Device, Stage
from station.matching import LevelNeed
from station.people import Content, Pupil
from station.ports import DeviceFilter, PointStore
from ui.item_words import item_name

READY_LISTED = 500
OPEN_LISTED = 5_000  # more than are ever out: of a batch that is confirmed at once none may lack
Pupils = Mapping[bytes, Content]
STILL_HERE = frozenset({Stage.RECEIVED, Stage.ON_BENCH, Stage.READY, Stage.IN_TRANSIT})
GIVEN_LISTED = 200  # the newest; a scan finds every other


class Origin(Enum):
    """Where a waiting case comes from."""

    DEPARTMENT = "department"
    BY_HAND = "by-hand"


class CaseLine(Struct, frozen=True):
    """A pupil's case and since when it waits."""

    case: Case
    pupil: Pupil
    since: date | None  # None: nobody said
    origin: Origin = Origin.BY_HAND
    gifts: tuple[Device, ...] = ()  # of donors who chose this pupil, and not given yet


class GivenLine(Struct, frozen=True):
    """A device, or the set it heads, and the pupil it is kept for or was given to."""

    device: Device
    case: Case
    pupil: Pupil

    @property
    def codes(self) -> tuple[str, ...]:
        """Every device of it."""
        return (self.device.code, *self.device.members)

    @property
    def school(self) -> str | None:
        """The school it was given to, or that the pupil attends."""
        return self.device.school or self.case.school


class HandoverLists(Struct, frozen=True):
    """One reading of everything the page shows."""

    waiting: tuple[CaseLine, ...]
    ready: tuple[Device, ...]
    promised: tuple[GivenLine, ...]
    at_school: tuple[GivenLine, ...]
    given: tuple[GivenLine, ...]
    shelves: Mapping[str, str] = {}  # names by code
    needs: Mapping[str, LevelNeed] = {}  # by school level


def read_lists(store: PointStore) -> HandoverLists:
    """Ask the store everything the page shows."""
    waiting = store.cases(waiting=True)
    pupils = store.contents([case.pupil for case in waiting if case.pupil])
    return HandoverLists(
        waiting=tuple(_case_line(store, case, pupils) for case in waiting),
        ready=tuple(d for d in store.longest_waiting((Stage.READY,), READY_LISTED) if not d.head),
        promised=_lines(store, _heads(store, Stage.RESERVED, OPEN_LISTED)),
        at_school=_lines(store, _heads(store, Stage.WITH_SCHOOL, OPEN_LISTED)),
        given=_lines(
            store,
            (
                *_heads(store, Stage.IN_REPAIR_FOR_PUPIL, READY_LISTED),
                *_heads(store, Stage.HANDED_OVER, GIVEN_LISTED),
            ),
        ),
        shelves={shelf.code: item_name(shelf, store) for shelf in store.shelves()},
        needs=level_needs(),
    )


@cache
def level_needs() -> Mapping[str, LevelNeed]:
    """What each level asks of a computer, by the policy that reports are judged by."""
    from diagnostics.judge.policy import load  # noqa: PLC0415 -- a start loads no policy

    return {
        level: LevelNeed(rule.memory_least_mib, rule.memory_good_mib, rule.disk_least_gb)
        for level, rule in load().lessons.items()
    }


def given_line(store: PointStore, code: str) -> GivenLine | None:
    """The line of one device, however long ago it was given; of a set, its head's."""
    device = store.device(code)
    if device is not None and device.head is not None:
        device = store.device(device.head)
    lines = _lines(store, (device,)) if device is not None else ()
    return lines[0] if lines else None


def _heads(store: PointStore, stage: Stage, limit: int) -> Iterator[Device]:
    rows = store.devices(DeviceFilter(stages=(stage,)), limit=limit)
    return (row.device for row in rows if row.device.head is None)


def _lines(store: PointStore, devices: Iterable[Device]) -> tuple[GivenLine, ...]:
    """Those that have a case, with whom it is for; all are asked for at once."""
    having = [(device, device.case) for device in devices if device.case is not None]
    known = store.cases_named([code for _device, code in having])
    cases = [known.get(code) or Case(code) for _device, code in having]
    pupils = store.contents([case.pupil for case in cases if case.pupil])
    return tuple(
        GivenLine(device, case, _pupil(case, pupils))
        for (device, _code), case in zip(having, cases, strict=True)
    )


def _case_line(store: PointStore, case: Case, pupils: Pupils) -> CaseLine:
    origin = Origin.DEPARTMENT if case.allotted else Origin.BY_HAND
    gifts = tuple(d for code in case.gifts if (d := store.device(code)) and d.stage in STILL_HERE)
    return CaseLine(case, _pupil(case, pupils), case.entered_on, origin, gifts)


def _pupil(case: Case, pupils: Pupils) -> Pupil:
    """Who it is for; nameless where the row was purged."""
    content = pupils.get(case.pupil) if case.pupil else None
    return content if isinstance(content, Pupil) else Pupil(name="")
