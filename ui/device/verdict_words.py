"""How a device stands, as the chip beside its title."""

from collections.abc import Sequence

from station.device import Device, Stage
from station.reference import Reference, Table
from station.words import _, _n
from ui.coded_words import coded
from ui.device.gate_rows import GateRow
from ui.gate_words import standing
from ui.theme import Tone

JUDGED = frozenset({Stage.RECEIVED, Stage.ON_BENCH})  # where the gate says how a device stands
PASSED_ONCE = frozenset({Stage.READY, Stage.RESERVED})  # and where it may say so again


def device_verdict(
    device: Device, rows: Sequence[GateRow], reference: Reference
) -> tuple[Tone, str]:
    """The chip beside the title: held, how far from being given, or the stage."""
    if device.hold:
        reason = coded(Table.REASONS, device.hold, reference)
        return Tone.WARN, _("On hold: {reason}").format(reason=reason)
    left = sum(not row.met for row in rows)
    passed = device.stage in PASSED_ONCE and not left
    if device.stage not in JUDGED | PASSED_ONCE or not rows or passed:
        return standing(device, reference)
    if not left:
        return Tone.OK, _("Meets all conditions")
    tone = Tone.UNKNOWN if device.stage is Stage.RECEIVED else Tone.FAIL
    return tone, _n(
        "Not ready to give: {count} thing left", "Not ready to give: {count} things left", left
    ).format(count=left)
