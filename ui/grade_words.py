"""A proposed grade in words: what it is, why, or what must be known first."""

from station.grading import CONDITION, GradeProposal, GradeReason
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded, listed

NAMED = 2  # so many reasons or gaps are told by name


def grade_sentence(proposal: GradeProposal, reference: Reference) -> str:
    """One line: the grade with its reasons, or what it waits for."""
    if proposal.grade is None:
        gaps = [_missing(name, reference) for name in proposal.missing]
        if len(gaps) > NAMED:
            return _("proposed once all checks are done")
        return _("proposed once this is known: {names}").format(names=listed(gaps))
    grade = coded(Table.GRADES, proposal.grade, reference)
    because = listed(reason_words(reason, reference) for reason in proposal.reasons[:NAMED])
    if not because:
        return _("proposed: {grade}, nothing speaks against it").format(grade=grade)
    return _("proposed: {grade} – {reasons}").format(grade=grade, reasons=because)


def reason_words(reason: GradeReason, reference: Reference) -> str:
    """What lowered the grade."""
    if reason.condition:
        return coded(Table.CONDITIONS, reason.condition, reference).lower()
    if reason.defect:
        zone = coded(Table.ZONES, reason.zone, reference)
        return f"{coded(Table.DEFECTS, reason.defect, reference)} ({zone})"
    check = coded(Table.CHECKS, reason.check, reference)
    if reason.item:
        item = coded(Table.KIT_ITEMS, reason.item, reference)
        return _("{check}: only with {item}").format(check=check, item=item)
    return _("{check}: needs attention").format(check=check)


def _missing(name: str, reference: Reference) -> str:
    return _("how it looks") if name == CONDITION else coded(Table.CHECKS, name, reference)
