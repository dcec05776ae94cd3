"""One process at a time works at a folder; the system lets go of the lock of one that died."""

import os
import sys
from pathlib import Path


class QueueInUse(Exception):
    """Another process has these print jobs."""


class Lock:
    """Held from the moment it is made until it is released."""

    def __init__(self, file: Path) -> None:
        self._opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._opened)
        except OSError as error:
            os.close(self._opened)
            raise QueueInUse(str(file)) from error

    def release(self) -> None:
        """Let another process have it."""
        if self._opened >= 0:
            os.close(self._opened)
            self._opened = -1


def _take(opened: int) -> None:
    """Raises OSError at once if somebody else has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 -- each system has one of the two

        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
