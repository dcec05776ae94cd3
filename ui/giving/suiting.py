"""Why a device suits a case, in a line that a person compares with another."""

from collections.abc import Mapping

from station.case import Case
from station.codes import grouped
from station.matching import Level, Suggestion
from station.reference import Reference, Table
from station.words import _, _n
from ui.coded_words import coded, listed

MIB_A_GB = 1024


def why(found: Suggestion, case: Case, shelves: Mapping[str, str], reference: Reference) -> str:
    """What speaks for it: "Enough for lower secondary: 8 GB RAM, SSD; waits 12 days; shelf A2"."""
    parts = (
        _("the donor chose this pupil") if found.chosen_by_donor else "",
        "" if found.of_wanted_kind else _not_wanted(case, reference),
        _level(found, case, reference),
        _lacking(found, reference),
        _waiting(found.waits_days),
        _place(found.device.shelf, shelves),
    )
    told = "; ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def _level(found: Suggestion, case: Case, reference: Reference) -> str:
    level = coded(Table.LEVELS, case.level, reference) if case.level else ""
    facts = _facts(found)
    told = {
        Level.ENOUGH: _("enough for {level}: {facts}"),
        Level.TIGHT: _("just enough for {level}: {facts}"),
        Level.UNKNOWN: _("not known whether it is enough for {level}: {facts}"),
        Level.SMALL: _("too little for {level}: {facts}"),
        Level.OWN_KIND: _("a tablet that passed its own checks"),
        Level.NO_COMPUTER: _("no computer by itself"),
    }[found.level]
    return told.format(level=level, facts=facts)


def _facts(found: Suggestion) -> str:
    """What a person knows a computer by; what nobody measured is said to be just that."""
    memory = _memory(found.memory_mib)
    disk = {True: "SSD", False: "HDD", None: ""}[found.ssd]
    return listed(part for part in (memory, disk) if part) or _("nothing was measured")


def _memory(mib: int | None) -> str:
    if mib is None:
        return ""
    return _("{count} GB RAM").format(count=max(round(mib / MIB_A_GB), 1))


def _lacking(found: Suggestion, reference: Reference) -> str:
    if not found.lacking:
        return ""
    checks = listed(coded(Table.CHECKS, check, reference) for check in found.lacking)
    return _("only with its kit: {checks}").format(checks=checks)


def _not_wanted(case: Case, reference: Reference) -> str:
    wanted = coded(Table.KINDS, case.wants or "", reference)
    return _("not the {kind} asked for").format(kind=wanted.lower())


def _waiting(days: int) -> str:
    return _n("waits {count} day", "waits {count} days", days).format(count=days) if days else ""


def _place(shelf: str | None, shelves: Mapping[str, str]) -> str:
    if shelf is None:
        return _("on no shelf")
    return _("at {name}").format(name=shelves.get(shelf) or grouped(shelf))
