"""What tests of tests share: a run of one with a short time, and its figures by name."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import sleep

import psutil

from diagnostics.measure.budget import Budget, MemoryShare
from diagnostics.measure.run import Phases, Run, Surroundings
from station.checks import Measurement
from station.machine import KernelErrors, Machine

NOWHERE = Path("/nonexistent")


def run_for(
    seconds: int = 1,
    *,
    machine: Machine | None = None,
    subject: str = "",
    surroundings: Surroundings | None = None,
    whole: bool = False,
    recover_s: int = 0,
    phases: Phases | None = None,
) -> Run:
    """A run with so many seconds."""
    budget = Budget(seconds, 600, recover_s=recover_s, whole=whole)
    return Run(machine or Machine(), subject, budget, surroundings or around(), phases)


def around(
    root: Path = NOWHERE,
    *,
    read_errors: Callable[[], KernelErrors] = KernelErrors,
    read_heat: Callable[[], Machine] = Machine,
) -> Surroundings:
    """Surroundings under this root that let tests look often."""
    return Surroundings(root, small_share(), 0.02, read_errors, read_heat)


def small_share() -> MemoryShare:
    """About 200 MiB of what is free: enough for some regions."""
    free_mib = psutil.virtual_memory().available // 2**20
    return MemoryShare(64, min(50, 1 + 200 * 100 // free_mib))


def kill_workers_soon(mark: str) -> Event:
    """Kill the first worker of this name that is seen; the event is set when that was done."""
    done = Event()

    def look() -> None:
        while not done.wait(0.05):
            for child in psutil.Process().children():
                with suppress(psutil.Error):
                    if mark in child.cmdline() and child.cpu_times().user > 0.1:
                        child.kill()
                        done.set()

    Thread(target=look, daemon=True).start()
    return done


def figures(measured: tuple[Measurement, ...]) -> dict[str, int]:
    """By name."""
    return {found.name: found.value for found in measured}


def halt_when(run: Run, ready: Callable[[], bool]) -> None:
    """Ask the run to end as soon as this is so."""

    def look() -> None:
        while not ready():
            sleep(0.02)
        run.halt.set()

    Thread(target=look, daemon=True).start()
