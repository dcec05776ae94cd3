"""Files on the line, after everything else: chunk by chunk, never faster than they may go.

Only what the store names goes: files that a person released, and scans. Each goes on where the
service says that it stopped.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Protocol, TypeVar

from msgspec import Struct

from station import ports
from station.ports import FileToSend
from sync import wire
from sync.problems import ServiceRefused, StrangeAnswer
from sync.push import Patience, at_once
from sync.sealing import Cipher, WrongSeal, chunk_label
from sync.session import Open
from sync.throttle import Throttle
from sync.transport import Answer

SCAN = "scan"
AT_ONCE = 20  # files asked of the store
PURGED, WRONG_OFFSET, WRONG_DIGEST, UNKNOWN = (
    "purged",
    "wrong_offset",
    "wrong_digest",
    "unknown_file",
)

T = TypeVar("T")


class Service(Protocol):
    """The central service, as far as files need it."""

    def session(self) -> Open:
        """The session that stands."""

    def ask(self, kind: type[T], method: str, path: str, message: Struct | None = None) -> T:
        """Ask in one message, be answered in another."""

    def exchange(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Send and get plain bytes."""


class FilesCourse:
    """One exchange of files on its way."""

    def __init__(
        self,
        store: ports.FileExchange,
        service: Service,
        throttle: Throttle,
        patience: Patience = at_once,
    ) -> None:
        self._store, self._service = store, service
        self._throttle, self._patience = throttle, patience
        self._left: set[bytes] = set()  # what the service does not take waits for another round
        self.sent = 0
        self.refused: dict[bytes, str] = {}  # and why

    def run(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Purge, then send until nothing is left; raises SyncProblem.

        Stopping anywhere is safe: the service keeps what it has of a file and says how much.
        """
        for file in self._store.files_to_purge(AT_ONCE):
            if stop():
                return
            self._purge(file)
        while not stop() and (files := self._store.files_to_send(AT_ONCE, skip=self._left)):
            for file in files:
                if stop():
                    return
                self._send(file, stop)

    def _purge(self, file: FileToSend) -> None:
        try:
            self._patience(lambda: self._service.exchange("DELETE", _path(file)))
        except ServiceRefused as refused:
            if refused.code not in {UNKNOWN, PURGED}:
                raise
        self._store.note_file_purged(file.hash)

    def _send(self, file: FileToSend, stop: Callable[[], bool]) -> None:
        content = self._store.attachment(file.hash)
        if content is None or sha256(content).digest() != file.hash:
            self._leave(file, "damaged_here")  # purged meanwhile, or its bytes changed on the disk
            return
        try:
            if self._is_whole(file, content, stop):
                self._store.note_file_sent(file.hash)
                self.sent += 1
        except ServiceRefused as refused:
            if refused.code == PURGED:  # and this is an old copy of the store
                self._store.note_file_purged(file.hash)
            self._leave(file, refused.code)

    def _leave(self, file: FileToSend, why: str) -> None:
        self._left.add(file.hash)
        self.refused[file.hash] = why

    def _is_whole(self, file: FileToSend, content: bytes, stop: Callable[[], bool]) -> bool:
        """Send what is missing of a file; False where it was stopped before the end."""
        number, seq = file.released_by
        said = wire.AttachmentAnnounced(number, seq, len(content))
        state = self._patience(
            lambda: self._service.ask(wire.AttachmentState, "POST", _path(file), said)
        )
        again = 0  # times the service found other bytes than these, or another place to go on from
        while not state.complete:
            chunk = content[state.held : state.held + self._throttle.chunk]
            if not chunk:
                raise StrangeAnswer("all of a file is there, and it is not whole")
            if not self._throttle.let_through(len(chunk), stop):
                return False
            try:
                state = self._put(file, state.held, chunk)
            except ServiceRefused as refused:
                if refused.code not in {WRONG_OFFSET, WRONG_DIGEST} or again == 3:
                    raise
                again += 1
                state = wire.AttachmentState(len(content), refused.expected or 0, complete=False)
        return True

    def _put(self, file: FileToSend, offset: int, chunk: bytes) -> wire.AttachmentState:
        path = f"{_path(file)}?offset={offset}"

        def put() -> Answer:
            return self._service.exchange("PUT", path, self._sealed(file, offset, chunk))

        try:
            answer = self._patience(put)
        except ServiceRefused as refused:
            if refused.code != WrongSeal.code:
                raise
            answer = self._patience(put)  # the session was renewed on the way: another key
        try:
            return wire.read(answer.body, wire.AttachmentState)
        except wire.UnreadableBody as error:
            raise StrangeAnswer("the answer cannot be read") from error

    def _sealed(self, file: FileToSend, offset: int, chunk: bytes) -> bytes:
        """A scan is a person's: it travels as people rows do."""
        if file.use != SCAN:
            return chunk
        label = chunk_label(file.hash, offset)
        return Cipher(self._service.session().people_key).seal(label, chunk)


def fetch(
    service: Service, file: FileToSend, throttle: Throttle, stop: Callable[[], bool]
) -> bytes | None:
    """A file that another point released, or an own one; None where it was stopped.

    Raises ServiceRefused where this point may not have it, StrangeAnswer for other bytes.
    """
    content = bytearray()
    while True:
        piece = service.ask(
            wire.AttachmentPiece, "GET", f"{_path(file)}/bytes?offset={len(content)}"
        )
        content += _opened(service, file, len(content), piece.content)
        if not piece.content or len(content) > piece.size:
            raise StrangeAnswer("a file came in other pieces than it has")
        if len(content) == piece.size:
            break
        if not throttle.let_through(len(piece.content), stop):
            return None
    if sha256(content).digest() != file.hash:
        raise StrangeAnswer("another file came")
    return bytes(content)


def _opened(service: Service, file: FileToSend, offset: int, content: bytes) -> bytes:
    if file.use != SCAN:
        return content
    try:
        return Cipher(service.session().people_key).open(chunk_label(file.hash, offset), content)
    except WrongSeal as error:
        raise StrangeAnswer("a piece of a scan was sealed for somebody else") from error


def _path(file: FileToSend) -> str:
    channel = "people/scans" if file.use == SCAN else "attachments"
    return f"{channel}/{file.hash.hex()}"
