"""The worker of cpu.stress: keeps one core busy with calculations whose answers are known."""

import os
from collections.abc import Iterator
from time import monotonic, process_time

import msgspec
from msgspec import Struct

from diagnostics.measure.known_answers import KNOWN
from diagnostics.measure.worker import Said
from station.checks import Measurement

SAY_EVERY_S = 0.5


class Task(Struct, frozen=True):
    """Which core, and for how long; None: wherever the system puts it."""

    seconds: float
    core: int | None = None


def work(task: bytes) -> Iterator[Said]:
    """Calculate until the time is over, and say every half second how much and how much wrong."""
    wanted = msgspec.json.decode(task, type=Task)
    _stay_on(wanted.core)
    began = said_at = monotonic()
    done, wrong = 0, 0
    while True:
        known = KNOWN[done % len(KNOWN)]
        done += 1
        wrong += not known.is_right
        now = monotonic()
        over = now - began >= wanted.seconds
        if over or now - said_at >= SAY_EVERY_S:
            said_at = now
            yield Said(_figures(done, wrong), ended=over)
        if over:
            return


def _figures(done: int, wrong: int) -> tuple[Measurement, ...]:
    return (
        Measurement("done", done),
        Measurement("wrong", wrong),
        Measurement("busy_ms", round(process_time() * 1000)),
    )


def _stay_on(core: int | None) -> None:
    """One worker a core: a core that is broken is seen, whoever else is busy."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
