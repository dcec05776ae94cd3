"""Writing a row in the place of the one with its key, the same on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Row = dict[str, Any]


def upsert(connection: Connection, table: Table, *rows: Row) -> None:
    """Insert rows; one whose key is there already is replaced."""
    if not rows:
        return
    insert = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    rest = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), list(rows))


def insert_new(connection: Connection, table: Table, *rows: Row) -> None:
    """Insert rows; one whose key is there already stays as it is."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- most points work in a file

        return postgresql.insert(table)
    return sqlite.insert(table)
