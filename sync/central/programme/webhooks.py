"""Where channels are told by themselves: an address each, a secret to know us by, how far it is.

An operator registers them; who only polls needs none. A turn to tell one is taken for a while, so
that of several workers one tells it. A worker that dies keeps nobody waiting longer than that.
"""

import hmac
import secrets
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    delete,
    exists,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t
from sync.central.database import reading, written
from sync.central.programme.notices import Notices, after
from sync.sealing import Cipher
from sync.wire import DEPARTMENT

SECRET_BYTES = 32
LONGEST_URL = 500
MOST_AT_ONCE = 50  # notices in one body
TURN_S = 60  # longer than telling one may take
FIRST_PAUSE_S, LONGEST_PAUSE_S = 30, 6 * 3_600
DOUBLED_UP_TO = 12  # failures, behind which the pause is the longest anyway


class BadWebhook(Exception):
    """No address that can be told: https, or this machine itself, and no name or word in it."""


class NoSuchWebhook(Exception):
    """Nobody tells this channel anything: it may poll."""


class Standing(Struct, frozen=True):
    """One webhook as an operator sees it: never its secret."""

    channel: str
    url: str
    position: int
    failures: int
    again_s: int


class Turn(Struct, frozen=True):
    """What is to be told to one channel now, and until when this is ours to do."""

    channel: str
    url: str
    secret: bytes
    notices: Notices
    failures: int
    until_s: int


# ---- an operator's ----


def register(
    connection: Connection, seal: Cipher, channel: str, url: str, position: int = 0
) -> str:
    """Tell this channel there from now on; the secret, said once.

    A channel that has one gets a new address and secret, and goes on from where it was.
    Raises BadWebhook.
    """
    require_tellable(url)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    table = t.webhook.c
    fresh = {
        "url": url,
        "sealed": seal.seal(_label(channel), secret.encode()),
        "failures": 0,
        "again_s": 0,
    }
    row = {"station": DEPARTMENT, "channel": channel, "position": position} | fresh
    once = dialect.insert(t.webhook).values(row)
    keys = [table.station, table.channel]
    connection.execute(once.on_conflict_do_update(index_elements=keys, set_=fresh))
    return secret


def end(connection: Connection, channel: str) -> None:
    """Tell it nothing by itself any more; raises NoSuchWebhook."""
    if not connection.execute(delete(t.webhook).where(_of(channel))).rowcount:
        raise NoSuchWebhook(channel)


def standings(engine: Engine) -> tuple[Standing, ...]:
    """Every webhook, by channel."""
    table = t.webhook.c
    columns = (table.channel, table.url, table.position, table.failures, table.again_s)
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).order_by(table.channel)).all()
    return tuple(Standing(*row) for row in rows)


def require_tellable(url: str) -> None:
    """Raises BadWebhook. An address within the Department's own network is as good as any other."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadWebhook(url) from error
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    named = parts.username is not None or parts.password is not None
    if not (plain and safe and host) or named or parts.fragment:
        raise BadWebhook(url)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# ---- telling ----


def taken(engine: Engine, seal: Cipher, now_s: int) -> Turn | None:
    """The next turn that is due; None where nobody waits to be told."""
    with reading(engine) as connection:  # mostly nobody waits, and no writer is held up for it
        if connection.execute(_due(now_s)).first() is None:
            return None
    return written(engine, lambda connection: _taken(connection, seal, now_s))


def _due(now_s: int) -> Select[Any]:
    hook, notice = t.webhook.c, t.notice.c
    waiting = exists().where(
        notice.station == DEPARTMENT,
        notice.channel == hook.channel,
        notice.position > hook.position,
    )
    return select(t.webhook).where(hook.again_s <= now_s, waiting).order_by(hook.again_s).limit(1)


def _taken(connection: Connection, seal: Cipher, now_s: int) -> Turn | None:
    row = connection.execute(_due(now_s).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    until_s = now_s + TURN_S
    connection.execute(update(t.webhook).where(_of(row.channel)), {"again_s": until_s})
    secret = seal.open(_label(row.channel), row.sealed)
    waiting_notices = after(connection, row.channel, row.position, MOST_AT_ONCE)
    return Turn(row.channel, row.url, secret, waiting_notices, row.failures, until_s)


def told(engine: Engine, turn: Turn) -> None:
    """The channel has them."""
    values = {"position": turn.notices.position, "failures": 0, "again_s": 0}
    _settle(engine, turn, values)


def not_told(engine: Engine, turn: Turn, now_s: int) -> None:
    """The channel did not take them: again later, each time after a longer pause."""
    failures = turn.failures + 1
    _settle(engine, turn, {"failures": failures, "again_s": now_s + pause_s(failures)})


def pause_s(failures: int) -> int:
    """Seconds before a channel is tried again."""
    doubled: int = FIRST_PAUSE_S * 2 ** min(failures - 1, DOUBLED_UP_TO)
    return min(doubled, LONGEST_PAUSE_S)


def _settle(engine: Engine, turn: Turn, values: dict[str, int]) -> None:
    """Only while the turn is ours: it may have run out, or an operator wrote another address."""
    ours = (_of(turn.channel), t.webhook.c.again_s == turn.until_s)
    change = update(t.webhook).where(*ours)
    written(engine, lambda connection: connection.execute(change, values))


def signature(secret: bytes, at_s: int, body: bytes) -> str:
    """What a channel computes as well, before it believes a body."""
    return hmac.new(secret, b"%d." % at_s + body, sha256).hexdigest()


def _of(channel: str) -> ColumnElement[bool]:
    return and_(t.webhook.c.station == DEPARTMENT, t.webhook.c.channel == channel)


def _label(channel: str) -> bytes:
    return b"webhook " + channel.encode()
