"""Đính chính: an earlier event said something wrong; both versions stay readable."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work
from station.reference import ReasonUse, Reference, Table
from station.stock import MOST_PARTS

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
    e.KitChecked: frozenset({"present", "missing"}),
    e.Graded: frozenset({"grade", "reason"}),
    e.CaseEntered: frozenset({"level", "school", "unit", "wants"}),
    e.PartsReceived: frozenset({"count"}),
    e.Counted: frozenset({"found", "quantity"}),
    e.Refused: frozenset({"kind", "reason", "count"}),
    e.HandoverConfirmed: frozenset({"result"}),
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
        said = target.said
        if said is None or not _allowed(said, command.fields):
            raise refusals.CorrectionNotAllowed(target.header.kind)
        if isinstance(said, LEADS_ALONE):
            by.require()
        require_duty(by, type(said))
        work.reference.reason(ReasonUse.CORRECT, command.reason)
        after = _after(said, command.fields)
        fields = _fields(after, command.fields)
        _check(work, target.header.subject, after, fields)
        return work.record(
            target.header.subject,
            e.Corrected(
                target=target.hash,
                target_kind=target.header.kind,
                fields=msgspec.msgpack.encode(fields),
                reason=command.reason,
                also=tuple(dict.fromkeys((*target.touches[1:], *after.mentions()))),
            ),
        )


def _allowed(said: e.Said, fields: dict[str, Any]) -> bool:
    return bool(fields) and fields.keys() <= CORRECTABLE.get(type(said), frozenset())


def _after(said: e.Said, fields: dict[str, Any]) -> e.Said:
    try:
        return e.replaced(said, msgspec.msgpack.encode(fields))
    except e.InvalidEvent as error:
        raise refusals.InvalidCorrection(type(said).__name__) from error


def _fields(after: e.Said, fields: dict[str, Any]) -> dict[str, Any]:
    """The values as the event's type has them, so that nothing else rides along.

    A corrected serial was typed, and must be confirmed like any other.
    """
    kept = {name: getattr(after, name) for name in fields}
    return kept | {"serial_known_by": "typed"} if "serial" in fields else kept


def _check(work: Work, subject: str, after: e.Said, fields: dict[str, Any]) -> None:
    """What the original act would have refused is refused here too."""
    for name, value in fields.items():
        _check_words(work.reference, name, value)
        if name in {"count", "quantity"} and not 0 <= (value or 0) <= MOST_PARTS:
            raise refusals.ImpossibleCount(value)
    if isinstance(after, e.HandoverConfirmed):
        work.reference.entry(Table.DELIVERIES, after.result)
    serial = fields.get("serial")
    if serial:
        holder = work.holder_of_serial(serial, getattr(after, "maker", None))
        if holder is not None and holder.code != subject:
            raise refusals.SerialInUse(serial, holder.code)


def _check_words(reference: Reference, name: str, value: Any) -> None:
    table = WORDS.get(name)
    if table is None or value is None:
        return
    for word in (value,) if isinstance(value, str) else value:
        reference.entry(table, word)
