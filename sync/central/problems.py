"""Every reason the service has to say no: its code, its HTTP status, and what it means."""

from http import HTTPStatus

from msgspec import Struct

from sync.wire import Problem


class Refused(Exception):
    """Nothing of what was asked was done; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refused(code: str, seq: int | None = None, expected: int | None = None) -> Refused:
    """A refusal by the name of its reason."""
    return Refused(Problem(code, seq, expected))


class Reason(Struct, frozen=True):
    """What a code means, and the status it is answered with."""

    status: int
    meaning: str


BAD, FORBIDDEN, NOBODY = HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED
MISSING, CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
TOO_LARGE, TOO_MANY = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS

REASONS: dict[str, Reason] = {
    # what was asked
    "unreadable_body": Reason(BAD, "the body is not the message that belongs here"),
    "unreadable_request": Reason(BAD, "a part of the address or a header cannot be read"),
    "bad_encoding": Reason(BAD, "the body is not packed as its header says"),
    "unknown_encoding": Reason(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a body may be packed with zstd, or not at all"
    ),
    "unknown_type": Reason(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a body is msgpack, JSON, or bytes where bytes belong"
    ),
    "no_such_address": Reason(MISSING, "nothing answers at this address in this version"),
    "wrong_method": Reason(HTTPStatus.METHOD_NOT_ALLOWED, "the address answers other methods"),
    "too_large": Reason(TOO_LARGE, "more bytes than one question may have, packed or unpacked"),
    "too_slow": Reason(HTTPStatus.REQUEST_TIMEOUT, "the question did not arrive whole in time"),
    "too_many": Reason(TOO_MANY, "too many questions; Retry-After says how long to wait"),
    "program_error": Reason(HTTPStatus.INTERNAL_SERVER_ERROR, "a mistake of the service"),
    "unavailable": Reason(
        HTTPStatus.SERVICE_UNAVAILABLE, "the database is down, full or busy for too long"
    ),
    "not_ready": Reason(
        HTTPStatus.SERVICE_UNAVAILABLE, "the database lacks the tables of this version"
    ),
    # who asks
    "no_token": Reason(NOBODY, "no token, or none of this service's"),
    "expired_token": Reason(NOBODY, "the token ran out: begin a new session"),
    "wrong_scope": Reason(FORBIDDEN, "the token does not let its holder do this"),
    "not_enrolled": Reason(FORBIDDEN, "the service knows no key for this chain"),
    "bad_signature": Reason(FORBIDDEN, "not signed with the key the service knows"),
    "revoked": Reason(FORBIDDEN, "this chain is believed no more; seq is the last that counts"),
    "other_key": Reason(CONFLICT, "the chain was enrolled with another key"),
    "wrong_code": Reason(FORBIDDEN, "no such one-time code"),
    "expired_code": Reason(FORBIDDEN, "the one-time code ran out"),
    "used_code": Reason(FORBIDDEN, "the one-time code enrolled another chain"),
    "expired_challenge": Reason(FORBIDDEN, "not a challenge of this service, or it ran out"),
    "replayed": Reason(FORBIDDEN, "the challenge was answered before: ask for another one"),
    "bad_exchange": Reason(BAD, "the exchange key leads to no secret"),
    # the ledger
    "gap": Reason(CONFLICT, "events before seq are missing; send from expected"),
    "fork": Reason(CONFLICT, "another event is held at seq"),
    "changed_event": Reason(BAD, "the bytes do not give head"),
    "misplaced_event": Reason(BAD, "the core at seq names another place"),
    "unreadable_entry": Reason(BAD, "the core at seq is no header"),
    "unknown_chain": Reason(MISSING, "the service holds nothing of this chain"),
    "unknown_event": Reason(MISSING, "no such event, or nobody disputes it"),
    "unknown_device": Reason(MISSING, "no device of the programme bears this code"),
    "unknown_document": Reason(MISSING, "no such document"),
    "bad_document": Reason(BAD, "the body is not what this kind of document says"),
    "bad_decision": Reason(BAD, "no decision the programme knows"),
    # what channels bring
    "bad_registration": Reason(BAD, "field is not as it must be; why says what is wrong"),
    "consent_missing": Reason(BAD, "whom field names did not agree that data are kept and used"),
    "no_key": Reason(BAD, "a registration needs an Idempotency-Key"),
    "key_reused": Reason(CONFLICT, "another registration came under this Idempotency-Key before"),
    "unknown_registration": Reason(
        MISSING, "no such offer or application for this program, or not its word"
    ),
    "too_late": Reason(CONFLICT, "devices came in or were kept: it is people who go on from here"),
    # files and people
    "unknown_file": Reason(MISSING, "no such file for this point"),
    "not_released": Reason(FORBIDDEN, "no stored event of this point lets this file go"),
    "wrong_size": Reason(CONFLICT, "not the size that was announced; it is expected"),
    "wrong_offset": Reason(CONFLICT, "go on from expected"),
    "wrong_digest": Reason(CONFLICT, "the bytes do not give the hash; begin again"),
    "purged": Reason(HTTPStatus.GONE, "the file was purged, for good"),
    "too_many_unfinished": Reason(CONFLICT, "finish the files that were begun first"),
    "wrong_seal": Reason(BAD, "a row or chunk does not open under this session's key"),
}


def status_of(code: str) -> int:
    """The HTTP status of a code; a reason nobody listed is the question's fault."""
    reason = REASONS.get(code)
    return BAD if reason is None else reason.status
