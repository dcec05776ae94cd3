"""Hoàn tác: an act that was recorded by mistake is taken back; both entries stay in the ledger.

For acts without a counterpart that says the same, such as pack and unpack. Identity, reports and
erasures are corrected instead, and a disk once seen is never forgotten.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import is_anybodys, require_duty
from station.fold import as_corrected, corrections
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work
from station.reference import ReasonUse

MOVES: Final = (
    e.TakenToBench,
    e.TakenOver,
    e.MadeReady,
    e.WorkDone,
    e.Graded,
    e.CheckEnteredByHand,
    e.PutOnHold,
    e.Resumed,
    e.PutOnShelf,
    e.Retired,
    e.WasteGiven,
    e.TakenBackForRepair,
    e.GivenBack,
    e.ReturnedToStock,
    e.KitChecked,
    e.ArrivedFrom,
    e.CaseEntered,
    e.ItemLabelled,
)
"""Taken back only as long as nothing came of them."""
REMARKS: Final = (
    e.Noted,
    e.PhotoTaken,
    e.Counted,
    e.PartsReceived,
    e.CallPlanned,
    e.Refused,
    e.ReportDismissed,
    e.SignedCopyAttached,
)
"""Nothing follows from them, so they are taken back at any time."""
BEGINNINGS: Final = (e.CaseEntered, e.ItemLabelled)
"""With these something begins: nothing else may name it when they are taken back."""
WITHDRAWABLE: Final = (*MOVES, *REMARKS)
BESIDE: Final = (
    *REMARKS,
    e.LabelPrinted,
    e.PutOnShelf,
    e.Corrected,
    e.ActWithdrawn,
    e.AttachmentReleased,
)
"""Said of a device whatever was done to it: an act before can still be taken back."""
ALONG: Final[dict[type[e.Said], tuple[type[e.Said], ...]]] = {
    e.WorkDone: (e.PartFitted, e.DefectGone),
    e.ReturnedToStock: (e.Parted,),
    e.KitChecked: (e.PartFitted,),
}
"""What the same act recorded beside it, and what goes back with it."""


class Withdraw(Struct, frozen=True, kw_only=True):
    """Take back one act, or what was done to several devices together: all or none."""

    events: tuple[bytes, ...]  # hashes
    reason: str | None = None


def withdraw(command: Withdraw, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record that acts did not happen; raises NotWithdrawable, or ActedSince."""
    with store.transaction(by, when) as work:
        if command.reason is not None:
            work.reference.reason(ReasonUse.CORRECT, command.reason)
        targets = tuple(work.event(hash_) for hash_ in command.events)
        for target in targets:
            _require_own(work, target, by)
        together = tuple(act for target in targets for act in (*_along(work, target), target))
        for act in together:
            _require_not_lent(work, act)
            _require_nothing_since(work, act, together)
        _require_without_other(work, together)
        return tuple(_record(work, act, command.reason) for act in together)


def _require_own(work: Work, target: e.Event, by: Operator) -> None:
    """It is of this point, of a kind that is taken back, and its taker's work."""
    said = target.said
    if not isinstance(said, WITHDRAWABLE) or target.header.chain.station != work.station:
        raise refusals.NotWithdrawable(target.header.kind)
    if not is_anybodys(said):
        require_duty(by, type(said))


def goes_back(act: e.Event, told: Sequence[e.Event]) -> bool:
    """Whether an act that stands can be taken back; `told` is all that stands of its subject."""
    said, since = act.said, told[told.index(act) + 1 :]
    if isinstance(said, REMARKS):
        return not any(_sends(one.said, said) for one in since)
    beside = tuple(kind for kind in BESIDE if kind is not type(said))
    return all(isinstance(one.said, beside) for one in since)


def standing(about: Sequence[e.Event], code: str) -> tuple[e.Event, ...]:
    """What was said of a code itself and counts still, oldest first."""
    replaced = corrections(about)
    return tuple(
        event
        for event in about
        if event.header.subject == code
        and as_corrected(event, replaced) is not None
        and not isinstance(event.said, e.ActWithdrawn)
    )


def _record(work: Work, target: e.Event, reason: str | None) -> e.Event:
    said = target.said
    return work.record(
        target.header.subject,
        e.ActWithdrawn(
            target=target.hash,
            target_kind=target.header.kind,
            reason=reason,
            case=getattr(said, "case", None),
            head=said.head if isinstance(said, e.Parted) else None,
            also=() if isinstance(said, e.ReportDismissed) else target.touches[1:],
            report=said.report if isinstance(said, e.ReportDismissed) else None,
        ),
    )


def _require_not_lent(work: Work, act: e.Event) -> None:
    """What a laptop took along rests here."""
    for code in act.touches:
        lent = work.lent_to(code)
        if lent is not None:
            raise refusals.LentToLaptop(code, lent)


def _require_nothing_since(work: Work, act: e.Event, together: tuple[e.Event, ...]) -> None:
    """Nobody built on it; what the same act recorded beside it goes back too."""
    code = act.header.subject
    about = work.events_about(code)
    told = standing(about, code)
    if act not in told:
        raise refusals.WithdrawnBefore(code)
    if not goes_back(act, [one for one in told if one == act or one not in together]):
        raise refusals.ActedSince(code)
    if isinstance(act.said, BEGINNINGS) and _is_named(about, code):
        raise refusals.ActedSince(code)


def _is_named(about: Sequence[e.Event], code: str) -> bool:
    """Whether something else was said that names it, and stands."""
    replaced = corrections(about)
    others = (as_corrected(event, replaced) for event in about if event.header.subject != code)
    return any(said is not None and not isinstance(said, e.ActWithdrawn) for said in others)


def _sends(said: e.Said | None, photo: e.Said) -> bool:
    """A photo that was let go cannot be called back."""
    if isinstance(said, e.AttachmentReleased) and isinstance(photo, e.PhotoTaken):
        return said.attachment == photo.photo
    return False


def _require_without_other(work: Work, together: tuple[e.Event, ...]) -> None:
    """A pupil whose device comes back to them was not promised another one meanwhile."""
    of_the_set = {code for act in together for code in act.touches}
    for act in together:
        if isinstance(act.said, e.ReturnedToStock) and act.said.case is not None:
            case = work.case(act.said.case)
            others = [device for device in case.devices if device not in of_the_set]
            if others:
                raise refusals.CaseHasDevice(case.code, others[0])


def _along(work: Work, target: e.Event) -> Iterator[e.Event]:
    """What one transaction recorded side by side: the neighbours in the chain, of one moment."""
    kinds = ALONG.get(type(target.said), ()) if target.said else ()
    about = work.events_about(target.header.subject)
    beside = {
        event.header.seq: event
        for event in about
        if isinstance(event.said, kinds)
        and event.header.chain == target.header.chain
        and event.header.at == target.header.at
    }
    for step in (-1, 1):
        seq = target.header.seq + step
        while seq in beside:
            yield beside[seq]
            seq += step
