"""The processor, with its highest clock where the kernel can change clocks."""

from pathlib import Path

from diagnostics.collect.files import read_attributes, read_text
from diagnostics.collect.source import Answer
from diagnostics.parse.cpuinfo import parse_cpuinfo

FILE = "proc/cpuinfo"
_CLOCK = "sys/devices/system/cpu/cpu0/cpufreq"


def read_cpu(root: Path) -> Answer:
    """What /proc/cpuinfo says."""
    clock = read_attributes(root / _CLOCK, ["cpuinfo_max_freq"])
    return Answer(parse_cpuinfo(read_text(root / FILE), clock.values.get("cpuinfo_max_freq")))
