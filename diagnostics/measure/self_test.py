"""sto.selftest: the drive's own test, started, watched by its own word, and aborted when we stop.

An idle drive remembers the result of its last test, so an ending counts only after the drive was
seen at work or its memory changed.
"""

from contextlib import suppress
from dataclasses import dataclass

from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import ReadingFailed, UnreadableReport
from diagnostics.measure.ask import ask
from diagnostics.measure.run import NotPossible, Run
from diagnostics.measure.speed import disk_task
from diagnostics.parse.smartctl_selftest import (
    SelfTest,
    SelfTestProgress,
    self_test_progress,
)
from station.checks import Measurement
from station.machine import Disk

ASK_LIMIT_S = 20.0
_LOOKS = 60  # in the time that the drive says it needs
_LONGEST_PAUSE_S = 15.0
_ABORT_S = 0.8  # within the grace that a test has to end


@dataclass(frozen=True)
class Commands:
    """What one drive is told by which tool."""

    start: tuple[str, ...]
    look: tuple[str, ...]
    abort: tuple[str, ...]
    refusal: int = -1  # the bits of its exit status that say no; all of them


def commands_for(disk: Disk, path: str, *, long: bool) -> tuple[Commands, ...]:
    """The ways to test this drive, the best first. smartctl before 7.4 cannot start NVMe's."""
    bridge = ("-d", disk.bridge) if disk.bridge else ()
    by_smartctl = Commands(
        ("smartctl", "-j", *bridge, "-t", "long" if long else "short", path),
        ("smartctl", "-j", *bridge, "-c", "-l", "selftest", path),
        ("smartctl", "-j", *bridge, "-X", path),
        refusal=0b111,  # the higher bits speak of the disk's health
    )
    if not (disk.name or "").startswith("nvme"):
        return (by_smartctl,)
    test = ("nvme", "device-self-test", path, "-s")
    by_nvme = Commands(
        (*test, "2" if long else "1"),
        ("nvme", "self-test-log", path, "-o", "json"),
        (*test, "0xf"),
    )
    return by_nvme, by_smartctl


def test_itself(run: Run) -> None:
    """Let the subject drive test itself: short, or long where the profile says whole."""
    disk = next((disk for disk in run.machine.storage if disk.name == run.subject), Disk())
    ways = commands_for(disk, disk_task(run).path, long=run.budget.whole)
    commands, before = _first_that_answers(run, ways)
    if before.state is SelfTest.RUNNING:
        raise NotPossible("self_test_busy")
    try:
        status = ask(run, commands.start, ASK_LIMIT_S).status
        if status & commands.refusal:
            raise NotPossible("self_test_not_offered")
        _watch(run, commands, before)
    except BaseException:
        _abort(commands)
        raise


def _first_that_answers(run: Run, ways: tuple[Commands, ...]) -> tuple[Commands, SelfTestProgress]:
    failure: ReadingFailed | None = None
    for commands in ways:
        try:
            return commands, _look(run, commands)
        except UnreadableReport as failed:
            failure = failure or failed
        except ReadingFailed as failed:
            failure = failed
    if isinstance(failure, UnreadableReport) or failure is None:
        raise NotPossible("self_test_not_offered") from failure
    raise failure


def _look(run: Run, commands: Commands) -> SelfTestProgress:
    return self_test_progress(ask(run, commands.look, ASK_LIMIT_S).text)


def _watch(run: Run, commands: Commands, before: SelfTestProgress) -> None:
    """Look until it no longer runs; the drive's own minutes say how often."""
    seen = _look(run, commands)
    was_running = seen.state is SelfTest.RUNNING
    minutes = before.extended_minutes if run.budget.whole else before.short_minutes
    whole_s = minutes * 60.0 if minutes else float(run.budget.seconds)
    while seen.state is SelfTest.RUNNING:
        was_running = True
        left = seen.remaining_percent
        if left is not None:
            run.tell(1000 - 10 * left, whole_s * left / 100)
        run.rest(min(_LONGEST_PAUSE_S, max(2 * run.surroundings.look_every_s, whole_s / _LOOKS)))
        seen = _look(run, commands)
    changed = (seen.state, seen.power_on_hours) != (before.state, before.power_on_hours)
    if not was_running and not changed:
        raise NotPossible("self_test_not_begun")
    if seen.state not in (SelfTest.PASSED, SelfTest.FAILED):
        raise NotPossible("self_test_aborted")
    run.note(Measurement("passed", int(seen.state is SelfTest.PASSED)))


def _abort(commands: Commands) -> None:
    """Whatever ended our watching, the drive is not left at work."""
    with suppress(ReadingFailed):
        tool = RunningTool(commands.abort)
        tool.status(_ABORT_S)
