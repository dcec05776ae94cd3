"""What the public may know of one device: made of public fields alone (decision 0022).

Months, never days: a day would tell which pupil of a small school it was. No person, no case, no
school, no serial number, nobody who worked on it. That it is kept for somebody is not told either.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct, structs

from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Stage
from station.moves import History, Move


class Stop(Struct, frozen=True, omit_defaults=True):
    """One station of the way. `month` is the first day of its month."""

    what: str  # a word of STOPS
    month: date
    point: int = 0  # number of the point where it happened


class Erased(Struct, frozen=True, omit_defaults=True):
    """How the data of one disk went, and how that is known."""

    method: str = ""  # of resources; "" = the disk was taken out
    destiny: str = ""  # what became of a disk that was taken out
    verified_permille: int = 0
    month: date | None = None


class Journey(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The way of one device as everybody may read it."""

    code: str
    stage: str  # station.device.Stage
    kind: str = ""
    maker: str = ""
    model: str = ""
    donor_kind: str = ""
    stops: tuple[Stop, ...] = ()
    works: tuple[str, ...] = ()  # coded, in order
    fitted: tuple[str, ...] = ()  # parts put in
    erased: tuple[Erased, ...] = ()
    system: str = ""
    grade: str = ""
    checks_passed: int = 0
    checks_met_by_kit: int = 0
    unchecked: bool = False  # given past the point, which tested nothing
    mistaken: bool = False  # its intake was taken back


STOPS: Final[Mapping[Stage, str]] = {
    Stage.RECEIVED: "received",
    Stage.ON_BENCH: "bench",
    Stage.READY: "ready",
    Stage.WITH_SCHOOL: "school",
    Stage.HANDED_OVER: "given",
    Stage.IN_REPAIR_FOR_PUPIL: "repair",
    Stage.IN_TRANSIT: "sent",
    Stage.RETIRED: "retired",
}
RETURNED, ARRIVED = "returned", "arrived"
_OTHERWISE: Final[Mapping[type[e.Said], str]] = {
    e.ReturnedToStock: RETURNED,
    e.HandoverConfirmed: RETURNED,  # that leads to stock alone: it was brought back
    e.ArrivedFrom: ARRIVED,
}


def told(code: str, history: History) -> Journey | None:
    """The way of a device; None where nobody ever said that it was taken in."""
    made = history.moves
    journey = Journey(code=code, stage=made[-1].stage if made else Stage.RETIRED)
    checks: dict[str, CheckResult] = {}
    for step in history.steps:
        if change := _CHANGES.get(type(step.said)):
            journey = structs.replace(journey, **change(journey, step.said))
        if isinstance(step.said, e.StorageErased | e.StorageRemoved):
            month = step.event.header.day.replace(day=1)
            journey = structs.replace(journey, erased=(*journey.erased, *_erased(step.said, month)))
        elif isinstance(step.said, e.ChecksRecorded | e.CheckEnteredByHand):
            checks |= {result.check: result for result in _results(step.said)}
        elif isinstance(step.said, e.Received | e.ReturnedToStock):
            checks.clear()
    if not made and not journey.mistaken:
        return None
    passed = sum(check.outcome in {Outcome.PASS, Outcome.WARN} for check in checks.values())
    return structs.replace(journey, stops=tuple(_stops(made)), checks_passed=passed)


def _stops(made: Sequence[Move]) -> Iterator[Stop]:
    """One stop a move; what happened again in the same month at the same point is one."""
    last = None
    for move in made:
        what = STOPS[move.stage]
        if move.stage in {Stage.RECEIVED, Stage.READY}:
            what = _OTHERWISE.get(move.kind, what)
        stop = Stop(what, move.day.replace(day=1), move.station)
        if stop != last:
            yield stop
        last = stop


def _results(said: e.ChecksRecorded | e.CheckEnteredByHand) -> tuple[CheckResult, ...]:
    return said.results if isinstance(said, e.ChecksRecorded) else (said.result,)


def _erased(said: e.StorageErased | e.StorageRemoved, month: date) -> Iterator[Erased]:
    """Nothing of an erasure that did not pass: another one follows, or the disk goes."""
    if isinstance(said, e.StorageRemoved):
        yield Erased(destiny=said.destiny, month=month)
    elif said.passed:
        yield Erased(method=said.method, verified_permille=said.verified_permille, month=month)


# ---- what each kind of event adds ----

Changes = dict[str, Any]


def _received(journey: Journey, said: e.Received | e.GivenDirectly) -> Changes:
    """It begins: under a label that was used by mistake, another device may come."""
    fresh = Journey(code=journey.code, stage=journey.stage)
    words = {"maker": said.maker or "", "model": said.model or ""}
    direct = {"unchecked": isinstance(said, e.GivenDirectly)}
    return (
        structs.asdict(fresh)
        | words
        | direct
        | {"kind": said.kind, "donor_kind": said.donor_kind or ""}
    )


def _described(_journey: Journey, said: e.Described) -> Changes:
    return {name: word for name in ("kind", "maker", "model") if (word := getattr(said, name))}


def _mistaken(journey: Journey, _said: e.Said) -> Changes:
    """It was never there: nothing is told of it."""
    fresh = Journey(code=journey.code, stage=journey.stage, mistaken=True)
    return structs.asdict(fresh)


def _returned(_journey: Journey, _said: e.ReturnedToStock) -> Changes:
    """A pupil used it in between: what is said of its state must be found out anew."""
    return {"system": "", "grade": "", "checks_met_by_kit": 0, "unchecked": False}


_CHANGES: Final[Mapping[type[e.Said], Callable[[Journey, Any], Changes]]] = {
    e.Received: _received,
    e.GivenDirectly: _received,
    e.Described: _described,
    e.ArrivedFrom: lambda j, said: {"kind": j.kind or said.kind or ""},
    e.EnteredByMistake: _mistaken,
    e.DirectGiftWithdrawn: _mistaken,
    e.ReturnedToStock: _returned,
    e.WorkDone: lambda j, said: {"works": (*j.works, said.work)},
    e.PartFitted: lambda j, said: {"fitted": (*j.fitted, said.item)},
    e.SystemInstalled: lambda _j, said: {"system": said.system},
    e.Graded: lambda _j, said: {"grade": said.grade},
    e.MadeReady: lambda _j, said: {"checks_met_by_kit": len(said.met_by_kit)},
}
