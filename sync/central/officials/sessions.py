"""Sessions of a browser: a random word in a cookie, of which the service keeps the hash alone."""

import secrets
from hashlib import sha256

from sqlalchemy import Engine, delete, insert, select, update

from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.officials import acts
from sync.central.officials.accounts import Official
from sync.central.officials.acts import Act
from sync.central.officials.roles import OfficialRole

BYTES = 32
IDLE_S = 30 * 60  # a PC that somebody left
LONGEST_S = 12 * 3_600
NOTED_EVERY_S = 60  # a look at a page need not write each time


def begin(engine: Engine, official: Official, now_s: int) -> str:
    """A new session; what the browser is to hold."""
    word = secrets.token_urlsafe(BYTES)
    row = {"code": _hashed(word), "official": official.name, "began_s": now_s, "seen_s": now_s}
    with writing(engine) as connection:
        over = t.web_session.c.began_s < now_s - LONGEST_S
        connection.execute(delete(t.web_session).where(over))
        connection.execute(insert(t.web_session), row)
        acts.note(connection, official.name, Act.SIGNED_IN, now_s)
    return word


def of(engine: Engine, word: str, now_s: int) -> Official | None:
    """Whose session this is; None where it is nobody's, or over."""
    session, account = t.web_session.c, t.official.c
    wanted = (
        select(session.seen_s, session.began_s, account.code, account.role, account.must_change)
        .join_from(t.web_session, t.official, account.code == session.official)
        .where(session.code == _hashed(word), ~account.gone)
    )
    with reading(engine) as connection:
        row = connection.execute(wanted).first()
    if row is None or row.seen_s < now_s - IDLE_S or row.began_s < now_s - LONGEST_S:
        return None
    if row.seen_s < now_s - NOTED_EVERY_S:
        with writing(engine) as connection:
            seen = update(t.web_session).where(session.code == _hashed(word))
            connection.execute(seen, {"seen_s": now_s})
    return Official(row.code, OfficialRole(row.role), row.must_change)


def end(engine: Engine, word: str, official: Official, now_s: int) -> None:
    """End this session."""
    with writing(engine) as connection:
        connection.execute(delete(t.web_session).where(t.web_session.c.code == _hashed(word)))
        acts.note(connection, official.name, Act.SIGNED_OUT, now_s)


def end_others(engine: Engine, word: str, official: Official) -> None:
    """End every other session of the same official: their password changed."""
    table = t.web_session.c
    others = (table.official == official.name, table.code != _hashed(word))
    with writing(engine) as connection:
        connection.execute(delete(t.web_session).where(*others))


def _hashed(word: str) -> str:
    return sha256(word.encode()).hexdigest()
