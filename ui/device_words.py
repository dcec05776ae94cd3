"""A device in words: its name, and the line that tells it from others."""

from station.codes import grouped
from station.device import Device
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded
from ui.day_words import day_words


def device_name(device: Device, reference: Reference) -> str:
    """Maker and model, else its kind."""
    return device.name or coded(Table.KINDS, device.kind, reference)


def device_line(device: Device, reference: Reference) -> str:
    """Code and name, as a dialog names what it is about."""
    return f"{grouped(device.code)} · {device_name(device, reference)}"


def device_facts(device: Device, donor: str, reference: Reference, technician: str = "") -> str:
    """The line under the title: code, kind, serial number, whence it came, who works at it."""
    kind = coded(Table.KINDS, device.kind, reference) if device.name else ""
    at_it = _("{name} works at it").format(name=technician) if technician else ""
    promised = device.promised
    gift = _("direct gift for {case}").format(case=grouped(promised)) if promised else ""
    told = (_serial(device), _received(device, donor), gift, at_it)
    parts = (grouped(device.code), kind, *told)
    return " · ".join(part for part in parts if part)


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
