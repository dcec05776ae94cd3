"""One request a connection, read with h11 under limits: what a station's PC answers on the LAN.

h11 knows HTTP and nothing of sockets; asyncio brings the sockets, a time limit for the whole of a
request and not only for each byte of it, and one thread for all neighbours. Python's own
http.server has neither limits nor a place to set them.
"""

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, Protocol

import h11
from msgspec import Struct

from sync import lan_problems as problems
from sync.lan_limits import Limits, Turns
from sync.lan_wire import CONTENT_TYPE, Problem, write

MAX_HEAD: Final = 8192
PIECE: Final = 65_536
LINGER_S: Final = 1.0
LINGER_BYTES: Final = 2**20


class Head(Struct, frozen=True):
    """What a request says before its body."""

    method: str
    target: str
    host: str
    content_type: str
    length: int | None  # None: it does not say
    peer: str
    here: str  # the address of this PC that it came to


class Reply(Struct, frozen=True):
    """A status and a JSON body."""

    status: int
    body: bytes


Body = Callable[[bytes], Awaitable[Reply]]


class Wanted(Struct, frozen=True):
    """A body may follow: at most so many bytes within so many seconds, then `take` answers."""

    limit: int
    seconds: float
    take: Body


class Handler(Protocol):
    """What a receiver says to requests; a LanRefusal becomes its answer."""

    async def answer(self, head: Head) -> Reply | Wanted:
        """Decide by the head alone whether a body is wanted."""


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket that no other program of this PC can share; raises OSError."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: else another account may listen too
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen()
        found.setblocking(False)
    except OSError:
        found.close()
        raise
    return found


class Doors:
    """Lets neighbours in, so many at once in all and of each address."""

    def __init__(self, handler: Handler, limits: Limits) -> None:
        self._handler, self._limits = handler, limits
        self._inside: Counter[str] = Counter()
        self._reports = Turns(limits.bodies, limits.bodies_of_one)

    async def serve(self, listening: socket.socket, stop: asyncio.Event) -> None:
        """Answer until `stop` is set; whoever is inside then is shown out."""
        tasks: set[asyncio.Task[None]] = set()

        async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 -- asyncio runs this as a task
            tasks.add(task)
            try:
                await self._visit(reader, writer)
            except asyncio.CancelledError:
                if not stop.is_set():  # else it was shown out, and asyncio would call that a fault
                    raise
            finally:
                tasks.discard(task)

        server = await asyncio.start_server(enter, sock=listening, limit=PIECE)
        try:
            await stop.wait()
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.wait_closed()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = (writer.get_extra_info("peername") or ("",))[0]
        rules = (self._handler, self._limits, self._reports)
        visit = Visit(rules, reader, writer, peer)
        full = (
            self._inside.total() >= self._limits.connections
            or self._inside[peer] >= self._limits.connections_of_one
        )
        self._inside[peer] += 1
        try:
            with contextlib.suppress(OSError):  # the neighbour left in the middle
                await visit.run(full=full)
        finally:
            self._inside[peer] -= 1
            if not self._inside[peer]:
                del self._inside[peer]
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class Visit:
    """One connection: one request in, one answer out."""

    def __init__(
        self,
        rules: tuple[Handler, Limits, Turns],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        peer: str,
    ) -> None:
        self._handler, self._limits, self._reports = rules
        self._reader, self._writer, self._peer = reader, writer, peer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)

    async def run(self, *, full: bool) -> None:
        """Answer the request, whatever it is."""
        try:
            if full:
                raise problems.Busy
            reply = await self._reply()
        except problems.LanRefusal as refusal:
            reply = Reply(refusal.status, write(Problem(refusal.code)))
        await self._send(reply)

    async def _reply(self) -> Reply:
        try:
            async with asyncio.timeout(self._limits.head_s):
                head = self._head_of(await self._next())
            answer = await self._handler.answer(head)
            if isinstance(answer, Reply):
                return answer
            if head.length is not None and head.length > answer.limit:
                raise problems.TooLarge
            body = await self._body_in_time(answer)
        except TimeoutError as error:
            raise problems.TooSlow from error
        except h11.RemoteProtocolError as error:
            raise problems.UnreadableRequest from error
        return await answer.take(body)

    def _head_of(self, event: object) -> Head:
        if not isinstance(event, h11.Request):
            raise problems.UnreadableRequest
        headers = {name: value.decode("latin-1") for name, value in event.headers}
        length = headers.get(b"content-length")  # h11 lets digits pass only
        return Head(
            method=event.method.decode("ascii"),
            target=event.target.decode("ascii"),
            host=headers.get(b"host", ""),
            content_type=headers.get(b"content-type", "").partition(";")[0].strip().lower(),
            length=int(length) if length is not None else None,
            peer=self._peer,
            here=(self._writer.get_extra_info("sockname") or ("",))[0],
        )

    async def _body_in_time(self, wanted: Wanted) -> bytes:
        """Few reports at a time, so that nobody fills this PC's memory."""
        async with asyncio.timeout(wanted.seconds):
            if wanted.limit <= PIECE:
                return await self._body(wanted.limit)
            async with self._reports.of(self._peer):
                return await self._body(wanted.limit)

    async def _body(self, limit: int) -> bytes:
        if self._http.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[])
            self._writer.write(self._http.send(go_on) or b"")
        body = bytearray()
        async for piece in self._pieces():
            body += piece
            if len(body) > limit:
                raise problems.TooLarge
        return bytes(body)

    async def _pieces(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)
        if not isinstance(event, h11.EndOfMessage):
            raise problems.UnreadableRequest

    async def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(PIECE))
        return event

    async def _send(self, reply: Reply) -> None:
        """Answer, then wait a little for what still comes: a reset would destroy the answer."""
        headers = [
            ("Content-Type", CONTENT_TYPE),
            ("Content-Length", str(len(reply.body))),
            ("Connection", "close"),
            ("Cache-Control", "no-store"),
        ]
        response = h11.Response(status_code=reply.status, headers=headers)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_S):
                self._writer.write(_written(response, reply.body))
                await self._writer.drain()
                if self._writer.can_write_eof():
                    self._writer.write_eof()
                await self._linger()

    async def _linger(self) -> None:
        read = 0
        while read < LINGER_BYTES and (piece := await self._reader.read(PIECE)):
            read += len(piece)


def _written(response: h11.Response, body: bytes) -> bytes:
    """The bytes of an answer, whatever state the request left its own conversation in."""
    http = h11.Connection(h11.SERVER)
    http.receive_data(b"GET / HTTP/1.1\r\nHost: -\r\n\r\n")
    http.next_event()
    http.next_event()
    parts = (http.send(response), http.send(h11.Data(data=body)), http.send(h11.EndOfMessage()))
    return b"".join(part or b"" for part in parts)
