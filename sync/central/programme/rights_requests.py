"""Requests by right of the law: asked with a code and a word, answered and done by the clock."""

import secrets
from datetime import date
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, case, insert, select, update

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing, written
from sync.central.officials.acts import Act
from sync.central.programme import once, rights, secrets_told
from sync.central.programme.deciding import By, note, require, taken
from sync.central.programme.rights import Asking, RightsKind
from sync.sealing import Cipher

DIGITS = 8
PREFIX = "YC"  # yêu cầu
SHOWN = 100  # at a time: what is due first, or what was done last

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Asking)


class Asked(Struct, frozen=True):
    """What whoever asks is told; the word is told this once."""

    code: str
    word: str
    answer_by: date
    do_by: date


class Request(Struct, frozen=True):
    """A request, without who asks."""

    code: str
    kind: str
    about: str | None
    asked_on: date
    answer_by: date
    do_by: date
    answered_on: date | None
    done_on: date | None
    outcome: str | None

    @property
    def due(self) -> date:
        """What must be kept next."""
        return self.answer_by if self.answered_on is None else self.do_by

    def days_left(self, today: date) -> int:
        """Until then; below nothing it is overdue."""
        return (self.due - today).days


class NewRequest(Struct, frozen=True):
    """What somebody asks."""

    kind: RightsKind
    asking: Asking
    about: str | None = None  # code of an offer or a case, if one was told


def ask(engine: Engine, own: Secrets, new: NewRequest, today: date, asking: once.Asking) -> Asked:
    """Keep a request and start its clocks, once however often it is sent. Raises KeyReused."""

    def work(connection: Connection) -> Asked:
        kept = partial(_keep, connection, own, new, today)
        return once.once(connection, own, asking, kept, Asked)

    return written(engine, work)


def _keep(connection: Connection, own: Secrets, new: NewRequest, today: date) -> Asked:
    clock = rights.clock(today, rights.days_off())
    word, code = secrets_told.made(), _new_code(connection)
    row = {
        "code": code,
        "asked_on": today,
        "kind": new.kind,
        "about": new.about,
        "sealed": own.people.seal(_label(code), _encoder.encode(new.asking)),
        "answer_by": clock.answer_by,
        "do_by": clock.do_by,
        "secret_hash": secrets_told.hashed(word),
    }
    connection.execute(insert(t.rights_request), row)
    return Asked(code, word, clock.answer_by, clock.do_by)


def status(engine: Engine, code: str, word: str) -> Request | None:
    """How a request stands, for who knows its word; a wrong word is told as no request."""
    with reading(engine) as connection:
        table = t.rights_request
        plain = "".join(c for c in code.upper() if c.isalnum())
        row = connection.execute(select(table).where(table.c.code == plain)).first()
    kept = bytes(32) if row is None else row.secret_hash
    known = secrets_told.is_word(word, kept)
    return _request(row) if row is not None and known else None


def listed(engine: Engine, *, done: bool = False) -> list[Request]:
    """Open requests, what is due first; or the last that are done. At most SHOWN: anybody asks."""
    table = t.rights_request.c
    wanted = select(t.rights_request)
    if done:
        wanted = wanted.where(table.done_on.is_not(None)).order_by(table.done_on.desc())
    else:
        due = case((table.answered_on.is_(None), table.answer_by), else_=table.do_by)
        wanted = wanted.where(table.done_on.is_(None)).order_by(due, table.code)
    with reading(engine) as connection:
        return [_request(row) for row in connection.execute(wanted.limit(SHOWN))]


def one(engine: Engine, seal: Cipher, code: str, by: By) -> tuple[Request, Asking | None]:
    """A request and who asks, noted as seen. Raises NothingThere."""
    with writing(engine) as connection:
        row = taken(connection, t.rights_request, code)
        note(connection, by, Act.SAW_PERSON, code)
    asking = None if row.sealed is None else _decoder.decode(seal.open(_label(code), row.sealed))
    return _request(row), asking


def answer(engine: Engine, code: str, today: date, by: By) -> None:
    """Whoever asks was told what will be done. Raises NothingThere or ChangedMeanwhile."""
    with writing(engine) as connection:
        row = taken(connection, t.rights_request, code)
        require(row.answered_on is None and row.done_on is None)
        _write(connection, code, answered_on=today)
        note(connection, by, Act.RIGHTS_ANSWERED, code, "answered")


def finish(engine: Engine, code: str, outcome: str, today: date, by: By) -> None:
    """It is done, or will not be, for a coded reason; after an erasure who asked is forgotten."""
    with writing(engine) as connection:
        row = taken(connection, t.rights_request, code)
        require(row.done_on is None)
        done: dict[str, Any] = {"done_on": today, "outcome": outcome}
        if row.answered_on is None:
            done["answered_on"] = today
        if row.kind == RightsKind.ERASE:
            done["sealed"] = None
        _write(connection, code, **done)
        note(connection, by, Act.RIGHTS_ANSWERED, code, outcome)


def open_again(engine: Engine, code: str, by: By) -> None:
    """It was ended by mistake: its clocks run as they did."""
    with writing(engine) as connection:
        row = taken(connection, t.rights_request, code)
        require(row.done_on is not None)
        _write(connection, code, done_on=None, outcome=None)
        note(connection, by, Act.RIGHTS_ANSWERED, code, "taken_back")


def _write(connection: Connection, code: str, **values: Any) -> None:
    table = t.rights_request
    connection.execute(update(table).where(table.c.code == code), values)


def _request(row: Row[Any]) -> Request:
    return Request(
        row.code, row.kind, row.about, row.asked_on, row.answer_by, row.do_by, row.answered_on,
        row.done_on, row.outcome,
    )  # fmt: skip


def _new_code(connection: Connection) -> str:
    while True:
        code = PREFIX + "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        table = t.rights_request.c
        if connection.execute(select(table.code).where(table.code == code)).first() is None:
            return code


def _label(code: str) -> bytes:
    return b"rights request " + code.encode()
