"""The memory the running system sees, from /proc/meminfo."""

import re
from pathlib import Path

from diagnostics.endings import UnreadableReport
from diagnostics.files import read_text
from diagnostics.numbers import amount
from diagnostics.source import Answer
from station.machine import Memory

FILE = "proc/meminfo"
_TOTAL = re.compile(r"^MemTotal:[ \t]*([0-9]+)[ \t]*kB", re.MULTILINE)


def read_meminfo(root: Path) -> Answer:
    """How much memory there is for programs: less than the modules have by what firmware keeps."""
    return Answer(parse_meminfo(read_text(root / FILE)))


def parse_meminfo(text: str) -> Memory:
    """Read /proc/meminfo, which counts in KiB and writes kB."""
    match = _TOTAL.search(text)
    total_kib = amount(match[1]) if match else None
    if total_kib is None:
        raise UnreadableReport("no MemTotal in meminfo")
    return Memory(total_mib=total_kib // 1024)
