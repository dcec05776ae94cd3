"""What every decision of an official shares: one row taken, looked at again, and written once."""

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Table, select, update

from sync.central.officials import acts
from sync.central.officials.acts import Act


class By(Struct, frozen=True):
    """Who decides, and when."""

    official: str
    now_s: int


class NothingThere(Exception):
    """No offer, case or request has this code."""


class ChangedMeanwhile(Exception):
    """Somebody else decided first; whoever comes second looks again."""


def taken(connection: Connection, table: Table, code: str) -> Row[Any]:
    """The row, held until the end of the transaction; raises NothingThere."""
    row = connection.execute(select(table).where(table.c.code == code).with_for_update()).first()
    if row is None:
        raise NothingThere(code)
    return row


def require(held: bool) -> None:
    """Raises ChangedMeanwhile where a row is not any more what the official saw."""
    if not held:
        raise ChangedMeanwhile


def note(connection: Connection, by: By, act: Act, about: str, detail: str | None = None) -> None:
    """Note an act in the transaction that does it."""
    acts.note(connection, by.official, act, by.now_s, about=about, detail=detail)


def change(connection: Connection, table: Table, row: Row[Any], now_s: int, **values: Any) -> None:
    """Write a row that was taken; what a page was shown of it is old from now on."""
    newer = max(now_s, row.changed_s + 1)
    connection.execute(update(table).where(table.c.code == row.code), values | {"changed_s": newer})
