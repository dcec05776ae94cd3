"""A question that comes twice is answered once, whatever became of it the first time."""

from hashlib import sha256
from secrets import token_hex

import pytest
from msgspec import Struct
from sqlalchemy import Connection, Engine

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, written
from sync.central.programme.once import KEPT_S, Asking, KeyReused, in_one_way, once

NOW_S = 1_790_000_000


class Said(Struct, frozen=True):
    """An answer with something in it that nobody else should read."""

    word: str


def said(
    engine: Engine,
    own: Secrets,
    *,
    body: bytes = b"a",
    program: str = "smart",
    now_s: int = NOW_S,
    fails: bool = False,
) -> str:
    """What is answered: drawn anew whenever it is worked out."""

    def work() -> Said:
        if fails:
            raise LookupError
        return Said(token_hex(8))

    def asked(connection: Connection) -> Said:
        asking = Asking(program, "key", body, now_s)
        return once(connection, own, asking, work, Said)

    return written(engine, asked).word


def test_the_second_time_it_is_answered_as_the_first_time(engine: Engine, own: Secrets) -> None:
    assert said(engine, own) == said(engine, own, now_s=NOW_S + KEPT_S)


def test_other_content_under_the_same_key_is_refused(engine: Engine, own: Secrets) -> None:
    said(engine, own)
    with pytest.raises(KeyReused):
        said(engine, own, body=b"b")


def test_another_programs_key_is_another_key(engine: Engine, own: Secrets) -> None:
    assert said(engine, own) != said(engine, own, program="zalo", body=b"b")


def test_what_was_refused_takes_no_key(engine: Engine, own: Secrets) -> None:
    with pytest.raises(LookupError):
        said(engine, own, fails=True)

    assert said(engine, own, body=b"put right") == said(engine, own, body=b"put right")


def test_a_key_is_forgotten_after_a_week_and_the_answer_with_it(
    engine: Engine, own: Secrets
) -> None:
    first = said(engine, own)

    assert said(engine, own, body=b"b", now_s=NOW_S + KEPT_S + 1) != first
    with reading(engine) as connection:
        assert len(connection.execute(t.answered_once.select()).all()) == 1


def test_the_answer_lies_sealed(engine: Engine, own: Secrets) -> None:
    word = said(engine, own)
    with reading(engine) as connection:
        row = connection.execute(t.answered_once.select()).one()

    assert word.encode() not in bytes(row.answer)


def test_the_same_said_is_the_same_in_bytes_and_another_question_is_not() -> None:
    assert in_one_way("offer", Said("a")) == in_one_way("offer", Said("a"))
    assert in_one_way("offer", Said("a")) != in_one_way("application", Said("a"))


def test_what_was_asked_cannot_be_tried_through_by_whoever_copied_the_database(
    engine: Engine, own: Secrets
) -> None:
    said(engine, own)
    with reading(engine) as connection:
        kept = connection.execute(t.answered_once.select()).one().body_hash

    assert kept != sha256(b"a").digest()
    assert len(kept) == sha256().digest_size
