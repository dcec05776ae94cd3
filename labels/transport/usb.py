"""Bytes to a printer's device file, such as /dev/usb/lp0. POSIX only."""

import errno
import os
import select
import stat
import sys
import time
from typing import Final

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason

_LOOK_EVERY_S: Final = 0.05
_PIECE: Final = 4096  # a printer that is switched off leaves little behind
_REASONS: Final = {
    errno.EACCES: Reason.REFUSED,
    errno.EPERM: Reason.REFUSED,
    errno.EBUSY: Reason.BUSY,
    errno.ENOSPC: Reason.NO_PAPER,  # the kernel's word for a printer's "paper out"
}


class Usb:
    """One device file; it is never made, only opened."""

    def __init__(self, device: str, stall_s: float = 15.0, whole_s: float = 120.0) -> None:
        self._device, self._stall_s, self._whole_s = device, stall_s, whole_s

    def ask(self) -> Readiness:
        """A device that can be opened is there; more it does not say."""
        try:
            os.close(self._open())
        except NothingSent as refusal:
            return Readiness(ready=False, reason=refusal.reason)
        return Readiness(ready=None)

    def send(self, payload: bytes, title: str) -> None:  # noqa: ARG002 -- a wire takes no titles
        """Write it all, and wait until the device took the last of it."""
        device = self._open()
        try:
            self._write(device, payload)
        finally:
            os.close(device)

    def _open(self) -> int:
        if sys.platform == "win32":
            raise NothingSent(Reason.NOT_HERE, self._device)
        try:
            device = os.open(self._device, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except (OSError, ValueError) as error:
            reason = _reason(error, Reason.UNREACHABLE)
            raise NothingSent(reason, f"{self._device}: {error}") from error
        if stat.S_ISREG(os.fstat(device).st_mode):  # somebody's file would be written over
            os.close(device)
            raise NothingSent(Reason.REFUSED, f"{self._device} is no device")
        return device

    def _write(self, device: int, payload: bytes) -> None:
        until = time.monotonic() + self._whole_s
        sent, rest = 0, memoryview(payload)
        try:
            while sent < len(rest):
                sent += self._write_some(device, rest[sent : sent + _PIECE], until)
            self._wait(device, until)  # closing would drop what is still on its way
        except OSError as error:
            detail = f"{sent} of {len(payload)} bytes: {error}"
            if sent:
                raise MaybePrinted(_reason(error, Reason.BROKEN_OFF), detail) from error
            raise NothingSent(_reason(error, Reason.UNREACHABLE), detail) from error

    def _write_some(self, device: int, piece: memoryview, until: float) -> int:
        """At least one byte. A printer without paper says that it takes more, and takes nothing."""
        until = min(until, time.monotonic() + self._stall_s)
        while True:
            self._wait(device, until)
            try:
                return os.write(device, piece)
            except BlockingIOError:
                time.sleep(_LOOK_EVERY_S)

    def _wait(self, device: int, until: float) -> None:
        """Until it takes more. One that is unplugged takes anything, so it is asked for that."""
        left = min(self._stall_s, until - time.monotonic())
        ready = select.poll()
        ready.register(device, select.POLLOUT)
        told = ready.poll(max(0.0, left) * 1000)
        if not told or left <= 0:
            raise TimeoutError("the printer takes nothing")
        if told[0][1] & (select.POLLERR | select.POLLHUP):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))


def _reason(error: Exception, otherwise: Reason) -> Reason:
    if isinstance(error, TimeoutError):
        return Reason.TIMED_OUT
    return _REASONS.get(getattr(error, "errno", None) or 0, otherwise)
