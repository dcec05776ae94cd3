"""Accounts of officials: made and ended on the command line, signed in to in the browser.

A wrong password makes the account wait, longer each time, up to a quarter of an hour: who guesses
gets nowhere, and who is the owner is not locked out for good.
"""

import math
import re
import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from msgspec import Struct
from sqlalchemy import ColumnElement, Engine, delete, insert, select, update

from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import OfficialRole

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}\Z")
SHORTEST, LONGEST = 12, 200  # characters of a password
FREE_TRIES, LONGEST_WAIT_S = 5, 900
FIRST_WORDS = 20  # characters of a first password
AT_ONCE, TURN_S = 2, 3.0  # passwords tried at a time: each takes 64 MiB and a core's tenth second


class BadName(Exception):
    """No name of an account."""


class NameTaken(Exception):
    """There is an account of that name."""


class NoSuchOfficial(Exception):
    """There is no account of that name."""


class WrongPassword(Exception):
    """Name and password do not belong together."""


class MustWait(Exception):
    """Too many wrong passwords; `wait_s` says how long."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class WeakPassword(Exception):
    """Too short, too long, or the one before."""


class Official(Struct, frozen=True):
    """Who signed in."""

    name: str
    role: OfficialRole
    must_change: bool = False


class Account(Struct, frozen=True):
    """An account as it is listed; never its password."""

    name: str
    role: str
    gone: bool
    signed_in_s: int | None


def make(engine: Engine, name: str, role: OfficialRole, now_s: int) -> str:
    """A new account; its first password, said once. Raises BadName or NameTaken."""
    if NAME.fullmatch(name) is None:
        raise BadName(name)
    password = secrets.token_urlsafe(FIRST_WORDS)[:FIRST_WORDS]
    row = {
        "code": name,
        "role": role,
        "password": _hasher().hash(password),
        "must_change": True,
        "gone": False,
        "made_s": now_s,
        "failures": 0,
        "again_s": 0,
    }
    with writing(engine) as connection:
        if connection.execute(select(t.official.c.code).where(_is(name))).first():
            raise NameTaken(name)
        connection.execute(insert(t.official), row)
    return password


def renew(engine: Engine, name: str) -> str:
    """A new first password for an account; its sessions end. Raises NoSuchOfficial."""
    password = secrets.token_urlsafe(FIRST_WORDS)[:FIRST_WORDS]
    changes = {"password": _hasher().hash(password), "must_change": True, "failures": 0}
    _change(engine, name, changes | {"again_s": 0})
    return password


def end(engine: Engine, name: str) -> None:
    """Let nobody in by this name any more; what they did keeps it. Raises NoSuchOfficial."""
    _change(engine, name, {"gone": True})


def accounts(engine: Engine) -> list[Account]:
    """Every account there was."""
    table = t.official.c
    wanted = select(table.code, table.role, table.gone, table.signed_in_s).order_by(table.code)
    with reading(engine) as connection:
        return [Account(*row) for row in connection.execute(wanted)]


def checked(engine: Engine, name: str, password: str, now_s: int) -> Official:
    """Who this is; raises WrongPassword or MustWait. Takes its time, and as long for nobody.

    Whoever guesses must be told both in the same words: only an account that there is must wait.
    """
    with reading(engine) as connection:
        row = connection.execute(select(t.official).where(_is(name))).first()
    if row is not None and row.again_s > now_s:
        _matches(_nobodys(), password)
        raise MustWait(row.again_s - now_s)
    known = row is not None and not row.gone
    if not _matches(row.password if row is not None and known else _nobodys(), password):
        if row is not None:
            _note_failure(engine, name, now_s)
        raise WrongPassword(name)
    if row is None or not known:
        raise WrongPassword(name)
    _note_signed_in(engine, name, now_s)
    return Official(name, OfficialRole(row.role), row.must_change)


def change_password(engine: Engine, name: str, old: str, new: str, now_s: int) -> None:
    """Give an account its owner's own password; raises WrongPassword, MustWait or WeakPassword."""
    checked(engine, name, old, now_s)
    if not SHORTEST <= len(new) <= LONGEST or new == old:
        raise WeakPassword
    changes = {"password": _hasher().hash(new), "must_change": False}
    with writing(engine) as connection:
        connection.execute(update(t.official).where(_is(name)), changes)
        acts.note(connection, name, Act.PASSWORD_CHANGED, now_s)


def _change(engine: Engine, name: str, changes: dict[str, object]) -> None:
    with writing(engine) as connection:
        if not connection.execute(update(t.official).where(_is(name)), changes).rowcount:
            raise NoSuchOfficial(name)
        connection.execute(delete(t.web_session).where(t.web_session.c.official == name))


def _note_failure(engine: Engine, name: str, now_s: int) -> None:
    with writing(engine) as connection:
        wanted = select(t.official.c.failures).where(_is(name)).with_for_update()
        failures = connection.execute(wanted).scalar_one() + 1
        wait_s = min(2 ** max(failures - FREE_TRIES, 0), LONGEST_WAIT_S) if failures else 0
        again_s = now_s + wait_s if failures > FREE_TRIES else 0
        changes = {"failures": failures, "again_s": again_s}
        connection.execute(update(t.official).where(_is(name)), changes)


def _note_signed_in(engine: Engine, name: str, now_s: int) -> None:
    changes = {"failures": 0, "again_s": 0, "signed_in_s": now_s}
    with writing(engine) as connection:
        connection.execute(update(t.official).where(_is(name)), changes)


_turns = BoundedSemaphore(AT_ONCE)


def _matches(hashed: str, password: str) -> bool:
    """Raises MustWait where too many are tried at once: other pages must not wait for them."""
    if not _turns.acquire(timeout=TURN_S):
        raise MustWait(math.ceil(TURN_S))
    try:
        return _hasher().verify(hashed, password[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False
    finally:
        _turns.release()


@cache
def _hasher() -> PasswordHasher:
    # RFC 9106's second choice: 64 MiB and three passes; one thread, as workers share two cores
    return PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)


@cache
def _nobodys() -> str:
    """What a stranger's password is compared with, so that no name is told by the time it takes."""
    return _hasher().hash(secrets.token_urlsafe(16))


def _is(name: str) -> ColumnElement[bool]:
    return t.official.c.code == name
