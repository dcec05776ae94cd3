"""Having a chain believed: by a one-time code that a lead types, or by the chain before it."""

from collections.abc import Sequence
from typing import Protocol

from station.ledger import ChainId
from station.signing import ChainGrant, SigningKey, is_granted, vouching_statement
from sync import wire
from sync.problems import BadSignature, NotEnrolled, NotTheService, Revoked, ServiceRefused
from sync.session import Identity, named


class OtherPoint(Exception):
    """The code is another point's; `station` says whose."""

    code = "other_point"

    def __init__(self, station: int) -> None:
        super().__init__(f"{self.code}: {station:03d}")
        self.station = station


class Enrollable(Identity, Protocol):
    """A store whose chain can be enrolled."""

    def note_enrolment(self, grant: ChainGrant, anchors: Sequence[bytes]) -> None:
        """Keep the service's word for a chain, and the keys it signs with."""

    def last_granted(self) -> ChainGrant | None:
        """The newest grant of any own chain."""


class Enroller(Protocol):
    """The service, as far as enrolling needs it."""

    def point_of_code(self, code: str) -> int:
        """Which point a one-time code is for."""

    def enrol(self, request: wire.EnrolRequest) -> wire.Enrolled:
        """Have a chain believed."""


def enrol_by_code(store: Enrollable, service: Enroller, code: str) -> ChainGrant:
    """Use a code up for the chain that is written now; raises OtherPoint or SyncProblem."""
    require_own_code(store, service, code)
    chain = store.standing().chain
    return _enrolled(store, service, _request(store.signing_key(chain), chain, code=code), ())


def require_own_code(store: Enrollable, service: Enroller, code: str) -> None:
    """Whether the code can be used up here, without using it; raises OtherPoint or SyncProblem."""
    if (station := service.point_of_code(code)) != store.standing().chain.station:
        raise OtherPoint(station)


def go_on(store: Enrollable, service: Enroller) -> None:
    """Let the chain written now be vouched for by an enrolled one, if it needs to be.

    After a restored backup or a move to another PC nobody has to type a code again, as long as the
    old chain's key is still here and was not revoked. Raises SyncProblem.
    """
    chain, enrolment = store.standing().chain, store.enrolment()
    if enrolment.grant is not None and enrolment.grant.chain == chain:
        return
    old = store.last_granted()
    if old is None or old.chain.station != chain.station:
        raise NotEnrolled(chain)
    try:
        vouch_for(store, service, chain, old.chain, enrolment.anchors)
    except Revoked as revoked:  # not this chain: the one that would vouch for it
        raise NotEnrolled(chain) from revoked


def vouch_for_older(store: Enrollable, service: Enroller, chain: ChainId) -> bool:
    """The chain written now vouches for one that this store left; False where it may not.

    So what an old chain still holds can be sent, when nobody enrolled it while it was written.
    """
    standing = store.standing()
    if chain not in {older for older, _seq in standing.older_chains}:
        return False
    try:
        vouch_for(store, service, chain, standing.chain, store.enrolment().anchors)
    except (ServiceRefused, NotEnrolled, Revoked, BadSignature):
        return False
    return True


def vouch_for(
    store: Enrollable,
    service: Enroller,
    chain: ChainId,
    by: ChainId,
    anchors: tuple[bytes, ...],
) -> ChainGrant:
    """One chain of this store says that another one is this store's too."""
    key = store.signing_key(chain)
    vouching = store.signing_key(by).sign(vouching_statement(by, chain, key.public))
    request = _request(key, chain, old_number=by.number, vouching=vouching)
    return _enrolled(store, service, request, anchors)


def _request(
    key: SigningKey,
    chain: ChainId,
    *,
    code: str | None = None,
    old_number: int | None = None,
    vouching: bytes | None = None,
) -> wire.EnrolRequest:
    proof = key.sign(wire.enrol_statement(chain.station, chain.number, key.public, code or ""))
    return wire.EnrolRequest(
        chain.station, chain.number, key.public, proof, code, old_number, vouching
    )


def _enrolled(
    store: Enrollable,
    service: Enroller,
    request: wire.EnrolRequest,
    anchors: tuple[bytes, ...],
) -> ChainGrant:
    """Keep the service's word, once it is about this key and signed by a key that is known."""
    try:
        answer = service.enrol(request)
    except ServiceRefused as refused:
        raise named(refused, request.chain) from refused
    grant = answer.grant
    known = anchors or answer.anchors  # the first time the code vouches for who answers
    if (grant.chain, grant.key) != (request.chain, request.key) or not is_granted(grant, known):
        raise NotTheService
    store.note_enrolment(grant, answer.anchors)
    return grant
