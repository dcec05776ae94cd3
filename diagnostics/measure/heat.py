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

    hottest: list[Temperature] = field(default_factory=list)
    rpm: list[int] = field(default_factory=list)

    @property
    def tenths_c(self) -> list[int]:
        """What it showed."""
        return [_tenths(thermometer) for thermometer in self.hottest]

    def take(self, seen: Machine) -> None:
        """One more moment."""
        believed = [thermometer for thermometer in seen.temperatures if _believed(thermometer)]
        if believed:
            self.hottest.append(max(believed, key=_heat))
        rpm = [fan.rpm for fan in seen.fans if fan.rpm is not None]
        if rpm:
            self.rpm.append(max(rpm))


def _believed(thermometer: Temperature) -> bool:
    return 0 < _tenths(thermometer) < _ABSURD_TENTHS


def _tenths(thermometer: Temperature) -> int:
    return thermometer.celsius_tenths or 0


def _heat(thermometer: Temperature) -> tuple[bool, int]:
    """One at its own limit before all others: a disk's limit is lower than a processor's."""
    limit = thermometer.critical_tenths or _ABSURD_TENTHS
    return _tenths(thermometer) >= limit, _tenths(thermometer)


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
        run.note(*_figures(curves, load_s))
        run.tell_time(monotonic() - began, run.budget.seconds + run.budget.recover_s)


def _figures(curves: dict[str, _Curve], load_s: float) -> list[Measurement]:
    idle, load, after = curves["idle"], curves["load"], curves["after"]
    peak = max(load.hottest + after.hottest[:_LAST], key=_heat, default=None)
    told = {
        "idle_tenths_c": min(idle.tenths_c, default=None),
        "peak_tenths_c": peak.celsius_tenths if peak else None,
        "after_tenths_c": after.tenths_c[-1] if after.tenths_c else None,
        "critical_tenths_c": (peak.critical_tenths or None) if peak else None,
        "idle_rpm": round(median(idle.rpm)) if idle.rpm else None,
        "peak_rpm": max(load.rpm + after.rpm, default=None),
        "after_rpm": after.rpm[-1] if after.rpm else None,
        "load_s": round(load_s),
    }
    return [Measurement(name, value) for name, value in told.items() if value is not None]
