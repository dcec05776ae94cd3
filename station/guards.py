"""What may be said at all: the same for an act and for the correction of one.

Each guard raises the named refusal, or UnknownReference for a word that is in no table.
"""

from datetime import date, timedelta

from station import events as e
from station import refusals
from station.checks import CheckResult, Outcome
from station.codes import BadCode, CodeKind, parse
from station.device import Device, Stage
from station.labelled import SHELF, ItemRole
from station.notes import optional_serial
from station.operators import Operator
from station.ports import Work
from station.reference import (
    Organisation,
    OrganisationKind,
    ReasonUse,
    Reference,
    ReleaseRules,
    Table,
    UnknownReference,
)

MOST_PARTS = 100_000  # of one item
MOST_AT_ONCE = 1_000  # things turned away on one visit
MOST_ANNOUNCED = 10_000  # devices of one kind under one offer
FARTHEST = timedelta(days=400)  # ahead; farther off, somebody mistyped the year
COMMUNES = frozenset({"commune", "ward", "township"})


def code_for(work: Work, kind: CodeKind, printed: str | None) -> str:
    """The code that was printed before, where nothing has it yet; else the next one.

    Raises BadCode, NotOurCode, CodeInUse or NotOnLaptop.
    """
    if printed is None:
        return work.next_code(kind)
    if work.laptop:
        raise refusals.NotOnLaptop
    code = parse(printed)
    if code.kind is not kind or code.point != work.station:
        raise refusals.NotOurCode(printed)
    device = kind is CodeKind.DEVICE
    if work.find_device(printed) is not None if device else not work.is_new(printed):
        raise refusals.CodeInUse(printed)
    return printed


def guard_serial(work: Work, serial: str | None, maker: str | None, own: str | None) -> None:
    """One live device for each serial number of a maker."""
    if serial is None:
        return
    holder = work.holder_of_serial(serial, maker)
    if holder is not None and holder.code != own:
        raise refusals.SerialInUse(serial, holder.code)


def guard_kind(
    reference: Reference, device: Device, kind: str | None, by: Operator, day: date
) -> None:
    """Only a lead may call a device something of which the gate asks less.

    A clerk who chose the wrong kind of computer puts it right before the bench has begun.
    """
    if kind is None or kind == device.kind:
        return
    if device.members and not reference.kind(kind).is_computer:
        raise refusals.CannotHeadSet(device.code, kind)
    policy = reference.release_policy(day)
    before, after = policy.rules(device.kind), policy.rules(kind)
    fewer_checks = set(before.checks) - set(after.checks)
    if _switches(before) - _switches(after) or (
        fewer_checks and device.stage is not Stage.RECEIVED
    ):
        by.require()


def _switches(rules: ReleaseRules) -> set[str]:
    return {name for name in ("erasure", "system", "grade") if getattr(rules, name)}


def guard_hand_check(reference: Reference, kind: str, result: CheckResult, day: date) -> None:
    """A person may judge what the policy names; what the device has is no opinion."""
    rules = reference.release_policy(day).rules(kind)
    told = result.outcome is not Outcome.NOT_APPLICABLE
    if not told or result.check not in rules.by_hand:
        raise refusals.HandEntryNotAllowed(result.check)


def guard_defect(reference: Reference, said: e.DefectFound) -> None:
    """A defect, a place and a severity of the tables."""
    reference.entry(Table.DEFECTS, said.defect)
    reference.entry(Table.ZONES, said.zone)
    reference.entry(Table.SEVERITIES, said.severity)


def guard_disk(code: str, disk: e.DiskId) -> None:
    """An erasure is bound to one physical disk."""
    if not (optional_serial(disk.serial) or optional_serial(disk.wwn)):
        raise refusals.DiskNotNamed(code)


def guard_verified(permille: int) -> None:
    """How much of a disk was read back: a thousand thousandths at most."""
    if not 0 <= permille <= 1_000:
        raise refusals.ImpossibleCount(permille)


def guard_system(reference: Reference, kind: str, system: str, licence: str) -> None:
    """A system that runs on this kind of device, under a licence that gives the right to it."""
    known = reference.system(system)
    if kind not in known.kinds:
        raise refusals.SystemDoesNotFit(known.id, kind)
    if reference.entry(Table.LICENCES, licence).id not in known.licences:
        raise refusals.LicenceDoesNotFit(known.id, licence)


def kit_missing(
    reference: Reference, kind: str, present: tuple[str, ...], day: date
) -> tuple[str, ...]:
    """What should lie beside the device and is not among what does."""
    for item in present:
        reference.kit_item(item)
    wanted = reference.release_policy(day).rules(kind).kit
    return tuple(item for item in wanted if item not in present)


def guard_grade(reference: Reference, grade: str, reason: str | None) -> None:
    """A grade of the table, and a reason where it is not the proposed one."""
    reference.entry(Table.GRADES, grade)
    if reason is not None:
        reference.reason(ReasonUse.GRADE, reason)


def guard_school(reference: Reference, school: str, day: date) -> None:
    """Devices of a batch, and pupils, are a school's."""
    if reference.organisation(school, day).kind is not OrganisationKind.SCHOOL:
        raise refusals.NotASchool(school)


def guard_destination(reference: Reference, place: str, day: date) -> None:
    """Devices travel between points and those that run them; a school takes a batch."""
    known = reference.place(place, day)
    if isinstance(known, Organisation) and known.kind is OrganisationKind.SCHOOL:
        raise refusals.SchoolTakesBatches(place)


def guard_case(reference: Reference, said: e.CaseEntered, day: date) -> None:
    """The level, school, commune and kind of device of a pupil's case."""
    reference.entry(Table.LEVELS, said.level)
    if said.school is not None:
        guard_school(reference, said.school, day)
    if said.unit is not None and reference.unit(said.unit, day).kind not in COMMUNES:
        raise refusals.NotACommune(said.unit)
    if said.wants is not None:
        reference.kind(said.wants)


def guard_refused(reference: Reference, kind: str, reason: str, count: int) -> None:
    """Something was turned away: what, why and how many."""
    guard_count(count, least=1, most=MOST_AT_ONCE)
    reference.kind(kind)
    reference.reason(ReasonUse.REFUSE, reason)


def guard_item(reference: Reference, role: ItemRole, item: str) -> None:
    """The coded word of something that gets a label of its own; a shelf has only one."""
    match role:
        case ItemRole.ACCESSORY:
            reference.kit_item(item)
        case ItemRole.PART:
            reference.part(item)
        case ItemRole.SHELF:
            if item != SHELF:
                raise UnknownReference("shelves", item)


def guard_count(count: int | None, *, least: int, most: int = MOST_PARTS) -> None:
    """A number of things that can lie at a point."""
    if count is None or not least <= count <= most:
        raise refusals.ImpossibleCount(count)


def guard_planned(work: Work, day: date | None) -> None:
    """A day on which something is to happen: within the programme, and in sight."""
    if day is None:
        return
    if day < work.reference.programme.began_on:
        raise refusals.BeforeTheProgramme(day)
    if day > work.when.day + FARTHEST:
        raise refusals.TooFarAhead(day)


def guard_offer(offer: str | None) -> None:
    """The donor's own code, whole and of the right kind; raises NotAnOffer."""
    if offer is None:
        return
    try:
        known = parse(offer)
    except BadCode as error:
        raise refusals.NotAnOffer(offer) from error
    if known.kind is not CodeKind.OFFER:
        raise refusals.NotAnOffer(offer)
