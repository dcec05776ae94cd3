"""The central service over HTTP."""

from types import TracebackType
from typing import TypeVar

import httpx

from station.ledger import ChainId, Entry
from sync import wire
from sync.problems import (
    Offline,
    ServiceRefused,
    ServiceUnavailable,
    StrangeAnswer,
    TimedOut,
    TooLarge,
)

# a point's line may be slow, yet somebody waits to hear that it is down
PATIENCE = httpx.Timeout(30.0, connect=5.0)
MAX_ANSWER = 2 * wire.MAX_BODY
UNKNOWN_CHAIN = "unknown_chain"

T = TypeVar("T")


class CentralService:
    """Implements `sync.push.Service`; one connection, closed at the end of a `with`."""

    def __init__(self, address: str, patience: httpx.Timeout = PATIENCE) -> None:
        self._client = httpx.Client(
            base_url=address,
            timeout=patience,
            limits=httpx.Limits(max_connections=1),
            headers={"Accept": wire.CONTENT_TYPE},
        )

    def __enter__(self) -> "CentralService":
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

    def submit(self, request: wire.PushRequest) -> wire.PushAnswer:
        """Hand over a batch; the same batch again is answered as before."""
        return self._ask(wire.PushAnswer, "POST", f"/{wire.VERSION}/push", wire.write(request))

    def head(self, chain: ChainId) -> wire.ChainHead | None:
        """The last event of a chain the service holds; None when it holds none."""
        try:
            return self._ask(wire.ChainHead, "GET", _path(chain))
        except ServiceRefused as refused:
            if refused.code == UNKNOWN_CHAIN:
                return None
            raise

    def entries(self, chain: ChainId, after: int = 0) -> tuple[Entry, ...]:
        """The service's copy of a chain from after that seq, as many as it gives at once."""
        return self._ask(wire.Held, "GET", f"{_path(chain)}/events?after={after}").entries

    def _ask(self, kind: type[T], method: str, path: str, body: bytes | None = None) -> T:
        headers = {"Content-Type": wire.CONTENT_TYPE} if body is not None else {}
        try:
            with self._client.stream(method, path, content=body, headers=headers) as response:
                return _understood(kind, response, _read(response))
        except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
            raise TimedOut(type(error).__name__) from error
        except httpx.TransportError as error:
            raise Offline(type(error).__name__) from error
        except httpx.DecodingError as error:
            raise StrangeAnswer(type(error).__name__) from error


def _path(chain: ChainId) -> str:
    return f"/{wire.VERSION}/chains/{chain.station}/{chain.number}"


def _read(response: httpx.Response) -> bytes:
    """The body, or what of it shows that it is far too long."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_ANSWER:
            raise StrangeAnswer("the answer is too long")
    return bytes(body)


def _understood(kind: type[T], response: httpx.Response, body: bytes) -> T:
    """The answer, if the service gave one."""
    if response.is_server_error:
        raise ServiceUnavailable(f"HTTP status {response.status_code}")
    spoken = response.headers.get("Content-Type", "").partition(";")[0] == wire.CONTENT_TYPE
    if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        raise TooLarge("too_large")  # a proxy before the service says it in its own words
    if not spoken:
        raise StrangeAnswer(f"HTTP status {response.status_code}, not {wire.CONTENT_TYPE}")
    try:
        if response.is_success:
            return wire.read(body, kind)
        problem = wire.read(body, wire.Problem)
    except wire.UnreadableBody as error:
        raise StrangeAnswer("the answer cannot be read") from error
    raise ServiceRefused(problem.code, problem.seq, problem.expected)
