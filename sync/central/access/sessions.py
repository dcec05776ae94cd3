"""Being let in: a challenge that is good once, a signature over it, a token that nobody stores.

Challenges and tokens are sealed by the service and carry their own end, so that every worker can
read what another one gave, and only the service's clock counts.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, and_, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from station.signing import is_signed
from sync.central import tables as t
from sync.central.access.callers import Caller
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.keeping.chains import writer
from sync.central.problems import refused
from sync.exchange import Exchange, NoExchange
from sync.sealing import Cipher, WrongSeal
from sync.wire import (
    POINT_SCOPES,
    Challenge,
    Session,
    SessionRequest,
    session_answer_statement,
    session_statement,
)

CHALLENGE_S = 120
TOKEN_S = 3_600
PREFIX = "s1."  # tells a session's token from a program's
_CHALLENGE, _TOKEN = b"station-central challenge 1", b"station-central token 1"


class Claims(Struct, frozen=True, array_like=True):
    """What a token says, sealed."""

    station: int
    number: int
    scopes: tuple[str, ...]
    expires_s: int
    people_key: bytes


def challenge(own: Secrets, now_s: int) -> Challenge:
    """Something to sign that was never signed before."""
    return Challenge(own.tokens.seal(_CHALLENGE, (now_s + CHALLENGE_S).to_bytes(8)))


def begin(engine: Engine, own: Secrets, request: SessionRequest, now_s: int) -> Session:
    """Let in whoever holds the key of an enrolled chain; raises Refused."""
    expires_s = _end_of(own.tokens, request.challenge)
    if expires_s <= now_s:
        raise refused("expired_challenge")
    with reading(engine) as connection:  # a stranger waits for no lock, and holds none
        _require_the_key(connection, request)
    with writing(engine) as connection:
        _use_up(connection, request, expires_s, now_s)
        _note_heard(connection, request, now_s)
    exchange = Exchange()
    try:
        people_key = exchange.people_key(request.exchange, request.challenge)
    except NoExchange as error:
        raise refused("bad_exchange") from error
    claims = Claims(request.station, request.number, POINT_SCOPES, now_s + TOKEN_S, people_key)
    token = _token(own.tokens, claims)
    statement = session_answer_statement(
        request.challenge, request.exchange, exchange.public, token
    )
    return Session(token, TOKEN_S, exchange.public, own.signing.sign(statement))


def caller(own: Secrets, token: str, now_s: int) -> Caller:
    """Who holds a session's token; raises Refused."""
    claims = _claims(own.tokens, token)
    if claims.expires_s <= now_s:
        raise refused("expired_token")
    return Caller(claims.station, claims.number, frozenset(claims.scopes), claims.people_key)


def _end_of(seal: Cipher, challenge: bytes) -> int:
    try:
        return int.from_bytes(seal.open(_CHALLENGE, challenge))
    except WrongSeal as error:  # of a service that lost its secrets: another one mends it
        raise refused("expired_challenge") from error


def _require_the_key(connection: Connection, request: SessionRequest) -> None:
    believed = writer(connection, request.chain)
    if believed is None or believed.delegated:
        raise refused("not_enrolled")
    statement = session_statement(
        request.station, request.number, request.challenge, request.exchange
    )
    if not is_signed(statement, request.signature, believed.key):
        raise refused("bad_signature")
    if believed.revoked is not None:
        raise refused("revoked", believed.revoked_seq)


def _use_up(connection: Connection, request: SessionRequest, expires_s: int, now_s: int) -> None:
    table = t.used_challenge
    old = and_(table.c.station == request.station, table.c.expires_s < now_s)
    connection.execute(delete(table).where(old))
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {
        "station": request.station,
        "challenge_hash": sha256(request.challenge).digest(),
        "expires_s": expires_s,
    }
    noted = dialect.insert(table).values(row).on_conflict_do_nothing().returning(table.c.station)
    if connection.execute(noted).first() is None:
        raise refused("replayed")


def _note_heard(connection: Connection, request: SessionRequest, now_s: int) -> None:
    of_chain = and_(t.chain.c.station == request.station, t.chain.c.chain == request.number)
    connection.execute(update(t.chain).where(of_chain), {"heard_s": now_s})


def _token(seal: Cipher, claims: Claims) -> str:
    sealed = seal.seal(_TOKEN, msgspec.msgpack.encode(claims))
    return PREFIX + urlsafe_b64encode(sealed).rstrip(b"=").decode()


def _claims(seal: Cipher, token: str) -> Claims:
    packed = token.removeprefix(PREFIX)
    try:
        sealed = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        return msgspec.msgpack.decode(seal.open(_TOKEN, sealed), type=Claims)
    except (WrongSeal, ValueError) as error:  # ValueError: no base64, or no ASCII
        raise refused("no_token") from error
