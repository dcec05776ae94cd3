"""Bytes to a printer on the network, by its raw port.

"Sent" means that the printer's end acknowledged every byte and did not reset the line afterwards;
where the system does not tell what was acknowledged (all but Linux), that it did not reset it.
"""

import socket
import sys
import time
from typing import Final

from msgspec import Struct

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from labels.transport.status import Question, Status

PORT: Final = 9100
_PIECE: Final = 64 * 1024
_GRACE_S: Final = 0.3  # for a reset that follows the last acknowledgement
_LOOK_EVERY_S: Final = 0.1


class Limits(Struct, frozen=True):
    """How long each step may take, in seconds."""

    connect: float = 5.0
    status: float = 0.3  # many printers never answer
    silence: float = 600.0  # for so long one that did not answer is not asked again
    stall: float = 15.0  # without a byte taken
    whole: float = 120.0  # for one page
    close: float = 10.0
    printing: float = 10.0  # for a printer that tells when it is done


class Tcp:
    """One printer: `host`, `host:port` or `[IPv6]:port`."""

    def __init__(
        self, address: str, question: Question | None = None, limits: Limits | None = None
    ) -> None:
        self._host, self._port = split_address(address)
        self._question, self._limits = question, limits or Limits()
        self._ask_again_at = 0.0  # of one that did not answer; the others are asked at each page

    def ask(self) -> Readiness:
        """Connect and ask; a printer that takes the line and says nothing is unknown."""
        try:
            with self._connect() as line:
                status = self._status(line)
        except NothingSent as refusal:
            return Readiness(ready=False, reason=refusal.reason)
        if status is None:
            return Readiness(ready=None)
        return Readiness(ready=status.trouble is None, reason=status.trouble)

    def send(self, payload: bytes, title: str) -> None:  # noqa: ARG002 -- the port takes no titles
        """Ask, send, ask again, and wait until the printer's end took everything.

        One that did not answer is asked behind a page only: no label waits for it once more.
        """
        with self._connect() as line:
            silent = self._ask_again_at > 0
            before = None if silent else self._status(line)
            if before is not None and before.trouble is not None:
                raise NothingSent(before.trouble)
            self._pour(line, payload)
            try:
                if before is not None:
                    self._wait_until_printed(line)
                elif silent and time.monotonic() >= self._ask_again_at:
                    self._note_silence(silent=True)
                    self._wait_until_printed(line)
                self._part(line)
            except OSError as error:
                raise MaybePrinted(_reason(error), f"all {len(payload)} bytes: {error}") from error

    def _connect(self) -> socket.socket:
        try:
            return socket.create_connection((self._host, self._port), self._limits.connect)
        except (OSError, UnicodeError) as error:  # a name that cannot be one is a UnicodeError
            raise NothingSent(Reason.UNREACHABLE, str(error)) from error

    def _status(self, line: socket.socket) -> Status | None:
        """What the printer says before the first byte of a page; None for silence."""
        try:
            status = self._answer(line)
        except OSError as error:
            raise NothingSent(Reason.UNREACHABLE, str(error)) from error
        self._note_silence(silent=status is None)
        return status

    def _note_silence(self, *, silent: bool) -> None:
        self._ask_again_at = time.monotonic() + self._limits.silence if silent else 0.0

    def _answer(self, line: socket.socket) -> Status | None:
        if self._question is None:
            return None
        until = time.monotonic() + self._limits.status
        line.settimeout(self._limits.status)
        line.sendall(self._question.words)
        said = b""
        while (left := until - time.monotonic()) > 0:
            line.settimeout(left)
            try:
                heard = line.recv(_PIECE)
            except TimeoutError:
                return None
            if not heard:
                raise ConnectionAbortedError("the printer closed the line")
            said += heard
            if status := self._question.read(said):
                return status
        return None

    def _pour(self, line: socket.socket, payload: bytes) -> None:
        until = time.monotonic() + self._limits.whole
        sent, rest = 0, memoryview(payload)
        while sent < len(rest):
            line.settimeout(max(0.01, min(self._limits.stall, until - time.monotonic())))
            try:
                sent += line.send(rest[sent : sent + _PIECE])
            except OSError as error:
                detail = f"{sent} of {len(payload)} bytes: {error}"
                raise (MaybePrinted if sent else NothingSent)(_reason(error), detail) from error

    def _wait_until_printed(self, line: socket.socket) -> None:
        """A printer that answers also tells what came between; some are silent while they print."""
        until = time.monotonic() + self._limits.printing
        while status := self._answer(line):
            self._note_silence(silent=False)
            if status.trouble is not None:
                raise MaybePrinted(status.trouble, "all bytes were sent")
            if not status.printing or time.monotonic() > until:
                return
            time.sleep(_LOOK_EVERY_S)

    def _part(self, line: socket.socket) -> None:
        """Say that nothing more comes, and stay until the other end has it all or resets."""
        line.shutdown(socket.SHUT_WR)
        now = time.monotonic()
        until, quiet_since = now + self._limits.close, now
        line.settimeout(_LOOK_EVERY_S)
        while now < until:
            try:
                if not line.recv(_PIECE):
                    return
            except TimeoutError:
                pass
            now = time.monotonic()
            if _unacknowledged(line):
                quiet_since = now
            elif now - quiet_since > _GRACE_S:
                return  # many printers leave closing to us
        raise TimeoutError("the printer does not take the rest")


def split_address(address: str) -> tuple[str, int]:
    """Host and port; a bare IPv6 address has colons, too."""
    text = address.strip()
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        return host, _port(port.removeprefix(":"))
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host, _port(port)
    return text, PORT


def _port(text: str) -> int:
    """The habit where none, or none that can be, is named."""
    return int(text) if text.isdecimal() and 0 < int(text) < 65_536 else PORT


def _reason(error: OSError) -> Reason:
    return Reason.TIMED_OUT if isinstance(error, TimeoutError) else Reason.BROKEN_OFF


def _unacknowledged(line: socket.socket) -> int:
    """How many bytes the other end has not acknowledged; only Linux tells."""
    if sys.platform != "linux":
        return 0
    import fcntl  # noqa: PLC0415 -- not everywhere
    import termios  # noqa: PLC0415

    waiting = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    return int.from_bytes(waiting, sys.byteorder)
