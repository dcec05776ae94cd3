"""Around every question: its id, how long it took, and one line of the log."""

import re
from http import HTTPStatus
from time import perf_counter
from typing import Any
from uuid import uuid4

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sync.central.observing import logs
from sync.central.observing.metrics import Metrics
from sync.central.observing.noting import Noted

REQUEST_ID = b"x-request-id"
READABLE = re.compile(
    rb"[A-Za-z0-9._-]{1,64}\Z"
)  # what a proxy may give; anything else is replaced


class Observing:
    """The application, observed."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one question, or begin and end the application."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        began, noted = perf_counter(), Noted(_request_id(scope))
        scope["noted"] = noted  # type: ignore[typeddict-unknown-key] # ours
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID, noted.request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._note(noted, str(scope.get("method")), status, perf_counter() - began)

    def _note(self, noted: Noted, method: str, status: int, took_s: float) -> None:
        self._metrics.answers.labels(noted.question, str(status)).inc()
        self._metrics.seconds.labels(noted.question).observe(took_s)
        if noted.code is not None:
            self._metrics.refusals.labels(noted.code).inc()
        logs.asked(noted, method, status, took_s, failed=status >= HTTPStatus.INTERNAL_SERVER_ERROR)


def _request_id(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == REQUEST_ID and READABLE.match(value):
            return str(value.decode())
    return uuid4().hex
