"""Bytes into a queue of the Windows spooler, and what became of them there.

Written against the few functions of pywin32's `win32print` that it needs, so that any spooler that
behaves as documented can stand in. Not yet tried on a real Windows.
"""

import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason, StillWaiting
from labels.transport.spooler_flags import (
    DELETING,
    JOB_TROUBLES,
    PRINTED,
    PRINTER_TROUBLES,
    first_of,
)

_DELETE_JOB: Final = 5  # JOB_CONTROL_DELETE
_ACCESS_DENIED, _INVALID_PARAMETER, _SERVICE_DOWN = 5, 87, 1722
_REASONS: Final = {
    _ACCESS_DENIED: Reason.REFUSED,
    _SERVICE_DOWN: Reason.UNREACHABLE,
    1801: Reason.REFUSED,  # no printer of that name
}
_LOOK_EVERY_S: Final = 0.25


class Win32Print(Protocol):
    """The functions of `win32print` that are used here; they raise errors with a `winerror`."""

    def OpenPrinter(self, printer: str, /) -> Any: ...  # noqa: D102, N802
    def ClosePrinter(self, handle: Any, /) -> None: ...  # noqa: D102, N802
    def GetPrinter(self, handle: Any, level: Any, /) -> Any: ...  # noqa: D102, N802
    def StartDocPrinter(self, handle: Any, level: Any, info: Any, /) -> int: ...  # noqa: D102, N802
    def WritePrinter(self, handle: Any, data: bytes, /) -> int: ...  # noqa: D102, N802
    def EndDocPrinter(self, handle: Any, /) -> None: ...  # noqa: D102, N802
    def AbortPrinter(self, handle: Any, /) -> None: ...  # noqa: D102, N802
    def GetJob(self, handle: Any, job: int, level: Any, /) -> Mapping[str, Any]: ...  # noqa: D102, N802
    def SetJob(self, handle: Any, job: int, level: Any, info: None, command: int, /) -> None: ...  # noqa: D102, N802


class Spooler:
    """One queue of this PC."""

    def __init__(
        self, queue: str, spooler: Win32Print | None = None, patience_s: float = 5.0
    ) -> None:
        self._queue, self._given, self._patience_s = queue, spooler, patience_s

    def ask(self) -> Readiness:
        """What the spooler was told; a printer without news is unknown, not ready."""
        try:
            with _Opened(self._spooler(), self._queue) as opened:
                reason = opened.trouble()
        except NothingSent as refusal:
            return Readiness(ready=False, reason=refusal.reason)
        return Readiness(ready=False if reason else None, reason=reason)

    def send(self, payload: bytes, title: str) -> None:
        """Send one page without keeping its ticket."""
        self.hand_over(payload, title, lambda _ticket: None)

    def hand_over(self, payload: bytes, title: str, note: Callable[[str], None]) -> None:
        """Begin a document, note its number, write it, follow it."""
        with _Opened(self._spooler(), self._queue) as opened:
            ticket = opened.begin(title)
            note(ticket)
            opened.write(payload)
        self._follow(ticket, _Following(seen=True))

    def follow(self, ticket: str) -> None:
        """Wait until the job left the queue, or our patience is at its end."""
        self._follow(ticket, _Following(seen=False))

    def take_back(self, ticket: str) -> bool:
        """Delete the job. The spooler does not tell whether it had begun."""
        with _Opened(self._spooler(), self._queue) as opened:
            if opened.status(ticket) is not None:
                opened.delete(ticket)
        return False

    def _follow(self, ticket: str, following: "_Following") -> None:
        until = time.monotonic() + self._patience_s
        while True:
            try:
                with _Opened(self._spooler(), self._queue) as opened:
                    if following.is_over(opened.status(ticket)):
                        return
                    reason = following.reason or opened.trouble()
            except NothingSent as silence:
                reason = silence.reason
            if time.monotonic() >= until:
                raise StillWaiting(reason or Reason.BUSY, ticket)
            time.sleep(_LOOK_EVERY_S)

    def _spooler(self) -> Win32Print:
        if self._given is not None:
            return self._given
        if sys.platform != "win32":
            raise NothingSent(Reason.NOT_HERE, self._queue)
        import win32print  # noqa: PLC0415 -- only Windows has it

        return win32print


class _Following:
    """What was seen of one job, look after look."""

    def __init__(self, *, seen: bool) -> None:
        self._seen = seen
        self.reason: Reason | None = None

    def is_over(self, status: int | None) -> bool:
        """Whether it was printed. Raises MaybePrinted where it went away otherwise.

        A printed job leaves the queue; so does one that somebody deletes. Only what was seen last
        tells them apart.
        """
        if status is None:
            if not self._seen:
                raise MaybePrinted(Reason.OTHER, "the spooler no longer knows the job")
            if self.reason:
                raise MaybePrinted(self.reason, "the job left the queue after this")
            return True
        self._seen = True
        if status & DELETING:
            raise MaybePrinted(Reason.CANCELLED, "deleted from the queue")
        self.reason = first_of(status, JOB_TROUBLES)
        return bool(status & PRINTED)


class _Opened:
    """The queue, opened for a few calls; errors of Windows become ours."""

    def __init__(self, spooler: Win32Print, queue: str) -> None:
        self._spooler, self._queue = spooler, queue

    def __enter__(self) -> "_Opened":
        self._handle = self._call(self._spooler.OpenPrinter, self._queue)
        return self

    def __exit__(self, *_error: object) -> None:
        self._spooler.ClosePrinter(self._handle)

    def trouble(self) -> Reason | None:
        """What keeps the printer from printing, as far as Windows was told."""
        return first_of(
            self._call(self._spooler.GetPrinter, self._handle, 2)["Status"], PRINTER_TROUBLES
        )

    def begin(self, title: str) -> str:
        """Begin a raw document; its ticket is number and title, as numbers come again."""
        job = self._call(self._spooler.StartDocPrinter, self._handle, 1, (title, None, "RAW"))
        return f"{job}:{title}"

    def write(self, payload: bytes) -> None:
        """Write it all and end it; what breaks off is aborted, and may have begun to print."""
        sent = 0
        try:
            while sent < len(payload):
                written = self._call(self._spooler.WritePrinter, self._handle, payload[sent:])
                if written <= 0:
                    raise NothingSent(Reason.BROKEN_OFF, "the spooler took nothing")
                sent += written
            self._call(self._spooler.EndDocPrinter, self._handle)
        except NothingSent as refusal:
            self._abort()
            if not sent:
                raise
            detail = f"{sent} of {len(payload)} bytes: {refusal.detail}"
            raise MaybePrinted(Reason.BROKEN_OFF, detail) from refusal

    def status(self, ticket: str) -> int | None:
        """The flags of the job; None once the queue no longer has it."""
        number, _, title = ticket.partition(":")
        try:
            job = self._call(self._spooler.GetJob, self._handle, int(number), 1)
        except NothingSent as refusal:
            if (
                isinstance(refusal.__cause__, Exception)
                and _code(refusal.__cause__) == _INVALID_PARAMETER
            ):
                return None
            raise
        return int(job["Status"]) if job["pDocument"] == title else None

    def delete(self, ticket: str) -> None:
        """Take the job out of the queue."""
        number = int(ticket.partition(":")[0])
        self._call(self._spooler.SetJob, self._handle, number, 0, None, _DELETE_JOB)

    def _abort(self) -> None:
        try:
            self._call(self._spooler.AbortPrinter, self._handle)
        except NothingSent:
            return  # closing ends it as well

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            code = _code(error)
            if code is None:
                raise
            raise NothingSent(_REASONS.get(code, Reason.OTHER), str(error)) from error


def _code(error: Exception) -> int | None:
    """Windows' number of an error of pywin32."""
    code = getattr(error, "winerror", None)
    return code if isinstance(code, int) else None
