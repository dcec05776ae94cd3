"""The devices on the USB, from lsusb: one line each, and with -v what each says of itself below."""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import amount
from diagnostics.parse.sections import sections
from station.machine import Machine, UsbDevice
from station.placeholders import fact

_DEVICE = re.compile(
    r"^Bus [0-9]{3} Device [0-9]{3}: ID ([0-9a-f]{4}:[0-9a-f]{4})(.{0,500})", re.MULTILINE
)
_STRING = re.compile(r"^ +(iManufacturer|iProduct) +[0-9]+ (.{0,500})", re.MULTILINE)
_SPEED = re.compile(r"^ *Negotiated speed: [^(\n]{0,80}\(([0-9]{1,6})(G|M)bps\)", re.MULTILINE)


def parse_lsusb(text: str) -> Machine:
    """Every device, hubs of the machine itself too."""
    devices = tuple(_device(head, details) for head, details in sections(_DEVICE, text))
    if not devices:
        raise UnreadableReport("no USB device in this output")
    return Machine(usb=devices)


def _device(head: re.Match[str], details: str) -> UsbDevice:
    name = fact(head[2]) or _own_name(details)
    return UsbDevice(usb_id=head[1], name=name, speed_mbps=_speed_mbps(details))


def _own_name(details: str) -> str | None:
    """Maker and product in the device's words, where the list of lsusb does not know it."""
    said = {string[1]: fact(string[2]) for string in _STRING.finditer(details)}
    words = [said.get("iManufacturer"), said.get("iProduct")]
    return " ".join(word for word in words if word) or None


def _speed_mbps(details: str) -> int | None:
    speed = _SPEED.search(details)
    if speed is None:
        return None
    value = amount(speed[1])
    return value * 1000 if value and speed[2] == "G" else value


def facts_of(data: bytes) -> Machine:
    """The facts of a saved output."""
    return parse_lsusb(text_of(data))
