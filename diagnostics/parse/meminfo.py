"""The memory the running system sees, from /proc/meminfo."""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse.numbers import amount
from station.machine import Machine

_TOTAL = re.compile(r"^MemTotal:[ \t]*([0-9]+)[ \t]*kB", re.MULTILINE)


def parse_meminfo(text: str) -> Machine:
    """Read /proc/meminfo, which counts in KiB and writes kB."""
    match = _TOTAL.search(text)
    total_kib = amount(match[1]) if match else None
    if total_kib is None:
        raise UnreadableReport("no MemTotal in meminfo")
    return Machine(mem_total_kib=total_kib)


def facts_of(data: bytes) -> Machine:
    """The facts of a file /proc/meminfo."""
    return parse_meminfo(data.decode("utf-8", "replace"))
