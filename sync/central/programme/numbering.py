"""Codes of offers and cases that the programme gives out: drawn, so that none tells of another."""

import secrets

from sqlalchemy import Connection, Table, select

from station.codes import FIRST_OF_PROGRAMME, LAST_NUMBER, LAST_OF_PROGRAMME, CodeKind, make


def new_code(connection: Connection, kind: CodeKind, table: Table) -> str:
    """A code that no row of the table has; its key is a column `code`."""
    while True:
        point = FIRST_OF_PROGRAMME + secrets.randbelow(LAST_OF_PROGRAMME - FIRST_OF_PROGRAMME + 1)
        code = make(kind, point, 1 + secrets.randbelow(LAST_NUMBER))
        if connection.execute(select(table.c.code).where(table.c.code == code)).first() is None:
            return code
