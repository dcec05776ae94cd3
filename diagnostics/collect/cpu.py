"""The processor, with its highest clock where the kernel can change clocks."""

from pathlib import Path

from diagnostics.collect.files import read_attribute, read_bytes
from diagnostics.collect.source import Answer, Raw
from diagnostics.parse.cpuinfo import parse_cpuinfo

FILE = "proc/cpuinfo"
_CLOCK = "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq"


def read_cpu(root: Path) -> Answer:
    """What /proc/cpuinfo says."""
    data = read_bytes(root / FILE)
    part = parse_cpuinfo(data.decode("utf-8", "replace"), read_attribute(root / _CLOCK))
    return Answer(part, raw=(Raw("cpuinfo.txt", data),))
