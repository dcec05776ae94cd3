"""WMI objects as text: `wmic … get /format:list`, `Get-WmiObject | Format-List`, our own collector.

A block of `Property=value` or `Property : value` lines an object. The class stands in `__CLASS` or
`CreationClassName`; where neither does, the properties tell it.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import unescape

from diagnostics.endings import UnreadableReport
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import (
    ASKED,
    WmiReport,
    machine_of,
    objects_of,
    reading_word,
)
from diagnostics.parse.wmi_object import Objects, Value, WmiObject
from station.machine import Machine, Reading

_PROPERTY = re.compile(r"(\w{1,80})\s{0,80}[=:](.*)")
_NEW_LINE = re.compile(r"\r*\n|\r+")  # wmic into a pipe ends its lines with two returns
_LIST_PART = re.compile(r'\s*(?:"([^"]*)"|([^,"]*))\s*(?:,|$)')


def parse_wmi(text: str) -> Machine:
    """What the objects of a dump say of the machine."""
    return machine_of(report_of(text).objects)


def report_of(text: str) -> WmiReport:
    """The objects by class, and what our collector noted of the classes that it asked for."""
    found = dict(_objects(text))
    asked = {said.said("Class"): reading_word(said.said("Ended")) for said in found.pop(ASKED, ())}
    for name, ended in asked.items():
        if ended is Reading.OK:
            found.setdefault(name, ())
    return WmiReport(found, {n: ended for n, ended in asked.items() if ended is not Reading.OK})


def _objects(text: str) -> Objects:
    """The objects by class; raises UnreadableReport where there is none that we know."""
    found = objects_of(WmiObject(block) for block in _blocks(text))
    if not found:
        raise UnreadableReport("no WMI object of a class that is read here")
    return found


def _blocks(text: str) -> Iterator[dict[str, Value]]:
    """A block ends at an empty line, or where a property stands a second time."""
    block: dict[str, Value] = {}
    for line in _NEW_LINE.split(text):
        match = _PROPERTY.match(line)
        if block and (not line.strip() or (match and match[1] in block)):
            yield block
            block = {}
        if match:
            block[match[1]] = _value(match[2].strip())
    if block:
        yield block


def _value(text: str) -> Value:
    """A list stands in braces; wmic escapes as in XML."""
    said = unescape(text)
    if not (said.startswith("{") and said.endswith("}")):
        return said
    parts = _LIST_PART.findall(said[1:-1])
    return tuple(part for part in (quoted or bare.strip() for quoted, bare in parts) if part)


def facts_of(data: bytes) -> Machine:
    """The facts of a saved dump."""
    return parse_wmi(decoded(data))
