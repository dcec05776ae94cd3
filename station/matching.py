"""Ghép: which ready devices suit a case, and why. A person chooses; nothing here does.

Only what the ledger says counts. What a report did not say is unknown, and stands below what is
known to suffice.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from typing import Final

from msgspec import Struct

from station.case import Case
from station.checks import Outcome
from station.device import Device, Stage
from station.reference import Reference

LESSONS: Final = "fit.lessons"
CAMERA, SOUND, NETWORK = "cam.frames", "aud.loop", "net.wifi"
ONLINE: Final = (CAMERA, SOUND, NETWORK)
GB: Final = 10**9
TABLET: Final = "tablet"


class LevelNeed(Struct, frozen=True):
    """What a pupil of one level needs of a computer."""

    memory_least_mib: int
    memory_good_mib: int
    disk_least_gb: int


class Level(IntEnum):
    """How a device suits the level, the best first."""

    ENOUGH = 0
    OWN_KIND = 1  # a tablet: it is judged by its own checks
    TIGHT = 2
    UNKNOWN = 3
    SMALL = 4
    NO_COMPUTER = 5  # a monitor that stands alone


class Suggestion(Struct, frozen=True):
    """A device and what speaks for it; `rank` sorts, the rest is worded beside it."""

    device: Device
    rank: tuple[int | str, ...]
    level: Level
    chosen_by_donor: bool = False
    of_wanted_kind: bool = True
    memory_mib: int | None = None
    ssd: bool | None = None  # None: nobody knows
    lacking: tuple[str, ...] = ()  # checks that lessons need and only the kit meets, or nothing
    waits_days: int = 0


def suggestions(
    case: Case,
    devices: Iterable[Device],
    needs: Mapping[str, LevelNeed],
    reference: Reference,
    today: date,
) -> tuple[Suggestion, ...]:
    """The devices that may be kept for this case, the most fitting first.

    By the donor's choice, the kind wanted, the level, what lessons need, having a place on a shelf,
    and how long they wait; the code makes the order one.
    """
    need = needs.get(case.level)
    found = [
        _suggestion(device, case, need, reference, today)
        for device in devices
        if may_be_kept(device, case.code)
    ]
    return tuple(sorted(found, key=lambda one: one.rank))


def may_be_kept(device: Device, case: str) -> bool:
    """Ready, on no hold, here, whole, and no other pupil's by its donor's choice."""
    free = device.stage is Stage.READY and not device.hold and device.lent_to is None
    return free and device.head is None and device.promised in {None, case}


def _suggestion(
    device: Device, case: Case, need: LevelNeed | None, reference: Reference, today: date
) -> Suggestion:
    memory = device.machine.memory_mib if device.machine else None
    level = _level(device, memory, need, reference)
    lacking = tuple(check for check in ONLINE if _lacks(device, check))
    gift = device.promised == case.code
    wanted = case.wants is None or device.kind == case.wants
    waits = max((today - device.since).days, 0) if device.since else 0
    unfit = _is_failed(device, LESSONS)
    ssd = _ssd(device)
    rank = (
        not gift,
        not wanted,
        level.value,
        unfit,
        len(lacking),
        ssd is not True,
        device.grade or "z",
        device.shelf is None,
        -waits,
        device.code,
    )
    return Suggestion(device, rank, level, gift, wanted, memory, ssd, lacking, waits)


def _level(
    device: Device, memory: int | None, need: LevelNeed | None, reference: Reference
) -> Level:
    if device.kind == TABLET:
        return Level.OWN_KIND
    kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
    if kind is not None and not kind.is_computer:
        return Level.NO_COMPUTER
    if kind is None or need is None or memory is None:
        return Level.UNKNOWN
    if memory < need.memory_least_mib or _disk_is_small(device, need):
        return Level.SMALL
    return Level.ENOUGH if memory >= need.memory_good_mib else Level.TIGHT


def _disk_is_small(device: Device, need: LevelNeed) -> bool:
    """Only what is known to be small is; of several disks the largest counts."""
    sizes = [disk.capacity_bytes for disk in device.disks or () if not disk.removed]
    known = [size for size in sizes if size is not None]
    return bool(known) and len(known) == len(sizes) and max(known) < need.disk_least_gb * GB


def _ssd(device: Device) -> bool | None:
    facts = device.machine.disks if device.machine else None
    turning = [fact.rotational for fact in facts or ()]
    if not turning or None in turning:
        return None
    return not all(turning)


def _lacks(device: Device, check: str) -> bool:
    """Whether lessons need something that the device itself was not seen to do."""
    known = device.check(check)
    return known is None or known.stale or known.result.outcome not in {Outcome.PASS, Outcome.WARN}


def _is_failed(device: Device, check: str) -> bool:
    known = device.check(check)
    return known is not None and known.result.outcome is Outcome.FAIL
