"""A device in words: its name, the line that tells it from others, and how it stands."""

from collections.abc import Sequence

from station.codes import grouped
from station.device import Device, Stage
from station.reference import Reference, Table
from station.words import _, _n
from ui.coded_words import coded, stage_tone, stage_word
from ui.day_words import day_words
from ui.gate_rows import GateRow
from ui.theme import Tone

JUDGED = frozenset({Stage.RECEIVED, Stage.ON_BENCH})  # where the gate says how a device stands
PASSED_ONCE = frozenset({Stage.READY, Stage.RESERVED})  # and where it may say so again


def device_name(device: Device, reference: Reference) -> str:
    """Maker and model, else its kind."""
    return device.name or coded(Table.KINDS, device.kind, reference)


def device_line(device: Device, reference: Reference) -> str:
    """Code and name, as a dialog names what it is about."""
    return f"{grouped(device.code)} · {device_name(device, reference)}"


def device_facts(device: Device, donor: str, reference: Reference) -> str:
    """The line under the title: code, kind, serial number, when it came and from whom."""
    kind = coded(Table.KINDS, device.kind, reference) if device.name else ""
    parts = (grouped(device.code), kind, _serial(device), _received(device, donor))
    return " · ".join(part for part in parts if part)


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
        return stage_tone(device.stage), stage_word(device.stage)
    if not left:
        return Tone.OK, _("Meets all conditions")
    tone = Tone.UNKNOWN if device.stage is Stage.RECEIVED else Tone.FAIL
    return tone, _n(
        "Not ready to give: {count} thing left", "Not ready to give: {count} things left", left
    ).format(count=left)


def _serial(device: Device) -> str:
    if device.serial is None:
        return _("no S/N yet")
    known = _("S/N {serial}") if device.serial_confirmed else _("S/N {serial} (not confirmed)")
    return known.format(serial=device.serial)


def _received(device: Device, donor: str) -> str:
    if device.received_on is None:
        return ""
    day = day_words(device.received_on)
    if not donor:
        return _("received {day}").format(day=day)
    return _("received {day} from {donor}").format(day=day, donor=donor)
