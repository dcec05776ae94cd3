"""bat.health: what the batteries still hold of their design, and when a gauge is not believed."""

from diagnostics.finding import Finding
from diagnostics.judge.policy import BatteryRule
from diagnostics.judge.silence import not_read, unknown
from station.checks import Measurement, Outcome
from station.machine import Battery, Machine, Reading

CHECK = "bat.health"
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


def battery_health(machine: Machine, rule: BatteryRule) -> Finding:
    """All batteries together; a desktop has none to judge."""
    reading = machine.reading_of("batteries")
    if reading is not Reading.OK:
        return not_read(CHECK, reading)
    if machine.batteries:
        return _health_of(machine.batteries, rule)
    if machine.system.chassis_type in ON_MAINS:
        return Finding(CHECK, Outcome.NOT_APPLICABLE)
    return unknown(CHECK, "battery_not_seen")


def _health_of(batteries: tuple[Battery, ...], rule: BatteryRule) -> Finding:
    """Full charge as a share of design."""
    capacities = _capacities(batteries)
    if capacities is None:
        return unknown(CHECK, "capacity_not_said")
    full, design = capacities
    health = Measurement("health_percent", full * 100 // design)
    if health.value > rule.implausible_percent:
        return unknown(CHECK, "gauge_implausible", health)
    if not all(_gauge_learned(battery, rule) for battery in batteries):
        return unknown(CHECK, "gauge_not_learning", health)
    if health.value >= rule.pass_percent:
        return Finding(CHECK, Outcome.PASS, measured=(health,))
    outcome = Outcome.WARN if health.value >= rule.warn_percent else Outcome.FAIL
    return Finding(CHECK, outcome, ("battery_worn",), (health,))


def _capacities(batteries: tuple[Battery, ...]) -> tuple[int, int] | None:
    """Sums of full and design, in energy if all batteries give it, else in charge."""
    energies = [(b.full_capacity_mwh, b.design_capacity_mwh) for b in batteries]
    charges = [(b.full_capacity_mah, b.design_capacity_mah) for b in batteries]
    for pairs in (energies, charges):
        known = [(full, design) for full, design in pairs if full and design]
        if len(known) == len(batteries):
            return sum(full for full, _ in known), sum(design for _, design in known)
    return None


def _gauge_learned(battery: Battery, rule: BatteryRule) -> bool:
    """Exactly as full as designed is true of a young battery, else of a gauge that never looks."""
    unchanged = (
        battery.full_capacity_mwh == battery.design_capacity_mwh
        and battery.full_capacity_mah == battery.design_capacity_mah
    )
    return not unchanged or 0 < (battery.cycles or 0) <= rule.unlearned_cycles
