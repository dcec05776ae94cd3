"""The central service over HTTP, as a point asks it: in a session that renews itself."""

from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from msgspec import Struct

from station.ledger import ChainId, Entry
from station.ports import Cursor
from sync import wire
from sync.http import httpx
from sync.problems import ServiceRefused
from sync.session import Identity, Open, open_session
from sync.transport import BYTES, PATIENCE, Answer, Line

UNKNOWN_CHAIN = "unknown_chain"
NO_SESSION = ("no_token", "expired_token")

T = TypeVar("T")


class CentralService:
    """Implements `sync.push.Service` and `sync.pull.Service`; closed at the end of a `with`.

    Without an identity it asks only what anybody may ask.
    """

    def __init__(
        self, address: str, identity: Identity | None = None, patience: httpx.Timeout = PATIENCE
    ) -> None:
        self.line = Line(address, patience)
        self._identity = identity
        self._session: Open | None = None

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
        self.line.close()

    def cut(self) -> None:
        """End what is being asked, from any thread."""
        self.line.cut()

    def session(self) -> Open:
        """The session that stands, opened now if there is none; raises SyncProblem."""
        if self._session is None or not self._session.stands:
            if self._identity is None:
                raise ServiceRefused(NO_SESSION[0])
            self._session = open_session(self.line, self._identity)
        return self._session

    # ---- who speaks ----

    def point_of_code(self, code: str) -> int:
        """Which point a one-time code is for; it is not used up by asking."""
        question = wire.CodeQuestion(code)
        return self.line.ask(wire.CodeAnswer, "POST", "enrol/ask", question).station

    def enrol(self, request: wire.EnrolRequest) -> wire.Enrolled:
        """Have a chain believed; the same request again is answered as before."""
        return self.line.ask(wire.Enrolled, "POST", "enrol", request)

    # ---- the ledger ----

    def submit(self, request: wire.PushRequest) -> wire.PushAnswer:
        """Hand over a batch; the same batch again is answered as before."""
        return self.ask(wire.PushAnswer, "POST", "push", request)

    def head(self, chain: ChainId) -> wire.ChainHead | None:
        """The last event of a chain the service holds; None when it holds none."""
        try:
            return self.ask(wire.ChainHead, "GET", _path(chain))
        except ServiceRefused as refused:
            if refused.code == UNKNOWN_CHAIN:
                return None
            raise

    def entries(self, chain: ChainId, after: int = 0) -> tuple[Entry, ...]:
        """The service's copy of a chain from after that seq, as many as it gives at once."""
        return self.ask(wire.Held, "GET", f"{_path(chain)}/events?after={after}").entries

    def page(self, cursor: Cursor, limit: int) -> wire.PullPage:
        """What stands behind the cursor in both feeds of this point."""
        wanted = f"pull?own={cursor.own}&common={cursor.common}&limit={limit}"
        return self.ask(wire.PullPage, "GET", wanted)

    # ---- any question of a session ----

    def ask(self, kind: type[T], method: str, path: str, message: Struct | None = None) -> T:
        """Ask in one message, be answered in another, with the session's token."""
        return self._in_session(lambda token: self.line.ask(kind, method, path, message, token))

    def exchange(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Send and get plain bytes, with the session's token."""
        return self._in_session(
            lambda token: self.line.exchange(method, path, body, content_type=BYTES, token=token)
        )

    def _in_session(self, asked: Callable[[str], T]) -> T:
        """A token that ran out on the way is no problem but a reason for a new one."""
        try:
            return asked(self.session().token)
        except ServiceRefused as refused:
            if refused.code not in NO_SESSION or self._session is None:
                raise
        self._session = None
        return asked(self.session().token)


def _path(chain: ChainId) -> str:
    return f"chains/{chain.station}/{chain.number}"
