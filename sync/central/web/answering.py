"""From an HTTP request to a question's function and back; every refusal becomes a `Problem`."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from time import time
from typing import Any

from anyio import CapacityLimiter, to_thread
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from station.ledger import ChainId
from sync import packing, wire
from sync.central.access import sessions, tokens
from sync.central.access.callers import Caller
from sync.central.database import DatabaseUnavailable, reading
from sync.central.keeping import chains
from sync.central.limits import TooMany
from sync.central.observing.noting import Noted
from sync.central.problems import Refused, refused, status_of
from sync.central.web import bodies
from sync.central.web.asking import JSON, Answer, Asked, Central, Question

BODY_S = 120.0  # for a question to arrive whole: 8 MiB at 0.6 Mbit/s
THREADS = 12  # questions answered at a time by one worker; below the connections of its pool
TRIES = frozenset({"point_of_code", "enrol"})
BEARER = "Bearer "

Asking = Request[Any, Any, Any]


@dataclass(frozen=True)
class Turn:
    """One request on its way to the question it asks."""

    question: Question
    central: Central
    request: Asking
    noted: Noted

    def let_in(self) -> Caller | None:
        """Who asks, once it is clear that they may; a stranger only what strangers may."""
        address = self.request.client.host if self.request.client else ""
        limits = self.central.limits
        if not self.question.scopes:
            (limits.tries if self.question.name in TRIES else limits.strangers).take(address)
            return None
        try:
            caller = _caller(self.central, self.request.headers.get("Authorization", ""))
        except Refused:
            limits.strangers.take(address)
            raise
        self.noted.by(caller)
        limits.holders.take(f"{caller.station}/{caller.number}/{caller.name}")
        caller.require(*self.question.scopes)
        if self.question.is_personal and not caller.is_program:
            _require_still_believed(self.central, caller)
        return caller

    def answered(self, caller: Caller | None, body: bytes) -> Response[bytes]:
        """Read the question and answer it; raises what the handlers below know."""
        question, request = self.question, self.request
        where = bodies.where_of(question.where, _places(request))
        message: Any = None
        if question.reads:
            coding = request.headers.get("Content-Encoding", "")
            kind = request.headers.get("Content-Type", "")
            message = bodies.read(body, question.reads, kind, coding, question.largest)
        said = {header.name: request.headers.get(header.name, "") for header in question.headers}
        asked = Asked(self.central, message, where, int(time()), self.noted, caller, said)
        return answer_with(request, question.answer(asked), as_text=question.as_text)


def handler_of(question: Question, central: Central, threads: CapacityLimiter) -> HTTPRouteHandler:
    """What Litestar routes to."""
    in_thread = partial(to_thread.run_sync, limiter=threads)

    async def answer(request: Asking) -> Response[bytes]:
        turn = Turn(question, central, request, noted_of(request))
        turn.noted.question = question.name
        caller = await in_thread(turn.let_in)
        body = await _body(request) if question.reads else b""
        return await in_thread(turn.answered, caller, body)

    answer.__name__ = question.name
    return HTTPRouteHandler(
        question.address.replace("}", ":str}"),
        http_method=[question.method],  # type: ignore[list-item] # one of Litestar's names
        name=question.name,
        request_max_body_size=question.largest,
        status_code=HTTPStatus.OK,
    )(answer)


def noted_of(request: Asking) -> Noted:
    """Where what is known of this question is noted."""
    noted: Noted = request.scope.setdefault("noted", Noted())  # type: ignore[typeddict-item]
    return noted


def _places(request: Asking) -> dict[str, Any]:
    """What the address says; of what is said twice the last counts."""
    query = {name: request.query_params.getall(name)[-1] for name in request.query_params}
    return query | request.path_params


async def _body(request: Asking) -> bytes:
    try:
        async with asyncio.timeout(BODY_S):
            return await request.body()
    except TimeoutError as error:
        raise refused("too_slow") from error


def _caller(central: Central, authorization: str) -> Caller:
    if not authorization.startswith(BEARER):
        raise refused("no_token")
    token, now_s = authorization.removeprefix(BEARER).strip(), int(time())
    if token.startswith(sessions.PREFIX):
        return sessions.caller(central.own, token, now_s)
    if token.startswith(tokens.PREFIX):
        return tokens.caller(central.engine, token, now_s)
    raise refused("no_token")


def _require_still_believed(central: Central, caller: Caller) -> None:
    """A token outlives a revocation; what it could read with it does not."""
    with reading(central.engine) as connection:
        chain = chains.writer(connection, ChainId(caller.station, caller.number))
    if chain is None:
        raise refused("not_enrolled")
    if chain.revoked is not None:
        raise refused("revoked", chain.revoked_seq)


def answer_with(
    request: Asking,
    answer: Answer,
    status: int = HTTPStatus.OK,
    *,
    as_text: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """The response: as the asker reads it, packed where that is understood."""
    said = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-store"} | (headers or {})
    if answer is None:
        return Response(b"", status_code=HTTPStatus.NO_CONTENT, headers=said)
    as_json = bodies.wants_json(request.headers.get("Accept", "")) or as_text == JSON
    body, kind = bodies.written(answer, as_json=as_json)
    if packing.CODING in request.headers.get("Accept-Encoding", ""):
        body, said["Content-Encoding"] = packing.packed(body), packing.CODING
    return Response(body, status_code=status, media_type=as_text or kind, headers=said)


# ---- refusals ----


def problem_with(
    request: Asking, problem: wire.Problem, status: int, headers: dict[str, str] | None = None
) -> Response[bytes]:
    """A problem as the answer, noted by its code."""
    noted_of(request).code = problem.code
    if status == HTTPStatus.UNAUTHORIZED:
        headers = {"WWW-Authenticate": "Bearer"}
    return answer_with(request, problem, status, headers=headers)


def on_refused(request: Asking, error: Refused) -> Response[bytes]:
    """The service says no."""
    return problem_with(request, error.problem, status_of(error.problem.code))


def on_code(request: Asking, error: Exception) -> Response[bytes]:
    """The same, of what has a code of its own."""
    code: str = getattr(error, "code", "program_error")
    return problem_with(request, wire.Problem(code), status_of(code))


def on_too_many(request: Asking, error: TooMany) -> Response[bytes]:
    """Too often."""
    wait = {"Retry-After": str(error.wait_s)}
    return problem_with(request, wire.Problem("too_many"), status_of("too_many"), wait)


def on_unavailable(request: Asking, error: DatabaseUnavailable) -> Response[bytes]:
    """The database does not answer."""
    noted_of(request).said["cause"] = str(error)
    problem = wire.Problem(error.code)
    return problem_with(request, problem, status_of(error.code), {"Retry-After": "5"})


NAMED_STATUSES = {
    HTTPStatus.BAD_REQUEST: "unreadable_request",
    HTTPStatus.NOT_FOUND: "no_such_address",
    HTTPStatus.METHOD_NOT_ALLOWED: "wrong_method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}


def on_not_served(request: Asking, error: HTTPException) -> Response[bytes]:
    """What Litestar refuses before any question of ours was found."""
    status = HTTPStatus(error.status_code)
    code = NAMED_STATUSES.get(status, "unreadable_request")
    allowed = {name: value for name, value in (error.headers or {}).items() if name == "Allow"}
    return problem_with(request, wire.Problem(code), status, allowed)


def on_our_mistake(mistaken: Callable[[Exception], None]) -> Callable[[Asking, Exception], Any]:
    """A mistake of the program: told to the log, and to nobody else."""

    def answered(request: Asking, error: Exception) -> Response[bytes]:
        mistaken(error)
        return problem_with(request, wire.Problem("program_error"), status_of("program_error"))

    return answered
