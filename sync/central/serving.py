"""Listening: one process, or several workers that share one port and know nothing of each other."""

import asyncio
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from time import time
from typing import Any

import h11
import uvicorn
from litestar.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from sync.central import schema
from sync.central.access.secrets import found_key, opened_secrets
from sync.central.application import make_app
from sync.central.database import opened
from sync.central.feeds.words import Words
from sync.central.keeping import ledger_files
from sync.central.limits import Limits
from sync.central.listening import Serving, listening
from sync.central.numbers import case_list, projector, showing
from sync.central.observing import logs, metrics
from sync.central.observing.metrics import Metrics
from sync.central.programme import taking_lists, telling
from sync.central.repeating import repeated
from sync.central.web.asking import Central

IDLE_S = 75  # a connection without a question; longer than a usual proxy keeps one
CONNECTIONS = 1_000  # of one worker; above, 503 at once
COUNTED_EVERY_S = 1.0  # until what a point sent stands in journeys and figures
SHOWN_EVERY_S = 5.0  # until it is looked whether the public figures are due
PUBLISHED_EVERY_S = 20.0  # until it is looked whether a file of the public ledger is missing
FORGOTTEN_EVERY_S = 600.0  # until a list that nobody took is forgotten
TOLD_EVERY_S = 2.0  # until a channel is told by its webhook
GRACE_S = 20  # for questions on their way when it is told to stop


class PatientProtocol(H11Protocol):
    """HTTP that hangs up on whoever never finishes asking."""

    patience_s = 20
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody calls."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(self.patience_s, self._hang_up)

    def handle_events(self) -> None:
        """Bytes came: a question may be whole now."""
        super().handle_events()
        if self._asked and self._waiting is not None:
            self._waiting.cancel()  # from here on the body's own time, or keep-alive, counts
            self._waiting = None

    def connection_lost(self, exc: Exception | None) -> None:
        """They hung up."""
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    @property
    def _asked(self) -> bool:
        """Whether a question's headers came whole."""
        return self.conn.their_state is not h11.IDLE

    def _hang_up(self) -> None:
        if not self._asked:
            self.transport.close()


@contextmanager
def central_of(asked: Serving) -> Iterator[Central]:
    """Everything questions need, on the database that was named."""
    with opened(asked.database) as engine:
        schema.require(engine)
        own = opened_secrets(engine, found_key(engine, asked.key_file))
        limits = Limits(asked.per_second, asked.tries_per_minute)
        yield Central(engine, own, limits, Metrics(), Words(engine))


def worker_app(asked: Serving) -> ASGIApp:
    """The application of one worker, in its own process."""
    logs.begin()
    PatientProtocol.patience_s = asked.patience_s
    stack = ExitStack()
    central = stack.enter_context(central_of(asked))
    reading_on = partial(projector.read_on, central.engine, central.words)
    stack.enter_context(repeated("counting", reading_on, COUNTED_EVERY_S))
    telling_next = partial(telling.tell_next, central.engine, central.own.tokens)
    stack.enter_context(repeated("telling", telling_next, TOLD_EVERY_S))
    stack.enter_context(repeated("showing", partial(_show, central), SHOWN_EVERY_S))
    stack.enter_context(repeated("publishing", partial(_publish, central), PUBLISHED_EVERY_S))
    stack.enter_context(repeated("forgetting", partial(_forget, central), FORGOTTEN_EVERY_S))
    return make_app(central, stack.close)


def _show(central: Central) -> bool:
    """Make what everybody may see anew, where it is time."""
    reference, now_s = central.words.now(), int(time())
    showing.renew(central.engine, central.own, reference, now_s)
    case_list.renew(central.engine, reference, now_s)
    return False


def _forget(central: Central) -> bool:
    """Keep no list of pupils that nobody took."""
    taking_lists.forget_old(central.engine, int(time()))
    return False


def _publish(central: Central) -> bool:
    """Write the files of the public ledger that are missing today."""
    day = central.words.now().programme.day(int(time()))
    where = ledger_files.folder(str(central.engine.url))
    return ledger_files.renew(central.engine, central.own.signing, where, day)


def serve(asked: Serving, said: Callable[[str], None]) -> None:
    """Serve until told to stop; `said` gets the address once it listens."""
    with closing(listening(asked.host, asked.port)) as calls:
        with central_of(asked) as central:  # what is wrong is said before anybody is let in
            ledger_files.folder(str(central.engine.url))
        # calls inherit it; asyncio sets it only on sockets it made, and an answer would wait 40 ms
        calls.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        address, free = calls.getsockname()[:2]
        said(f"http://{address}:{free}")
        if asked.workers == 1:
            uvicorn.Server(config_of(asked)).run(sockets=[calls])
            return
        with tempfile.TemporaryDirectory(prefix="station-central-") as folder:
            os.environ[metrics.FOLDER] = folder
            config = config_of(asked)
            Multiprocess(config, sockets=[calls]).run()


def config_of(asked: Serving) -> uvicorn.Config:
    """How uvicorn serves it."""
    proxies: dict[str, Any] = {"proxy_headers": False}
    if asked.proxies is not None:
        proxies = {"proxy_headers": True, "forwarded_allow_ips": asked.proxies}
    return uvicorn.Config(
        partial(worker_app, asked),
        factory=True,
        http=PatientProtocol,
        ws="none",
        workers=asked.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=GRACE_S,
        limit_concurrency=CONNECTIONS,
        **proxies,
    )
