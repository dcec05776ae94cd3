"""The table of checks in words: what was measured, the verdict, and what to do about it."""

from dataclasses import dataclass

from diagnostics.fit_words import fit_reason_word
from diagnostics.wording import figure_word
from station.checks import Measurement, Outcome
from station.device import Check, CheckSource, Device
from station.reference import Reference, ReleaseRules, Table, Work
from station.release import PASSED
from station.words import _
from ui.coded_words import coded, outcome_tone, outcome_word
from ui.sizes import memory_figure
from ui.theme import Tone

TARGETED = 6  # a work that touches more checks than this mends no single one of them
JOIN = " / "


@dataclass(frozen=True)
class CheckRow:
    """One check as people read it."""

    check: str
    part: str
    figures: str
    tone: Tone
    verdict: str
    proposal: str


def check_rows(device: Device, rules: ReleaseRules, reference: Reference) -> tuple[CheckRow, ...]:
    """Every check the policy asks for and every other one that says something, troubles first."""
    tried = (
        known.result.check
        for known in device.checks
        if known.result.outcome is not Outcome.NOT_APPLICABLE
    )
    wanted = tuple(dict.fromkeys((*rules.checks, *tried)))
    rows = (_row(check, device, rules, reference) for check in wanted)
    return tuple(sorted(rows, key=lambda row: _FIRST.index(row.tone)))


_FIRST = (Tone.FAIL, Tone.UNKNOWN, Tone.WARN, Tone.OK)


def _row(check: str, device: Device, rules: ReleaseRules, reference: Reference) -> CheckRow:
    known = device.check(check)
    tone, verdict = verdict_of(known)
    return CheckRow(
        check=check,
        part=coded(Table.CHECKS, check, reference),
        figures=_figures(known) if known else "",
        tone=tone,
        verdict=verdict,
        proposal=_proposal(known, check, rules, reference),
    )


def verdict_of(known: Check | None) -> tuple[Tone, str]:
    """The chip of a check: never tried, to repeat and measured without an answer stay apart."""
    if known is None:
        return Tone.UNKNOWN, _("Untested")
    if known.stale:
        return Tone.UNKNOWN, _("To repeat")
    outcome = known.result.outcome
    if outcome is Outcome.NOT_APPLICABLE:
        return Tone.OK, outcome_word(outcome)
    return outcome_tone(outcome), outcome_word(outcome)


def _figures(known: Check) -> str:
    words = [_measured(measurement) for measurement in known.result.measured]
    words += [fit_reason_word(known.result.reason)] if known.result.reason else []
    if not words and known.source is CheckSource.HAND:
        words = [_("tried by hand")]
    return " · ".join(words)


def _measured(measurement: Measurement) -> str:
    match measurement.name:
        case "total_mib":
            return memory_words(measurement.value)
        case "capacity_gb":
            return f"{measurement.value} GB"
        case "health_percent":
            return _("holds {percent} %").format(percent=measurement.value)
    return figure_word(measurement)


def memory_words(mib: int) -> str:
    """An amount of memory, as people here write figures."""
    return f"{memory_figure(mib)} GB"


def _proposal(known: Check | None, check: str, rules: ReleaseRules, reference: Reference) -> str:
    if known is None or known.stale:
        return _("Try it") if check in rules.by_hand else _("Run diagnostics")
    if known.result.outcome is Outcome.PASS:
        return ""
    if known.result.outcome in PASSED:
        return _remedies(check, reference)
    return _way_out(known, check, rules, reference)


def _way_out(known: Check, check: str, rules: ReleaseRules, reference: Reference) -> str:
    """Repair it, let something in the kit stand in, or try what gave no result."""
    items = (coded(Table.KIT_ITEMS, item, reference) for item in rules.stand_ins(check))
    instead = _("add {items}").format(items=JOIN.join(items)) if rules.stand_ins(check) else ""
    if known.result.outcome is Outcome.FAIL:
        return _capital(_or(_remedies(check, reference), instead))
    return _capital(_or(_("Try it") if check in rules.by_hand else "", instead))


def remedies(check: str, reference: Reference) -> tuple[Work, ...]:
    """The works that are about this check: those that name it first."""
    works = reference.tables.works.values()
    touching = [work for work in works if check in work.stale and len(work.stale) <= TARGETED]
    first = min((work.stale.index(check) for work in touching), default=0)
    near = [work for work in touching if work.stale.index(check) == first]
    least = min((len(work.stale) for work in near), default=0)
    return tuple(work for work in near if len(work.stale) == least)


def _remedies(check: str, reference: Reference) -> str:
    return JOIN.join(coded(Table.WORKS, work.id, reference) for work in remedies(check, reference))


def _or(*ways: str) -> str:
    return _(" or ").join(way for way in ways if way)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
