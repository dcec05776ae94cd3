"""Đính chính: an earlier event said something wrong; both versions stay readable."""

from typing import Any

import msgspec
from msgspec import Struct

from station import events as e
from station import refusals
from station.ledger import Moment
from station.operators import Operator, Role
from station.ports import Store
from station.reference import ReasonUse

# What a person may have typed or chosen wrongly. Acts that did not happen are undone by their
# counterpart (release, return, resume), not by rewriting them.
CORRECTABLE: dict[type[e.Said], frozenset[str]] = {
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


class Correct(Struct, frozen=True, kw_only=True):
    """Replace fields of an event; `fields` are values as the event's own type has them."""

    event: bytes  # hash
    fields: dict[str, Any]
    reason: str


def correct(command: Correct, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a correction; identity and erasure facts need the lead."""
    with store.transaction(by, when) as work:
        target = work.event(command.event)
        kind = target.header.kind
        if target.said is None or not _allowed(target.said, command.fields):
            raise refusals.CorrectionNotAllowed(kind)
        by.require(*(() if kind in e.IDENTITY_AND_ERASURE else tuple(Role)))
        work.reference.reason(ReasonUse.CORRECT, command.reason)
        fields = msgspec.msgpack.encode(command.fields)
        return work.record(
            target.header.subject,
            e.Corrected(
                target=target.hash,
                target_kind=kind,
                fields=fields,
                reason=command.reason,
                also=_concerned(target, fields),
            ),
        )


def _allowed(said: e.Said, fields: dict[str, Any]) -> bool:
    return bool(fields) and fields.keys() <= CORRECTABLE.get(type(said), frozenset())


def _concerned(target: e.Event, fields: bytes) -> tuple[str, ...]:
    """Every other code the event concerns, as it was and as it becomes."""
    try:
        after = e.replaced(target.said, fields) if target.said else None
    except e.InvalidEvent as error:
        raise refusals.InvalidCorrection(target.header.kind) from error
    named = (*target.touches[1:], *(after.mentions() if after else ()))
    return tuple(dict.fromkeys(named))
