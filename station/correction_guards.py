"""What the original act would have refused, its correction is refused too: one guard for a kind."""

from collections.abc import Callable, Mapping, Set
from typing import Any, Final

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.labelled import role_of
from station.notes import optional_serial, optional_word
from station.operators import Operator
from station.ports import Work
from station.reference import Table


class Attempt(Struct, frozen=True):
    """An event, what it would say from now on, and which fields that changes."""

    work: Work
    target: e.Event
    after: e.Said
    changed: Set[str]
    by: Operator

    @property
    def subject(self) -> str:
        """The code the event is about."""
        return self.target.header.subject

    @property
    def kind(self) -> str:
        """What kind of device that is."""
        return self.work.device(self.subject).kind


def guard(attempt: Attempt) -> None:
    """Raise the refusal of the original act, or UnknownReference."""
    check = _GUARDS.get(type(attempt.after))
    if check is not None:
        check(attempt, attempt.after)


def _identity(attempt: Attempt, after: e.Received | e.Described) -> None:
    work, device = attempt.work, attempt.work.device(attempt.subject)
    guards.guard_kind(work.reference, device, after.kind, attempt.by, work.when.day)
    optional_serial(after.serial)
    optional_word(after.maker)
    optional_word(after.model)
    if attempt.changed & {"serial", "maker"}:
        serial, maker = after.serial or device.serial, after.maker or device.maker
        guards.guard_serial(work, serial, maker, device.code)


def _hand_check(attempt: Attempt, after: e.CheckEnteredByHand) -> None:
    said = attempt.target.said
    if not isinstance(said, e.CheckEnteredByHand) or said.result.check != after.result.check:
        raise refusals.InvalidCorrection(attempt.target.header.kind)
    day = attempt.target.header.day
    guards.guard_hand_check(attempt.work.reference, attempt.kind, after.result, day)


def _erasure(attempt: Attempt, after: e.StorageErased) -> None:
    guards.guard_disk(attempt.subject, after.disk)
    guards.guard_verified(after.verified_permille)


def _removal(attempt: Attempt, after: e.StorageRemoved) -> None:
    guards.guard_disk(attempt.subject, after.disk)


def _system(attempt: Attempt, after: e.SystemInstalled) -> None:
    guards.guard_system(attempt.work.reference, attempt.kind, after.system, after.licence)


def _grade(attempt: Attempt, after: e.Graded) -> None:
    guards.guard_grade(attempt.work.reference, after.grade, after.reason)


def _defect(attempt: Attempt, after: e.DefectFound) -> None:
    guards.guard_defect(attempt.work.reference, after)


def _case(attempt: Attempt, after: e.CaseEntered) -> None:
    guards.guard_case(attempt.work.reference, after, attempt.target.header.day)


def _parts(_attempt: Attempt, after: e.PartsReceived) -> None:
    guards.guard_count(after.count, least=0)  # nothing came after all


def _stocktake(attempt: Attempt, after: e.Counted) -> None:
    """Of parts a number, of a device whether it was seen; neither turns into the other."""
    said = attempt.target.said
    if isinstance(said, e.Counted) and said.quantity is not None:
        guards.guard_count(after.quantity, least=0)
    elif after.quantity is not None:
        raise refusals.InvalidCorrection(attempt.target.header.kind)


def _refused(attempt: Attempt, after: e.Refused) -> None:
    guards.guard_refused(attempt.work.reference, after.kind, after.reason, after.count)


def _item(attempt: Attempt, after: e.ItemLabelled) -> None:
    guards.guard_item(attempt.work.reference, role_of(after.role), after.item)


def _confirmation(attempt: Attempt, after: e.HandoverConfirmed) -> None:
    attempt.work.reference.entry(Table.DELIVERIES, after.result)


_GUARDS: Final[Mapping[type[e.Said], Callable[[Attempt, Any], None]]] = {
    e.Received: _identity,
    e.Described: _identity,
    e.CheckEnteredByHand: _hand_check,
    e.StorageErased: _erasure,
    e.StorageRemoved: _removal,
    e.SystemInstalled: _system,
    e.Graded: _grade,
    e.DefectFound: _defect,
    e.CaseEntered: _case,
    e.PartsReceived: _parts,
    e.Counted: _stocktake,
    e.Refused: _refused,
    e.HandoverConfirmed: _confirmation,
    e.ItemLabelled: _item,
}
