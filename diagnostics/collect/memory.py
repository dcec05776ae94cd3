"""The memory the running system sees."""

from pathlib import Path

from diagnostics.collect.files import read_text
from diagnostics.collect.source import Answer
from diagnostics.parse.meminfo import parse_meminfo

FILE = "proc/meminfo"


def read_memory(root: Path) -> Answer:
    """How much memory there is for programs: less than the modules have by what firmware keeps."""
    return Answer(parse_meminfo(read_text(root / FILE)))
