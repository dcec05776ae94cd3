"""Reports come to the station over the local network: a small HTTP server on a thread of its own.

It needs no rights of an administrator. Only neighbours of the local network are answered, and only
under this PC's own address, so that no web page can speak to it through a browser.
"""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Final, TypeVar

from msgspec import Struct

from sync import lan_problems as problems
from sync import lan_wire as wire
from sync.lan_desk import PairingDesk
from sync.lan_http import Doors, Head, Reply, Wanted, bound_socket
from sync.lan_limits import Allowance, Limits
from sync.lan_networks import is_on_the_lan, lan_addresses

logger = logging.getLogger(__name__)

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 -- foreign peers are refused one by one
ANY_PORT: Final = 0
HOST_NAMES: Final = frozenset({"localhost"})

T = TypeVar("T")


class CannotListen(Exception):
    """Every port was refused: another program, or a policy of this PC."""

    code = "cannot_listen"


class Listening(Struct, frozen=True):
    """Where the receiver can be reached, and whether anybody ever did."""

    addresses: tuple[str, ...]  # of this PC on the local network; empty: it is on none
    port: int
    heard_s: float | None  # of the monotonic clock; None: no other machine has reached it yet


class LanReceiver:
    """Runs from `start` to `stop`; what it decides is the desk's."""

    def __init__(
        self,
        desk: PairingDesk,
        *,
        point: int | None = None,
        host: str = EVERYWHERE,
        port: int = wire.PORT,
        limits: Limits | None = None,
    ) -> None:
        self._answers = _Answers(desk, point, limits or Limits())
        self._doors = Doors(self._answers, limits or Limits())
        self._host, self._port = host, port
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> Listening:
        """Listen; raises CannotListen. Another port is taken where the usual one is not free."""
        listening = self._bind()
        self._port = listening.getsockname()[1]
        ready = threading.Event()
        run = partial(self._run, listening, ready)
        self._thread = threading.Thread(target=run, name="lan", daemon=True)
        self._thread.start()
        ready.wait()
        logger.info("listening port=%s", self._port)
        return self.state()

    def state(self) -> Listening:
        """Where it listens and whether it was heard of."""
        addresses = lan_addresses() if self._host == EVERYWHERE else (self._host,)
        return Listening(addresses, self._port, self._answers.heard_s)

    def stop(self) -> None:
        """Listen no more; what was acknowledged is on the disk."""
        if self._thread is None or self._loop is None or self._stopping is None:
            return
        with suppress(RuntimeError):  # the loop ended by a mistake
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = None

    def _bind(self) -> socket.socket:
        try:
            return bound_socket(self._host, self._port)
        except OSError:
            logger.info("port %s is taken", self._port)
        try:
            return bound_socket(self._host, ANY_PORT)
        except OSError as error:
            raise CannotListen from error

    def _run(self, listening: socket.socket, ready: threading.Event) -> None:
        async def serve() -> None:
            self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
            ready.set()
            await self._doors.serve(listening, self._stopping)

        try:
            asyncio.run(serve())
        finally:
            ready.set()
            self._answers.close()


class _Answers:
    """The three addresses of the protocol."""

    def __init__(self, desk: PairingDesk, point: int | None, limits: Limits) -> None:
        self._desk, self._limits = desk, limits
        self._greeting = wire.write(wire.Greeting(desk.salt.hex(), point))
        self._asks = Allowance(limits.asks, limits.asks_per_s, monotonic)
        # one at a time: fsync, and the slow functions that a flood of offers would ask for
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="lan-desk")
        self.heard_s: float | None = None

    def close(self) -> None:
        """End the worker."""
        self._worker.shutdown()

    async def answer(self, head: Head) -> Reply | Wanted:
        """Who may ask what; raises a LanRefusal."""
        self._require_neighbour(head)
        if head.target == wire.STATION_PATH:
            _require_method(head, "GET")
            return Reply(200, self._greeting)
        if head.target == wire.OFFERS_PATH:
            _require_method(head, "POST")
            _require_json(head)
            return Wanted(wire.MAX_OFFER, self._limits.head_s, partial(self._consider, head.peer))
        if head.target.startswith(wire.REPORTS_PATH):
            _require_method(head, "PUT")
            _require_json(head)
            return self._report(head)
        raise problems.NoSuchAddress

    def _require_neighbour(self, head: Head) -> None:
        if not is_on_the_lan(head.peer) or not _names_here(head):
            raise problems.ForeignHost
        if not self._asks.take(head.peer):
            raise problems.TooManyTries
        if head.peer != head.here:
            self.heard_s = monotonic()

    async def _consider(self, peer: str, body: bytes) -> Reply:
        try:
            offer = wire.read(body, wire.Offer)
        except wire.UnreadableMessage as error:
            raise problems.UnreadableOffer from error
        standing = await self._in_turn(partial(self._desk.consider, offer, peer))
        return Reply(200, wire.write(wire.Answer(standing)))

    def _report(self, head: Head) -> Wanted:
        name = head.target.removeprefix(wire.REPORTS_PATH)
        try:
            digest = bytes.fromhex(name)
        except ValueError as error:
            raise problems.NoSuchAddress from error
        size = self._desk.granted_size(digest)
        return Wanted(size, self._limits.body_s, partial(self._keep, digest, size))

    async def _keep(self, digest: bytes, size: int, body: bytes) -> Reply:
        if len(body) != size:
            raise problems.WrongSize
        await self._in_turn(partial(self._keep_if_whole, digest, body))
        return Reply(200, wire.write(wire.Answer(wire.Standing.ACCEPTED)))

    def _keep_if_whole(self, digest: bytes, body: bytes) -> None:
        if wire.digest_of(body) != digest:
            raise problems.WrongDigest
        self._desk.keep(digest, body)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)


def _names_here(head: Head) -> bool:
    """Whether the Host header names the address the request came to.

    A web page of the internet can make a browser connect to a neighbour under the page's own name.
    """
    name = head.host.rpartition(":")[0] if ":" in head.host else head.host
    if name.lower() in HOST_NAMES:
        return head.here.startswith("127.")
    return bool(name) and name == head.here


def _require_method(head: Head, method: str) -> None:
    if head.method != method:
        raise problems.WrongMethod


def _require_json(head: Head) -> None:
    if head.content_type != wire.CONTENT_TYPE:
        raise problems.NotJson
