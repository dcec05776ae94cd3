"""One process at a time works at a folder; the system lets go of the lock of one that died."""

import os
import sys
import time
from pathlib import Path
from typing import Final

# A program just being started by one that was killed still has its files, until it begins.
_PATIENCE_S: Final = 1.0
_AGAIN_S: Final = 0.05


class QueueInUse(Exception):
    """Another process has these print jobs."""


class Lock:
    """Held from the moment it is made until it is released."""

    def __init__(self, file: Path) -> None:
        self._opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + _PATIENCE_S
        while not _taken(self._opened):
            if time.monotonic() > until:
                self.release()
                raise QueueInUse(str(file))
            time.sleep(_AGAIN_S)

    def release(self) -> None:
        """Let another process have it."""
        if self._opened >= 0:
            os.close(self._opened)
            self._opened = -1


def _taken(opened: int) -> bool:
    """Whether the lock is ours now; never waits."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 -- each system has one of the two

            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
