"""bat.health: what each battery still holds of its design, and when a gauge is not believed.

Batteries are judged one by one: a sum would let a good one hide a dead one. The words for wear go
beyond the outcome: both `battery_use_with_charger` and `battery_replace` fail, and a charger in the
kit makes up for either, but only the second asks for a new battery.
"""

from diagnostics.finding import Finding
from diagnostics.judge.battery_capacity import health_of, is_plausible_size, learned
from diagnostics.judge.policy import BatteryRule
from diagnostics.judge.silence import not_read, unknown
from station.checks import Measurement, Outcome
from station.machine import Battery, Machine, Reading

CHECK = "bat.health"
DANGEROUS = "battery_dangerous"
ON_MAINS = frozenset(  # chassis that never had a battery
    {
        "All In One",
        "Desktop",
        "Low Profile Desktop",
        "Main Server Chassis",
        "Mini PC",
        "Mini Tower",
        "Pizza Box",
        "Rack Mount Chassis",
        "Space-saving",
        "Tower",
    }
)
_DANGER_WORDS = frozenset({"dead", "overheat", "over voltage", "unspecified failure"})


def battery_health(machine: Machine, rule: BatteryRule) -> tuple[Finding, ...]:
    """One finding a battery, named where there are several; a desktop has none to judge."""
    reading = machine.reading_of("batteries")
    findings = sorted(
        (
            _verdict(battery, rule, _subject(place, machine.batteries))
            for place, battery in enumerate(machine.batteries)
        ),
        key=lambda finding: DANGEROUS not in finding.reasons,  # of two that fail it speaks first
    )
    if reading is not Reading.OK:  # there may be another one that did not answer
        return (*findings, not_read(CHECK, reading))
    if findings:
        return tuple(findings)
    if machine.system.chassis_type in ON_MAINS:
        return (Finding(CHECK, Outcome.NOT_APPLICABLE),)
    return (unknown(CHECK, "battery_not_seen"),)


def _subject(place: int, batteries: tuple[Battery, ...]) -> str:
    """What tells this one from the others."""
    if len(batteries) == 1:
        return ""
    return batteries[place].name or batteries[place].serial_number or str(place + 1)


def _verdict(battery: Battery, rule: BatteryRule, subject: str) -> Finding:
    if _dangerous(battery, rule):
        return Finding(CHECK, Outcome.FAIL, (DANGEROUS,), _heat(battery), subject)
    percent = health_of(battery)
    if percent is None:
        return unknown(CHECK, "capacity_not_said", subject=subject)
    health = Measurement("health_percent", percent)
    doubt = _doubt(battery, percent, rule)
    if doubt is not None:
        return unknown(CHECK, doubt, health, subject=subject)
    return _by_wear(health, rule, subject)


def _doubt(battery: Battery, percent: int, rule: BatteryRule) -> str | None:
    """Why the figures are not believed."""
    if not is_plausible_size(battery, rule):
        return "capacity_implausible"
    if not rule.least_believed_percent <= percent <= rule.implausible_percent:
        return "gauge_implausible"
    return None if learned(battery, rule) else "gauge_not_learning"


def _by_wear(health: Measurement, rule: BatteryRule, subject: str) -> Finding:
    if health.value >= rule.pass_percent:
        return Finding(CHECK, Outcome.PASS, (), (health,), subject)
    if health.value >= rule.warn_percent:
        return Finding(CHECK, Outcome.WARN, ("battery_worn",), (health,), subject)
    kept = health.value >= rule.replace_below_percent
    reason = "battery_use_with_charger" if kept else "battery_replace"
    return Finding(CHECK, Outcome.FAIL, (reason,), (health,), subject)


def _dangerous(battery: Battery, rule: BatteryRule) -> bool:
    """Hotter than any use makes it, or so in the words of its own gauge."""
    hot = (battery.temperature_tenths_c or 0) > rule.hottest_c * 10
    word = (battery.health_word or "").casefold().replace("_", " ")  # Android writes over_voltage
    return hot or word in _DANGER_WORDS


def _heat(battery: Battery) -> tuple[Measurement, ...]:
    tenths = battery.temperature_tenths_c
    return () if tenths is None else (Measurement("temperature_c", tenths // 10),)
