"""What takes an act back: its inverse, its withdrawal, or the form that corrects it."""

from functools import partial
from typing import Any

from station import bench, defects, sets, transfer
from station import events as e
from station.correction import LEADS_ALONE
from station.device import Device
from station.operators import Operator, Role
from station.withdrawing import WITHDRAWABLE, Withdraw, withdraw
from ui.correct_forms import FORMS
from ui.desk import Act


def inverse_of(result: object, before: Device) -> Act[Any] | None:
    """The act that undoes what was just recorded; `before` is the device as it was."""
    if isinstance(result, tuple) and result:  # a part that moved, a set that was sent or arrived
        sent = _never_sent(result, before)
        return sent or _all_of(result, e.ArrivedFrom, e.CheckEnteredByHand) or _back_again(result)
    said = result.said if isinstance(result, e.Event) else None
    if isinstance(said, e.Joined | e.Parted) and isinstance(result, e.Event):
        return _of_set(result.header.subject, said)
    if isinstance(said, WITHDRAWABLE) and isinstance(result, e.Event):
        return partial(withdraw, Withdraw(events=(result.hash,)))
    return _of_bench(said, before)


def _of_bench(said: e.Said | None, before: Device) -> Act[Any] | None:
    code = before.code
    match said:
        case e.DefectFound(defect=defect, zone=zone):
            mended = defects.MendDefect(device=code, defect=defect, zone=zone)
            return partial(defects.mend_defect, mended)
        case e.DefectGone(defect=defect, zone=zone):
            return _found_again(before, defect, zone)
    return None


def _of_set(member: str, said: e.Joined | e.Parted) -> Act[Any]:
    if isinstance(said, e.Joined):
        return partial(sets.part_set, member)
    return partial(sets.join_set, sets.JoinSet(head=said.head, member=member))


def correctable_by(result: object, by: Operator) -> bool:
    """Whether a form puts right what was just recorded, and this person may use it."""
    said = result.said if isinstance(result, e.Event) else None
    if said is None or type(said) not in FORMS:
        return False
    return by.role is Role.LEAD or not isinstance(said, LEADS_ALONE)


def _back_again(moved: tuple[object, ...]) -> Act[Any] | None:
    """The part goes the same way back."""
    out_of = into = item = None
    for event in moved:
        said = event.said if isinstance(event, e.Event) else None
        if isinstance(event, e.Event) and isinstance(said, e.PartTaken):
            out_of, item = event.header.subject, said.item
        elif isinstance(event, e.Event) and isinstance(said, e.PartFitted):
            into, item = event.header.subject, said.item
    if item is None:
        return None
    return partial(bench.move_part, bench.MovePart(item=item, out_of=into, into=out_of))


def _never_sent(sent: tuple[object, ...], before: Device) -> Act[Any] | None:
    """It arrives from the very place where it was."""
    if not all(isinstance(one, e.Event) and isinstance(one.said, e.SentTo) for one in sent):
        return None
    return partial(transfer.arrive, transfer.Arrive(device=before.code, place=before.place))


def _all_of(acts: tuple[object, ...], *kinds: type[e.Said]) -> Act[Any] | None:
    """What one act recorded of several is taken back together: a set's arrival, several checks."""
    events = [one for one in acts if isinstance(one, e.Event) and isinstance(one.said, kinds)]
    if len(events) < len(acts):
        return None
    return partial(withdraw, Withdraw(events=tuple(one.hash for one in events)))


def _found_again(before: Device, defect: str, zone: str) -> Act[Any] | None:
    for known in before.defects:
        if (known.defect, known.zone) == (defect, zone):
            again = defects.FindDefect(
                device=before.code, defect=defect, zone=zone, severity=known.severity
            )
            return partial(defects.find_defect, again)
    return None
