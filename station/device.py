"""A device, as the fold over its events. The one table of stages stands here.

`fold` believes every event: what happened cannot be refused. Whether an act is allowed now is
asked beforehand, by the use cases, with `Device.require`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, structs

from station import events as e
from station.checks import CheckResult, Outcome
from station.ledger import ChainId
from station.refusals import (
    GivenAsWaste,
    LentToLaptop,
    NotInThisStage,
    OnHold,
    Refusal,
    WrongCase,
)


class Stage(StrEnum):
    """Where a device stands on its way from donor to pupil."""

    RECEIVED = "received"
    ON_BENCH = "on_bench"
    READY = "ready"
    RESERVED = "reserved"
    WITH_SCHOOL = "with_school"
    HANDED_OVER = "handed_over"
    IN_REPAIR_FOR_PUPIL = "in_repair_for_pupil"
    IN_TRANSIT = "in_transit"
    RETIRED = "retired"


class CheckSource(StrEnum):
    """How a check's outcome is known."""

    MEASURED = "measured"
    HAND = "hand"


NOT_LOOKED = frozenset({"wifi_not_measured"})
"""Reasons of an "unknown" by which nobody looked: reading the facts alone scans for no network."""


class Check(Struct, frozen=True, omit_defaults=True):
    """The latest outcome of one check; stale when later work touched what it checked."""

    result: CheckResult
    source: CheckSource
    stale: bool = False


class DiskState(Struct, frozen=True, omit_defaults=True):
    """An internal disk the device has or had, and what became of the data on it."""

    serial: str | None = None
    wwn: str | None = None
    model: str | None = None
    capacity_bytes: int | None = None
    erased_by: str | None = None  # method; None = not erased
    erased_at: int = 0  # the device's event count at that time
    failed: bool = False  # the last attempt to erase did not pass
    removed: bool = False

    def is_disk(self, serial: str | None, wwn: str | None) -> bool:
        """Whether these witnesses name this disk."""
        return bool((wwn and wwn == self.wwn) or (serial and serial == self.serial))

    @property
    def clean(self) -> bool:
        """No data of a donor can leave with it."""
        return self.removed or self.erased_by is not None


class Defect(Struct, frozen=True):
    """Something wrong at a place of the device."""

    defect: str
    zone: str
    severity: str


class OpenCall(Struct, frozen=True, omit_defaults=True):
    """What the donor must still be asked."""

    about: str
    due: date | None = None  # None: at once
    tries: int = 0  # days on which nobody was reached
    planned_on: date | None = None
    tried_on: date | None = None


def first_due(calls: tuple[OpenCall, ...]) -> date | None:
    """The earliest day of these calls; one that is due at once counts from when it was planned."""
    return min((call.due or call.planned_on or date.min for call in calls), default=None)


class SystemState(Struct, frozen=True):
    """The operating system last put on."""

    system: str
    licence: str
    first_boot_seen: bool
    installed_at: int  # the device's event count at that time


class Device(Struct, frozen=True, omit_defaults=True):
    """Everything the station knows about one device. Derived; never edited."""

    code: str
    stage: Stage = Stage.RECEIVED
    kind: str = ""
    maker: str | None = None
    model: str | None = None
    serial: str | None = None
    serial_confirmed: bool = False
    condition: str | None = None
    locks: tuple[str, ...] = ()
    data_wish: str = "erase"
    hold: str | None = None  # reason
    place: str = ""  # point or organisation id; "" = on the way
    lot: str | None = None
    donor: bytes | None = None  # people row
    kit: tuple[str, ...] = ()
    kit_missing: tuple[str, ...] | None = None  # None: not checked yet
    checks: tuple[Check, ...] = ()
    disks: tuple[DiskState, ...] | None = None  # None: nobody could read them yet
    disks_read: bool = False  # a report listed them; else nobody knows how many there are
    disks_changed_at: int = 0  # the device's event count when one last came or went by hand
    system: SystemState | None = None
    machine: e.MachineFact | None = None
    fitted: tuple[str, ...] = ()  # parts put in, in order
    grade: str | None = None
    released: e.MadeReady | None = None
    head: str | None = None  # the set it belongs to
    members: tuple[str, ...] = ()  # of the set it heads
    case: str | None = None
    reserved_by: bytes | None = None  # hash of the reservation that counts
    school: str | None = None
    undelivered: str | None = None  # with a school: absent, undelivered, left out
    undelivered_on: date | None = None
    batch: str | None = None  # in which a school took it
    erasure_consent: bool = False
    sent_from: Stage | None = None
    labels: int = 0  # printed
    preprinted: bool = False  # received under a label that was on it before
    shelf: str | None = None  # where it lies
    given_as_waste: bool = False  # retired, and no longer here
    lent_to: ChainId | None = None  # a laptop took it along: it rests here
    technician: str | None = None  # operator's id: who works at it
    defects: tuple[Defect, ...] = ()
    calls: tuple[OpenCall, ...] = ()
    secrets: tuple[tuple[str, bytes], ...] = ()  # what it opens, people row
    promised: str | None = None  # the case its donor chose
    packed: bool = False  # it lies ready for its pupil, kit and all
    unchecked: bool = False  # given past the point, which tested nothing
    mistaken: bool = False  # its intake was taken back: it never was here
    awaits_history: bool = False  # it arrived, and what happened before did not come yet
    received_on: date | None = None
    since: date | None = None  # in this stage
    count: int = 0  # events folded
    last: bytes = b""  # hash of the last event of this subject
    known: bool = False  # it was received, or arrived

    @property
    def name(self) -> str:
        """Maker and model as one line; empty when neither is known."""
        return " ".join(part for part in (self.maker, self.model) if part)

    def check(self, check: str) -> Check | None:
        """The latest outcome of a check, if it was ever tried."""
        return next((known for known in self.checks if known.result.check == check), None)

    def case_code(self) -> str:
        """The case it is kept for or given to; raises WrongCase when there is none."""
        if self.case is None:
            raise WrongCase(self.code, None, None)
        return self.case

    def require(self, kind: type[e.Said]) -> None:
        """Raise the named refusal where this event must not be recorded now."""
        if self.lent_to is not None:
            raise LentToLaptop(self.code, self.lent_to)
        allowed = ALLOWED[kind]
        if self.stage not in allowed:
            raise NotInThisStage(self.code, self.stage, tuple(allowed))
        if self.hold and kind in HELD_BACK:
            raise OnHold(self.code, self.hold)
        if self.given_as_waste and kind in OF_WHAT_IS_HERE:
            raise GivenAsWaste(self.code)

    @property
    def call_due(self) -> date | None:
        """When its donor must be rung; None where nobody must, or it is no longer ours to ask."""
        return first_due(self.calls) if self.stage in ALLOWED[e.CallMade] else None

    def allows(self, kind: type[e.Said]) -> bool:
        """Whether this event may be recorded now."""
        try:
            self.require(kind)
        except Refusal:
            return False
        return True

    @property
    def needs_label(self) -> bool:
        """It is at a point, and nobody printed, wrote or brought a label for it."""
        labelled = self.labels or self.preprinted or self.awaits_history  # by where it comes from
        return self.known and self.stage in _HERE and not labelled


S = Stage
_AT_POINT = frozenset({S.RECEIVED, S.ON_BENCH, S.READY, S.RESERVED})
_IN_WORK = frozenset({S.ON_BENCH, S.IN_REPAIR_FOR_PUPIL})
_HERE = _AT_POINT | {S.IN_REPAIR_FOR_PUPIL}
_LIVE = frozenset(set(Stage) - {S.RETIRED})

# The one table of stages: from where each event may happen, and where it leads.
ALLOWED: Final[dict[type[e.Said], frozenset[Stage]]] = {
    e.Described: _HERE,
    e.LabelPrinted: frozenset(Stage),
    e.PhotoTaken: frozenset(Stage),
    e.TakenToBench: frozenset({S.RECEIVED, S.READY}),
    e.TakenOver: _IN_WORK,
    e.Noted: frozenset(Stage),
    e.DefectFound: _HERE,
    e.DefectGone: _HERE,
    e.SecretGiven: _HERE,
    e.CallPlanned: _HERE,
    e.CallMade: _HERE | {S.RETIRED},
    e.Packed: frozenset({S.RESERVED}),
    e.Unpacked: frozenset({S.RESERVED}),
    e.EnteredByMistake: frozenset({S.RECEIVED}),
    e.Promised: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.PromiseReleased: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.DirectGiftWithdrawn: frozenset({S.HANDED_OVER}),
    e.HandoverWithdrawn: frozenset({S.HANDED_OVER, S.WITH_SCHOOL}),
    e.LineReopened: frozenset({S.HANDED_OVER, S.WITH_SCHOOL}),
    e.ChecksRecorded: _IN_WORK,
    e.CheckEnteredByHand: _IN_WORK,
    e.ReportLinked: _HERE,
    e.StorageErased: _IN_WORK,
    e.StorageRemoved: _IN_WORK,
    e.SystemInstalled: _IN_WORK,
    e.WorkDone: _IN_WORK,
    e.PartTaken: _IN_WORK | {S.RETIRED},
    e.PartFitted: _IN_WORK,
    e.KitChecked: _HERE,
    e.PutOnHold: _HERE,
    e.Resumed: _HERE,
    e.Graded: _IN_WORK,
    e.MadeReady: frozenset({S.ON_BENCH}),
    e.Joined: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.Parted: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.Reserved: frozenset({S.READY}),
    e.ReservationReleased: frozenset({S.RESERVED}),
    e.HandedOver: frozenset({S.RESERVED}),
    e.HandoverConfirmed: frozenset({S.WITH_SCHOOL}),
    e.TakenBackForRepair: frozenset({S.HANDED_OVER}),
    e.GivenBack: frozenset({S.IN_REPAIR_FOR_PUPIL}),
    e.ReturnedToStock: frozenset({S.HANDED_OVER, S.WITH_SCHOOL, S.IN_REPAIR_FOR_PUPIL}),
    e.SentTo: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.ArrivedFrom: frozenset({S.IN_TRANSIT}),
    e.Retired: frozenset({S.RECEIVED, S.ON_BENCH, S.READY}),
    e.WasteGiven: frozenset({S.RETIRED}),
    e.PutOnShelf: _HERE | {S.RETIRED},
    e.ItemLabelled: _HERE,
    e.ItemPaired: _HERE,
    e.Counted: _LIVE,
    e.AttachmentReleased: frozenset(Stage),
    e.LaptopDelegated: frozenset({S.READY, S.RESERVED, S.WITH_SCHOOL}),
    e.DisputeSettled: frozenset(Stage),
    e.ActWithdrawn: frozenset(Stage),
}
LEADS_TO: Final[dict[type[e.Said], Stage]] = {
    e.Received: S.RECEIVED,
    e.TakenToBench: S.ON_BENCH,
    e.MadeReady: S.READY,
    e.Reserved: S.RESERVED,
    e.ReservationReleased: S.READY,
    e.TakenBackForRepair: S.IN_REPAIR_FOR_PUPIL,
    e.GivenBack: S.HANDED_OVER,
    e.ReturnedToStock: S.RECEIVED,
    e.SentTo: S.IN_TRANSIT,
    e.Retired: S.RETIRED,
    e.GivenDirectly: S.HANDED_OVER,
    e.EnteredByMistake: S.RETIRED,
    e.DirectGiftWithdrawn: S.RETIRED,
    e.HandoverWithdrawn: S.RESERVED,
    e.LineReopened: S.WITH_SCHOOL,
}
HELD_BACK: Final = frozenset(
    {e.MadeReady, e.Reserved, e.HandedOver, e.SentTo, e.GivenBack, e.LaptopDelegated}
)
OF_WHAT_IS_HERE: Final = frozenset({e.PartTaken, e.PutOnShelf, e.WasteGiven})

Changes = dict[str, Any]


def fold(device: Device, event: e.Event, said: e.Said | None) -> Device:
    """The device after one more event; `said` is the event's data as corrections leave it."""
    own = event.header.subject == device.code
    changes: Changes = {}
    if said is not None:
        changes = (
            _own_changes(device, event, said) if own else _mentioned_changes(device, event, said)
        )
    if own:
        changes |= {"count": device.count + 1, "last": event.hash}
    return structs.replace(device, **changes) if changes else device


def fold_verdict(device: Device, verdict: e.Verdict) -> Device:
    """The device after the service's answer: a void reservation frees it again."""
    if verdict.outcome != e.VOID or device.reserved_by != verdict.event:
        return device
    return structs.replace(device, **_FREE, stage=Stage.READY)


_FREE: Final[Changes] = {"case": None, "reserved_by": None, "packed": False}


def _own_changes(device: Device, event: e.Event, said: e.Said) -> Changes:
    changes = _CHANGES[type(said)](device, event, said) if type(said) in _CHANGES else {}
    stage = changes.get("stage", LEADS_TO.get(type(said)))
    if stage is not None and (stage != device.stage or not device.known):
        changes |= {"stage": stage, "since": event.header.day}
    return changes


def _mentioned_changes(device: Device, event: e.Event, said: e.Said) -> Changes:
    """Another device joined or left the set this one heads, or a laptop took it along."""
    other = event.header.subject
    if isinstance(said, e.Joined):
        return {"members": (*(m for m in device.members if m != other), other)}
    if isinstance(said, e.Parted):
        return {"members": tuple(m for m in device.members if m != other)}
    if isinstance(said, e.LaptopDelegated):
        return {"lent_to": said.chain}
    if isinstance(said, e.DelegationEnded) and device.lent_to == said.chain:
        return {"lent_to": None}
    return {}


def _received(_device: Device, event: e.Event, said: e.Received) -> Changes:
    return {
        "known": True,
        "awaits_history": False,
        "kind": said.kind,
        "maker": said.maker,
        "model": said.model,
        "serial": said.serial,
        "serial_confirmed": said.serial_known_by == "second-scan",
        "condition": said.condition,
        "locks": said.locks,
        "data_wish": said.data_wish,
        "lot": said.lot,
        "donor": said.donor.id if said.donor else None,
        "kit": said.kit,
        "preprinted": said.preprinted,
        "promised": said.promised,
        "mistaken": False,
        "place": _point_of(event),
        "received_on": event.header.day,
    }


def _described(device: Device, _event: e.Event, said: e.Described) -> Changes:
    given = {
        field: value
        for field in ("kind", "maker", "model", "condition", "locks")
        if (value := getattr(said, field)) is not None
    }
    if said.kind not in {None, device.kind}:
        given["released"] = None  # the gate of another kind asks for other things
    if said.serial is not None:
        same = said.serial == device.serial
        given["serial"] = said.serial
        given["serial_confirmed"] = said.serial_known_by == "second-scan" or (
            same and device.serial_confirmed
        )
    return given


def _checks_recorded(device: Device, _event: e.Event, said: e.ChecksRecorded) -> Changes:
    fresh = tuple(Check(result, CheckSource.MEASURED) for result in said.results)
    machine = said.machine
    if _is_older(machine, device.machine):  # brought by a stick after a later one
        changes: Changes = {"checks": _with_faults(device.checks, fresh)}
    else:
        changes = {"checks": _with_checks(device.checks, fresh), "machine": machine}
    if machine.disks is not None:
        changes["disks"] = _with_disks(device.disks or (), machine.disks)
        changes["disks_read"] = True
    if machine.serial is not None:
        changes["serial_confirmed"] = machine.serial == (device.serial or machine.serial)
        changes["serial"] = device.serial or machine.serial
    changes["maker"] = device.maker or machine.maker
    changes["model"] = device.model or machine.model
    return changes


def _is_older(machine: e.MachineFact, known: e.MachineFact | None) -> bool:
    """By the machine's own clock, which may be wrong: so an older report is not simply dropped."""
    before, told = (known.read_at_s if known else None), machine.read_at_s
    return before is not None and told is not None and told < before


def _with_faults(known: Iterable[Check], fresh: Iterable[Check]) -> tuple[Check, ...]:
    """Of an older report its faults count, and what nobody tried since; nothing that it passed."""
    tried = {check.result.check for check in known if not check.stale}
    told = (
        check
        for check in fresh
        if check.result.outcome is Outcome.FAIL or check.result.check not in tried
    )
    return _with_checks(known, told)


def _check_by_hand(device: Device, _event: e.Event, said: e.CheckEnteredByHand) -> Changes:
    return {"checks": _with_checks(device.checks, (Check(said.result, CheckSource.HAND),))}


def _with_checks(known: Iterable[Check], fresh: Iterable[Check]) -> tuple[Check, ...]:
    """The fresh outcomes in place of the older ones of the same check."""
    latest = {check.result.check: check for check in known}
    for check in fresh:
        old = latest.get(check.result.check)
        if old is None or not _outlasts(old, check):
            latest[check.result.check] = check
    return tuple(latest.values())


def _outlasts(old: Check, fresh: Check) -> bool:
    """Whether an "unknown" leaves the older verdict standing: it takes nothing back from a person.

    Nor does it mend a fault. But what passed when it was measured passes no longer where a later
    look at the same thing could not tell: the disk may be another one, or gone.
    """
    if fresh.result.outcome is not Outcome.UNKNOWN or old.stale:
        return False
    measured_again = CheckSource.HAND not in (old.source, fresh.source)
    looked = measured_again and fresh.result.reason not in NOT_LOOKED
    return old.result.outcome is Outcome.FAIL or not looked


def _stale(device: Device, stale: tuple[str, ...]) -> tuple[Check, ...]:
    return tuple(
        structs.replace(check, stale=True) if check.result.check in stale else check
        for check in device.checks
    )


def _with_disks(
    known: tuple[DiskState, ...], seen: tuple[e.DiskFact, ...]
) -> tuple[DiskState, ...]:
    """Add the disks a report saw for the first time; none is ever forgotten."""
    disks = list(known)
    matched: set[int] = set()
    for fact in seen:
        index = _index_of(disks, fact, matched)
        if index is None:
            index = len(disks)
            disks.append(DiskState(fact.serial, fact.wwn, fact.model, fact.capacity_bytes))
        elif disks[index].removed:  # it is inside again, and nobody knows what was written to it
            disks[index] = structs.replace(disks[index], removed=False, erased_by=None, erased_at=0)
        matched.add(index)
    return tuple(disks)


def _index_of(disks: list[DiskState], fact: e.DiskFact, matched: set[int]) -> int | None:
    """Which known disk a report saw. One that tells no serial is known by model and size."""
    unnamed = not (fact.serial or fact.wwn)
    for index, disk in enumerate(disks):
        if disk.is_disk(fact.serial, fact.wwn):
            return index
        alike = (disk.model, disk.capacity_bytes) == (fact.model, fact.capacity_bytes)
        if unnamed and alike and not disk.removed and index not in matched:
            return index
    return None


def _disk_changed(device: Device, disk_id: e.DiskId, **changes: Any) -> Changes:
    """Change one disk; one that told no serial takes the serial a person read on its label."""
    disks = list(device.disks or ())
    unnamed = [i for i, d in enumerate(disks) if not (d.serial or d.wwn or d.removed)]
    named = [i for i, disk in enumerate(disks) if disk.is_disk(disk_id.serial, disk_id.wwn)]
    if not named and unnamed:
        named, changes = unnamed, changes | {"serial": disk_id.serial, "wwn": disk_id.wwn}
    if named:
        disks[named[0]] = structs.replace(disks[named[0]], **changes)
    else:
        disks.append(DiskState(disk_id.serial, disk_id.wwn, **changes))
    return {"disks": tuple(disks)}


def _storage_erased(device: Device, _event: e.Event, said: e.StorageErased) -> Changes:
    if not said.passed:
        return _disk_changed(device, said.disk, erased_by=None, failed=True)
    return _disk_changed(
        device, said.disk, erased_by=said.method, erased_at=device.count, failed=False
    )


def _storage_removed(device: Device, _event: e.Event, said: e.StorageRemoved) -> Changes:
    return _disk_changed(device, said.disk, removed=True) | {"disks_changed_at": device.count}


def _system_installed(device: Device, _event: e.Event, said: e.SystemInstalled) -> Changes:
    state = SystemState(said.system, said.licence, said.first_boot_seen, device.count)
    return {"system": state}


DISK_CHECK: Final = "sto.type"  # work that makes it stale may have changed which disks there are


def _work_done(
    device: Device, _event: e.Event, said: e.WorkDone | e.PartTaken | e.PartFitted
) -> Changes:
    changes: Changes = {"checks": _stale(device, said.stale)}
    if DISK_CHECK in said.stale:
        changes |= {"disks_read": False, "disks_changed_at": device.count}
    return changes


def _part_fitted(device: Device, event: e.Event, said: e.PartFitted) -> Changes:
    return _work_done(device, event, said) | {"fitted": (*device.fitted, said.item)}


def _kit_checked(_device: Device, _event: e.Event, said: e.KitChecked) -> Changes:
    return {"kit": said.present, "kit_missing": said.missing}


def _taken_to_bench(_device: Device, _event: e.Event, said: e.TakenToBench) -> Changes:
    return {"released": None, "technician": said.by}


def _taken_over(_device: Device, _event: e.Event, said: e.TakenOver) -> Changes:
    return {"technician": said.by}


def _defect_found(device: Device, _event: e.Event, said: e.DefectFound) -> Changes:
    """The same defect at the same place stands once, with the severity last told."""
    found = Defect(said.defect, said.zone, said.severity)
    return {"defects": (*_other_defects(device, said), found)}


def _defect_gone(device: Device, _event: e.Event, said: e.DefectGone) -> Changes:
    return {"defects": _other_defects(device, said)}


def _other_defects(device: Device, said: e.DefectFound | e.DefectGone) -> tuple[Defect, ...]:
    named = (said.defect, said.zone)
    return tuple(defect for defect in device.defects if (defect.defect, defect.zone) != named)


def _secret_given(device: Device, _event: e.Event, said: e.SecretGiven) -> Changes:
    """A later word for the same lock takes the place of the earlier one."""
    others = tuple(secret for secret in device.secrets if secret[0] != said.of)
    return {"secrets": (*others, (said.of, said.secret.id))}


def _call_planned(device: Device, event: e.Event, said: e.CallPlanned) -> Changes:
    return {"calls": planned(device.calls, event, said)}


def _call_made(device: Device, event: e.Event, said: e.CallMade) -> Changes:
    return {"calls": made(device.calls, event, said)}


def planned(
    calls: tuple[OpenCall, ...], event: e.Event, said: e.CallPlanned
) -> tuple[OpenCall, ...]:
    """The open calls with one more; asking for the same again moves its day."""
    others = tuple(call for call in calls if call.about != said.about)
    asked = next((call for call in calls if call.about == said.about), OpenCall(said.about))
    first = said.since or asked.planned_on or event.header.day
    tries = max(asked.tries, said.tries)
    return (*others, structs.replace(asked, due=said.due, planned_on=first, tries=tries))


def made(calls: tuple[OpenCall, ...], event: e.Event, said: e.CallMade) -> tuple[OpenCall, ...]:
    """The open calls after one was tried: settled, or due again."""
    if said.again_on is None:
        return tuple(call for call in calls if call.about != said.about)
    return tuple(
        _tried(call, event.header.day, said) if call.about == said.about else call for call in calls
    )


def _tried(call: OpenCall, day: date, said: e.CallMade) -> OpenCall:
    """Several tries on one day are one: whoever is at work cannot answer all that day."""
    new = said.unanswered and call.tried_on != day
    tries, tried_on = call.tries + new, day if said.unanswered else call.tried_on
    return structs.replace(call, due=said.again_on, tries=tries, tried_on=tried_on)


def _given_directly(_device: Device, event: e.Event, said: e.GivenDirectly) -> Changes:
    return {
        "known": True,
        "unchecked": True,
        "kind": said.kind,
        "maker": said.maker,
        "model": said.model,
        "serial": said.serial,
        "donor": said.donor.id if said.donor else None,
        "case": said.case,
        "place": said.case,
        "received_on": event.header.day,
    }


def _reserved(_device: Device, event: e.Event, said: e.Reserved) -> Changes:
    return {"case": said.case, "reserved_by": event.hash}


def _handed_over(_device: Device, _event: e.Event, said: e.HandedOver) -> Changes:
    to_school = said.to == "school"
    return {
        "stage": Stage.WITH_SCHOOL if to_school else Stage.HANDED_OVER,
        "school": said.school,
        "batch": said.batch,
        "case": said.case,
        "reserved_by": None,
        "shelf": None,
        "packed": False,
        "place": (said.school or "") if to_school else (said.case or ""),
    }


def _handover_confirmed(_device: Device, event: e.Event, said: e.HandoverConfirmed) -> Changes:
    if said.result in {"signed", "proxy"}:
        return {
            "stage": Stage.HANDED_OVER,
            "case": said.case,
            "place": said.case,
            "undelivered": None,
            "undelivered_on": None,
        }
    told = {"undelivered": said.result, "undelivered_on": event.header.day, "case": said.case}
    return told | ({"place": _point_of(event)} if said.back else {})


def _line_reopened(device: Device, _event: e.Event, _said: e.LineReopened) -> Changes:
    return {"undelivered": None, "undelivered_on": None, "place": device.school or ""}


def _handover_withdrawn(_device: Device, event: e.Event, said: e.HandoverWithdrawn) -> Changes:
    """It never left, so what the gate saw of it still holds, and so does its reservation."""
    gone = {"school": None, "batch": None, "undelivered": None, "undelivered_on": None}
    return {**gone, "case": said.case, "reserved_by": said.claim, "place": _point_of(event)}


def _entered_by_mistake(device: Device, _event: e.Event, _said: e.EnteredByMistake) -> Changes:
    """Blank again: the label may be stuck on another device."""
    kept = Device(device.code, labels=device.labels, members=device.members)
    blank = {name: value for name, value in structs.asdict(kept).items() if name not in _COUNTED}
    return blank | {"mistaken": True}


_COUNTED: Final = ("code", "stage", "since", "count", "last")


def _gift_withdrawn(_device: Device, _event: e.Event, _said: e.DirectGiftWithdrawn) -> Changes:
    return {**_FREE, "mistaken": True, "place": ""}


def _point_of(event: e.Event) -> str:
    return f"point-{event.header.chain.station:03d}"


def _taken_back(_device: Device, event: e.Event, said: e.TakenBackForRepair) -> Changes:
    return {
        "case": said.case,
        "place": _point_of(event),
        "erasure_consent": said.erasure_consent is not None,
        "released": None,
    }


def _given_back(_device: Device, _event: e.Event, said: e.GivenBack) -> Changes:
    return {"case": said.case, "place": said.case, "shelf": None, "erasure_consent": False}


def _returned(device: Device, event: e.Event, _said: e.ReturnedToStock) -> Changes:
    """Forget what the gate asks for: a pupil used the device in between."""
    used = tuple(
        structs.replace(disk, erased_by=None, erased_at=0) if not disk.removed else disk
        for disk in device.disks or ()
    )
    return {
        **_FREE,
        "checks": (),
        "disks": used or None,
        "system": None,
        "kit_missing": None,
        "grade": None,
        "released": None,
        "school": None,
        "batch": None,
        "undelivered": None,
        "undelivered_on": None,
        "unchecked": False,
        "erasure_consent": False,
        "place": _point_of(event),
    }


def _sent(device: Device, _event: e.Event, _said: e.SentTo) -> Changes:
    """Kept for nobody: else it could not leave. That a claim was void may be unknown here."""
    free = device.stage is Stage.RESERVED
    return {
        **_FREE,
        "place": "",
        "shelf": None,
        "sent_from": Stage.READY if free else device.stage,
    }


def _arrived(device: Device, _event: e.Event, said: e.ArrivedFrom) -> Changes:
    back = Stage.READY if device.sent_from is Stage.READY else Stage.RECEIVED
    changes: Changes = {"stage": back, "place": said.here, "sent_from": None}
    if said.kind is None or device.known:
        return changes
    return changes | {"known": True, "kind": said.kind, "awaits_history": True}


def _given_as_waste(_device: Device, _event: e.Event, _said: e.WasteGiven) -> Changes:
    return {"place": "", "shelf": None, "given_as_waste": True}


_CHANGES: Final[dict[type[e.Said], Callable[[Device, e.Event, Any], Changes]]] = {
    e.Received: _received,
    e.Described: _described,
    e.TakenToBench: _taken_to_bench,
    e.TakenOver: _taken_over,
    e.DefectFound: _defect_found,
    e.DefectGone: _defect_gone,
    e.SecretGiven: _secret_given,
    e.CallPlanned: _call_planned,
    e.CallMade: _call_made,
    e.Packed: lambda _device, _event, said: {"packed": True, "kit": said.kit},
    e.Unpacked: lambda _device, _event, _said: {"packed": False},
    e.GivenDirectly: _given_directly,
    e.Promised: lambda _device, _event, said: {"promised": said.case},
    e.PromiseReleased: lambda _device, _event, _said: {"promised": None},
    e.DirectGiftWithdrawn: _gift_withdrawn,
    e.HandoverWithdrawn: _handover_withdrawn,
    e.LineReopened: _line_reopened,
    e.EnteredByMistake: _entered_by_mistake,
    e.ChecksRecorded: _checks_recorded,
    e.CheckEnteredByHand: _check_by_hand,
    e.StorageErased: _storage_erased,
    e.StorageRemoved: _storage_removed,
    e.SystemInstalled: _system_installed,
    e.WorkDone: _work_done,
    e.PartTaken: _work_done,
    e.PartFitted: _part_fitted,
    e.KitChecked: _kit_checked,
    e.PutOnHold: lambda _device, _event, said: {"hold": said.reason},
    e.LabelPrinted: lambda device, _event, _said: {"labels": device.labels + 1},
    e.Resumed: lambda _device, _event, _said: {"hold": None},
    e.Retired: lambda _device, _event, _said: {"hold": None},  # nothing is waited for any more
    e.WasteGiven: _given_as_waste,
    e.PutOnShelf: lambda _device, _event, said: {"shelf": said.shelf},
    e.Graded: lambda _device, _event, said: {"grade": said.grade},
    e.MadeReady: lambda _device, _event, said: {"released": said},
    e.Joined: lambda _device, _event, said: {"head": said.head},
    e.Parted: lambda _device, _event, _said: {"head": None},
    e.Reserved: _reserved,
    e.ReservationReleased: lambda _device, _event, _said: dict(_FREE),
    e.HandedOver: _handed_over,
    e.HandoverConfirmed: _handover_confirmed,
    e.TakenBackForRepair: _taken_back,
    e.GivenBack: _given_back,
    e.ReturnedToStock: _returned,
    e.SentTo: _sent,
    e.ArrivedFrom: _arrived,
}
