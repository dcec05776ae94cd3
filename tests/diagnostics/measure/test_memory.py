import subprocess
import sys
from mmap import mmap
from pathlib import Path

import msgspec
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.collect.programs import tool_path
from diagnostics.endings import SourceMissing
from diagnostics.measure.follow import WorkerDied
from diagnostics.measure.memory_patterns import CHUNK, Errors, Pattern, fill, patterns, verify
from diagnostics.measure.memory_test import figures_of, measure_by_stressapptest, measure_memory
from diagnostics.measure.memory_worker import Memory, Task, target_mib, work
from diagnostics.measure.run import Halted
from tests.diagnostics.measure.runs import figures, halt_when, kill_workers_soon, run_for
from tests.diagnostics.tools import write_tool

PROJECT = Path(__file__).parents[3]
binds = pytest.mark.skipif(
    not (tool_path("setpriv") and tool_path("choom")), reason="needs util-linux"
)

ALL = list(patterns(7))


def named(name: str) -> Pattern:
    (pattern,) = [pattern for pattern in ALL if pattern.name == name]
    return pattern


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.name)
def test_memory_that_keeps_what_is_written_has_no_errors(pattern: Pattern) -> None:
    errors, region = Errors(), memoryview(mmap(-1, 3 * CHUNK))

    fill(region, 5, pattern)
    verify(region, 5, pattern, errors)

    assert errors == Errors()


@settings(max_examples=25)
@given(
    st.sampled_from(ALL),
    st.integers(0, 2 * CHUNK - 1),
    st.integers(0, 7),
)
def test_one_flipped_bit_anywhere_is_found_at_its_place(
    pattern: Pattern, offset: int, bit: int
) -> None:
    errors, region = Errors(), memoryview(mmap(-1, 2 * CHUNK))
    fill(region, 3, pattern)

    region[offset] ^= 1 << bit
    verify(region, 3, pattern, errors)

    assert errors.words == 1
    assert errors.by_pattern == {pattern.name: 1}
    assert errors.first_offset == 3 * CHUNK + offset // 8 * 8
    assert errors.flipped_bits == 1 << (8 * (offset % 8) + bit)


def test_two_addresses_that_are_one_cell_are_found_by_their_numbers() -> None:
    one_cell, errors = memoryview(mmap(-1, CHUNK)), Errors()

    fill(one_cell, 0, named("address"))
    fill(one_cell, 1, named("address"))  # a broken address line writes to the same place
    verify(one_cell, 0, named("address"), errors)

    assert errors.words == 1000  # all of them; so many are looked at
    assert errors.flipped_bits == 1 << 32


def test_the_patterns_of_a_round_drive_every_bit_both_ways() -> None:
    chunks = [bytes(pattern.make(0)) for pattern in ALL]

    high = low = 0
    for chunk in chunks:
        word = int.from_bytes(chunk[:8], "little")
        high, low = high | word, low | ~word & (2**64 - 1)
    assert high == low == 2**64 - 1
    assert len({pattern.name for pattern in ALL}) == len(ALL)


def test_the_worker_tests_as_much_as_it_was_told() -> None:
    task = Task(seconds=2, reserve_mib=64, share_percent=50, at_most_mib=64)

    *_, last = work(msgspec.json.encode(task))

    found = figures(last.measured)
    assert last.ended
    assert (found["tested_mib"], found["errors"]) == (64, 0)
    assert found["patterns_done"] >= 1


def test_patterns_over_less_memory_than_the_first_do_not_count() -> None:
    memory = Memory(Task(seconds=60, reserve_mib=64, share_percent=50, at_most_mib=128))
    list(memory.grow(float("inf")))
    steps = memory.rounds(float("inf"))
    while memory.patterns_done < 1:
        next(steps)

    memory.regions.pop().close()  # another program needed it
    for _ in range(6):  # three patterns over what is left
        next(steps)

    assert (memory.tested_mib, memory.patterns_done) == (128, 1)


def test_a_machine_without_free_memory_is_left_alone() -> None:
    task = Task(seconds=1, reserve_mib=10**9, share_percent=50)

    (said,) = work(msgspec.json.encode(task))

    assert said.obstacle == "memory_full"


@pytest.mark.parametrize(
    ("free", "expected"),
    [(8000, 6800), (2000, 1616), (500, 116), (384, 0), (100, 0), (0, 0)],
)
def test_the_reserve_is_never_taken(free: int, expected: int) -> None:
    assert target_mib(free, reserve_mib=384, share_percent=85) == expected


def test_a_worker_that_is_killed_costs_the_test_and_not_the_program() -> None:
    run = run_for(60)
    killed = kill_workers_soon("memory")

    with pytest.raises(WorkerDied):
        measure_memory(run)

    assert killed.is_set()


def test_a_stopped_test_gives_its_memory_back() -> None:
    run = run_for(60)
    halt_when(run, lambda: bool(run.measured))

    with pytest.raises(Halted):
        measure_memory(run)

    assert not workers("memory")


def workers(name: str) -> list[psutil.Process]:
    """Those that still run a second later."""
    _, alive = psutil.wait_procs(psutil.Process().children(), timeout=10)
    return [child for child in alive if name in child.cmdline()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Stats: Starting SAT, 512M, 30 seconds", {"tested_mib": 512}),
        (
            "Stats: Completed: 9.00M in 5.00s 9MB/s, with 0 hardware incidents, 0 errors",
            {"errors": 0},
        ),
        (
            "Stats: Completed: 9.00M in 5.00s 9MB/s, with 1 hardware incidents, 3 errors",
            {"errors": 3},
        ),
        ("Log: Seconds remaining: 20", {}),
        ("", {}),
    ],
)
def test_what_stressapptest_says_is_understood(line: str, expected: dict[str, int]) -> None:
    assert figures_of(line) == expected


@pytest.fixture
def deaf_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In stressapptest's place a program that hears of no end, and tells its number in a file."""
    told = tmp_path / "pid"
    loud = "echo 'Stats: Starting SAT, 100M, 600 seconds'"
    write_tool(tmp_path, "stressapptest", f"echo $$ > {told}", loud, "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return told


@binds
def test_stressapptest_is_gone_when_our_program_was_killed(deaf_tool: Path) -> None:
    program = (
        "from diagnostics.measure.memory_test import measure_by_stressapptest\n"
        "from tests.diagnostics.measure.runs import halt_when, run_for\n"
        "run = run_for(600)\n"
        "halt_when(run, lambda: run.measured and print('runs', flush=True))\n"
        "measure_by_stressapptest(run)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "runs\n"
        tool = psutil.Process(int(deaf_tool.read_text()))
        first_to_go = Path(f"/proc/{tool.pid}/oom_score_adj").read_text()
        victim.kill()

    _, alive = psutil.wait_procs([tool], timeout=2)

    assert first_to_go == "1000\n"
    assert alive == []


@binds
def test_a_stopped_stressapptest_is_gone_too(deaf_tool: Path) -> None:
    run = run_for(600)
    halt_when(run, lambda: bool(run.measured))

    with pytest.raises(Halted):
        measure_by_stressapptest(run)

    assert figures(run.measured) == {"tested_mib": 100}
    assert not workers("sleep")


def test_what_cannot_be_bound_to_us_is_not_started(
    deaf_tool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(deaf_tool.parent))
    if tool_path("choom"):
        pytest.skip("here it lies among root's tools, which are always looked through")

    with pytest.raises(SourceMissing):
        measure_by_stressapptest(run_for(600))

    assert not deaf_tool.exists()
