"""mem.pattern: patterns over most of the free memory, by our own worker and by a known tool.

Our worker gives regions back and ends with its input. stressapptest does neither: it keeps what it
took for as long as it was told, so the system is asked to kill it with us, and before all others
when memory runs out.
"""

import re
from time import monotonic

import psutil

from diagnostics.collect.programs import tool_path
from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import SourceMissing, UnreadableReport
from diagnostics.measure.follow import LOOK_EVERY_S, WorkerDied, follow
from diagnostics.measure.memory_worker import Task, target_mib
from diagnostics.measure.run import NotPossible, Run
from station.checks import Measurement

STRESSAPPTEST = "stressapptest"
_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")  # util-linux
_DIES_FIRST = ("choom", "-n", "1000", "--")  # util-linux, since 2018
_COUNTED = re.compile(r"with ([0-9]{1,9}) hardware incidents, ([0-9]{1,9}) errors")
_TESTED = re.compile(r"Starting SAT, ([0-9]{1,9})M, ")
_LEAST_MIB = 64


def measure_memory(run: Run) -> None:
    """Test what is free, less the reserve, for the time that the profile gives."""
    share = run.surroundings.memory
    follow(run, "memory", Task(run.budget.seconds, share.reserve_mib, share.share_percent))


def measure_by_stressapptest(run: Run) -> None:
    """Let Google's stressapptest copy and compare; it loads the memory's bus as we cannot.

    The thread that calls this must live as long as the test: the tool dies with that thread.
    """
    share = run.surroundings.memory
    free_mib = int(psutil.virtual_memory().available) // 2**20
    size_mib = target_mib(free_mib, share.reserve_mib, share.share_percent)
    if size_mib < _LEAST_MIB:
        raise NotPossible("memory_full")
    seconds, began = run.budget.seconds, monotonic()
    with RunningTool(_bound("-s", str(seconds), "-M", str(size_mib), "-v", "8")) as tool:
        figures: dict[str, int] = {}
        while not tool.is_over:
            run.check()
            run.tell_time(monotonic() - began, seconds)
            figures |= figures_of(tool.line(LOOK_EVERY_S) or "")
            run.note(*(Measurement(name, value) for name, value in figures.items()))
    if "errors" not in figures:
        raise WorkerDied(STRESSAPPTEST) if figures else UnreadableReport(STRESSAPPTEST)


def _bound(*arguments: str) -> tuple[str, ...]:
    """The tool by way of two that bind it to us and then become it; SourceMissing without them."""
    return (
        *(_path_of(_DIES_FIRST[0]), *_DIES_FIRST[1:]),
        *(_path_of(_DIES_WITH_US[0]), *_DIES_WITH_US[1:]),
        *(_path_of(STRESSAPPTEST), *arguments),
    )


def _path_of(tool: str) -> str:
    path = tool_path(tool)
    if path is None:
        raise SourceMissing(tool)
    return path


def figures_of(line: str) -> dict[str, int]:
    """What one line of stressapptest tells, if anything."""
    if found := _TESTED.search(line):
        return {"tested_mib": int(found[1])}
    if found := _COUNTED.search(line):
        return {"errors": max(int(found[1]), int(found[2]))}
    return {}
