"""What our own PowerShell prints of Windows' classes: JSON of `Get-CimInstance`.

    {"format": 1, "admin": false,
     "classes": {"Win32_BIOS": {…}, "Win32_DiskDrive": [{…}, {…}]},
     "missed": {"Win32_Tpm": "not_permitted"}}

One object stands alone, several in a list; a date is `/Date(…)/`, ISO, or an object around one of
them; PowerShell 5 wraps some lists as `{"value": […], "Count": 2}`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import machine_of
from diagnostics.parse.wmi_object import Objects, Value, WmiObject
from station.machine import Machine, Reading

_FORMAT = 1
_DEEPEST = 4  # objects around a value


@dataclass(frozen=True)
class CimReport:
    """The objects that answered by class, and how the other classes ended."""

    objects: Objects
    missed: Mapping[str, Reading]
    admin: bool | None = None

    def reading_of(self, classes: Iterable[str]) -> Reading:
        """How asking for these ended: OK, or the first that was refused or broke.

        A class that this version of Windows does not have is no loss: another one stands in.
        """
        asked = tuple(classes)
        if not any(name in self.objects for name in asked):
            return next((self.missed[n] for n in asked if n in self.missed), Reading.MISSING)
        losses = (self.missed.get(name, Reading.OK) for name in asked)
        return next((r for r in losses if r not in (Reading.OK, Reading.MISSING)), Reading.OK)


def parse_cim(text: str) -> Machine:
    """What all the classes say of the machine."""
    return machine_of(report_of(text).objects)


def report_of(text: str) -> CimReport:
    """The report, class by class."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("PowerShell printed no JSON") from error
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise UnreadableReport("not the facts that our PowerShell prints")
    classes = _mapping(said.get("classes"))
    admin = said.get("admin")
    return CimReport(
        objects={name: _objects(value) for name, value in classes.items()},
        missed={name: _reading(why) for name, why in _mapping(said.get("missed")).items()},
        admin=admin if isinstance(admin, bool) else None,
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _reading(why: object) -> Reading:
    return next((reading for reading in Reading if reading == why), Reading.UNREADABLE)


def _objects(said: object) -> tuple[WmiObject, ...]:
    listed = said if isinstance(said, list) else [said]
    return tuple(WmiObject(_properties(item)) for item in listed if isinstance(item, dict))


def _properties(said: Mapping[str, object]) -> dict[str, Value]:
    values = ((name, _value(value, _DEEPEST)) for name, value in said.items())
    return {name: value for name, value in values if value is not None}


def _value(said: object, deepest: int) -> Value | None:
    """The value as WMI's text would have it."""
    if isinstance(said, dict):
        return _value(said.get("value"), deepest - 1) if deepest else None
    if isinstance(said, list):
        parts = (_scalar(part) for part in said)
        return tuple(part for part in parts if part is not None)
    return _scalar(said)


def _scalar(said: object) -> str | None:
    if isinstance(said, str):
        return said
    if isinstance(said, float):
        return str(int(said)) if said.is_integer() else None
    if isinstance(said, int):  # True and False too
        return _digits(said)
    return None


def _digits(said: int) -> str | None:
    """Python refuses to write a number of thousands of digits."""
    return str(said) if abs(said) < 10**30 else None


def facts_of(data: bytes) -> Machine:
    """The facts of saved JSON."""
    return parse_cim(decoded(data))
