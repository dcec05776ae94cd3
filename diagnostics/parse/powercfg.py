"""The batteries, from `powercfg /batteryreport /xml`: Windows 8 and newer.

The page that people know (`/batteryreport` alone) writes 83,995 mWh or 52.500 mWh as the language
does, and `-` for cycles that nobody counted; the XML has bare numbers. Both ways are read.
"""

import re
from xml.parsers import expat

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import LARGEST
from diagnostics.parse.numbers import whole_number
from diagnostics.parse.wmi_dates import iso_day
from station.machine import Battery, Machine
from station.placeholders import fact

_ROOT, _LIST, _ITEM = "BatteryReport", "Batteries", "Battery"
_MOST = 32  # batteries and characters of a text: no machine has more
_LONGEST = 1024
_DEEPEST = 64
_GROUPED = re.compile(r"([0-9]{1,3}(?:[.,'\s][0-9]{3}){0,4}|[0-9]{1,9})(?:\s?m[WA]h)?")
_ISO_START = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Properties = dict[str, str]


def parse_powercfg(data: bytes) -> Machine:
    """The batteries of one report; a machine without any has an empty list."""
    if len(data) > LARGEST:
        raise UnreadableReport("longer than any battery report")
    found = _Batteries().read(data)
    return Machine(batteries=tuple(_battery(properties) for properties in found))


def _battery(said: Properties) -> Battery:
    """One battery; in a relative report the figures have no unit."""
    relative = said.get("RelativeCapacity", "0").strip() not in ("", "0")
    return Battery(
        model=fact(said.get("Id")),
        manufacturer=fact(said.get("Manufacturer")),
        serial_number=fact(said.get("SerialNumber")),
        chemistry=fact(said.get("Chemistry")),
        manufacture_date=_day(said.get("ManufactureDate", "")),
        design_capacity_mwh=None if relative else _capacity(said.get("DesignCapacity", "")),
        full_capacity_mwh=None if relative else _capacity(said.get("FullChargeCapacity", "")),
        cycles=whole_number(said.get("CycleCount")),
    )


def _capacity(text: str) -> int | None:
    """Milliwatt-hours, however the thousands are set apart; zero is nobody's capacity."""
    match = _GROUPED.fullmatch(text.strip())
    return int(re.sub("[^0-9]", "", match[1])) or None if match else None


def _day(text: str) -> str | None:
    return iso_day(text) if _ISO_START.match(text) else None


class _Batteries:
    """Reads what stands in BatteryReport/Batteries/Battery, and refuses what could grow."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._found: list[Properties] = []

    def read(self, data: bytes) -> list[Properties]:
        """The properties of each battery."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse  # without a DTD there are no entities
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # LookupError: its encoding
            raise UnreadableReport("the battery report is no XML") from error
        return self._found

    def _refuse(self, *_doctype: object) -> None:
        raise UnreadableReport("a battery report has no document type")

    def _start(self, name: str, _attributes: object) -> None:
        self._path.append(name.rpartition(" ")[2])
        if self._path[0] != _ROOT:
            raise UnreadableReport("no battery report")
        if len(self._path) > _DEEPEST:
            raise UnreadableReport("no battery report is this deep")
        if self._path == [_ROOT, _LIST, _ITEM]:
            self._found.append({})
            if len(self._found) > _MOST:
                raise UnreadableReport("no machine has this many batteries")

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if len(self._path) == 4 and self._path[:3] == [_ROOT, _LIST, _ITEM]:
            properties = self._found[-1]
            said = properties.get(self._path[3], "")
            properties[self._path[3]] = (said + text)[:_LONGEST]


def facts_of(data: bytes) -> Machine:
    """The facts of a saved report."""
    return parse_powercfg(data)
