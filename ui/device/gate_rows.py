"""The release gate as a short checklist: all checks in one row, each other condition in its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from station.device import Device
from station.grading import GradeProposal
from station.reference import Reference, Table
from station.release import ERASURE, GRADE, KIT, LOCKS, SERIAL, SYSTEM, Condition, State
from station.words import _, _n
from ui.coded_words import coded, listed
from ui.device.acts import ORDER, OWN_CONDITIONS, BenchAct, act_for
from ui.device.judged import JudgedDevice
from ui.device.remedies import AcceptGrade, AddItem, Remedy, SeenStarting, item_from_stock, left_of
from ui.gate_words import condition_words
from ui.grade_words import grade_sentence
from ui.theme import Tone

# somebody looked, and it is not well
BAD = frozenset({"failed", "dangerous", "locked", "not_erased"})
NAMED = 3  # so many open checks are told by name


@dataclass(frozen=True)
class GateRow:
    """One line of the checklist and the act that would meet it."""

    tone: Tone
    name: str
    detail: str
    act: BenchAct | None = None
    remedy: Remedy | None = None  # does it at once, without a dialog
    does: str = ""  # what the remedy's button says
    whole: str = ""  # every open check with what is wrong with it, a line each

    @property
    def met(self) -> bool:
        """Whether nothing is left to do here."""
        return self.act is None


def gate_rows(judged: JudgedDevice, reference: Reference) -> tuple[GateRow, ...]:
    """The checklist of a device: the checks together first."""
    conditions = judged.gate.conditions
    checks = [c for c in conditions if c.name not in OWN_CONDITIONS]
    own = [c for c in conditions if c.name in OWN_CONDITIONS]
    first = (_checks_row(checks, judged, reference),) if checks else ()
    return (*first, *(_own_row(condition, judged, reference) for condition in own))


def _own_row(condition: Condition, judged: JudgedDevice, reference: Reference) -> GateRow:
    name, detail = condition_words(condition, reference)
    exception = _exception(condition, judged.device, reference)
    if exception:
        return GateRow(Tone.WARN, name, exception)
    if condition.state is not State.OPEN:
        return GateRow(Tone.OK, name, _how_met(condition.name, judged.device, reference) or detail)
    act = act_for(condition, judged.device, reference, judged.rules)
    tone = Tone.FAIL if condition.why in BAD else Tone.UNKNOWN
    more, remedy, does = _at_once(condition, judged, reference)
    return GateRow(tone, name, more or detail, act, remedy, does)


def _at_once(
    condition: Condition, judged: JudgedDevice, reference: Reference
) -> tuple[str, Remedy | None, str]:
    """What would meet the condition in one key: what to say of it, and of its button."""
    if condition.why == "kit_incomplete":
        return _kit_from_stock(condition, judged, reference)
    if condition.why == "no_first_boot":
        return "", SeenStarting(), _("Seen")
    proposal = judged.proposal
    if condition.name == GRADE and proposal is not None:
        return grade_sentence(proposal, reference), *_accepting(proposal, reference)
    return "", None, ""


def _accepting(proposal: GradeProposal, reference: Reference) -> tuple[Remedy | None, str]:
    if proposal.grade is None:
        return None, ""
    word = coded(Table.GRADES, proposal.grade, reference)
    return AcceptGrade(proposal.grade), _("Confirm {grade}").format(grade=word)


def _kit_from_stock(
    condition: Condition, judged: JudgedDevice, reference: Reference
) -> tuple[str, Remedy | None, str]:
    """The first missing item that lies in the boxes: how many are left, and the way to add it."""
    stock = judged.opened.stock
    missing = listed(coded(Table.KIT_ITEMS, item, reference) for item in condition.detail)
    for item in condition.detail:
        part = item_from_stock(item, stock, reference)
        if part:
            told = _("missing: {items} – in stock: {part}, {count} left").format(
                items=missing,
                part=coded(Table.PARTS, part, reference),
                count=left_of(part, stock),
            )
            return told, AddItem(item, part), _("Add")
    return "", None, ""


def _checks_row(checks: Iterable[Condition], judged: JudgedDevice, reference: Reference) -> GateRow:
    waived = [c for c in checks if _exception(c, judged.device, reference)]
    missing = [c for c in checks if c.state is State.OPEN and c not in waived]
    name = _("Checks")
    if not missing:
        return GateRow(
            Tone.WARN if waived else Tone.OK, name, _all_passed(checks, waived, reference)
        )
    acts = {act_for(c, judged.device, reference, judged.rules) for c in missing}
    failed = any(c.why in BAD for c in missing)
    return GateRow(
        Tone.FAIL if failed else Tone.UNKNOWN,
        name,
        _missing_checks(missing, reference),
        min(acts, key=ORDER.index),
        whole="\n".join(": ".join(condition_words(c, reference)) for c in missing),
    )


def _missing_checks(missing: list[Condition], reference: Reference) -> str:
    """How many of each; a few are named, what is worst first."""
    counted = listed(_counts([c.why for c in missing]))
    if len(missing) > NAMED:
        return counted
    worst = sorted(missing, key=lambda c: c.why not in BAD)
    return f"{counted}: {listed(condition_words(c, reference)[0] for c in worst)}"


def _counts(whys: list[str]) -> Iterator[str]:
    stale, unknown = (whys.count(why) for why in ("stale", "unknown"))
    failed = sum(why in BAD for why in whys)
    others = len(whys) - failed - stale - unknown
    if failed:
        yield _n("{count} failed", "{count} failed", failed).format(count=failed)
    if stale:
        yield _n("{count} to repeat", "{count} to repeat", stale).format(count=stale)
    if unknown:
        yield _n("{count} not known", "{count} not known", unknown).format(count=unknown)
    if others:
        yield _n("{count} untested", "{count} untested", others).format(count=others)


def _all_passed(checks: Iterable[Condition], waived: list[Condition], reference: Reference) -> str:
    by_kit = [c for c in checks if c.state is State.MET_BY_KIT]
    items = dict.fromkeys(coded(Table.KIT_ITEMS, c.detail[0], reference) for c in by_kit)
    if waived:
        return _("one let go: {check}").format(check=condition_words(waived[0], reference)[0])
    if items:
        return _("passed, with {items}").format(items=listed(items))
    return _("all passed")


def _exception(condition: Condition, device: Device, reference: Reference) -> str:
    """What the lead said when this was let go, "" when it was not."""
    overrides = device.released.overrides if device.released else ()
    reasons = [o.reason for o in overrides if o.condition == condition.name]
    if not reasons:
        return ""
    return _("let go: {reason}").format(reason=coded(Table.REASONS, reasons[0], reference))


def _how_met(name: str, device: Device, reference: Reference) -> str:
    """The fact that meets a condition, rather than the word that it is met."""
    facts = {
        SERIAL: device.serial or "",
        LOCKS: _("none found"),
        ERASURE: _erased(device, reference),
        SYSTEM: coded(Table.SYSTEMS, device.system.system, reference) if device.system else "",
        KIT: listed(coded(Table.KIT_ITEMS, item, reference) for item in device.kit),
        GRADE: coded(Table.GRADES, device.grade, reference) if device.grade else "",
    }
    return facts[name]


def _erased(device: Device, reference: Reference) -> str:
    methods = dict.fromkeys(
        d.erased_by for d in device.disks or () if d.erased_by and not d.removed
    )
    return listed(coded(Table.ERASURES, method, reference) for method in methods)
