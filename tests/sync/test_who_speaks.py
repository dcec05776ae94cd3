"""Who may speak at the service: one-time codes, keys, vouching, sessions, tokens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, select

from station.ledger import ChainId
from station.signing import SigningKey, is_granted, is_signed, vouching_statement
from sync import wire
from sync.central import tables
from sync.central.access import enrolment, one_time_codes, revocation, sessions, tokens
from sync.central.access.secrets import (
    KeyLost,
    NoKey,
    NotAKey,
    Secrets,
    WrongKey,
    found_key,
    make_key_file,
    opened_secrets,
    pilot_key_file,
    read_key,
)
from sync.central.database import opened, reading, writing
from sync.central.keeping.chains import insert_delegated
from sync.central.problems import Refused
from sync.exchange import Exchange
from sync.wire import DEPARTMENT, Scope

NOW_S = 1_633_928_400
STATION = 12
CHAIN = ChainId(STATION, 4711)
NEXT_CHAIN = ChainId(STATION, 4712)
KEY = bytes(range(32))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The service's tables on each engine."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'central.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_database")
    with opened(url) as engine:
        tables.metadata.create_all(engine)
        yield engine


@pytest.fixture
def own(engine: Engine) -> Secrets:
    return opened_secrets(engine, KEY)


def asked(chain: ChainId, key: SigningKey, code: str = "") -> wire.EnrolRequest:
    statement = wire.enrol_statement(chain.station, chain.number, key.public, code)
    return wire.EnrolRequest(
        chain.station, chain.number, key.public, key.sign(statement), code or None
    )


def vouched(chain: ChainId, key: SigningKey, old: ChainId, by: SigningKey) -> wire.EnrolRequest:
    vouching = by.sign(vouching_statement(old, chain, key.public))
    return replace(asked(chain, key), old_number=old.number, vouching=vouching)


def code_of(engine: Engine, own: Secrets, station: int = STATION) -> str:
    return one_time_codes.give(engine, own.codes, station, 72, NOW_S)[0]


def enrolled(engine: Engine, own: Secrets, chain: ChainId = CHAIN) -> SigningKey:
    key = SigningKey.new()
    request = asked(chain, key, code_of(engine, own, chain.station))
    enrolment.enrol(engine, own, request, NOW_S)
    return key


def session_of(
    own: Secrets, chain: ChainId, key: SigningKey, now_s: int = NOW_S
) -> wire.SessionRequest:
    challenge = sessions.challenge(own, now_s).challenge
    exchange = Exchange().public
    statement = wire.session_statement(chain.station, chain.number, challenge, exchange)
    return wire.SessionRequest(*chain_of(chain), challenge, exchange, key.sign(statement))


def chain_of(chain: ChainId) -> tuple[int, int]:
    return chain.station, chain.number


# ---- enrolment ----


def test_a_code_has_a_chain_believed(engine: Engine, own: Secrets) -> None:
    key = SigningKey.new()
    code = code_of(engine, own)

    assert one_time_codes.point_of(engine, own.codes, code, NOW_S) == STATION
    answer = enrolment.enrol(engine, own, asked(CHAIN, key, code), NOW_S)

    assert (answer.grant.chain, answer.grant.key) == (CHAIN, key.public)
    assert is_granted(answer.grant, answer.anchors)


def test_a_lost_answer_is_given_again_though_the_code_is_used(engine: Engine, own: Secrets) -> None:
    request = asked(CHAIN, SigningKey.new(), code_of(engine, own))
    first = enrolment.enrol(engine, own, request, NOW_S)

    assert enrolment.enrol(engine, own, request, NOW_S + 999_999) == first


def test_a_code_is_good_for_one_chain(engine: Engine, own: Secrets) -> None:
    code = code_of(engine, own)
    enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), code), NOW_S)

    with pytest.raises(Refused, match="used_code"):
        enrolment.enrol(engine, own, asked(NEXT_CHAIN, SigningKey.new(), code), NOW_S)


def test_a_code_is_good_for_its_own_point(engine: Engine, own: Secrets) -> None:
    code = code_of(engine, own, 21)

    with pytest.raises(Refused, match="wrong_code"):
        enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), code), NOW_S)


def test_a_code_runs_out_by_the_services_clock(engine: Engine, own: Secrets) -> None:
    code = code_of(engine, own)
    late = NOW_S + 72 * 3600

    with pytest.raises(Refused, match="expired_code"):
        one_time_codes.point_of(engine, own.codes, code, late)
    with pytest.raises(Refused, match="expired_code"):
        enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), code), late)


def test_a_refused_try_leaves_nothing_and_uses_nothing_up(engine: Engine, own: Secrets) -> None:
    code = code_of(engine, own)
    forged = replace(asked(CHAIN, SigningKey.new(), code), key=SigningKey.new().public)
    with pytest.raises(Refused, match="bad_signature"):
        enrolment.enrol(engine, own, forged, NOW_S)
    with pytest.raises(Refused, match="wrong_code"):
        enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), "0" * 16), NOW_S)

    with reading(engine) as connection:
        assert connection.execute(select(tables.chain)).all() == []
    enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), code), NOW_S)


def test_no_code_lies_in_the_database(engine: Engine, own: Secrets) -> None:
    code = code_of(engine, own)

    with reading(engine) as connection:
        rows = repr(connection.execute(select(tables.enrolment_code)).all())
    assert code not in rows
    assert repr(one_time_codes.hashed(bytes(32), code)) not in rows


def test_a_chains_key_is_bound_once(engine: Engine, own: Secrets) -> None:
    enrolled(engine, own)

    with pytest.raises(Refused, match="other_key"):
        enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new(), code_of(engine, own)), NOW_S)


def test_an_old_chain_vouches_for_the_one_that_goes_on(engine: Engine, own: Secrets) -> None:
    old, new = enrolled(engine, own), SigningKey.new()

    answer = enrolment.enrol(engine, own, vouched(NEXT_CHAIN, new, CHAIN, old), NOW_S)

    assert is_granted(answer.grant, own.anchors)
    sessions.begin(engine, own, session_of(own, CHAIN, old), NOW_S)  # the old one is believed still


def test_a_stranger_a_revoked_chain_and_a_laptop_vouch_for_nobody(
    engine: Engine, own: Secrets
) -> None:
    new, stranger = SigningKey.new(), SigningKey.new()
    with pytest.raises(Refused, match="not_enrolled"):
        enrolment.enrol(engine, own, vouched(NEXT_CHAIN, new, CHAIN, stranger), NOW_S)
    old = enrolled(engine, own)
    with pytest.raises(Refused, match="bad_signature"):
        enrolment.enrol(engine, own, vouched(NEXT_CHAIN, new, CHAIN, stranger), NOW_S)
    with writing(engine) as connection:
        insert_delegated(connection, ChainId(STATION, 1), stranger.public)
    laptop = vouched(NEXT_CHAIN, new, ChainId(STATION, 1), stranger)
    with pytest.raises(Refused, match="not_enrolled"):
        enrolment.enrol(engine, own, laptop, NOW_S)
    revocation.revoke(engine, CHAIN, "stolen")
    with pytest.raises(Refused, match="revoked"):
        enrolment.enrol(engine, own, vouched(NEXT_CHAIN, new, CHAIN, old), NOW_S)


def test_a_chain_that_nobody_speaks_for_is_not_enrolled(engine: Engine, own: Secrets) -> None:
    with pytest.raises(Refused, match="not_enrolled"):
        enrolment.enrol(engine, own, asked(CHAIN, SigningKey.new()), NOW_S)


# ---- sessions ----


def test_a_session_gives_a_token_and_the_services_own_signature(
    engine: Engine, own: Secrets
) -> None:
    key, exchange = enrolled(engine, own), Exchange()
    challenge = sessions.challenge(own, NOW_S).challenge
    statement = wire.session_statement(*chain_of(CHAIN), challenge, exchange.public)
    request = wire.SessionRequest(*chain_of(CHAIN), challenge, exchange.public, key.sign(statement))

    session = sessions.begin(engine, own, request, NOW_S)

    caller = sessions.caller(own, session.token, NOW_S)
    assert (caller.station, caller.number) == chain_of(CHAIN)
    assert caller.scopes == set(wire.POINT_SCOPES)
    assert caller.people_key == exchange.people_key(session.exchange, challenge)
    answer = wire.session_answer_statement(
        challenge, exchange.public, session.exchange, session.token
    )
    assert is_signed(answer, session.signature, own.signing.public)


def test_a_challenge_is_good_once_and_for_a_short_time(engine: Engine, own: Secrets) -> None:
    key = enrolled(engine, own)
    request = session_of(own, CHAIN, key)
    sessions.begin(engine, own, request, NOW_S)

    with pytest.raises(Refused, match="replayed"):
        sessions.begin(engine, own, request, NOW_S)
    with pytest.raises(Refused, match="expired_challenge"):
        sessions.begin(engine, own, session_of(own, CHAIN, key), NOW_S + sessions.CHALLENGE_S)
    with pytest.raises(Refused, match="expired_challenge"):
        sessions.begin(engine, own, replace(request, challenge=bytes(36)), NOW_S)


def test_what_was_used_up_is_forgotten_once_it_ran_out(engine: Engine, own: Secrets) -> None:
    key = enrolled(engine, own)
    for later in (0, 1_000, 2_000):
        request = session_of(own, CHAIN, key, NOW_S + later)
        sessions.begin(engine, own, request, NOW_S + later)

    with reading(engine) as connection:
        assert len(connection.execute(select(tables.used_challenge)).all()) == 1


def test_nobody_else_is_let_in(engine: Engine, own: Secrets) -> None:
    key, stranger = enrolled(engine, own), SigningKey.new()
    with pytest.raises(Refused, match="bad_signature"):
        sessions.begin(engine, own, session_of(own, CHAIN, stranger), NOW_S)
    with pytest.raises(Refused, match="not_enrolled"):
        sessions.begin(engine, own, session_of(own, NEXT_CHAIN, key), NOW_S)
    with writing(engine) as connection:
        insert_delegated(connection, ChainId(STATION, 1), stranger.public)
    with pytest.raises(Refused, match="not_enrolled"):
        sessions.begin(engine, own, session_of(own, ChainId(STATION, 1), stranger), NOW_S)
    revocation.revoke(engine, CHAIN, "stolen")
    with pytest.raises(Refused, match="revoked"):
        sessions.begin(engine, own, session_of(own, CHAIN, key), NOW_S)


def test_an_exchange_key_without_a_secret_is_refused(engine: Engine, own: Secrets) -> None:
    key = enrolled(engine, own)
    challenge = sessions.challenge(own, NOW_S).challenge
    statement = wire.session_statement(*chain_of(CHAIN), challenge, bytes(32))
    request = wire.SessionRequest(*chain_of(CHAIN), challenge, bytes(32), key.sign(statement))

    with pytest.raises(Refused, match="bad_exchange"):
        sessions.begin(engine, own, request, NOW_S)


def test_a_token_runs_out_and_none_is_made_up(engine: Engine, own: Secrets) -> None:
    key = enrolled(engine, own)
    token = sessions.begin(engine, own, session_of(own, CHAIN, key), NOW_S).token

    with pytest.raises(Refused, match="expired_token"):
        sessions.caller(own, token, NOW_S + sessions.TOKEN_S)
    challenge = own.tokens.seal(b"", b"")
    for made_up in (token[:-2], token + "A", "s1.", "s1.é", f"s1.{challenge.hex()}", "s1.%%%"):
        with pytest.raises(Refused, match="no_token"):
            sessions.caller(own, made_up, NOW_S)


# ---- programs ----


def test_a_programs_token_says_who_it_is_until_it_ends(engine: Engine) -> None:
    token = tokens.give(engine, "portal", ["settle", "documents"], 30, NOW_S)

    caller = tokens.caller(engine, token, NOW_S)

    assert (caller.station, caller.name) == (DEPARTMENT, "portal")
    assert caller.scopes == {Scope.DOCUMENTS, Scope.SETTLE}
    with pytest.raises(Refused, match="expired_token"):
        tokens.caller(engine, token, NOW_S + 30 * tokens.DAY_S)
    with pytest.raises(Refused, match="no_token"):
        tokens.caller(engine, token + "x", NOW_S)
    assert tokens.revoke(engine, "portal") == 1
    with pytest.raises(Refused, match="no_token"):
        tokens.caller(engine, token, NOW_S)


@pytest.mark.parametrize("scopes", [[], ["push"], ["documents", "everything"]])
def test_a_program_gets_no_scope_of_a_point(engine: Engine, scopes: list[str]) -> None:
    with pytest.raises(tokens.NotAScope):
        tokens.give(engine, "portal", scopes, 30, NOW_S)


# ---- the service's own secrets ----


def test_the_secrets_are_made_once_and_open_under_their_key_alone(engine: Engine) -> None:
    first, again = opened_secrets(engine, KEY), opened_secrets(engine, KEY)

    assert first.anchors == again.anchors
    assert again.people.open(b"", first.people.seal(b"", b"said")) == b"said"
    with pytest.raises(WrongKey):
        opened_secrets(engine, bytes(32))
    with reading(engine) as connection:
        assert (
            first.signing.private
            not in repr(connection.execute(select(tables.service_secret)).all()).encode()
        )


def test_postgresql_starts_with_a_key_and_a_pilot_makes_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    if engine.dialect.name == "postgresql":
        with pytest.raises(NoKey):
            found_key(engine, None)
    else:
        made = found_key(engine, None)
        file = pilot_key_file(engine)
        assert file.stat().st_mode & 0o777 == 0o600
        assert found_key(engine, None) == made
        opened_secrets(engine, made)
        file.unlink()
        with pytest.raises(KeyLost):
            found_key(engine, None)
    credential = tmp_path / "central-key"
    make_key_file(credential)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert found_key(engine, None) == read_key(credential)


@pytest.mark.parametrize("said", [b"", b"secret", b"00" * 31, b"00" * 33, b"\xff" * 64])
def test_a_file_without_a_key_is_named(said: bytes, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(said)

    with pytest.raises(NotAKey):
        read_key(file)


def test_a_key_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "key"
    make_key_file(file)
    before = file.read_bytes()

    make_key_file(file)

    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
