"""The work list of a device: what its verdicts and defects ask for, each line done by one key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from station import events as e
from station.checks import Outcome
from station.device import Check, Defect
from station.parts import Parts
from station.reference import Reference, Table, Work
from station.words import _
from ui.coded_words import coded
from ui.device.check_rows import remedies
from ui.device.judged import JudgedDevice
from ui.device.remedies import (
    AddItem,
    ChooseWork,
    Fix,
    Remedy,
    in_stock,
    item_from_stock,
    left_of,
)
from ui.theme import Tone


@dataclass(frozen=True)
class WorkLine:
    """One thing to do, why, and what the counted stock has for it."""

    tone: Tone
    what: str
    why: str
    stock: str
    remedy: Remedy


def work_lines(judged: JudgedDevice, reference: Reference) -> tuple[WorkLine, ...]:
    """What to do, what keeps the device back first; each work once, for all that it mends."""
    found = (*_of_checks(judged, reference), *_of_defects(judged, reference))
    once: dict[Remedy | str, WorkLine] = {}
    for line in sorted(found, key=lambda line: _FIRST.index(line.tone)):
        key = _key(line.remedy)
        once[key] = _mending_both(once[key], line) if key in once else line
    return tuple(once.values())


def _mending_both(first: WorkLine, other: WorkLine) -> WorkLine:
    """A new screen ends its cracks and its dead dots, and the check that failed because of them."""
    remedy, more = first.remedy, other.remedy
    if not isinstance(remedy, Fix | ChooseWork) or not isinstance(more, Fix | ChooseWork):
        return first
    mends = tuple(dict.fromkeys((*remedy.mends, *more.mends)))
    why = first.why if other.why in first.why else f"{first.why}; {other.why}"
    return replace(first, why=why, remedy=replace(remedy, mends=mends))


_FIRST = (Tone.FAIL, Tone.WARN, Tone.UNKNOWN, Tone.OK)


def _key(remedy: Remedy) -> Remedy | str:
    return remedy.work if isinstance(remedy, Fix | ChooseWork) else remedy


def _of_checks(judged: JudgedDevice, reference: Reference) -> Iterator[WorkLine]:
    met = {condition.check for condition in judged.gate.met_by_kit}
    for check in judged.device.checks:
        outcome = check.result.outcome
        if check.stale or check.result.check in met:
            continue
        if outcome in {Outcome.FAIL, Outcome.WARN}:
            tone = Tone.FAIL if outcome is Outcome.FAIL else Tone.WARN
            why = coded(Table.CHECKS, check.result.check, reference)
            for work in remedies(check.result.check, reference):
                yield _work_line(work, tone, why, judged.opened.stock, reference)
        if outcome in {Outcome.FAIL, Outcome.UNKNOWN}:
            yield from _stand_ins(check, judged, reference)


def _stand_ins(check: Check, judged: JudgedDevice, reference: Reference) -> Iterator[WorkLine]:
    """What makes up for it from the kit: what lies in stock first, else the first that would."""
    name = check.result.check
    if check.result.reason in judged.rules.dangers:
        return
    items = [i for i in judged.rules.stand_ins(name) if i not in judged.device.kit]
    stock = judged.opened.stock
    there = [i for i in items if item_from_stock(i, stock, reference)]
    for item in (there or items)[:1]:
        tone = Tone.FAIL if check.result.outcome is Outcome.FAIL else Tone.UNKNOWN
        why = coded(Table.CHECKS, name, reference)
        yield kit_line(item, tone, why, stock, reference)


def kit_line(
    item: str, tone: Tone, why: str, stock: Sequence[Parts], reference: Reference
) -> WorkLine:
    """Something to put beside the device."""
    part = item_from_stock(item, stock, reference)
    word = coded(Table.KIT_ITEMS, item, reference)
    left = _left(left_of(part, stock)) if part else _("none counted")
    return WorkLine(
        tone, _("Add {item} to the kit").format(item=word), why, left, AddItem(item, part)
    )


def _of_defects(judged: JudgedDevice, reference: Reference) -> Iterator[WorkLine]:
    for defect in judged.device.defects:
        known = reference.tables.defects.get(defect.defect)
        for work_id in known.works[:1] if known else ():
            tone = Tone.WARN if defect.severity == "cosmetic" else Tone.FAIL
            why = defect_words(defect, reference)
            gone = e.DefectGone(defect=defect.defect, zone=defect.zone)
            work = reference.work(work_id)
            yield _work_line(work, tone, why, judged.opened.stock, reference, mends=(gone,))


def defect_words(defect: Defect, reference: Reference) -> str:
    """What is wrong and where."""
    named = coded(Table.DEFECTS, defect.defect, reference)
    return f"{named} – {coded(Table.ZONES, defect.zone, reference)}"


def _work_line(
    work: Work,
    tone: Tone,
    why: str,
    stock: Sequence[Parts],
    reference: Reference,
    *,
    mends: tuple[e.DefectGone, ...] = (),
) -> WorkLine:
    word = coded(Table.WORKS, work.id, reference)
    there = in_stock(work, stock)
    if there and work.alike:
        part = there[0]
        what = f"{word}: {coded(Table.PARTS, part, reference)}"
        return WorkLine(tone, what, why, _left(left_of(part, stock)), Fix(work.id, (part,), mends))
    if there:
        together = sum(left_of(part, stock) for part in there)
        return WorkLine(tone, word, why, _left(together), ChooseWork(work.id, mends))
    if work.parts:
        return WorkLine(tone, word, why, _("none counted"), ChooseWork(work.id, mends))
    return WorkLine(tone, word, why, "", Fix(work.id, (), mends))


def _left(count: int) -> str:
    return _("{count} left").format(count=count)
