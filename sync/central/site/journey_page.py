"""The page of one device, to which the code on its label leads; and the file that proves it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from msgspec import Struct

from station.codes import grouped
from station.device import Stage
from station.journey import Erased, Journey, Stop
from station.reference import Reference, Table, UnknownReference
from station.words import _, _c
from sync.central.keeping.publishing import history_file
from sync.central.numbers.journeys import ShownJourney, shown_journey
from sync.central.site.rendering import month
from sync.central.site.visiting import File, NoSuchPage, Page, Shown, Visit, shows

WHOLE = 1_000  # per mille


class OfDevice(Struct, frozen=True):
    """Whose page it is, by its code."""

    code: str


@shows("GET", "/t/{code}", where=OfDevice)
def journey_page(visit: Visit[OfDevice]) -> Shown:
    """Tell the way of a device."""
    values = _values(_shown(visit), visit.reference, visit.language)
    return Page("journey.html", values, version=sha256(repr(values).encode()).hexdigest())


@shows("GET", "/t/{code}/lich-su", where=OfDevice)
def history(visit: Visit[OfDevice]) -> Shown:
    """Give the signed history of a device, which anybody can check."""
    code = _shown(visit).journey.code
    lines = history_file(visit.engine, visit.own.signing, visit.now_s, code)
    return File(b"".join(lines), "application/jsonl", f"{code}.jsonl")


def _shown(visit: Visit[OfDevice]) -> ShownJourney:
    shown = shown_journey(visit.engine, visit.own.people, visit.where.code)
    if shown is None:
        raise NoSuchPage
    return shown


# ---- in words ----


def _values(shown: ShownJourney, reference: Reference, language: str) -> dict[str, Any]:
    """Everything the page says, as plain words."""
    journey = shown.journey

    def word(table: Table, id_: str) -> str:
        return _word(reference, table, id_, language)

    name = " ".join(part for part in (journey.maker, journey.model) if part)
    return {
        "code": journey.code,
        "shown_code": grouped(journey.code),
        "kind": word(Table.KINDS, journey.kind) or _("Device"),
        "name": name,
        "stage": _stage(journey),
        "meaning": _meaning(journey),
        "look": _look(journey),
        "mistaken": journey.mistaken,
        "unchecked": journey.unchecked,
        "holds_data": _holds_data(reference, journey.kind),
        "stops": [_stop(stop, reference, language) for stop in journey.stops],
        "erased": [_erasure(one, word) for one in journey.erased],
        "works": _each_once(word(Table.WORKS, work) for work in journey.works),
        "fitted": _each_once(word(Table.PARTS, part) for part in journey.fitted),
        "system": word(Table.SYSTEMS, journey.system),
        "grade": word(Table.GRADES, journey.grade),
        "passed": journey.checks_passed,
        "by_kit": journey.checks_met_by_kit,
        "donor": shown.donor,
        "donor_kind": journey.donor_kind,
    }


def _word(reference: Reference, table: Table, id_: str, language: str) -> str:
    """What a coded id means; a newer point's, that nobody published yet, stays unsaid."""
    try:
        return reference.word(table, id_, language) if id_ else ""
    except UnknownReference:
        return ""


def _holds_data(reference: Reference, kind: str) -> bool:
    """Whether such a device has a disk; one of a newer point's kinds may."""
    try:
        return reference.kind(kind).has_disk
    except UnknownReference:
        return True


def _each_once(words: Iterator[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _stop(stop: Stop, reference: Reference, language: str) -> dict[str, str]:
    return {
        "what": STOP_WORDS[stop.what]() if stop.what in STOP_WORDS else "",
        "month": month(stop.month),
        "iso": stop.month.strftime("%Y-%m"),
        "point": _point(stop, reference, language),
    }


def _point(stop: Stop, reference: Reference, language: str) -> str:
    """What the point was called in that month, by its first or its last day."""
    last = (stop.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for day in (stop.month, last):
        if name := _point_on(stop.point, day, reference, language):
            return name
    return _("Point {number}").format(number=f"{stop.point:03d}")


def _point_on(number: int, day: date, reference: Reference, language: str) -> str:
    try:
        return reference.point(number, day).word(language)
    except UnknownReference:
        return ""


def _erasure(one: Erased, word: Callable[[Table, str], str]) -> str:
    """How the data of one disk went, and how that is known: one sentence."""
    when = month(one.month)
    if not one.method:
        destiny = word(Table.DESTINIES, one.destiny)
        return _("A disk was taken out ({month}): {destiny}.").format(month=when, destiny=destiny)
    method = word(Table.ERASURES, one.method) or one.method
    if one.verified_permille >= WHOLE:
        said = _("Erased ({month}): {method}. Afterwards the whole disk was read and compared.")
    elif one.verified_permille:
        said = _("Erased ({month}): {method}. Afterwards it was read and compared ({percent} %).")
    else:
        said = _("Erased ({month}): {method}. The one who did it recorded that it succeeded.")
    percent = f"{one.verified_permille / 10:.1f}".removesuffix(".0").replace(".", ",")
    return said.format(month=when, method=method, percent=percent)


def _stage(journey: Journey) -> str:
    if journey.mistaken:
        return _("Recorded by mistake")
    return {
        Stage.RECEIVED: _c("stage", "Received"),
        Stage.ON_BENCH: _c("stage", "On the bench"),
        Stage.READY: _c("stage", "Ready to give"),
        Stage.WITH_SCHOOL: _c("stage", "With the school"),
        Stage.HANDED_OVER: _c("stage", "Handed over"),
        Stage.IN_REPAIR_FOR_PUPIL: _c("stage", "In repair for its pupil"),
        Stage.IN_TRANSIT: _c("stage", "On the way"),
        Stage.RETIRED: _c("stage", "Retired"),
    }.get(Stage(journey.stage), journey.stage)


def _meaning(journey: Journey) -> str:
    if journey.mistaken:
        return _("This code was used by mistake. No device of the programme bears it now.")
    return {
        Stage.RECEIVED: _("It was taken in and waits for its turn at the workbench."),
        Stage.ON_BENCH: _("It is being checked, repaired and erased."),
        Stage.READY: _("It passed all checks and waits for its pupil."),
        Stage.WITH_SCHOOL: _("A school has it and gives it to its pupil."),
        Stage.HANDED_OVER: _("A pupil learns with it."),
        Stage.IN_REPAIR_FOR_PUPIL: _("It is repaired, and goes back to the same pupil."),
        Stage.IN_TRANSIT: _("It is on its way to another point."),
        Stage.RETIRED: _("It could not be given. Usable parts may live on in other devices."),
    }.get(Stage(journey.stage), "")


def _look(journey: Journey) -> str:
    """The colour of the stage; its word stands beside it."""
    if journey.mistaken or journey.stage == Stage.RETIRED:
        return ""
    return "ok" if journey.stage in {Stage.READY, Stage.HANDED_OVER} else "warn"


STOP_WORDS: dict[str, Callable[[], str]] = {
    "received": lambda: _("Received from its donor"),
    "bench": lambda: _("Checked and repaired at the workbench"),
    "ready": lambda: _("Ready to give"),
    "school": lambda: _("Handed to a school"),
    "given": lambda: _("Given to a pupil"),
    "repair": lambda: _("Back for a repair"),
    "returned": lambda: _("Came back to the programme"),
    "sent": lambda: _("Sent to another point"),
    "arrived": lambda: _("Arrived from another point"),
    "retired": lambda: _("Taken out of the programme"),
}

VIEWS = (journey_page, history)
