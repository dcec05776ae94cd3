"""cpu.stress: every core at full load with verified results, while clocks are watched."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import ReadingFailed
from diagnostics.measure.clocks import base_mhz, clock_mhz, throttle_events
from diagnostics.measure.cpu_worker import Task
from diagnostics.measure.follow import WorkerDied, said_by
from diagnostics.measure.run import Run
from diagnostics.measure.worker import command_of
from station.checks import Measurement

CHECK = "cpu.stress"
_LEAST_SAMPLES = 6  # thirds of fewer are no medians


@dataclass
class _Core:
    """One worker and what it said."""

    tool: RunningTool
    done: int = 0
    wrong: int = 0
    busy_ms: int = 0
    over: bool = False
    died: bool = False

    def listen(self) -> None:
        """Take in all that it said since."""
        while not self.over:
            try:
                said = said_by(self.tool, 0.0)
            except (WorkerDied, ReadingFailed):  # a miscomputing core breaks its worker too
                self.over = self.died = True
                return
            if said is None:
                return
            figures = {figure.name: figure.value for figure in said.measured}
            self.done, self.wrong = figures["done"], figures["wrong"]
            self.busy_ms, self.over = figures["busy_ms"], said.ended


@dataclass
class _Samples:
    """What was seen each second of the load."""

    clocks_mhz: list[int] = field(default_factory=list)
    work: list[tuple[int, int]] = field(default_factory=list)  # done, and ms of processor time

    def sustained_mhz(self) -> int | None:
        """The clock that is left in the last third."""
        if len(self.clocks_mhz) < _LEAST_SAMPLES:
            return None
        return round(median(self.clocks_mhz[-(len(self.clocks_mhz) // 3) :]))

    def kept_percent(self) -> int | None:
        """The work a second of processor time in the last third as a share of that in the first.

        Processor time, not the clock on the wall: what else runs beside takes none of it away.
        """
        pairs = zip(self.work, self.work[1:], strict=False)
        rates = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in pairs if b[1] > a[1]]
        third = len(rates) // 3
        if len(rates) < _LEAST_SAMPLES or not median(rates[:third]):
            return None
        return round(100 * median(rates[-third:]) / median(rates[:third]))


def stress_cpu(run: Run) -> None:
    """Rest, then load all cores for the time given; those who watch hear of each phase."""
    run.phases.enter(CHECK, "idle")
    whole_s = run.budget.idle_s + run.budget.seconds
    run.tell_time(0, whole_s)
    run.rest(run.budget.idle_s)
    run.phases.enter(CHECK, "load")
    _load(run)
    run.phases.enter(CHECK, "after")


def _load(run: Run) -> None:
    throttled = throttle_events(run.surroundings.root)
    with ExitStack() as stack:
        cores = [
            _Core(stack.enter_context(RunningTool(command_of("cpu", task)))) for task in _tasks(run)
        ]
        samples, began = _Samples(), monotonic()
        while not all(core.over for core in cores):
            run.check()
            for core in cores:
                core.listen()
            _sample(run, cores, samples, monotonic() - began)
            _note(run, cores, samples, throttled)
            run.rest(0.1)
    _note(run, cores, samples, throttled)


def _tasks(run: Run) -> list[Task]:
    if hasattr(os, "sched_getaffinity"):
        return [Task(run.budget.seconds, core) for core in sorted(os.sched_getaffinity(0))]
    return [Task(run.budget.seconds)] * (os.cpu_count() or 1)


def _sample(run: Run, cores: list[_Core], samples: _Samples, passed_s: float) -> None:
    run.tell_time(run.budget.idle_s + passed_s, run.budget.idle_s + run.budget.seconds)
    due = passed_s >= len(samples.work) * run.surroundings.look_every_s
    if not due or any(core.over for core in cores):
        return
    samples.work.append((sum(core.done for core in cores), sum(core.busy_ms for core in cores)))
    clock = clock_mhz(run.surroundings.root)
    if clock is not None:
        samples.clocks_mhz.append(clock)


def _note(run: Run, cores: list[_Core], samples: _Samples, throttled: int | None) -> None:
    now = throttle_events(run.surroundings.root) if throttled is not None else None
    events = None if now is None or throttled is None else max(0, now - throttled)
    rated = run.machine.cpus[0].speed_mhz if run.machine.cpus else None
    base = base_mhz(run.surroundings.root) or rated
    told = {
        "cores": len(cores),
        "calculations": sum(core.done for core in cores),
        "miscomputes": sum(core.wrong for core in cores),
        "workers_died": sum(core.died for core in cores),
        "clock_mhz": samples.sustained_mhz(),
        "base_mhz": base,
        "kept_percent": samples.kept_percent(),
        "throttle_events": events,
    }
    run.note(*(Measurement(name, value) for name, value in told.items() if value is not None))
