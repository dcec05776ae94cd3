import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event, Lock, Timer
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.endings import SourceMissing, TimedOut
from diagnostics.journal import Journal
from diagnostics.measure.budget import Budget
from diagnostics.measure.plan import Conditions, Plan, Planned, Powers, plan
from diagnostics.measure.profile_run import Journalled
from diagnostics.measure.run import NotPossible, Run
from diagnostics.measure.runner import GRACE_S, NoRecord, Record, Runner
from diagnostics.measure.schedule import remaining_s, startable
from diagnostics.measure.spec import TrialSpec
from diagnostics.progress import Listener, Progress, StepState
from diagnostics.trial import Ending, Trial
from station.checks import Measurement
from station.machine import Machine
from tests.diagnostics.hanging import hanging
from tests.diagnostics.measure.runs import around

posix = pytest.mark.skipif(sys.platform == "win32", reason="a full pipe is POSIX's")
ANYBODY = Powers("linux", admin=False, tools=frozenset())
QUICK = Budget(seconds=1, limit_s=60)


def planned(specs: Sequence[TrialSpec], budget: Budget = QUICK) -> Plan:
    budgets = {spec.check: budget for spec in specs}
    return plan(Machine(), specs, Conditions(budgets, ANYBODY, 3600))


def trials_of(
    specs: Sequence[TrialSpec],
    budget: Budget = QUICK,
    stop: Event | None = None,
    listener: Listener | None = None,
    record: Record | None = None,
) -> dict[str, Trial]:
    made = planned(specs, budget)
    kept = record or NoRecord()
    runner = Runner(made, Machine(), around(), kept, listener, stop or Event())
    found = runner.run()
    assert len(found) == len(made.steps) + len(made.impossible)
    return {trial.check: trial for trial in found}


def told(trial: Trial) -> tuple[Ending, str]:
    return trial.ending, trial.why


def raising(error: BaseException) -> Callable[[Run], None]:
    def test(run: Run) -> None:
        raise error

    return test


def deaf_until(let_go: Event) -> Callable[[Run], None]:
    """A test that hears of no end."""

    def test(_run: Run) -> None:
        let_go.wait(60)

    return test


def never_ending(run: Run) -> None:
    run.note(Measurement("found", 7))
    run.rest(600)


def test_a_broken_test_costs_only_itself() -> None:
    specs = [
        TrialSpec("a", run=raising(ZeroDivisionError("our bug"))),
        TrialSpec("b", run=lambda run: run.note(Measurement("found", 1))),
    ]

    found = trials_of(specs)

    assert told(found["a"]) == (Ending.FAILED, "test_broke")
    assert told(found["b"]) == (Ending.COMPLETED, "")
    assert found["b"].measured == (Measurement("found", 1),)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotPossible("no_thermometer"), (Ending.NOT_POSSIBLE, "no_thermometer")),
        (SourceMissing("iw"), (Ending.NOT_POSSIBLE, "missing")),
        (TimedOut("iw"), (Ending.TIMED_OUT, "timed_out")),
        (SystemExit(1), (Ending.FAILED, "test_broke")),
    ],
)
def test_how_a_test_ends_is_told(error: BaseException, expected: tuple[Ending, str]) -> None:
    assert told(trials_of([TrialSpec("a", run=raising(error))])["a"]) == expected


def test_a_test_beyond_its_limit_is_ended_and_keeps_its_figures() -> None:
    found = trials_of([TrialSpec("a", run=never_ending)], Budget(seconds=1, limit_s=1))

    assert told(found["a"]) == (Ending.TIMED_OUT, "")
    assert found["a"].measured == (Measurement("found", 7),)


def test_a_test_that_does_not_answer_is_left_behind_with_what_it_held() -> None:
    let_go = Event()
    specs = [
        TrialSpec("deaf", run=deaf_until(let_go), exclusive=("disk:sda",)),
        TrialSpec("next", run=never_ending, exclusive=("disk:sda",)),
        TrialSpec("other", run=lambda _run: None, after=("deaf",)),
    ]

    found = trials_of(specs, Budget(seconds=1, limit_s=1))
    let_go.set()

    assert told(found["deaf"]) == (Ending.TIMED_OUT, "left_behind")
    assert told(found["next"]) == (Ending.NOT_POSSIBLE, "resource_stuck")
    assert told(found["other"]) == (Ending.COMPLETED, "")


def test_a_stop_ends_what_runs_and_what_waits() -> None:
    stop = Event()
    specs = [
        TrialSpec("runs", run=never_ending, exclusive=("cpu",)),
        TrialSpec("waits", run=never_ending, exclusive=("cpu",)),
    ]

    def stop_when_it_runs(progress: Progress) -> None:
        if progress.steps[0].state is StepState.RUNNING:
            stop.set()

    found = trials_of(specs, stop=stop, listener=stop_when_it_runs)

    assert told(found["runs"]) == (Ending.STOPPED, "")
    assert told(found["waits"]) == (Ending.STOPPED, "not_begun")


def test_what_came_until_the_stop_is_still_looked_at() -> None:
    stop = Event()
    specs = [
        TrialSpec("runs", run=never_ending),
        TrialSpec("looks_back", run=lambda run: run.note(Measurement("new", 3)), last=True),
        TrialSpec("never_done", run=never_ending, last=True),
    ]

    found = trials_of(specs, stop=stop, listener=lambda _progress: stop.set())

    assert found["runs"].ending is Ending.STOPPED
    assert found["looks_back"].ending is Ending.COMPLETED
    assert found["looks_back"].measured == (Measurement("new", 3),)
    assert found["never_done"].ending is Ending.STOPPED


def test_tests_that_wait_for_each_other_end_nevertheless() -> None:
    specs = [
        TrialSpec("a", run=never_ending, after=("b",)),
        TrialSpec("b", run=never_ending, after=("a",)),
    ]

    found = trials_of(specs)

    assert {told(trial) for trial in found.values()} == {(Ending.FAILED, "never_startable")}


def test_a_watching_test_begins_with_the_one_it_watches() -> None:
    specs = [
        TrialSpec("first", run=lambda run: run.rest(0.3), exclusive=("cpu",)),
        TrialSpec("load", run=lambda run: run.rest(0.3), exclusive=("cpu",)),
        TrialSpec("watch", run=lambda _run: None, beside="load"),
    ]
    first, load, watch = planned(specs).steps

    assert startable([first, load, watch], [], []) == (first,)
    assert startable([load, watch], [], [first]) == (load, watch)
    assert startable([watch], [], [first, load]) == (watch,)


def test_the_rest_is_known_from_what_tests_say_and_what_they_share() -> None:
    specs = [
        TrialSpec("a", run=never_ending, exclusive=("cpu",)),
        TrialSpec("b", run=never_ending, exclusive=("cpu",)),
        TrialSpec("c", run=never_ending),
    ]
    steps = planned(specs, Budget(seconds=100, limit_s=100)).steps

    assert remaining_s(steps, {}) == 200
    assert remaining_s(steps[1:], {steps[0]: 30.0}) == 130


def test_progress_is_a_whole_picture_each_time_and_ends_complete() -> None:
    pictures: list[Progress] = []
    specs = [TrialSpec("a", run=lambda run: run.rest(0.5)), TrialSpec("b", run=lambda _run: None)]

    trials_of(specs, listener=pictures.append)

    assert {len(picture.steps) for picture in pictures} == {2}
    assert pictures[0].remaining_s is not None
    assert [step.state for step in pictures[-1].steps] == [StepState.ENDED, StepState.ENDED]
    assert all(step.trial is not None for step in pictures[-1].steps)
    assert pictures[-1].remaining_s == 0


RESOURCES = st.lists(
    st.sampled_from(["cpu", "memory", "disk:sda", "wifi"]), max_size=3, unique=True
)


@st.composite
def catalogues(draw: st.DrawFn) -> list[TrialSpec]:
    """Some tests, each of which may come after earlier ones or watch one."""
    specs: list[TrialSpec] = []
    for number in range(draw(st.integers(1, 7))):
        known = [spec.check for spec in specs if not spec.last]
        earlier = (
            st.lists(st.sampled_from(known), max_size=2, unique=True) if known else st.just([])
        )
        specs.append(
            TrialSpec(
                f"test{number}",
                run=never_ending,
                exclusive=tuple(draw(RESOURCES)),
                after=tuple(draw(earlier)),
                beside=draw(st.sampled_from(["", *known])),
                last=draw(st.booleans()) and number > 4,
            )
        )
    return specs


@settings(max_examples=60)
@given(catalogues(), st.randoms(use_true_random=False))
def test_whatever_the_catalogue_no_resource_is_shared_and_every_test_ends(
    specs: list[TrialSpec], random: Random
) -> None:
    waiting = list(planned(specs).steps)
    running, ended = list[Planned](), list[Planned]()
    while waiting or running:
        for step in startable(waiting, running, ended):
            assert not any(step.exclusive & other.exclusive for other in running)
            assert step.after <= {other.check for other in ended}
            waiting.remove(step)
            running.append(step)
        assert running, "what waits can never begin"
        ended.append(running.pop(random.randrange(len(running))))
    assert len(ended) == len(specs)


class Watch:
    """Counts who holds what at the same time."""

    def __init__(self) -> None:
        self._lock, self._held = Lock(), set[str]()
        self.overlaps = 0

    def hold(self, resources: Sequence[str], seconds: float) -> Callable[[Run], None]:
        def test(run: Run) -> None:
            with self._lock:
                self.overlaps += bool(self._held & set(resources))
                self._held |= set(resources)
            try:
                run.rest(seconds)
            finally:
                with self._lock:
                    self._held -= set(resources)

        return test


@settings(max_examples=12)
@given(catalogues(), st.floats(0, 0.4), st.randoms(use_true_random=False))
def test_real_threads_never_share_either_and_a_stop_at_any_moment_ends_all(
    specs: list[TrialSpec], stop_after_s: float, random: Random
) -> None:
    watch, stop = Watch(), Event()
    real = [replace(s, run=watch.hold(s.exclusive, random.uniform(0, 0.1))) for s in specs]
    began = monotonic()

    def stop_in_time(progress: Progress) -> None:
        if monotonic() - began >= stop_after_s:
            stop.set()

    found = trials_of(real, stop=stop, listener=stop_in_time)

    assert watch.overlaps == 0
    assert set(found) == {spec.check for spec in specs}
    assert {t.ending for t in found.values()} <= {Ending.COMPLETED, Ending.STOPPED}


def test_a_deaf_test_is_not_waited_for_when_a_person_stops() -> None:
    stop, let_go = Event(), Event()
    deaf = TrialSpec("deaf", run=deaf_until(let_go))

    def stop_when_it_runs(progress: Progress) -> None:
        if progress.steps[0].state is StepState.RUNNING:
            stop.set()

    found = trials_of([deaf], stop=stop, listener=stop_when_it_runs)
    still_deaf = not let_go.is_set()
    let_go.set()

    assert still_deaf
    assert told(found["deaf"]) == (Ending.STOPPED, "left_behind")
    assert found["deaf"].millis >= GRACE_S * 1000


@posix
def test_a_disk_that_hangs_makes_no_run_unstoppable(tmp_path: Path) -> None:
    journal, stop = Journal(tmp_path, "triage", Machine()), Event()
    touched = list[str]()
    specs = [TrialSpec("a", run=lambda run: touched.append(run.subject))]
    Timer(0.5, stop.set).start()
    began = monotonic()

    with hanging(journal):
        found = trials_of(specs, stop=stop, record=Journalled(journal, around()))

    assert monotonic() - began < 0.5 + GRACE_S + 2
    assert told(found["a"]) == (Ending.STOPPED, "not_begun")
    assert touched == []


@posix
def test_a_test_whose_end_cannot_be_written_down_has_ended_all_the_same(tmp_path: Path) -> None:
    journal, stop, hung = Journal(tmp_path, "triage", Machine()), Event(), ExitStack()

    def until_it_hangs(run: Run) -> None:
        run.note(Measurement("found", 7))
        hung.enter_context(hanging(journal))
        stop.set()

    with hung:
        found = trials_of(
            [TrialSpec("a", run=until_it_hangs)], stop=stop, record=Journalled(journal, around())
        )

    assert told(found["a"]) == (Ending.COMPLETED, "")
    assert found["a"].measured == (Measurement("found", 7),)


@posix
def test_limits_are_watched_while_the_journal_hangs(tmp_path: Path) -> None:
    journal, hung = Journal(tmp_path, "triage", Machine()), ExitStack()
    began = monotonic()

    def on_and_on(run: Run) -> None:
        hung.enter_context(hanging(journal))
        run.rest(600)

    with hung:
        found = trials_of(
            [TrialSpec("a", run=on_and_on)],
            Budget(seconds=1, limit_s=1),
            record=Journalled(journal, around()),
        )

    assert told(found["a"]) == (Ending.TIMED_OUT, "")
    assert monotonic() - began < 1 + GRACE_S + 2


def test_no_test_is_said_to_run_before_that_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, at_once = Journal(tmp_path, "triage", Machine()), os.fsync
    on_disk, known = list[int](), list[bool]()

    def slow(file: int) -> None:
        size = os.fstat(file).st_size
        sleep(0.5)
        at_once(file)
        on_disk.append(size)

    def hear(progress: Progress) -> None:
        if progress.steps[0].state is StepState.RUNNING:
            written = journal.file.read_bytes()[: max(on_disk, default=0)]
            known.append(b'"began"' in written)

    monkeypatch.setattr("os.fsync", slow)
    spec = TrialSpec("a", run=lambda run: run.rest(0.5))
    trials_of([spec], listener=hear, record=Journalled(journal, around()))
    journal.close(done=False)

    assert set(known) == {True}
