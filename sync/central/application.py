"""The whole service as one ASGI application on an open database."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from typing import Any

from anyio import CapacityLimiter
from litestar import Litestar, Request
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from sync import wire
from sync.central.database import DatabaseUnavailable
from sync.central.limits import TooMany
from sync.central.observing.logs import mistake
from sync.central.problems import Refused
from sync.central.site import answering as site
from sync.central.site import fixed
from sync.central.site.views import VIEWS
from sync.central.web import (
    answering,
    being,
    devices,
    files,
    ledger,
    notices,
    office,
    people,
    public,
    registrations,
    speaking,
)
from sync.central.web.answering import THREADS, handler_of
from sync.central.web.asking import Central, Question
from sync.central.web.observing import Observing
from sync.central.web.openapi import document_handler
from sync.sealing import WrongSeal

QUESTIONS: tuple[Question, ...] = (
    *speaking.QUESTIONS,
    *ledger.QUESTIONS,
    *people.QUESTIONS,
    *files.QUESTIONS,
    *office.QUESTIONS,
    *registrations.QUESTIONS,
    *notices.QUESTIONS,
    *devices.QUESTIONS,
    *public.QUESTIONS,
    *being.QUESTIONS,
)

OF_PROGRAMS = re.compile(r"/(v\d+/|metrics|schema/)")  # any version's, also a newer point's


def _on_not_served(central: Central, request: Request[Any, Any, Any], error: HTTPException) -> Any:
    """What Litestar refuses by itself: a program is told in its terms, a person by a page."""
    if OF_PROGRAMS.match(request.url.path) or "Authorization" in request.headers:
        return answering.on_not_served(request, error)
    return site.not_served(central, request, HTTPStatus(error.status_code))


def make_app(central: Central, ended: Callable[[], None] = lambda: None) -> ASGIApp:
    """The service; `ended` is called when it stops."""
    threads = CapacityLimiter(THREADS)

    @asynccontextmanager
    async def until_it_stops(_: Litestar) -> AsyncIterator[None]:
        yield
        ended()

    app = Litestar(
        [
            *(handler_of(question, central, threads) for question in QUESTIONS),
            document_handler(QUESTIONS),
            *(site.handler_of(view, central, threads) for view in VIEWS),
            *fixed.handlers(),
        ],
        request_max_body_size=wire.MAX_BODY,
        exception_handlers={
            Refused: answering.on_refused,
            wire.UnreadableBody: answering.on_code,
            WrongSeal: answering.on_code,
            TooMany: answering.on_too_many,
            DatabaseUnavailable: answering.on_unavailable,
            HTTPException: partial(_on_not_served, central),
            Exception: answering.on_our_mistake(mistake),
        },
        lifespan=[until_it_stops],
        openapi_config=None,
        logging_config=None,
    )
    return Observing(app, central.metrics)
