"""One HTTP connection to the central service: messages go out, answers or problems come back."""

import socket
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar

from msgspec import Struct

from sync import packing, wire
from sync.http import httpx
from sync.problems import (
    Offline,
    ServiceRefused,
    ServiceUnavailable,
    Stopped,
    StrangeAnswer,
    TimedOut,
    TooLarge,
)

# a point's line may be slow, yet somebody waits to hear that it is down
PATIENCE = httpx.Timeout(30.0, connect=5.0)
MAX_ANSWER = 2 * wire.MAX_BODY  # as it travels, and unpacked
LONGEST_WAIT_S = 3_600.0  # whatever a proxy asks for
BYTES = "application/octet-stream"

T = TypeVar("T")


class Answer(Struct, frozen=True):
    """What the service said to a question it took."""

    content_type: str
    body: bytes


class Line:
    """Asks one question at a time; may be cut from another thread."""

    def __init__(self, address: str, patience: httpx.Timeout = PATIENCE) -> None:
        self._client = httpx.Client(
            base_url=address,
            timeout=patience,
            limits=httpx.Limits(max_connections=1),
            # few words, as they cost as much as ten events in each question
            headers={"Accept-Encoding": packing.CODING, "Accept": "*/*", "User-Agent": "station"},
            trust_env=True,  # an office may have a proxy
        )
        self._socket: socket.socket | None = None
        self._cut = False

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def cut(self) -> None:
        """End the question that is on its way, from any thread; no further one is asked."""
        self._cut = True
        if (taken := self._socket) is not None:
            with suppress(OSError):
                taken.shutdown(socket.SHUT_RDWR)

    def ask(
        self,
        kind: type[T],
        method: str,
        path: str,
        message: Struct | None = None,
        token: str | None = None,
    ) -> T:
        """Ask in one message, be answered in another; raises SyncProblem."""
        body = None if message is None else wire.write(message)
        answer = self.exchange(method, path, body, token=token)
        if answer.content_type != wire.CONTENT_TYPE:
            raise StrangeAnswer(f"not {wire.CONTENT_TYPE}")
        try:
            return wire.read(answer.body, kind)
        except wire.UnreadableBody as error:
            raise StrangeAnswer("the answer cannot be read") from error

    def exchange(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        content_type: str = wire.CONTENT_TYPE,
        token: str | None = None,
    ) -> Answer:
        """Send bytes, get bytes; raises SyncProblem."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if body is not None:
            headers["Content-Type"] = content_type
            if content_type == wire.CONTENT_TYPE:
                headers["Content-Encoding"] = packing.CODING
                body = packing.packed(body)
        return self._sent(method, f"/{wire.VERSION}/{path}", body, headers)

    def _sent(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._cut:
            raise Stopped
        traced = {"trace": self._trace}
        try:
            with self._client.stream(
                method, path, content=body, headers=headers, extensions=traced
            ) as response:
                return _understood(response, _read(response))
        except httpx.TransportError as error:
            raise self._named(error) from error

    def _named(self, error: httpx.TransportError) -> Exception:
        name = type(error).__name__
        if self._cut:
            return Stopped(name)
        late = isinstance(error, (httpx.ReadTimeout, httpx.WriteTimeout))
        return TimedOut(name) if late else Offline(name)

    def _trace(self, name: str, said: dict[str, Any]) -> None:
        """Remember the socket, which alone can be shut while another thread waits for it."""
        if name == "connection.connect_tcp.complete":
            self._socket = said["return_value"].get_extra_info("socket")
            if self._cut:
                self.cut()


def _read(response: httpx.Response) -> bytes:
    """The body as it came, or a name for one that is far too long."""
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER:
            raise StrangeAnswer("the answer is too long")
    coding = response.headers.get("Content-Encoding", "identity")
    if coding == "identity":
        return bytes(body)
    if coding != packing.CODING:
        raise StrangeAnswer("the answer is packed in a way nobody asked for")
    try:
        return packing.unpacked(bytes(body), MAX_ANSWER)
    except (packing.NotPacked, packing.TooLong) as error:
        raise StrangeAnswer("the answer cannot be unpacked") from error


def _understood(response: httpx.Response, body: bytes) -> Answer:
    """The answer, if the service gave one."""
    if response.is_server_error or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise ServiceUnavailable(f"HTTP status {response.status_code}", _wait(response))
    if response.status_code == httpx.codes.REQUEST_TIMEOUT:
        raise TimedOut("the question did not arrive in time")
    if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        raise TooLarge("too_large")  # a proxy before the service says it in its own words
    content_type = response.headers.get("Content-Type", "").partition(";")[0]
    if response.is_success:
        return Answer(content_type, body)
    if content_type != wire.CONTENT_TYPE:
        raise StrangeAnswer(f"HTTP status {response.status_code}, not {wire.CONTENT_TYPE}")
    try:
        problem = wire.read(body, wire.Problem)
    except wire.UnreadableBody as error:
        raise StrangeAnswer("the answer cannot be read") from error
    raise ServiceRefused(problem.code, problem.seq, problem.expected)


def _wait(response: httpx.Response) -> float | None:
    """How many seconds the service asks for; a date is not believed, clocks being what they are."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT_S) if asked.isascii() and asked.isdigit() else None
