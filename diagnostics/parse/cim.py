"""What our own PowerShell prints of Windows' classes: JSON of `Get-CimInstance`.

    {"format": 1, "admin": false,
     "classes": {"Win32_BIOS": {…}, "Win32_DiskDrive": [{…}, {…}]},
     "missed": {"Win32_Tpm": "not_permitted"}}

One object stands alone, several in a list; a date is `/Date(…)/`, ISO, or an object around one of
them; PowerShell 5 wraps some lists as `{"value": […], "Count": 2}`.
"""

import json
from collections.abc import Mapping
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import WmiReport, machine_of, reading_word
from diagnostics.parse.wmi_object import Value, WmiObject
from station.machine import Machine

_FORMAT = 1
_DEEPEST = 4  # objects around a value


def parse_cim(text: str) -> Machine:
    """What all the classes say of the machine."""
    return machine_of(report_of(text).objects)


def report_of(text: str) -> WmiReport:
    """The report, class by class."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("PowerShell printed no JSON") from error
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise UnreadableReport("not the facts that our PowerShell prints")
    classes = _mapping(said.get("classes"))
    return WmiReport(
        objects={name: _objects(value) for name, value in classes.items()},
        missed={name: reading_word(str(why)) for name, why in _mapping(said.get("missed")).items()},
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


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
