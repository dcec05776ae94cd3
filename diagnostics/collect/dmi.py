"""Maker, model, serials and memory modules, from the firmware's DMI tables.

dmidecode reads all of them and needs root; sysfs gives a few strings to anyone.
"""

import re
from pathlib import Path

import msgspec

from diagnostics.collect.files import entries, read_attributes
from diagnostics.collect.run_tool import ToolOutput, run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.dmi_sysfs import BIOS, BOARD, CHASSIS_FILE, DATE_FILE, SYSTEM, parse_dmi
from station.machine import Machine

FOLDER = "sys/class/dmi/id"
_NO_TABLES = "No SMBIOS nor DMI entry point found"
_VERSION = re.compile(r"# dmidecode (\S{1,20})")


def read_dmi(root: Path) -> Answer:
    """The system's names; NOT_PERMITTED, with all other facts, when the serials are denied."""
    folder = root / FOLDER
    entries(folder)  # says why, when there is no folder to look into
    names = [*SYSTEM.values(), *BOARD.values(), *BIOS.values(), CHASSIS_FILE, DATE_FILE]
    files = read_attributes(folder, names)
    if not files.values and not files.denied:
        raise SourceMissing(str(folder))
    raw = Raw("dmi-sysfs.json", msgspec.json.encode(files.values))
    return Answer(parse_dmi(files.values), files.reading, (raw,))


def read_dmidecode(dmidecode: str, limit_s: float) -> Answer:
    """All tables, by dmidecode; a machine without tables has no such source."""
    from diagnostics.parse.dmidecode import parse_dmidecode  # noqa: PLC0415 -- loaded beside others

    output = run_tool([dmidecode], limit_s)
    if output.status != 0 or _NO_TABLES in output.text:
        raise _refusal(dmidecode, output)
    version = _VERSION.match(output.text)
    raw = Raw("dmidecode-text.txt", output.data)
    part = without_batteries(parse_dmidecode(output.text))
    return Answer(part, raw=(raw,), tool_version=version[1] if version else "")


def without_batteries(tables: Machine) -> Machine:
    """What the tables add to a machine that is read by other sources too.

    The firmware lists batteries under names of its own, also some that are long gone. Beside the
    kernel's or Windows' list each would count twice, and the second one would have no health.
    """
    return msgspec.structs.replace(tables, batteries=())


def _refusal(tool: str, output: ToolOutput) -> Exception:
    """Why there are no tables: not for this account, no such memory here, or broken."""
    said = output.text + output.complaints
    if "Permission denied" in said or "Operation not permitted" in said:
        return NotPermitted(tool)
    if _NO_TABLES in said or "/dev/mem: No such file" in said:
        return SourceMissing(tool)
    return UnreadableReport(f"{tool} ended with status {output.status}")
