"""Being let in: the chain signs a challenge, and learns that it speaks with its own service."""

from time import monotonic
from typing import Protocol

from msgspec import Struct

from station import ports
from station.ledger import ChainId
from station.signing import SigningKey, is_signed
from sync import wire
from sync.exchange import Exchange, NoExchange
from sync.problems import BadSignature, NotEnrolled, NotTheService, Revoked, ServiceRefused
from sync.transport import Line

EARLY_S = 30.0  # a token is not used on its last breath
AGAIN = ("replayed", "expired_challenge")  # what asking for another challenge mends


class Identity(Protocol):
    """Who speaks: a point's store."""

    def standing(self) -> ports.Standing:
        """How far this store has come; its chain is the one that speaks."""

    def signing_key(self, chain: ChainId) -> SigningKey:
        """The key of an own chain."""

    def enrolment(self) -> ports.Enrolment:
        """Whether the service believes the chain that is written now."""


class Open(Struct, frozen=True):
    """A session that stands."""

    token: str
    people_key: bytes
    until: float  # by this process' monotonic clock

    @property
    def stands(self) -> bool:
        """Whether the token is still good, as far as one can tell without asking."""
        return monotonic() < self.until


def open_session(line: Line, identity: Identity) -> Open:
    """Show that this store holds its chain's key; raises SyncProblem."""
    chain, enrolment = identity.standing().chain, identity.enrolment()
    if enrolment.grant is None or enrolment.grant.chain != chain:
        raise NotEnrolled(chain)
    key = identity.signing_key(chain)
    try:
        return _opened(line, chain, key, enrolment.anchors)
    except ServiceRefused as refused:
        if refused.code not in AGAIN:  # the answer was lost, and the question came a second time
            raise named(refused, chain) from refused
    return _opened(line, chain, key, enrolment.anchors)


def named(refused: ServiceRefused, chain: ChainId) -> Exception:
    """What the service says of a chain, by its own name."""
    kinds = {kind.code: kind for kind in (NotEnrolled, Revoked, BadSignature)}
    kind = kinds.get(refused.code)
    return refused if kind is None else kind(chain)


def _opened(line: Line, chain: ChainId, key: SigningKey, anchors: tuple[bytes, ...]) -> Open:
    challenge = line.ask(wire.Challenge, "GET", "challenge").challenge
    exchange = Exchange()
    statement = wire.session_statement(chain.station, chain.number, challenge, exchange.public)
    began = monotonic()
    session = line.ask(
        wire.Session,
        "POST",
        "sessions",
        wire.SessionRequest(
            chain.station, chain.number, challenge, exchange.public, key.sign(statement)
        ),
    )
    _require_the_service(session, challenge, exchange.public, anchors)
    try:
        people_key = exchange.people_key(session.exchange, challenge)
    except NoExchange as error:
        raise NotTheService from error
    return Open(session.token, people_key, began + session.expires_in_s - EARLY_S)


def _require_the_service(
    session: wire.Session, challenge: bytes, ours: bytes, anchors: tuple[bytes, ...]
) -> None:
    answer = wire.session_answer_statement(challenge, ours, session.exchange, session.token)
    if not any(is_signed(answer, session.signature, anchor) for anchor in anchors):
        raise NotTheService
