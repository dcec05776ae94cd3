from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.meminfo import parse_meminfo
from station.machine import Machine
from tests.diagnostics import corpus


@pytest.mark.parametrize("case", corpus.cases("meminfo"))
def test_a_real_machine_has_the_memory_others_read(case: dict[str, Any]) -> None:
    machine = parse_meminfo(corpus.text(case))

    assert machine.mem_total_kib == case["expected"]["mem_total_kib"]
    assert machine.swap_total_kib == case["expected"]["swap_total_kib"]


def test_the_totals_may_stand_anywhere() -> None:
    machine = parse_meminfo("MemFree: 1 kB\nSwapTotal: 0 kB\nMemTotal:  2048 kB\n")

    assert machine == Machine(mem_total_kib=2048, swap_total_kib=0)


def test_a_kernel_without_swap_does_not_speak_of_it() -> None:
    assert parse_meminfo("MemTotal:  2048 kB\n").swap_total_kib is None


@pytest.mark.parametrize(
    "text", ["", "MemTotal: many kB", "MemTotal: 0 kB", "SwapTotal: 5 kB", "MemTotal: 99 MB"]
)
def test_text_without_a_total_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_meminfo(text)
