"""The memory the running system sees, from /proc/meminfo."""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import amount, whole_number
from station.machine import Machine

_LINE = re.compile(r"^(MemTotal|SwapTotal):[ \t]*([0-9]{1,18})[ \t]*kB", re.MULTILINE)


def parse_meminfo(text: str) -> Machine:
    """Read /proc/meminfo, which counts in KiB and writes kB; no swap is a swap of zero."""
    totals = {line[1]: line[2] for line in _LINE.finditer(text)}
    total_kib = amount(totals.get("MemTotal"))
    if total_kib is None:
        raise UnreadableReport("no MemTotal in meminfo")
    swap_kib = whole_number(totals.get("SwapTotal"))
    return Machine(mem_total_kib=total_kib, swap_total_kib=swap_kib)


def facts_of(data: bytes) -> Machine:
    """The facts of a file /proc/meminfo."""
    return parse_meminfo(text_of(data))
