"""Full charge against design, in whatever units one battery gives the two."""

from math import isfinite

from diagnostics.judge.policy import BatteryRule
from station.machine import Battery


def health_of(battery: Battery) -> int | None:
    """Full as whole percents of design; what the source itself divided where it gives no more."""
    pair = _pair(battery)
    if pair is not None:
        full, design = pair
        return full * 100 // design
    said = battery.health_percent
    return None if said is None or not isfinite(said) else int(said)


def is_plausible_size(battery: Battery, rule: BatteryRule) -> bool:
    """Whether a machine could run from its design: units go wrong a thousandfold."""
    energy, charge = battery.design_capacity_mwh, battery.design_capacity_mah
    if energy is None and charge is not None and battery.design_voltage_mv:
        energy = _energy(charge, battery.design_voltage_mv)
    if energy is not None:
        return rule.least_design_mwh <= energy <= rule.most_design_mwh
    return charge is None or rule.least_design_mah <= charge <= rule.most_design_mah


def learned(battery: Battery, rule: BatteryRule) -> bool:
    """Exactly as full as designed is true of a young battery, else of a gauge that never looks."""
    pair = _pair(battery)
    if pair is None or pair[0] != pair[1]:
        return True
    return 0 < (battery.cycles or 0) <= rule.unlearned_cycles


def _pair(battery: Battery) -> tuple[int, int] | None:
    """Full and design in energy, else in charge, else brought together by the design voltage."""
    energy = (battery.full_capacity_mwh, battery.design_capacity_mwh)
    charge = (battery.full_capacity_mah, battery.design_capacity_mah)
    for full, design in (energy, charge, _mixed(battery)):
        if full is not None and design is not None and design > 0:
            return full, design
    return None


def _mixed(battery: Battery) -> tuple[int | None, int | None]:
    voltage = battery.design_voltage_mv
    if voltage is None:
        return None, None
    full, design = battery.full_capacity_mwh, battery.design_capacity_mwh
    if full is None and battery.full_capacity_mah is not None:
        full = _energy(battery.full_capacity_mah, voltage)
    if design is None and battery.design_capacity_mah is not None:
        design = _energy(battery.design_capacity_mah, voltage)
    return full, design


def _energy(charge_mah: int, voltage_mv: int) -> int:
    """Milliwatt-hours."""
    return charge_mah * voltage_mv // 1000
