"""Waiting inside the app's own event loop: QTest's waits would keep the store's thread waiting."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

PATIENCE_S = 60
POLL_MS = 2


class NothingShown(Exception):
    """The app did not come so far."""


def rest(milliseconds: int) -> None:
    """Let the app go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(there: Callable[[], bool], what: str = "") -> None:
    """Let the app go on until something is there; raises NothingShown."""
    end = time.monotonic() + PATIENCE_S
    while not there():
        if time.monotonic() > end:
            raise NothingShown(what)
        rest(POLL_MS)
