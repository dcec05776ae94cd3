import math
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

from diagnostics.measure.clocks import base_mhz, clock_mhz, throttle_events
from diagnostics.measure.cpu_stress import stress_cpu
from diagnostics.measure.known_answers import (
    KNOWN,
    KnownAnswer,
    floating_point,
    hash_chain,
    long_numbers,
)
from diagnostics.measure.run import Halted
from station.machine import Cpu, Machine
from tests.diagnostics.measure.runs import around, figures, halt_when, kill_workers_soon, run_for


def cpu_tree(root: Path, cores: int = 2, **files: int) -> Path:
    """The files of some cores, each with the same numbers; `folder__name` is a file's path."""
    for core in range(cores):
        for name, value in files.items():
            file = root / "sys/devices/system/cpu" / f"cpu{core}" / name.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{value}\n")
    return root


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_this_machine_calculates_the_known_answers(known: KnownAnswer) -> None:
    assert known.is_right


def test_a_wrong_result_is_noticed() -> None:
    right = KNOWN[0]
    last = "0" if right.answer[-1] != "0" else "1"

    assert not KnownAnswer("off", right.calculate, right.answer[:-1] + last).is_right


def test_the_hash_chain_agrees_with_another_library() -> None:
    block, last = bytes(range(256)) * 4096, b""
    for _ in range(8):
        digest = hashes.Hash(hashes.SHA512())
        digest.update(last + block)
        last = digest.finalize()

    assert hash_chain() == last.hex()[:32]


def test_the_long_numbers_agree_with_schoolbook_powers() -> None:
    prime, value = (1 << 1279) - 1, 3
    for exponent in range(10**40, 10**40 + 24):
        power = 1
        for digit in f"{exponent:b}":
            power = power * power % prime * (value if digit == "1" else 1) % prime
        value = power + (value >> 7)

    assert long_numbers() == f"{value:x}"[:32]


def test_the_floating_point_chain_is_chaotic_so_one_rounding_would_show() -> None:
    value = math.nextafter(0.618, 1)
    for _ in range(150_000):
        value = 3.9999 * value * (1.0 - value)

    assert value.hex() != floating_point()


def test_all_cores_calculate_and_the_clocks_are_watched(tmp_path: Path) -> None:
    root = cpu_tree(
        tmp_path,
        cpufreq__scaling_cur_freq=2_100_000,
        cpufreq__base_frequency=2_400_000,
        thermal_throttle__core_throttle_count=3,
    )
    run = run_for(1, surroundings=around(root))

    stress_cpu(run)

    found = figures(run.measured)
    assert found["cores"] >= 1
    assert found["calculations"] > 0
    assert (found["miscomputes"], found["workers_died"]) == (0, 0)
    assert (found["clock_mhz"], found["base_mhz"], found["throttle_events"]) == (2100, 2400, 0)
    assert run.phases.of("cpu.stress") == "after"


def test_where_nobody_tells_a_clock_none_is_made_up() -> None:
    run = run_for(1, machine=Machine(cpus=(Cpu(speed_mhz=1800),)))

    stress_cpu(run)

    found = figures(run.measured)
    assert "clock_mhz" not in found
    assert "throttle_events" not in found
    assert found["base_mhz"] == 1800


def test_a_worker_that_dies_is_counted() -> None:
    run = run_for(3)
    killed = kill_workers_soon("cpu")

    stress_cpu(run)

    assert killed.is_set()
    assert figures(run.measured)["workers_died"] >= 1


def test_a_stop_ends_the_load() -> None:
    run = run_for(600)
    halt_when(run, lambda: figures(run.measured).get("calculations", 0) > 0)

    with pytest.raises(Halted):
        stress_cpu(run)

    assert figures(run.measured)["miscomputes"] == 0


def test_throttling_is_counted_over_all_cores(tmp_path: Path) -> None:
    counts = {"core_throttle_count": 0, "package_throttle_count": 5}
    root = cpu_tree(tmp_path, **{f"thermal_throttle__{name}": n for name, n in counts.items()})

    assert throttle_events(root) == 10
    assert clock_mhz(root) is None
    assert base_mhz(root) is None


def test_a_machine_without_such_files_tells_nothing(tmp_path: Path) -> None:
    assert (throttle_events(tmp_path), clock_mhz(tmp_path), base_mhz(tmp_path)) == (None,) * 3
