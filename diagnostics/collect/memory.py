"""The memory the running system sees."""

from pathlib import Path

from diagnostics.collect.files import read_bytes
from diagnostics.collect.source import Answer, Raw
from diagnostics.parse.meminfo import parse_meminfo

FILE = "proc/meminfo"


def read_memory(root: Path) -> Answer:
    """How much memory there is for programs: less than the modules have by what firmware keeps."""
    data = read_bytes(root / FILE)
    part = parse_meminfo(data.decode("utf-8", "replace"))
    return Answer(part, raw=(Raw("meminfo.txt", data),))
