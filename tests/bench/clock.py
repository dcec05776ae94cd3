"""How long this process has lived and how much memory it holds."""

import os
import sys
import time
from pathlib import Path

import psutil


def seconds() -> float:
    """Seconds since this process began."""
    if sys.platform != "linux":
        return time.time() - psutil.Process().create_time()
    # psutil adds the whole second at which Linux says it was booted: up to one too many
    after_name = Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()
    began = int(after_name[19]) / os.sysconf("SC_CLK_TCK")  # field 22, in ticks since the boot
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began


def megabytes() -> float:
    """Resident memory of this process."""
    return float(psutil.Process().memory_info().rss / 1e6)


def report() -> None:
    """Print both."""
    print(f"{seconds():.3f} {megabytes():.1f}")  # noqa: T201 -- read by the bench
