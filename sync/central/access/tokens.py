"""Tokens of the Department's programs: each with a name, scopes and an end, revocable at once."""

import secrets
from collections.abc import Collection
from hashlib import sha256

from msgspec import Struct
from sqlalchemy import Engine, and_, insert, select, update

from sync.central import tables as t
from sync.central.access.callers import Caller
from sync.central.database import reading, writing
from sync.central.problems import refused
from sync.wire import DEPARTMENT, Scope

PREFIX = "p1."
BYTES = 32  # nobody tries these through, so a plain hash is enough
DAY_S = 24 * 3_600
OF_PROGRAMS = (
    Scope.DOCUMENTS, Scope.SETTLE, Scope.ENROLMENT, Scope.PEOPLE,
    Scope.OFFERS, Scope.APPLICATIONS, Scope.NOTICES,
)  # fmt: skip


OF_THE_SERVICE = frozenset({"form", "list"})  # channels that are no program's


class NotAScope(Exception):
    """No scope that a program can have."""


class ReservedName(Exception):
    """The service itself brings offers and applications under this name."""


class Given(Struct, frozen=True):
    """A token as it is told to the operator: never the token itself."""

    name: str
    scopes: tuple[str, ...]
    expires_s: int
    revoked: bool


def give(engine: Engine, name: str, scopes: Collection[str], days: int, now_s: int) -> str:
    """A new token, said once; raises NotAScope or ReservedName."""
    if name in OF_THE_SERVICE:
        raise ReservedName(name)
    if not scopes or not set(scopes) <= set(OF_PROGRAMS):
        raise NotAScope(scopes)
    token = PREFIX + secrets.token_urlsafe(BYTES)
    row = {
        "station": DEPARTMENT,
        "token_hash": _hashed(token),
        "name": name,
        "scopes": " ".join(sorted(scopes)),
        "expires_s": now_s + days * DAY_S,
        "revoked": False,
    }
    with writing(engine) as connection:
        connection.execute(insert(t.token), row)
    return token


def caller(engine: Engine, token: str, now_s: int) -> Caller:
    """Which program holds a token; raises Refused."""
    table = t.token.c
    wanted = select(t.token).where(
        table.station == DEPARTMENT, table.token_hash == _hashed(token), ~table.revoked
    )
    with reading(engine) as connection:
        row = connection.execute(wanted).first()
    if row is None:
        raise refused("no_token")
    if row.expires_s <= now_s:
        raise refused("expired_token")
    return Caller(DEPARTMENT, 0, frozenset(row.scopes.split()), name=row.name)


def revoke(engine: Engine, name: str) -> int:
    """Believe the tokens of this name no more; how many there were."""
    named = and_(t.token.c.name == name, ~t.token.c.revoked)
    with writing(engine) as connection:
        return connection.execute(update(t.token).where(named), {"revoked": True}).rowcount


def given(engine: Engine) -> tuple[Given, ...]:
    """Every token that was given, by name."""
    table = t.token.c
    wanted = select(table.name, table.scopes, table.expires_s, table.revoked)
    with reading(engine) as connection:
        rows = connection.execute(wanted.order_by(table.name, table.expires_s)).all()
    return tuple(Given(r.name, tuple(r.scopes.split()), r.expires_s, r.revoked) for r in rows)


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()
