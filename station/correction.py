"""Đính chính: an earlier event said something wrong; both versions stay readable."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.correction_guards import Attempt, guard
from station.duties import is_anybodys, require_duty
from station.fold import as_corrected, corrections
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work
from station.reference import ReasonUse, Reference, Table

# What a person may have typed or chosen wrongly. Who records a thing may correct it; identity and
# erasure facts are the lead's alone. Acts that did not happen are undone by their counterpart
# (release, return, resume), not by rewriting them.
CORRECTABLE: Final[dict[type[e.Said], frozenset[str]]] = {
    e.Received: frozenset({"kind", "maker", "model", "serial", "condition", "kit", "data_wish"}),
    e.Described: frozenset({"kind", "maker", "model", "serial", "condition", "locks"}),
    e.CheckEnteredByHand: frozenset({"result"}),
    e.StorageErased: frozenset({"disk", "method", "passed", "verified_permille"}),
    e.StorageRemoved: frozenset({"disk", "destiny"}),
    e.SystemInstalled: frozenset({"system", "licence", "first_boot_seen"}),
    e.KitChecked: frozenset({"present"}),  # what is missing follows
    e.Graded: frozenset({"grade", "reason"}),
    e.DefectFound: frozenset({"defect", "zone", "severity"}),
    e.CaseEntered: frozenset({"level", "school", "unit", "wants"}),
    e.PartsReceived: frozenset({"count"}),
    e.Counted: frozenset({"found", "quantity"}),
    e.Refused: frozenset({"kind", "reason", "count"}),
    e.HandoverConfirmed: frozenset({"result"}),
    e.ItemLabelled: frozenset({"item"}),  # whose it is changes by pairing
    e.DisputeSettled: frozenset({"decision"}),
}
LEADS_ALONE: Final = (e.Received, e.Described, e.StorageErased, e.StorageRemoved)
WORDS: Final[dict[str, Table]] = {
    "kind": Table.KINDS,
    "wants": Table.KINDS,
    "condition": Table.CONDITIONS,
    "grade": Table.GRADES,
    "method": Table.ERASURES,
    "destiny": Table.DESTINIES,
    "system": Table.SYSTEMS,
    "licence": Table.LICENCES,
    "level": Table.LEVELS,
    "data_wish": Table.DATA_WISHES,
    "reason": Table.REASONS,
    "kit": Table.KIT_ITEMS,
    "present": Table.KIT_ITEMS,
    "missing": Table.KIT_ITEMS,
    "locks": Table.LOCKS,
    "defect": Table.DEFECTS,
    "zone": Table.ZONES,
    "severity": Table.SEVERITIES,
    "decision": Table.DECISIONS,
}


class Correct(Struct, frozen=True, kw_only=True):
    """Replace fields of an event; `fields` are values as the event's own type has them."""

    event: bytes  # hash
    fields: dict[str, Any]
    reason: str


def correct(command: Correct, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a correction; identity and erasure facts need the lead."""
    with store.transaction(by, when) as work:
        target = work.event(command.event)
        said = _stands(work, target)
        if said is None or not _allowed(said, command.fields):
            raise refusals.CorrectionNotAllowed(target.header.kind)
        _require_not_lent(work, target)
        if isinstance(said, LEADS_ALONE):
            by.require()
        if not is_anybodys(said):
            require_duty(by, type(said))
        work.reference.reason(ReasonUse.CORRECT, command.reason)
        after = _after(said, command.fields)
        _check_words(work.reference, after, command.fields)
        guard(Attempt(work, target, after, command.fields.keys(), by))
        fields = _fields(work, target, after, command.fields)
        for other in _of_the_same_set(work, target):
            _record(work, other, after, fields, command.reason)
        return _record(work, target, after, fields, command.reason)


def _require_not_lent(work: Work, target: e.Event) -> None:
    """What a laptop took along rests here, what was said of it too."""
    for code in target.touches:
        lent = work.lent_to(code)
        if lent is not None:
            raise refusals.LentToLaptop(code, lent)


def _record(
    work: Work, target: e.Event, after: e.Said, fields: dict[str, Any], reason: str
) -> e.Event:
    return work.record(
        target.header.subject,
        e.Corrected(
            target=target.hash,
            target_kind=target.header.kind,
            fields=msgspec.msgpack.encode(fields),
            reason=reason,
            also=tuple(dict.fromkeys((*target.touches[1:], *after.mentions()))),
        ),
    )


def _stands(work: Work, target: e.Event) -> e.Said | None:
    """What the event says as earlier corrections left it."""
    return as_corrected(target, corrections(work.events_about(target.header.subject)))


def _allowed(said: e.Said, fields: dict[str, Any]) -> bool:
    return bool(fields) and fields.keys() <= CORRECTABLE.get(type(said), frozenset())


def _after(said: e.Said, fields: dict[str, Any]) -> e.Said:
    try:
        return e.replaced(said, msgspec.msgpack.encode(fields))
    except e.InvalidEvent as error:
        raise refusals.InvalidCorrection(type(said).__name__) from error


def _fields(work: Work, target: e.Event, after: e.Said, fields: dict[str, Any]) -> dict[str, Any]:
    """The values as the event's type has them, so that nothing else rides along.

    A corrected serial was typed, and must be confirmed like any other.
    """
    kept = {name: getattr(after, name) for name in fields}
    if isinstance(after, e.KitChecked):
        kind = work.device(target.header.subject).kind
        missing = guards.kit_missing(work.reference, kind, after.present, target.header.day)
        return kept | {"missing": missing}
    return kept | {"serial_known_by": "typed"} if "serial" in fields else kept


def _check_words(reference: Reference, after: e.Said, fields: dict[str, Any]) -> None:
    for name in fields:
        table, value = WORDS.get(name), getattr(after, name)
        if table is not None and value is not None:
            for word in (value,) if isinstance(value, str) else value:
                reference.entry(table, word)


def _of_the_same_set(work: Work, target: e.Event) -> tuple[e.Event, ...]:
    """The same confirmation of the other devices of a set: they went together."""
    said = target.said
    if not isinstance(said, e.HandoverConfirmed):
        return ()
    device = work.device(target.header.subject)
    head = work.device(device.head) if device.head else device
    own = _confirmations(work, device.code, said.case)
    from_the_end = own.index(target) - len(own)
    others = [code for code in (head.code, *head.members) if code != device.code]
    theirs = [_confirmations(work, code, said.case) for code in others]
    return tuple(found[from_the_end] for found in theirs if len(found) >= -from_the_end)


def _confirmations(work: Work, code: str, case: str) -> list[e.Event]:
    return [
        event
        for event in work.events_about(code)
        if event.header.subject == code
        and isinstance(event.said, e.HandoverConfirmed)
        and event.said.case == case
    ]
