"""Who may speak: one-time codes, enrolment, sessions."""

from sync import wire
from sync.central.access import enrolment, one_time_codes, revocation, sessions
from sync.central.web.asking import Asked, Nowhere, asks
from sync.wire import Scope

SMALL = 4_096  # bytes of a message that says who speaks
CODES = ("wrong_code", "expired_code")


@asks(
    "POST",
    "/enrol/ask",
    reads=wire.CodeQuestion,
    answers=wire.CodeAnswer,
    refusals=CODES,
    largest=SMALL,
)
def point_of_code(asked: Asked[wire.CodeQuestion, Nowhere]) -> wire.CodeAnswer:
    """Which point is a one-time code for? Asking does not use it up."""
    station = one_time_codes.point_of(
        asked.engine, asked.own.codes, asked.message.code, asked.now_s
    )
    return wire.CodeAnswer(station)


@asks(
    "POST",
    "/enrol",
    reads=wire.EnrolRequest,
    answers=wire.Enrolled,
    refusals=(*CODES, "used_code", "not_enrolled", "bad_signature", "revoked", "other_key"),
    largest=SMALL,
)
def enrol(asked: Asked[wire.EnrolRequest, Nowhere]) -> wire.Enrolled:
    """Have a chain believed, by a code or by the chain it goes on from."""
    answer = enrolment.enrol(asked.engine, asked.own, asked.message, asked.now_s)
    asked.noted.station, asked.noted.chain = asked.message.station, asked.message.number
    return answer


@asks("GET", "/challenge", answers=wire.Challenge)
def challenge(asked: Asked[None, Nowhere]) -> wire.Challenge:
    """Get something to sign that was never signed before."""
    return sessions.challenge(asked.own, asked.now_s)


@asks(
    "POST",
    "/sessions",
    reads=wire.SessionRequest,
    answers=wire.Session,
    refusals=(
        "expired_challenge", "replayed", "not_enrolled", "bad_signature", "revoked", "bad_exchange",
    ),
    largest=SMALL,
)  # fmt: skip
def session(asked: Asked[wire.SessionRequest, Nowhere]) -> wire.Session:
    """Be let in by signing a challenge; the answer holds a token."""
    answer = sessions.begin(asked.engine, asked.own, asked.message, asked.now_s)
    asked.noted.station, asked.noted.chain = asked.message.station, asked.message.number
    return answer


@asks(
    "POST",
    "/codes",
    reads=wire.CodeRequest,
    answers=wire.CodeGiven,
    scopes=(Scope.ENROLMENT,),
    largest=SMALL,
)
def give_code(asked: Asked[wire.CodeRequest, Nowhere]) -> wire.CodeGiven:
    """Give a one-time code for a point; it is said this once."""
    request = asked.message
    code, expires_s = one_time_codes.give(
        asked.engine, asked.own.codes, request.station, request.hours, asked.now_s
    )
    return wire.CodeGiven(code, expires_s)


@asks(
    "POST",
    "/revocations",
    reads=wire.RevokeRequest,
    answers=wire.ChainStanding,
    scopes=(Scope.ENROLMENT,),
    refusals=("unknown_chain",),
    largest=SMALL,
)
def revoke(asked: Asked[wire.RevokeRequest, Nowhere]) -> wire.ChainStanding:
    """Believe a chain no more; what it said up to here stays."""
    request = asked.message
    seq = revocation.revoke(asked.engine, request.chain, request.reason)
    return wire.ChainStanding(request.station, request.number, seq, request.reason)


QUESTIONS = (point_of_code, enrol, challenge, session, give_code, revoke)
