"""The batteries and the charger, from `upower -d`, `upower -i` or `upower --dump`.

UPower writes watt-hours, volts and percents in the language of the account: 53.4052 or 53,4052.
"""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse.battery_words import status_word
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import whole_number
from diagnostics.parse.sections import sections
from station.machine import Battery, Machine
from station.placeholders import fact

_HEAD = re.compile(  # one device by -i has no line above its path; the sum of all has no path
    r"^(?:Device: .{0,300}\n)?  native-path:[ \t]*(.{0,200})|^Device: |^Daemon:", re.MULTILINE
)
_KIND = re.compile(r"^  (battery|line-power)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^ {2,9}([a-z][a-z -]{1,30}):[ \t]*(.{0,200})", re.MULTILINE)
_FIGURE = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,12})?) ?(Wh|V|%|degrees C)")

Lines = dict[str, str]


def parse_upower(text: str) -> Machine:
    """The machine's own batteries, and whether a charger feeds it."""
    devices = [
        (kind[1], {line[1]: line[2].strip() for line in _LINE.finditer(below)}, fact(head[1]))
        for head, below in sections(_HEAD, text)
        if head[1] is not None and (kind := _KIND.search(below))
    ]
    if not devices and "UPower" not in text and "daemon-version" not in text:
        raise UnreadableReport("no device of UPower in this output")
    plugged = [lines.get("online") == "yes" for kind, lines, _ in devices if kind == "line-power"]
    return Machine(
        batteries=tuple(
            _battery(path, lines)
            for kind, lines, path in devices
            if kind == "battery" and _own(lines)
        ),
        on_mains=any(plugged) if plugged else None,
    )


def _own(lines: Lines) -> bool:
    """In its bay, and feeding the machine rather than a mouse."""
    return lines.get("present") != "no" and lines.get("power supply") != "no"


def _battery(path: str | None, lines: Lines) -> Battery:
    charge, health = _figure(lines, "percentage", "%"), _figure(lines, "capacity", "%")
    temperature = _figure(lines, "temperature", "degrees C")
    return Battery(
        name=path.rpartition("/")[2] if path else None,  # older ones write the whole sysfs path
        manufacturer=fact(lines.get("vendor")),
        model=fact(lines.get("model")),
        serial_number=fact(lines.get("serial")),
        chemistry=fact(lines.get("technology")),
        design_capacity_mwh=_thousands(lines, "energy-full-design", "Wh"),
        full_capacity_mwh=_thousands(lines, "energy-full", "Wh"),
        voltage_mv=_thousands(lines, "voltage", "V"),
        cycles=whole_number(lines.get("charge-cycles")),
        charge_percent=None if charge is None else round(charge),
        health_percent=health or None,
        temperature_tenths_c=round(temperature * 10) if temperature else None,
        status=status_word(lines.get("state")),
    )


def _figure(lines: Lines, key: str, unit: str) -> float | None:
    figure = _FIGURE.fullmatch(lines.get(key, ""))
    return float(figure[1].replace(",", ".")) if figure and figure[2] == unit else None


def _thousands(lines: Lines, key: str, unit: str) -> int | None:
    """Watt-hours in milliwatt-hours, volts in millivolts; zero says that nobody measured."""
    figure = _figure(lines, key, unit)
    return (round(figure * 1000) or None) if figure is not None else None


def facts_of(data: bytes) -> Machine:
    """The facts of a saved output."""
    return parse_upower(text_of(data))
