"""The approved list as everybody may see it: codes, levels, and a commune where nobody stands out.

Whoever keeps every state of the list and knows that one child was approved, or left, these days
must not learn which code is that child's. So nothing changes one by one: a level takes in 5 cases
at least at a time, and lets 5 go; a commune is told of 5 cases of a level at a time; and of those
whose commune is not told there are 5 in their level, or none. Decision 0035.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from station.reference import Reference
from sync.central import tables as t
from sync.central.numbers.holding_back import K
from sync.central.numbers.snapshots import Snapshots
from sync.central.programme.applications import ApplicationState

LONGEST = timedelta(days=7)  # that a case stands on the list whose consent was taken back


class Case(Struct, frozen=True, array_like=True):
    """One line: it says nothing of what was given."""

    code: str
    level: str
    unit: str = ""  # "": not told


class CaseList(Struct, frozen=True):
    """One state of the list, in the order of its codes, which are drawn."""

    made_s: int
    day: date
    cases: tuple[Case, ...] = ()
    leaving: tuple[tuple[str, date], ...] = ()  # codes that are to go, and since when


CASES = Snapshots("cases", CaseList, every_s=600)


def listed(engine: Engine) -> CaseList | None:
    """The list as it stands; None before the first was made."""
    return CASES.last(engine)


def renew(engine: Engine, reference: Reference, now_s: int) -> bool:
    """Bring the list up to date once a day; whether that was done now."""
    day = reference.programme.day(now_s)

    def make(connection: Connection, before: CaseList | None) -> CaseList:
        if before is not None and before.day >= day:
            return before
        return next_list(before or CaseList(now_s, day), _public(connection), day, now_s)

    return CASES.renewed(engine, now_s, make)


def _public(connection: Connection) -> list[Case]:
    """Approved, and its publication agreed to; whether it was given anything does not matter."""
    table = t.application.c
    wanted = select(table.code, table.level, table.unit).where(
        table.state == ApplicationState.APPROVED, table.public
    )
    return [Case(row.code, row.level, row.unit or "") for row in connection.execute(wanted)]


def next_list(before: CaseList, public: Iterable[Case], day: date, now_s: int) -> CaseList:
    """The list of this day out of that of the day before."""
    wanted = {case.code: case for case in public}
    since = dict(before.leaving)
    kept: list[Case] = []
    leaving: list[tuple[str, date]] = []
    for level in sorted({case.level for case in (*before.cases, *wanted.values())}):
        stood = {case.code: case for case in before.cases if case.level == level}
        coming = {c.code: c for c in wanted.values() if c.level == level}
        now, going = _level(stood, coming, since, day)
        kept += now
        leaving += going
    same = tuple(sorted(kept, key=lambda case: case.code))
    made_s = before.made_s if same == before.cases else now_s
    return CaseList(made_s, day, same, tuple(sorted(leaving)))


def _level(
    stood: Mapping[str, Case], wanted: Mapping[str, Case], since: Mapping[str, date], day: date
) -> tuple[list[Case], list[tuple[str, date]]]:
    gone = {code: since.get(code, day) for code in stood if code not in wanted}
    if len(gone) >= K or any(day - first >= LONGEST for first in gone.values()):
        stood = {code: case for code, case in stood.items() if code not in gone}
        gone = {}
    fresh = [Case(code, case.level) for code, case in wanted.items() if code not in stood]
    now = dict(stood)
    if len(fresh) >= K:
        now |= {case.code: case for case in fresh}
    if len(now) < K:
        return [], []  # so few of a level are not listed at all
    return list(_with_communes(now, wanted).values()), sorted(gone.items())


def _with_communes(now: dict[str, Case], wanted: Mapping[str, Case]) -> dict[str, Case]:
    told = {code: case for code, case in now.items() if case.unit}
    told = _without(told, {unit for unit, count in _counts(told.values()) if count < K})
    hidden = {code for code in now if code not in told}
    units: dict[str, set[str]] = {}
    for code in hidden:
        if code in wanted and wanted[code].unit:
            units.setdefault(wanted[code].unit, set()).add(code)
    for unit, codes in sorted(units.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(codes) >= K and len(hidden) - len(codes) not in range(1, K):
            told |= {code: Case(code, now[code].level, unit) for code in codes}
            hidden -= codes
    while 0 < len(hidden) < K and told:  # those left over would be found by taking the others away
        unit = min(_counts(told.values()), key=lambda one: (one[1], one[0]))[0]
        told = _without(told, {unit})
        hidden = {code for code in now if code not in told}
    return told | {code: Case(code, now[code].level) for code in hidden}


def _counts(cases: Iterable[Case]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for case in cases:
        found[case.unit] = found.get(case.unit, 0) + 1
    return list(found.items())


def _without(told: Mapping[str, Case], units: set[str]) -> dict[str, Case]:
    return {code: case for code, case in told.items() if case.unit not in units}
