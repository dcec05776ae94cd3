"""Whether CUPS took the job that Qt handed to it: Qt keeps the answer to itself.

libcups keeps the last answer for each thread, so this is asked on the thread that printed.
"""

import ctypes
import sys
from functools import cache

from labels.transport import MaybePrinted, NothingSent, Reason

_LAST_OK = 0x00FF
_LAST_REFUSAL = 0x04FF  # the client's fault: no such queue, no right, no such format
_NOT_ACCEPTING = 0x0506


def check_that_cups_took_it(queue: str) -> None:
    """Raise what became of a job that CUPS did not take; elsewhere Qt's own word has to do."""
    cups = _library()
    status = int(cups.cupsLastError()) if cups else 0
    if status <= _LAST_OK:
        return
    if status <= _LAST_REFUSAL or status == _NOT_ACCEPTING:
        raise NothingSent(Reason.REFUSED, queue)
    raise MaybePrinted(Reason.BROKEN_OFF, queue)


@cache
def _library() -> ctypes.CDLL | None:
    """The library that Qt's printing loaded already."""
    if sys.platform == "win32":
        return None
    try:
        return ctypes.CDLL("libcups.so.2")
    except OSError:
        return None
