"""Periods that were closed: each keeps what its report told, whatever is found out later.

What came later is told by the next report as an adjustment. Kinds of periods are closed each for
itself, one after the other; the first one may be any that is over.
"""

from datetime import date, timedelta
from typing import Final

import msgspec
import zstandard
from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, insert, select
from sqlalchemy.exc import IntegrityError

from station.periods import Period, PeriodKind
from station.report import Cell, Closing, adjusted
from sync.central import tables as t
from sync.central.database import written
from sync.central.numbers import summing
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.wire import DEPARTMENT

MOST_BYTES: Final = 2**28  # of the cells of one period, unpacked


class NotOver(Exception):
    """The period has days to come."""


class AlreadyClosed(Exception):
    """It was closed before, and stays as it is."""


class OutOfOrder(Exception):
    """Another period is to be closed first, or a later one was closed; `next` is the one."""

    def __init__(self, next_first: date) -> None:
        super().__init__(f"{next_first}")
        self.next_first = next_first


class Closed(Struct, frozen=True):
    """A period that stays as it is."""

    period: Period
    closed_s: int
    official: str


class State(Struct, frozen=True):
    """How final a period is, with its cells as they are to be told."""

    closing: Closing
    cells: tuple[Cell, ...]
    closed: Closed | None = None


def close(
    engine: Engine,
    period: Period,
    changes: tuple[date, ...],
    official: str,
    *,
    today: date,
    now_s: int,
) -> None:
    """Keep the report on a period as it is now.

    `changes` are the days from which units were named otherwise.
    Raises NotOver, AlreadyClosed, OutOfOrder, DatabaseUnavailable.
    """
    if period.last >= today:
        raise NotOver

    def keep(connection: Connection) -> None:
        _require_its_turn(connection, period)
        row = {
            "station": DEPARTMENT,
            "kind": period.kind,
            "first": period.first,
            "last": period.last,
            "closed_s": now_s,
            "official": official,
            "cells": _packed(_as_told_now(connection, period, changes)),
        }
        connection.execute(insert(t.closed_period), row)
        about = f"{period.kind} {period.first}"
        acts.note(connection, official, Act.PERIOD_CLOSED, now_s, detail=about)

    try:
        written(engine, keep)
    except IntegrityError as error:  # somebody closed it in the same moment
        raise AlreadyClosed from error


def _require_its_turn(connection: Connection, period: Period) -> None:
    last = newest(connection, period.kind)
    if _kept(connection, period) is not None:  # asked second: somebody may close it meanwhile
        raise AlreadyClosed
    if last is not None and period.first != last.period.last + timedelta(days=1):
        raise OutOfOrder(last.period.last + timedelta(days=1))


def state(
    connection: Connection, period: Period, changes: tuple[date, ...], *, today: date
) -> State:
    """A period's cells: kept if it was closed, else as they are now."""
    if (row := _kept(connection, period)) is not None:
        return State(Closing.CLOSED, _unpacked(row.cells), _closed(row))
    closing = Closing.RUNNING if period.last >= today else Closing.OPEN
    return State(closing, _as_told_now(connection, period, changes))


def newest(connection: Connection, kind: PeriodKind) -> Closed | None:
    """The last period of a kind that was closed."""
    table = t.closed_period
    wanted = select(table).where(table.c.station == DEPARTMENT, table.c.kind == kind)
    row = connection.execute(wanted.order_by(table.c.first.desc()).limit(1)).first()
    return None if row is None else _closed(row)


def _as_told_now(
    connection: Connection, period: Period, changes: tuple[date, ...]
) -> tuple[Cell, ...]:
    """What counts say now; with adjustments right after a period that was closed."""
    now = summing.cells(connection, period, changes)
    before = _kept(connection, period.before)
    return now if before is None else adjusted(now, _unpacked(before.cells))


def _kept(connection: Connection, period: Period) -> Row[tuple[object, ...]] | None:
    table = t.closed_period
    wanted = select(table).where(
        table.c.station == DEPARTMENT,
        table.c.kind == period.kind,
        table.c.first == period.first,
    )
    return connection.execute(wanted).first()


def _closed(row: Row[tuple[object, ...]]) -> Closed:
    return Closed(Period(PeriodKind(row.kind), row.first, row.last), row.closed_s, row.official)


def _packed(cells: tuple[Cell, ...]) -> bytes:
    return zstandard.compress(msgspec.msgpack.encode(cells))


def _unpacked(body: bytes) -> tuple[Cell, ...]:
    opened = zstandard.ZstdDecompressor().decompress(body, max_output_size=MOST_BYTES)
    return msgspec.msgpack.decode(opened, type=tuple[Cell, ...])
