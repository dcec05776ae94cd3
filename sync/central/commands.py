"""Tasks of whoever runs the service: codes, tokens, revocations, who was heard of last."""

import argparse
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import time

import msgspec
from msgspec import Struct
from sqlalchemy import Engine, select

from station import codes
from station.documents import CASE, KINDS, OFFER, POLICY, ReferenceWords, encode
from station.files import write_lines
from station.ledger import ChainId
from station.programme_words import RELEASE, with_words
from station.reference import load
from sync import wire
from sync.central import schema
from sync.central import tables as t
from sync.central.access import one_time_codes, revocation, tokens
from sync.central.access.secrets import found_key, opened_secrets
from sync.central.database import opened, reading, written
from sync.central.feeds import documents
from sync.central.feeds.words import Words
from sync.central.keeping.publishing import history_file, ledger_file
from sync.central.numbers import projector
from sync.central.officials import accounts
from sync.central.officials.roles import OfficialRole
from sync.central.programme import webhooks

PILOT_DATABASE = "sqlite:///central.sqlite"
OF_ONE_POINT = {OFFER: codes.CodeKind.OFFER, CASE: codes.CodeKind.CASE}
NAMED_BY = "CENTRAL_DATABASE"  # in the environment: on a command line anybody reads a password


class BadInput(Exception):
    """The file does not say what a document of this kind says."""


class UnknownField(BadInput):
    """What is misspelt would be left out, and the rest would count."""


class NoCodeOfItsKind(BadInput):
    """An offer or a case is named by its code."""


class NoPolicy(BadInput):
    """Points look for policies of release alone."""


class ForNoPoint(BadInput):
    """An offer or a case belongs to one point."""


class NoSuchDatabase(Exception):
    """A misspelt name begins no empty database: its codes and copies would be worth nothing."""


class NotAPilot(Exception):
    """PostgreSQL has its own programs for this."""


class FileIsThere(Exception):
    """No backup is written over another one."""


class NoSuchName(Exception):
    """Nobody holds a token of this name."""


class NoRole(Exception):
    """A new account needs a role."""


class CannotWrite(Exception):
    """The disk is full, or the place is not ours to write."""


def named(asked: argparse.Namespace) -> str | None:
    """The database that somebody named."""
    return asked.database or os.environ.get(NAMED_BY) or None


@contextmanager
def database(asked: argparse.Namespace) -> Iterator[Engine]:
    """The database a task works on, once its tables are there."""
    url = named(asked) or PILOT_DATABASE
    with opened(url) as engine:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
            raise NoSuchDatabase(url)
        schema.require(engine)
        yield engine


def code(asked: argparse.Namespace) -> None:
    """Give a one-time code."""
    with database(asked) as engine:
        own = opened_secrets(engine, found_key(engine, asked.key_file))
        given, expires_s = one_time_codes.give(
            engine, own.codes, asked.station, asked.hours, int(time())
        )
        named = {point.number for point in Words(engine).now().every_point}
    grouped = " ".join(given[place : place + 4] for place in range(0, len(given), 4))
    _say(f"{grouped}   (point {asked.station:03d}, once, until {_when(expires_s)})")
    if asked.station not in named:
        _say(f"note: the list of points has no number {asked.station:03d}")


def token(asked: argparse.Namespace) -> None:
    """Give a program a token, or take all of its back."""
    with database(asked) as engine:
        if asked.revoke:
            if not tokens.revoke(engine, asked.name):
                raise NoSuchName(asked.name)
            return
        scopes = [scope.strip() for scope in asked.scopes.split(",") if scope.strip()]
        _say(tokens.give(engine, asked.name, scopes, asked.days, int(time())))


def list_tokens(asked: argparse.Namespace) -> None:
    """Say which programs hold tokens: never the tokens themselves."""
    with database(asked) as engine:
        for given in tokens.given(engine):
            state = "revoked" if given.revoked else f"until {_when(given.expires_s)}"
            _say(f"{given.name}\t{','.join(given.scopes)}\t{state}")


def webhook(asked: argparse.Namespace) -> None:
    """Tell a channel by itself what became of what it brought, or no more."""
    with database(asked) as engine:
        if asked.end:
            written(engine, lambda connection: webhooks.end(connection, asked.channel))
            return
        webhooks.require_tellable(asked.url)
        own = opened_secrets(engine, found_key(engine, asked.key_file))
        where = (asked.channel, asked.url, asked.after)
        secret = written(engine, lambda c: webhooks.register(c, own.tokens, *where))
        known = {one.name for one in tokens.given(engine) if not one.revoked}
    _say(f"{secret}   (by which {asked.channel} knows this service; said once)")
    if asked.channel not in known:
        _say(f"note: no program has a token under the name {asked.channel} yet")


def list_webhooks(asked: argparse.Namespace) -> None:
    """Say which channels are told by themselves, how far, and which do not answer."""
    with database(asked) as engine:
        for one in webhooks.standings(engine):
            failed = f"failed {one.failures} times" if one.failures else "well"
            _say(f"{one.channel}\t{one.url}\tnotice {one.position}\t{failed}")


def official(asked: argparse.Namespace) -> None:
    """Make an account, give it a new first password, or end it."""
    with database(asked) as engine:
        if asked.end:
            accounts.end(engine, asked.name)
            return
        if asked.renew:
            password = accounts.renew(engine, asked.name)
        elif asked.role is None:
            raise NoRole(asked.name)
        else:
            role = OfficialRole(asked.role)
            password = accounts.make(engine, asked.name, role, int(time()))
    _say(f"{password}   (first password of {asked.name}; it must be changed at the first sign-in)")


def list_officials(asked: argparse.Namespace) -> None:
    """Say who may sign in, and when they last did."""
    with database(asked) as engine:
        for one in accounts.accounts(engine):
            state = "ended" if one.gone else one.role
            last = _when(one.signed_in_s) if one.signed_in_s else "never signed in"
            _say(f"{one.name}\t{state}\t{last}")


def revoke(asked: argparse.Namespace) -> None:
    """Believe a chain no more."""
    with database(asked) as engine:
        seq = revocation.revoke(engine, ChainId(asked.station, asked.chain), asked.reason)
        believed = select(t.chain.c.chain).where(
            t.chain.c.station == asked.station,
            t.chain.c.key.is_not(None),
            t.chain.c.revoked.is_(None),
        )
        with reading(engine) as connection:
            others = connection.execute(believed.order_by(t.chain.c.chain)).scalars().all()
    _say(f"revoked behind event {seq}")
    for other in others:  # a PC holds the keys of the chains it left, too
        _say(f"still believed: {asked.station:03d}-{other}")


def document(asked: argparse.Namespace) -> None:
    """Publish a document, or take it back."""
    body = None if asked.take_back else _body(asked)
    said = wire.DocumentRequest(asked.station, asked.kind, asked.id, body)
    try:
        request = msgspec.convert(msgspec.structs.asdict(said), wire.DocumentRequest)
    except msgspec.ValidationError as error:
        raise BadInput(asked.id) from error
    with database(asked) as engine:
        _say(f"version {documents.publish(engine, request)}")


def _body(asked: argparse.Namespace) -> bytes:
    """Words of the programme as a file has them; anything else is told as JSON."""
    known = KINDS.get(asked.kind)
    if asked.file is None or known is None:
        raise BadInput(asked.kind)
    try:
        if known is ReferenceWords:
            text = asked.file.read_text(encoding="utf-8")
            _require_readable(asked.kind, asked.id, text)
            return encode(ReferenceWords(text))
        raw = asked.file.read_bytes()
        said = msgspec.json.decode(raw, type=known)
    except (OSError, ValueError) as error:  # a message that does not fit is a ValueError too
        raise BadInput(asked.file) from error
    if not _all_known(said, msgspec.json.decode(raw)):
        raise UnknownField(asked.file)
    if asked.kind in OF_ONE_POINT:
        _require_one_point(asked)
    return encode(said)


def _require_readable(kind: str, id_: str, text: str) -> None:
    """What no point could read, or would look for under this id, is not published."""
    if kind == POLICY and not id_.startswith(RELEASE):
        raise NoPolicy(id_)
    with_words(load(), kind, id_, text)


def _all_known(said: object, plain: object) -> bool:
    """Whether everything that was written was understood."""
    if isinstance(said, Struct) and isinstance(plain, dict):
        return plain.keys() <= set(said.__struct_fields__) and all(
            _all_known(getattr(said, name), value) for name, value in plain.items()
        )
    if isinstance(said, tuple) and isinstance(plain, list):
        return all(map(_all_known, said, plain))
    return True


def _require_one_point(asked: argparse.Namespace) -> None:
    try:
        kind = codes.parse(asked.id).kind
    except codes.BadCode as error:
        raise NoCodeOfItsKind(asked.id) from error
    if kind is not OF_ONE_POINT[asked.kind]:
        raise NoCodeOfItsKind(asked.id)
    if not asked.station:
        raise ForNoPoint(asked.id)


def backup(asked: argparse.Namespace) -> None:
    """Copy a pilot's database to a new file while it is served."""
    with database(asked) as engine:
        if engine.dialect.name != "sqlite":
            raise NotAPilot
        if asked.to.exists():
            raise FileIsThere(asked.to)
        fresh = asked.to.with_name(f"{asked.to.name}.new")  # half a copy has not the name of one
        try:
            fresh.unlink(missing_ok=True)
            with closing(engine.raw_connection()) as held, closing(sqlite3.connect(fresh)) as copy:
                held.driver_connection.backup(copy)  # type: ignore[union-attr] # it is sqlite3's
            fresh.rename(asked.to)
        except (OSError, sqlite3.Error) as error:
            raise CannotWrite(asked.to) from error
    _say(f"{asked.to}; the key file is no part of it")


def points(asked: argparse.Namespace) -> None:
    """List the chains, and when each was heard of last."""
    table = t.chain.c
    with database(asked) as engine, reading(engine) as connection:
        for row in connection.execute(select(t.chain).order_by(table.station, table.chain)):
            _say(
                "\t".join((f"{row.station:03d}-{row.chain}", f"{row.seq} events", *_standing(row)))
            )


def anchor(asked: argparse.Namespace) -> None:
    """Say the public key by which anybody knows the service; the programme publishes it."""
    with database(asked) as engine:
        _say(opened_secrets(engine, found_key(engine, asked.key_file)).signing.public.hex())


def count(asked: argparse.Namespace) -> None:
    """Count what points sent since, as a worker does; or everything from nothing."""
    with database(asked) as engine:
        words = Words(engine)
        if asked.anew:
            _say(f"{projector.count_anew(engine, words.now())} devices counted")
            return
        while projector.read_on(engine, words):
            pass


def publish(asked: argparse.Namespace) -> None:
    """Write the public ledger, whole or not at all."""
    with database(asked) as engine:
        key = opened_secrets(engine, found_key(engine, asked.key_file)).signing
        now_s = int(time())
        if asked.device:
            lines = history_file(engine, key, now_s, asked.device)
        else:
            lines = ledger_file(engine, key, now_s, station=asked.station)
        if asked.out.exists() and not asked.out.is_file():
            raise CannotWrite(asked.out)  # a device would be replaced by a file
        try:
            count = write_lines(asked.out, lines)
        except OSError as error:
            raise CannotWrite(asked.out) from error
    _say(f"{asked.out}\t{count} lines")


def _standing(row: object) -> Iterator[str]:
    heard = getattr(row, "heard_s", None)
    if revoked := getattr(row, "revoked", None):
        yield f"revoked: {revoked}"
    elif getattr(row, "key", None) is None:
        yield "not enrolled"
    else:
        yield "a laptop" if getattr(row, "delegated", False) else "enrolled"
    yield f"heard {_when(heard)}" if heard else "not heard yet"


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _say(words: str) -> None:
    print(words)  # noqa: T201 -- a command's answer
