"""The machine's clocks: of the system, of the board's battery, and how long it runs."""

import time
from pathlib import Path

from diagnostics.collect.files import read_attribute, read_text
from diagnostics.collect.source import Answer
from diagnostics.endings import ReadingFailed
from diagnostics.parse.numbers import amount
from station.machine import Clock, Machine

RTC = "sys/class/rtc/rtc0/since_epoch"  # as it stands: where Windows ruled, it shows local time
UPTIME = "proc/uptime"


def read_clock(root: Path) -> Answer:
    """The clocks side by side, read within one moment."""
    rtc = amount(read_attribute(root / RTC))
    clock = Clock(system_epoch_s=int(time.time()), rtc_epoch_s=rtc, uptime_s=_uptime(root))
    return Answer(Machine(clock=clock))


def _uptime(root: Path) -> int | None:
    try:
        return amount(read_text(root / UPTIME).partition(".")[0])
    except ReadingFailed:
        return None
