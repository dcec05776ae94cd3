from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.meminfo import parse_meminfo
from station.machine import Memory
from tests.diagnostics import corpus


@pytest.mark.parametrize("case", corpus.cases("meminfo"))
def test_a_real_machine_has_the_memory_others_read(case: dict[str, Any]) -> None:
    assert parse_meminfo(corpus.text(case)).total_mib == case["expected"]["mem_total_kib"] // 1024


def test_the_total_may_stand_anywhere() -> None:
    assert parse_meminfo("MemFree: 1 kB\nMemTotal:  2048 kB\n") == Memory(total_mib=2)


@pytest.mark.parametrize(
    "text", ["", "MemTotal: many kB", "MemTotal: 0 kB", "SwapTotal: 5 kB", "MemTotal: 99 MB"]
)
def test_text_without_a_total_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_meminfo(text)
