"""Where a device was, one move after another: what its journey tells and its counts are made of.

In one order for everybody: points hear of events in another order than the service, and what
nothing ties together would stand as it came. Here it stands by the clock, so that the same events
give the same moves everywhere. A move that was taken back is none: what was counted by it moves
back on the day it was about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from msgspec import Struct

from station import events as e
from station.causal import Item, causal_order
from station.device import Stage
from station.fold import as_corrected, corrections

SIGNED = frozenset({"signed", "proxy"})


class Step(NamedTuple):
    """An event about the device itself, and what it says as its corrections leave it."""

    event: e.Event
    said: e.Said


class Move(Struct, frozen=True):
    """The device came to be so, at this point, on this day."""

    kind: type[e.Said]  # of the event by which
    stage: Stage  # never `reserved`: a claim may be void, and moves nothing
    station: int
    day: date  # not before that of the move before: nothing leaves before it came
    case: str = ""  # whose it is then


class History(NamedTuple):
    """What stands of a device's own events, in the order in which it happened."""

    steps: Sequence[Step]
    moves: Sequence[Move]


def as_it_happened(code: str, items: Iterable[Item]) -> History:
    """What happened to a device, of all that is known: its own events count."""
    known = _in_order([i for i in items if isinstance(i, e.Event) and i.header.subject == code])
    replaced = corrections(known)
    steps = [
        Step(event, said) for event in known if (said := as_corrected(event, replaced)) is not None
    ]
    return History(steps, _moves(steps))


def _in_order(own: list[e.Event]) -> list[e.Event]:
    """By causes, else by the clock; of one chain alone its own order is all of that."""
    if len({event.header.chain for event in own}) <= 1:
        return sorted(own, key=lambda event: event.header.seq)
    own.sort(key=lambda event: (event.header.at_ms, event.header.chain, event.header.seq))
    return [own[place] for place in causal_order(own)]


def _moves(steps: Iterable[Step]) -> list[Move]:
    """Every move that stands."""
    made: list[Move] = []
    for step in steps:
        kind = type(step.said)
        if kind in _TAKES_BACK:
            first, keeps = _TAKES_BACK[kind]
            _take_back(made, first, keeps=keeps)
        elif kind in _LEADS_TO or kind in _ASKED:
            leads = _ASKED[kind](step.said, made) if kind in _ASKED else _LEADS_TO[kind]
            if leads is not None:
                made.append(_move(step, leads, made))
    return made


def _move(step: Step, stage: Stage, made: Sequence[Move]) -> Move:
    header = step.event.header
    day = max(header.day, made[-1].day) if made else header.day
    case = getattr(step.said, "case", None) or ""
    return Move(type(step.said), stage, header.chain.station, day, case)


def _take_back(made: list[Move], first: type[e.Said], *, keeps: bool) -> None:
    """Forget the moves from the last one of that kind on, or behind it; none of it, nothing."""
    places = [place for place, move in enumerate(made) if move.kind is first]
    if places:
        del made[places[-1] + keeps :]


# what takes moves back: from which kind of event on, and whether that one itself stands
_TAKES_BACK: Final[Mapping[type[e.Said], tuple[type[e.Said], bool]]] = {
    e.EnteredByMistake: (e.Received, False),
    e.DirectGiftWithdrawn: (e.GivenDirectly, False),
    e.HandoverWithdrawn: (e.HandedOver, False),
    e.LineReopened: (e.HandedOver, True),
}

_LEADS_TO: Final[Mapping[type[e.Said], Stage]] = {
    e.Received: Stage.RECEIVED,
    e.GivenDirectly: Stage.HANDED_OVER,
    e.TakenToBench: Stage.ON_BENCH,
    e.MadeReady: Stage.READY,
    e.TakenBackForRepair: Stage.IN_REPAIR_FOR_PUPIL,
    e.GivenBack: Stage.HANDED_OVER,
    e.ReturnedToStock: Stage.RECEIVED,
    e.SentTo: Stage.IN_TRANSIT,
    e.Retired: Stage.RETIRED,
}


def _handed_over(said: e.HandedOver, _made: Sequence[Move]) -> Stage:
    return Stage.WITH_SCHOOL if said.to == "school" else Stage.HANDED_OVER


def _confirmed(said: e.HandoverConfirmed, _made: Sequence[Move]) -> Stage | None:
    """A pupil who was absent moves nothing; what was brought back lies at the point again."""
    if said.result in SIGNED:
        return Stage.HANDED_OVER
    return Stage.RECEIVED if said.back else None


def _arrived(_said: e.ArrivedFrom, made: Sequence[Move]) -> Stage:
    """What was ready before it travelled is ready where it arrives."""
    there = next((m.stage for m in reversed(made) if m.stage is not Stage.IN_TRANSIT), None)
    return Stage.READY if there is Stage.READY else Stage.RECEIVED


_ASKED: Final[Mapping[type[e.Said], Callable[[Any, Sequence[Move]], Stage | None]]] = {
    e.HandedOver: _handed_over,
    e.HandoverConfirmed: _confirmed,
    e.ArrivedFrom: _arrived,
}
