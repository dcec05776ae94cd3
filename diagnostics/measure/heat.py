"""thm.fan: what temperatures and fans do at rest, under the load of cpu.stress, and after it.

It makes no load of its own: it watches the phases of cpu.stress.
"""

from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from diagnostics.measure.cpu_stress import CHECK as LOAD
from diagnostics.measure.run import NotPossible, Run
from station.checks import Measurement
from station.machine import Machine, Temperature

_ABSURD_TENTHS = 1300  # a thermometer that shows more is none; the same below freezing
_LAST = 5  # samples


@dataclass
class _Curve:
    """The hottest thermometer and the fastest fan of each moment of one phase."""

    tenths_c: list[int] = field(default_factory=list)
    rpm: list[int] = field(default_factory=list)

    def take(self, seen: Machine) -> None:
        """One more moment."""
        tenths = [t.celsius_tenths for t in seen.temperatures if _believed(t)]
        if tenths:
            self.tenths_c.append(max(value for value in tenths if value is not None))
        rpm = [fan.rpm for fan in seen.fans if fan.rpm is not None]
        if rpm:
            self.rpm.append(max(rpm))


def _believed(thermometer: Temperature) -> bool:
    value = thermometer.celsius_tenths
    return value is not None and 0 < value < _ABSURD_TENTHS


def watch_heat(run: Run) -> None:
    """Sample each second until the load is over and the rest after it too."""
    first = run.surroundings.read_heat()
    if not any(_believed(thermometer) for thermometer in first.temperatures):
        raise NotPossible("no_thermometer" if not first.fans else "no_temperature")
    curves = {phase: _Curve() for phase in ("idle", "load", "after")}
    curves["idle"].take(first)
    began, over_at, load_s = monotonic(), None, 0.0
    while over_at is None or monotonic() - over_at < run.budget.recover_s:
        run.rest(run.surroundings.look_every_s)
        phase = run.phases.of(LOAD) or "idle"
        if phase in ("after", "ended") and over_at is None:
            over_at = monotonic()
        load_s += run.surroundings.look_every_s if phase == "load" else 0
        seen = run.surroundings.read_heat()
        curves["after" if phase == "ended" else phase].take(seen)
        run.note(*_figures(curves, load_s, seen))
        run.tell_time(monotonic() - began, run.budget.seconds + run.budget.recover_s)


def _figures(curves: dict[str, _Curve], load_s: float, seen: Machine) -> list[Measurement]:
    idle, load, after = curves["idle"], curves["load"], curves["after"]
    limits = [t.critical_tenths for t in seen.temperatures if _believed(t) and t.critical_tenths]
    peaks = load.tenths_c + after.tenths_c[:_LAST]
    told = {
        "idle_tenths_c": min(idle.tenths_c, default=None),
        "peak_tenths_c": max(peaks, default=None),
        "after_tenths_c": after.tenths_c[-1] if after.tenths_c else None,
        "critical_tenths_c": min(limits, default=None),
        "idle_rpm": round(median(idle.rpm)) if idle.rpm else None,
        "peak_rpm": max(load.rpm + after.rpm, default=None),
        "after_rpm": after.rpm[-1] if after.rpm else None,
        "load_s": round(load_s),
    }
    return [Measurement(name, value) for name, value in told.items() if value is not None]
