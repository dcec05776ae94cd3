"""The service's HTTP: reads messages, asks the keeper, and answers problems by name."""

import logging
from collections import Counter
from importlib.metadata import version
from typing import Annotated, Any

from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.params import Parameter, RawBody
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_400_BAD_REQUEST,
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_409_CONFLICT,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from msgspec import Struct
from sqlalchemy import Engine, text

from station import ledger
from station.ledger import ChainId
from sync import wire
from sync.central import keeper
from sync.central.database import DatabaseUnavailable, reading

log = logging.getLogger("sync.central")

STATION_PATH = Annotated[int, Parameter(ge=1, le=899)]
NUMBER_PATH = Annotated[int, Parameter(ge=1, le=2**62)]
CONFLICTS = frozenset({ledger.Gap.code, ledger.Fork.code})
NAMED_STATUSES = {
    HTTP_400_BAD_REQUEST: "unreadable_request",
    HTTP_404_NOT_FOUND: "no_such_address",
    HTTP_405_METHOD_NOT_ALLOWED: "wrong_method",
    HTTP_413_REQUEST_ENTITY_TOO_LARGE: "too_large",
}


class Health(Struct, frozen=True):
    """Who answers."""

    service: str
    version: str
    protocol: str


def make_app(engine: Engine) -> Litestar:
    """The service on an open database."""
    return Litestar(
        [push, health, chain_head, chain_events],
        state=State({"engine": engine}),
        request_max_body_size=wire.MAX_BODY,
        exception_handlers={
            keeper.Refused: _refused,
            wire.UnreadableBody: _unreadable,
            DatabaseUnavailable: _unavailable,
            HTTPException: _not_served,
            Exception: _our_mistake,
        },
        openapi_config=None,
        logging_config=None,
    )


@post(f"/{wire.VERSION}/push", status_code=HTTP_200_OK, sync_to_thread=True)
def push(body: RawBody, state: State) -> Response[bytes]:
    """Keep a batch of events and answer with a verdict on each."""
    request = wire.read(body, wire.PushRequest)
    answer = keeper.keep(state.engine, request)
    outcomes = Counter(answered.outcome for answered in answer.verdicts)
    log.info("push chain=%s first_seq=%d %s", request.chain, request.first_seq, dict(outcomes))
    return _message(answer)


@get(f"/{wire.VERSION}/health", sync_to_thread=True, media_type=MediaType.JSON)
def health(state: State) -> Health:
    """Say that the service and its database answer."""
    with reading(state.engine) as connection:
        connection.execute(text("SELECT 1"))
    return Health("station-central", version("refurbishment-station"), wire.VERSION)


@get(f"/{wire.VERSION}/chains/{{station:int}}/{{number:int}}", sync_to_thread=True)
def chain_head(station: STATION_PATH, number: NUMBER_PATH, state: State) -> Response[bytes]:
    """Say how far the service's copy of a chain goes."""
    head = keeper.head_of(state.engine, ChainId(station, number))
    if head is None:
        return _message(wire.Problem("unknown_chain"), HTTP_404_NOT_FOUND)
    return _message(head)


@get(f"/{wire.VERSION}/chains/{{station:int}}/{{number:int}}/events", sync_to_thread=True)
def chain_events(
    station: STATION_PATH,
    number: NUMBER_PATH,
    state: State,
    after: Annotated[int, Parameter(ge=0, le=2**62)] = 0,
) -> Response[bytes]:
    """Hand out the service's copy of a chain, a page at a time."""
    entries = keeper.entries_of(state.engine, ChainId(station, number), after)
    return _message(wire.Held(entries))


def _message(message: Struct, status: int = HTTP_200_OK) -> Response[bytes]:
    return Response(wire.write(message), status_code=status, media_type=wire.CONTENT_TYPE)


def _refused(_: Request[Any, Any, Any], refused: keeper.Refused) -> Response[bytes]:
    problem = refused.problem
    log.warning("refused %s seq=%s expected=%s", problem.code, problem.seq, problem.expected)
    conflict = problem.code in CONFLICTS
    return _message(problem, HTTP_409_CONFLICT if conflict else HTTP_400_BAD_REQUEST)


def _unreadable(_: Request[Any, Any, Any], error: wire.UnreadableBody) -> Response[bytes]:
    return _message(wire.Problem(error.code), HTTP_400_BAD_REQUEST)


def _unavailable(_: Request[Any, Any, Any], error: DatabaseUnavailable) -> Response[bytes]:
    log.error("the database does not answer: %s", error)
    return _message(wire.Problem(error.code), HTTP_503_SERVICE_UNAVAILABLE)


def _not_served(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    code = NAMED_STATUSES.get(error.status_code, "not_served")
    return _message(wire.Problem(code), error.status_code)


def _our_mistake(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("a mistake of the program", exc_info=error)
    return _message(wire.Problem("program_error"), HTTP_500_INTERNAL_SERVER_ERROR)
