"""A question that comes twice is answered once: the second time with what was said the first time.

A bad line, an impatient finger or a program that tries again makes no second offer of one.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.wire import DEPARTMENT

KEPT_S = 7 * 24 * 3_600  # how long the same key means the same question

T = TypeVar("T", bound=Struct)

_encoder = msgspec.msgpack.Encoder(order="deterministic")  # what is the same has the same bytes


class KeyReused(Exception):
    """Another question came under this key before."""


class Asking(Struct, frozen=True):
    """Who asks what under which key."""

    program: str  # "form": the service's own forms
    key: str
    body: bytes  # all that is asked, in one way of writing it
    now_s: int


def in_one_way(question: str, message: Struct) -> bytes:
    """A question as the bytes by which it is known again, however it was written."""
    return question.encode() + b"\0" + _encoder.encode(message)


def once(
    connection: Connection, own: Secrets, asking: Asking, work: Callable[[], T], kind: type[T]
) -> T:
    """The answer: worked out now, or as it was given before. Raises KeyReused.

    Whoever comes second while the first still works waits, and gets the first one's answer.
    """
    digest = _known_again(own.finding, asking.body)
    connection.execute(
        delete(t.answered_once).where(t.answered_once.c.answered_s < asking.now_s - KEPT_S)
    )
    if not _begun(connection, asking, digest):
        row = connection.execute(select(t.answered_once).where(*_its(asking))).one()
        if row.body_hash != digest:
            raise KeyReused
        return msgspec.msgpack.decode(own.tokens.open(_label(asking), row.answer), type=kind)
    answer = work()
    sealed = own.tokens.seal(_label(asking), msgspec.msgpack.encode(answer))
    connection.execute(update(t.answered_once).where(*_its(asking)), {"answer": sealed})
    return answer


def _known_again(key: bytes, body: bytes) -> bytes:
    """Under a key: whoever knows most of a body could else try the rest of it through."""
    return hmac.new(key, b"asked\0" + body, sha256).digest()


def _begun(connection: Connection, asking: Asking, digest: bytes) -> bool:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {
        "station": DEPARTMENT,
        "program": asking.program,
        "key": asking.key,
        "body_hash": digest,
        "answer": b"",
        "answered_s": asking.now_s,
    }
    made = dialect.insert(t.answered_once).values(row).on_conflict_do_nothing()
    return connection.execute(made.returning(t.answered_once.c.key)).first() is not None


def _its(asking: Asking) -> tuple[ColumnElement[bool], ...]:
    table = t.answered_once.c
    return table.station == DEPARTMENT, table.program == asking.program, table.key == asking.key


def _label(asking: Asking) -> bytes:
    return f"answered {asking.program} {asking.key}".encode()
