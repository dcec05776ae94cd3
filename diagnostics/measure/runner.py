"""A plan being run: tests side by side, each with a limit and exactly one end.

Every test has a daemon thread, which also writes down that it begins and that it ended: a disk that
hangs holds up this thread alone. The diagnosis' own thread waits for ends, watches limits and tells
how far it all is. A test that does not answer to its limit is left behind: what it held for itself
is not given to another, and nobody waits for it.
"""

import logging
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from diagnostics.endings import ReadingFailed
from diagnostics.measure.plan import Plan, Planned
from diagnostics.measure.run import Halted, NotPossible, Phases, Run, Surroundings
from diagnostics.measure.schedule import never, remaining_s, startable
from diagnostics.progress import Listener, Progress, Step, StepState
from diagnostics.trial import Ending, Trial
from station.machine import Machine, Reading

TICK_S = 0.1
GRACE_S = 1.0  # what a test gets to end itself once it was asked to
TELL_EVERY_S = 0.2

_log = logging.getLogger(__name__)


class Record(Protocol):
    """Who writes down what begins and ends, before it does."""

    def began(self, check: str, subject: str) -> None:
        """A test begins now. Called on the test's own thread, which may wait in here."""

    def ended(self, trial: Trial) -> None:
        """A test is over. Called as `began` is."""

    def alive(self) -> None:
        """Called at every tick while tests run; must not wait."""


@dataclass
class _Running:
    step: Planned
    run: Run
    asked: Ending | None = None  # why it was asked to end
    asked_at: float = 0.0
    is_begun: bool = False  # and that is written down
    trial: Trial | None = None  # it is over, and that is being written down

    @property
    def needs_s(self) -> float:
        """What it needs still: its own word, else the plan's estimate."""
        said = self.run.remaining_s
        passed = monotonic() - self.run.began
        return max(0.0, self.step.estimate_s - passed) if said is None else said


@dataclass
class Runner:
    """Runs one plan once."""

    plan: Plan
    machine: Machine
    surroundings: Surroundings
    record: Record
    listener: Listener | None = None
    stop: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._waiting = list(self.plan.steps)
        self._running: list[_Running] = []
        self._ended: dict[Planned, Trial] = {}
        self._stuck: set[str] = set()
        self._phases = Phases()
        self._answers: SimpleQueue[tuple[_Running, Trial]] = SimpleQueue()
        self._told_at = 0.0

    def run(self) -> tuple[Trial, ...]:
        """One trial for each test of the plan, in its order, after those that were impossible."""
        while self._waiting or self._running:
            if self.stop.is_set():
                self._stop_all()
            self._begin()
            self._tell()
            self._take_answer()
            self._watch_limits()
            self.record.alive()
        self._tell(at_once=True)
        return (*self.plan.impossible, *(self._ended[step] for step in self.plan.steps))

    def _begin(self) -> None:
        for step in never(self._waiting, self._stuck):
            self._drop(step, Ending.NOT_POSSIBLE, "resource_stuck")
        running = [running.step for running in self._running]
        chosen = startable(self._waiting, running, self._ended)
        for step in chosen:
            self._waiting.remove(step)
            self._start(step)
        if self._waiting and not chosen and not running:
            for step in tuple(self._waiting):  # a catalogue that waits for itself
                self._drop(step, Ending.FAILED, "never_startable")

    def _start(self, step: Planned) -> None:
        run = Run(self.machine, step.subject, step.budget, self.surroundings, self._phases)
        running = _Running(step, run)
        self._running.append(running)
        Thread(
            target=lambda: self._live(running),
            name=f"{step.check} {step.subject}".strip(),
            daemon=True,
        ).start()

    def _live(self, running: _Running) -> None:
        """On the test's own thread: from its begin in the record to its end there."""
        self.record.began(*running.step.key)
        running.run.began = monotonic()
        running.is_begun = True
        trial = running.trial = _trial_of(running)
        self.record.ended(trial)
        self._answers.put((running, trial))

    def _take_answer(self) -> None:
        """Wait a little for an end; all that came meanwhile are taken."""
        wait_s = TICK_S
        while True:
            try:
                running, trial = self._answers.get(timeout=wait_s)
            except Empty:
                return
            wait_s = 0.0001
            if running in self._running:  # else it was left behind before
                self._end(running, trial)

    def _watch_limits(self) -> None:
        now = monotonic()
        for running in tuple(self._running):
            if running.asked is None and now - running.run.began > running.step.budget.limit_s:
                self._ask(running, Ending.TIMED_OUT)
            if running.asked is not None and now - running.asked_at > GRACE_S:
                self._end(running, self._left(running, running.asked))

    def _left(self, running: _Running, asked: Ending) -> Trial:
        """What becomes of a test that nobody waits for; it may wait for the record itself."""
        if running.trial is not None:
            return running.trial
        if not running.is_begun:
            return _trial(running, asked, "not_begun")
        _log.error("%s does not end; it is left behind", running.step.key)
        self._stuck |= running.step.exclusive
        trial = _trial(running, asked, "left_behind")
        Thread(target=self.record.ended, args=(trial,), daemon=True).start()
        return trial

    def _ask(self, running: _Running, why: Ending) -> None:
        running.asked, running.asked_at = why, monotonic()
        running.run.halt.set()

    def _stop_all(self) -> None:
        """Nothing begins any more but what looks back over the others, for a moment."""
        for step in tuple(self._waiting):
            if not step.spec.last:
                self._drop(step, Ending.STOPPED, "not_begun")
        for running in self._running:
            looks_back = running.step.spec.last and monotonic() - running.run.began < GRACE_S
            if running.asked is None and not looks_back:
                self._ask(running, Ending.STOPPED)

    def _drop(self, step: Planned, ending: Ending, why: str) -> None:
        """End a test that never began."""
        self._waiting.remove(step)
        self._ended[step] = Trial(step.check, ending, why, step.subject)
        self._phases.enter(step.check, "ended")

    def _end(self, running: _Running, trial: Trial) -> None:
        self._running.remove(running)
        self._ended[running.step] = trial
        self._phases.enter(running.step.check, "ended")

    def _tell(self, *, at_once: bool = False) -> None:
        now = monotonic()
        if self.listener is None or (now - self._told_at < TELL_EVERY_S and not at_once):
            return
        self._told_at = now
        running = {running.step: running.needs_s for running in self._running}
        left = remaining_s(self._waiting, running, self._ended)
        self.listener(Progress(self._steps(), round(left)))

    def _steps(self) -> tuple[Step, ...]:
        done = [
            Step(trial.check, trial.subject, StepState.ENDED, trial=trial)
            for trial in self.plan.impossible
        ]
        running = {running.step: running for running in self._running}
        return (*done, *(self._step(step, running.get(step)) for step in self.plan.steps))

    def _step(self, step: Planned, running: _Running | None) -> Step:
        if running is not None and running.is_begun:
            left, done = round(running.needs_s), running.run.done_permille
            return Step(step.check, step.subject, StepState.RUNNING, done, left)
        trial = self._ended.get(step)
        if trial is not None:
            return Step(step.check, step.subject, StepState.ENDED, 1000, 0, trial)
        return Step(step.check, step.subject, StepState.WAITING, 0, step.estimate_s)


def _trial_of(running: _Running) -> Trial:
    """Run the test in this thread; whatever happens, it becomes a trial."""
    run, test = running.run, running.step.spec.run
    try:
        if test is None:
            raise NotPossible("needs_a_person")
        run.check()  # it may have been asked to end before it began
        test(run)
    except Halted:
        return _trial(running, running.asked or Ending.STOPPED, "")
    except NotPossible as obstacle:
        return _trial(running, Ending.NOT_POSSIBLE, str(obstacle))
    except ReadingFailed as failed:
        timed_out = failed.reading is Reading.TIMED_OUT
        ending = Ending.TIMED_OUT if timed_out else Ending.NOT_POSSIBLE
        return _trial(running, ending, failed.reading.value)
    except BaseException:  # our bug, or a library's: this thread is the test's alone
        _log.exception("test %s %s", *running.step.key)
        return _trial(running, Ending.FAILED, "test_broke")
    return _trial(running, Ending.COMPLETED, "")


def _trial(running: _Running, ending: Ending, why: str) -> Trial:
    run, step = running.run, running.step
    millis = round((monotonic() - run.began) * 1000)
    return Trial(step.check, ending, why, step.subject, run.measured, millis)


class NoRecord:
    """Nothing is written down: there is no folder to write into."""

    def began(self, check: str, subject: str) -> None:
        """Nobody is told."""

    def ended(self, trial: Trial) -> None:
        """Nobody is told."""

    def alive(self) -> None:
        """Nobody is told."""
