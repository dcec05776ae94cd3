"""Lists of offers and applications, a page at a time, in the order of an index: oldest first."""

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, select, tuple_

PAGE = 50
COUNTED_UP_TO = 1_000  # more is said to be more: nobody reads on, and counting takes its time


class Place(Struct, frozen=True, array_like=True):
    """Where a page ended."""

    created_s: int
    code: str


class NoPlace(ValueError):
    """Not what `written` wrote."""


def written(place: Place | None) -> str:
    """A place as it stands in an address."""
    return "" if place is None else f"{place.created_s}-{place.code}"


def read(text: str) -> Place | None:
    """A place out of an address; raises NoPlace."""
    if not text:
        return None
    seconds, _dash, code = text.partition("-")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 and code.isalnum()):
        raise NoPlace
    return msgspec.convert((int(seconds), code), Place)


class Rows(Struct, frozen=True):
    """A page of rows, and where the next one begins; None where this is the last."""

    rows: tuple[Any, ...]
    after: Place | None


def page(connection: Connection, wanted: Select[Any], table: Table, after: Place | None) -> Rows:
    """The rows behind a place; the columns of `wanted` hold `created_s` and `code`."""
    columns = tuple_(table.c.created_s, table.c.code)
    if after is not None:
        wanted = wanted.where(columns > (after.created_s, after.code))
    ordered = wanted.order_by(table.c.created_s, table.c.code).limit(PAGE + 1)
    found = connection.execute(ordered).all()
    shown = found[:PAGE]
    more = len(found) > PAGE
    return Rows(tuple(shown), Place(shown[-1].created_s, shown[-1].code) if more else None)


class Counted(Struct, frozen=True):
    """How many there are, up to a limit, and since when the oldest waits."""

    count: int
    oldest_s: int | None = None

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED_UP_TO


def counted(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> Counted:
    """Count rows that stand together in an index."""
    some = select(table.c.code).where(*conditions).limit(COUNTED_UP_TO + 1).subquery()
    count = connection.execute(select(func.count()).select_from(some)).scalar_one()
    if not count:
        return Counted(0)
    ordered = select(table.c.created_s).where(*conditions).order_by(table.c.created_s).limit(1)
    return Counted(count, connection.execute(ordered).scalar_one())


def one_of(connection: Connection, table: Table, code: str) -> Row[Any] | None:
    """A row by its code."""
    return connection.execute(select(table).where(table.c.code == code)).first()
