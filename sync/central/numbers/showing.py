"""The programme in numbers, as everybody may see them: a snapshot every few minutes.

How many devices a point took in, has and gave, month by month, is exact: anybody may count it from
the devices' pages. Figures about pupils, by commune and level, are held back (`holding_back`).
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, extract, func, select

from station.counting import Measure
from station.reference import Reference
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.numbers.holding_back import drawn, moved
from sync.central.numbers.snapshots import Snapshots

BY_MONTH = (Measure.RECEIVED, Measure.GIVEN, Measure.RETIRED)


class Flow(Struct, frozen=True):
    """What a point did in one month; `month` is its first day."""

    point: int
    month: date
    received: int = 0
    given: int = 0
    retired: int = 0


class Month(Struct, frozen=True):
    """What all points did in one month; `month` is its first day."""

    month: date
    received: int = 0
    given: int = 0


class Holding(Struct, frozen=True):
    """All that a point did so far, and what lies there now."""

    point: int
    received: int = 0
    given: int = 0
    retired: int = 0
    in_work: int = 0
    ready: int = 0
    at_school: int = 0


class Shown(Struct, frozen=True):
    """One cell that is held back: a commune's or a level's."""

    id: str
    given: int
    months: tuple[
        tuple[date, int], ...
    ] = ()  # what was shown at the end of months in which it moved

    def in_month(self, month: date) -> int:
        """By how much it moved in a month."""
        return self.given_by(month) - self._before(month)

    def given_by(self, month: date) -> int:
        """What was shown at the end of a month."""
        return max(((at, given) for at, given in self.months if at <= month), default=(0, 0))[1]

    def _before(self, month: date) -> int:
        return max(((at, given) for at, given in self.months if at < month), default=(0, 0))[1]


class Numbers(Struct, frozen=True):
    """One state of all public figures."""

    made_s: int
    day: date
    points: tuple[Holding, ...] = ()
    flows: tuple[Flow, ...] = ()
    months: tuple[Month, ...] = ()  # those in which anything happened, newest first
    communes: tuple[Shown, ...] = ()
    communes_rest: int = 0  # given, and not shown by commune yet
    levels: tuple[Shown, ...] = ()
    levels_rest: int = 0

    @property
    def received(self) -> int:
        """Devices taken in, ever."""
        return sum(point.received for point in self.points)

    @property
    def given(self) -> int:
        """Devices given, ever."""
        return sum(point.given for point in self.points)


NUMBERS = Snapshots("numbers", Numbers, every_s=300)


def shown(engine: Engine) -> Numbers | None:
    """The last snapshot; None before the first."""
    return NUMBERS.last(engine)


def renew(engine: Engine, own: Secrets, reference: Reference, now_s: int) -> bool:
    """Make the next snapshot if it is time; whether it was made."""
    key = hmac.new(own.finding, b"what is shown", sha256).digest()

    def make(connection: Connection, before: Numbers | None) -> Numbers:
        return _made(connection, before, key, reference.programme.day(now_s), now_s)

    return NUMBERS.renewed(engine, now_s, make)


def _made(
    connection: Connection, before: Numbers | None, key: bytes, day: date, now_s: int
) -> Numbers:
    flows, points = _flows(connection), _points(connection)
    by_commune, by_level = (
        _given_by(connection, t.tally.c.unit),
        _given_by(connection, t.tally.c.level),
    )
    given = sum(by_commune.values())
    if before is not None and before.day >= day:  # what is held back moves once a day at most
        communes, levels = before.communes, before.levels
    else:
        communes = _held_back("unit", before.communes if before else (), by_commune, key, day)
        levels = _held_back("level", before.levels if before else (), by_level, key, day)
    return Numbers(
        now_s, day, points, flows, _months(flows),
        communes, given - sum(cell.given for cell in communes),
        levels, given - sum(cell.given for cell in levels),
    )  # fmt: skip


def _held_back(
    name: str, before: Iterable[Shown], true: Mapping[str, int], key: bytes, day: date
) -> tuple[Shown, ...]:
    held = {cell.id: cell for cell in before}
    known = {id_: given for id_, given in true.items() if id_}
    draw = drawn(key + name.encode(), day.toordinal())
    values = {id_: cell.given for id_, cell in held.items()}
    now = moved(values, known, true.get("", 0), draw)
    month = day.replace(day=1)
    return tuple(
        _moved(held.get(id_, Shown(id_, 0)), given, month)
        for id_, given in sorted(now.items())
        if given or id_ in held
    )


def _moved(cell: Shown, given: int, month: date) -> Shown:
    if given == cell.given:
        return cell
    months = (*((at, old) for at, old in cell.months if at != month), (month, given))
    return Shown(cell.id, given, months)


# ---- sums ----


def _flows(connection: Connection) -> tuple[Flow, ...]:
    table = t.tally.c
    year, month = extract("year", table.day).label("y"), extract("month", table.day).label("m")
    wanted = (
        select(table.station, year, month, table.measure, func.sum(table.devices).label("devices"))
        .where(table.measure.in_([measure.value for measure in BY_MONTH]))
        .group_by(table.station, year, month, table.measure)
    )
    found: dict[tuple[int, date], dict[str, int]] = {}
    for row in connection.execute(wanted):
        at = (row.station, date(int(row.y), int(row.m), 1))
        found.setdefault(at, {})[row.measure] = int(row.devices)
    return tuple(
        Flow(point, at, **told) for (point, at), told in sorted(found.items()) if any(told.values())
    )


def _months(flows: Iterable[Flow]) -> tuple[Month, ...]:
    received: Counter[date] = Counter()
    given: Counter[date] = Counter()
    for flow in flows:
        received[flow.month] += flow.received
        given[flow.month] += flow.given
    newest_first = sorted(received.keys() | given.keys(), reverse=True)
    return tuple(Month(month, received[month], given[month]) for month in newest_first)


def _points(connection: Connection) -> tuple[Holding, ...]:
    table = t.tally.c
    named = {name for name in Holding.__struct_fields__ if name != "point"}
    wanted = (
        select(table.station, table.measure, func.sum(table.devices).label("devices"))
        .where(table.measure.in_([one.value for one in Measure if one.value in named]))
        .group_by(table.station, table.measure)
    )
    found: dict[int, dict[str, int]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.station, {})[row.measure] = int(row.devices)
    return tuple(Holding(point, **told) for point, told in sorted(found.items()))


def _given_by(connection: Connection, column: ColumnElement[str]) -> dict[str, int]:
    """What was given by commune or level of the pupil; "" where nobody said it."""
    wanted = (
        select(column.label("cell"), func.sum(t.tally.c.devices).label("devices"))
        .where(t.tally.c.measure == Measure.GIVEN.value)
        .group_by(column)
    )
    return {row.cell: int(row.devices) for row in connection.execute(wanted)}
