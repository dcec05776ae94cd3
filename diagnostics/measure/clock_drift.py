"""sys.rtc: whether the board's clock has a believable date, runs, and runs evenly. Linux only.

It tells whole seconds, so the moments at which it ticks are caught and compared with the monotonic
clock, whose quartz is another one.
"""

import time
from pathlib import Path

from diagnostics.collect.files import read_text
from diagnostics.endings import UnreadableReport
from diagnostics.measure.run import Run
from diagnostics.parse.numbers import whole_number
from station.checks import Measurement

RTC = "sys/class/rtc/rtc0/since_epoch"
_LOOK_EVERY_S = 0.01
_STOPPED_AFTER_S = 3.0


def watch_clock(run: Run) -> None:
    """Catch one tick, let the profile's time pass, catch another."""
    source = run.surroundings.root / RTC
    offset_s = _epoch(source) - round(time.time())
    run.note(Measurement("rtc_epoch_s", _epoch(source)), Measurement("rtc_offset_s", offset_s))
    known = run.measured
    first = _tick(run, source)
    if first is None:
        run.note(*known, Measurement("ticks", 0))
        return
    began = time.monotonic()
    while (passed_s := time.monotonic() - began) < run.budget.seconds:
        run.tell_time(passed_s, run.budget.seconds)
        run.rest(0.2)
    second = _tick(run, source)
    if second is None:
        run.note(*known, Measurement("ticks", 1))
        return
    drift_s = (second[0] - first[0]) - (second[1] - first[1])
    run.note(
        *known,
        Measurement("ticks", 2),
        Measurement("drift_ms", round(drift_s * 1000)),
        Measurement("watched_s", round(second[1] - first[1])),
    )


def _tick(run: Run, source: Path) -> tuple[int, float] | None:
    """The second that began, and the monotonic moment; None when none begins."""
    before, began = _epoch(source), time.monotonic()
    while time.monotonic() - began < _STOPPED_AFTER_S:
        run.rest(_LOOK_EVERY_S)
        now, at = _epoch(source), time.monotonic()
        if now != before:
            return now, at
    return None


def _epoch(source: Path) -> int:
    said = whole_number(read_text(source))
    if said is None:
        raise UnreadableReport(str(source))
    return said
