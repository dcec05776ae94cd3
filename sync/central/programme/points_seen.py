"""How each point stands: when it was heard of, what it has and for how long, what is open there."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, func, select

from station import events, ledger
from station.counting import STOCK
from station.ledger import ChainId
from sync.central import tables as t
from sync.central.database import reading
from sync.central.judging.rules import POINT
from sync.central.programme.applications import ApplicationState

SILENT_S = 7 * 86_400  # not heard of for so long: somebody rings
OLD_DAYS = 90


class Stock(Struct, frozen=True):
    """Devices at a stage; `old` at least are there for longer than `OLD_DAYS`."""

    now: int = 0
    old: int = 0


class Heard(Struct, frozen=True):
    """What the chains of a point say."""

    last_s: int | None = None  # when one of them was let in last
    events: int = 0
    laptops: int = 0  # chains that were lent, and are believed


class PointSeen(Struct, frozen=True):
    """One point."""

    station: int
    heard_s: int | None
    events: int
    in_work: Stock
    ready: Stock
    at_school: Stock
    disputes: int
    laptops: int  # that are out
    cases: int

    def is_silent(self, now_s: int) -> bool:
        """Whether nothing was heard of it for a week, or ever."""
        return self.heard_s is None or self.heard_s < now_s - SILENT_S


def points(engine: Engine, stations: Collection[int], today: date) -> list[PointSeen]:
    """Each of these points, and every other that has ever spoken, by number."""
    with reading(engine) as connection:
        heard = _heard(connection)
        stock = _stock(connection, today)
        disputes = _disputes(connection)
        cases = _cases(connection)
        out = {
            station: _laptops_out(connection, station)
            for station, said in heard.items()
            if said.laptops
        }
    heard = {
        station: structs.replace(said, laptops=out.get(station, 0))
        for station, said in heard.items()
    }
    return [
        _seen(station, heard.get(station, Heard()), stock, disputes, cases)
        for station in sorted({*stations, *heard})
    ]


def _seen(
    station: int,
    heard: Heard,
    stock: Mapping[tuple[int, str], Stock],
    disputes: Mapping[int, int],
    cases: Mapping[int, int],
) -> PointSeen:
    in_work, ready, at_school = (stock.get((station, measure), Stock()) for measure in STOCK)
    return PointSeen(
        station=station,
        heard_s=heard.last_s,
        events=heard.events,
        in_work=in_work,
        ready=ready,
        at_school=at_school,
        disputes=disputes.get(station, 0),
        laptops=heard.laptops,
        cases=cases.get(station, 0),
    )


def silent(engine: Engine, stations: Collection[int], now_s: int) -> int:
    """How many points nobody heard of for a week."""
    with reading(engine) as connection:
        heard = _heard(connection)
    return sum((heard.get(station, Heard()).last_s or 0) < now_s - SILENT_S for station in stations)


def _heard(connection: Connection) -> dict[int, Heard]:
    """What the chains of each point say."""
    table = t.chain.c
    wanted = select(table.station, table.heard_s, table.seq, table.delegated, table.revoked)
    found: dict[int, Heard] = {}
    for row in connection.execute(wanted):
        before = found.get(row.station, Heard())
        found[row.station] = Heard(
            max(before.last_s or 0, row.heard_s or 0) or None,
            before.events + row.seq,
            before.laptops + bool(row.delegated and row.revoked is None),
        )
    return found


def _laptops_out(connection: Connection, station: int) -> int:
    """Laptops that the point lent a chain to and did not take back; its own events say so."""
    table = t.event.c
    its = (table.subject == f"{POINT}{station:03d}", table.station == station)
    wanted = select(table.header, table.salt, table.data).where(*its)
    out: set[ChainId] = set()
    for row in connection.execute(wanted.order_by(table.chain, table.seq)):
        match events.read(ledger.from_header_bytes(row.header, row.salt, row.data)).said:
            case events.LaptopDelegated(chain=chain):
                out.add(chain)
            case events.DelegationEnded(chain=chain):
                out.discard(chain)
    return len(out)


def _stock(connection: Connection, today: date) -> dict[tuple[int, str], Stock]:
    """What there is; of what was there long ago, what cannot have left since is old."""
    table = t.tally.c
    group = (table.station, table.measure)
    now = func.sum(table.devices)
    before = today - timedelta(days=OLD_DAYS)
    wanted = select(*group, now).where(table.measure.in_(STOCK)).group_by(*group)
    here = {(row[0], row[1]): int(row[2]) for row in connection.execute(wanted)}
    then = {
        (row[0], row[1]): int(row[2])
        for row in connection.execute(wanted.where(table.day <= before))
    }
    left = {
        (row[0], row[1]): -int(row[2])
        for row in connection.execute(wanted.where(table.day > before, table.devices < 0))
    }
    return {
        key: Stock(count, max(0, min(count, then.get(key, 0) - left.get(key, 0))))
        for key, count in here.items()
    }


def _disputes(connection: Connection) -> dict[int, int]:
    table = t.dispute.c
    found: dict[int, int] = {}
    wanted = select(table.station, table.other_station).where(table.settled.is_(None))
    for row in connection.execute(wanted):
        for station in {row.station, row.other_station} - {None}:
            found[station] = found.get(station, 0) + 1
    return found


def _cases(connection: Connection) -> dict[int, int]:
    table = t.application.c
    its = table.station.is_not(None)
    approved = table.state == ApplicationState.APPROVED
    wanted = select(table.station, func.count()).where(its, approved).group_by(table.station)
    return {row[0]: row[1] for row in connection.execute(wanted)}
