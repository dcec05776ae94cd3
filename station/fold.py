"""One fold for everything the ledger speaks of: which state a code has, and how it moves on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from station import case, device, events, labelled, lot, offer, paper, parts
from station.case import Case
from station.causal import POINT, Item, in_causal_order
from station.device import Device
from station.documents import Document
from station.labelled import LabelledItem
from station.lot import Lot
from station.offer import Offer
from station.paper import Paper
from station.parts import Parts

__all__ = ["POINT", "Item"]  # the point's id is the subject of events about the point itself

Replaced = Mapping[bytes, Sequence[bytes | None]]
"""By the hash of an event: the fields that replace its own; None where it was withdrawn."""

State = Device | Case | Lot | Parts | LabelledItem | Paper | Offer


def blank(code: str) -> State | None:
    """The state of a code before its first event; None where no state is kept."""
    if not code or code.startswith((POINT, events.REPORT)):
        return None
    if code.isdigit():
        return Device(code)
    if code[0] in "BHLMV":
        kept = _LETTERED.get("BB" if code.startswith("BB") else code[0])
        return kept(code) if kept else None
    return Parts(code)


_LETTERED: Final[Mapping[str, type[Case | Lot | LabelledItem | Paper | Offer]]] = {
    "H": Case,
    "L": Lot,
    "M": Offer,
    "V": LabelledItem,
    "BB": Paper,
}


_FOLDS: Final[Mapping[type[State], Callable[[Any, events.Event, events.Said | None], State]]] = {
    Device: device.fold,
    Case: case.fold,
    Lot: lot.fold,
    Parts: parts.fold,
    LabelledItem: labelled.fold,
    Paper: paper.fold,
    Offer: offer.fold,
}


def step(state: State, item: Item, said: events.Said | None) -> State:
    """The state after one more item; `said` is the event's data as corrections leave it."""
    if not isinstance(item, events.Event):
        return _told(state, item)
    return _FOLDS[type(state)](state, item, said)


def refold(code: str, items: Iterable[Item]) -> State | None:
    """The state of a code from all its items in the order they came here.

    Each counts where it happened, and each correction at its original place.
    """
    state = blank(code)
    if state is None:
        return None
    known = in_causal_order(list(items))
    replaced = corrections(known)
    for item in known:
        state = step(state, item, as_corrected(item, replaced))
    return state


def corrections(items: Iterable[Item]) -> Replaced:
    """The fields that replace those of each corrected event, in the order of the corrections."""
    found: defaultdict[bytes, list[bytes | None]] = defaultdict(list)
    for item in items:
        said = item.said if isinstance(item, events.Event) else None
        if isinstance(said, events.Corrected):
            found[said.target].append(said.fields)
        elif isinstance(said, events.ActWithdrawn):
            found[said.target].append(None)
    return found


def as_corrected(item: Item, replaced: Replaced) -> events.Said | None:
    """What an event says as its corrections leave it; None for what is none, unknown or withdrawn.

    A withdrawn act stays in the ledger and moves nothing.
    """
    if not isinstance(item, events.Event) or item.said is None:
        return None
    said = item.said
    for fields in replaced.get(item.hash, ()):
        if fields is None:
            return None
        with suppress(events.InvalidEvent):  # a newer version's field: what we know stands
            said = events.replaced(said, fields)
    return said


def _told(state: State, item: events.Verdict | Document) -> State:
    """The state after something the service said."""
    match state, item:
        case Device(), events.Verdict():
            return device.fold_verdict(state, item)
        case Case(), events.Verdict():
            return case.fold_verdict(state, item)
        case Case(), Document():
            return case.fold_document(state, item)
        case Offer(), Document():
            return offer.fold_document(state, item)
    return state
