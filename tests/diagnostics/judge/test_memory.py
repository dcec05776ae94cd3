import pytest

from station.checks import Outcome
from station.machine import MemoryModule
from tests.diagnostics.judge.judged import found, machine, told


@pytest.mark.parametrize(
    ("seen_mib", "outcome"),
    [
        (7600, Outcome.PASS),  # 8 GB, of which graphics took some
        (7168, Outcome.PASS),
        (7167, Outcome.WARN),
        (3841, Outcome.WARN),  # 4 GB
        (3072, Outcome.WARN),
        (3071, Outcome.FAIL),
        (1987, Outcome.FAIL),
    ],
)
def test_memory_is_judged_by_what_must_be_fitted(seen_mib: int, outcome: Outcome) -> None:
    finding = found("mem.size", machine(mem_total_kib=seen_mib * 1024))

    assert finding.outcome is outcome
    assert [(m.name, m.value) for m in finding.measured] == [("total_mib", seen_mib)]


@pytest.mark.parametrize(
    ("modules", "outcome"),
    [((4096, 4096), Outcome.PASS), ((4096,), Outcome.WARN), ((2048,), Outcome.FAIL)],
)
def test_modules_that_were_read_need_no_allowance(
    modules: tuple[int, ...], outcome: Outcome
) -> None:
    fitted = tuple(MemoryModule(capacity_mib=size) for size in modules)

    finding = found("mem.size", machine(memory=fitted, mem_total_kib=1024))

    assert finding.outcome is outcome
    assert finding.measured[0].value == sum(modules)


def test_a_module_that_does_not_say_its_size_leaves_the_system_to_speak() -> None:
    fitted = (MemoryModule(capacity_mib=4096), MemoryModule(type="DDR3"))

    finding = found("mem.size", machine(memory=fitted, mem_total_kib=8_000_000))

    assert finding.measured[0].value == 7812


def test_memory_that_nobody_says_is_unknown() -> None:
    assert told(found("mem.size", machine())) == (Outcome.UNKNOWN, "not_said")
