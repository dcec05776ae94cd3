"""Work that a worker does by itself, again and again, beside answering; it ends with the worker."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sync.central.database import DatabaseUnavailable
from sync.central.observing.logs import mistake

log = logging.getLogger("sync.central")

AFTER_A_FAILURE_S = 15.0
END_S = 20.0  # for a turn that is on its way when the worker ends; what it did not commit is not


@contextmanager
def repeated(
    name: str, work: Callable[[], bool], every_s: float, *, failed_s: float = AFTER_A_FAILURE_S
) -> Iterator[None]:
    """Do this every few seconds until the end of a `with`; at once again where it says so.

    Whatever goes wrong is logged, and the next turn comes all the same, after `failed_s`.
    """
    over = Event()
    thread = Thread(
        target=_turns, args=(name, work, every_s, failed_s, over), name=name, daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(END_S)


def _turns(
    name: str, work: Callable[[], bool], every_s: float, failed_s: float, over: Event
) -> None:
    pause_s = every_s
    while not over.wait(pause_s):
        try:
            pause_s = 0.0 if work() else every_s
        except DatabaseUnavailable:
            log.warning("%s waits: the database does not answer", name)
            pause_s = failed_s
        except Exception as error:  # the border that logs: the service lives on
            mistake(error)
            pause_s = failed_s
