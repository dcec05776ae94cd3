"""The sources of Windows 10 and newer. None was at hand: docs/windows.md says what was not tried.

Nothing here needs an administrator; what only one may ask ends as not permitted, and the rest
stands.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from diagnostics.assemble import assemble
from diagnostics.collect import portable
from diagnostics.collect.once import Once
from diagnostics.collect.powershell import POWERSHELL, read_classes
from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.smartctl_windows import read_health
from diagnostics.collect.source import Answer, Raw, Source
from diagnostics.endings import ReadingFailed, SourceMissing
from diagnostics.parse.powercfg import parse_powercfg
from diagnostics.parse.wmi_machine import SECTIONS, WANTED, WmiReport
from station.machine import Battery, Clock, Disk, Machine, Reading

LIMIT_S = 60.0  # PowerShell alone takes ten seconds on an old hard disk
POWERCFG_LIMIT_S = 20.0
_NAME = "PowerShell CIM"
_RAW = "cim-json.json"

Classes = Callable[[], tuple[WmiReport, bytes]]


@dataclass(frozen=True)
class Tools:
    """The programs that are asked, as the start of their commands; tests put others here."""

    powershell: Sequence[str] = POWERSHELL
    powercfg: Sequence[str] = ("powercfg.exe",)
    smartctl: Sequence[str] = ("smartctl.exe",)


def windows_sources(tools: Tools | None = None, limit_s: float = LIMIT_S) -> tuple[Source, ...]:
    """Every section by PowerShell; by psutil and py-cpuinfo what it leaves out."""
    asked = tools or Tools(smartctl=(_smartctl(),))
    classes = Once(partial(read_classes, asked.powershell, limit_s))
    cim = [
        Source(section, _NAME, partial(_section, section, classes), limit_s)
        for section in SECTIONS
        if section != "batteries"
    ]
    power = partial(read_batteries, classes, asked.powercfg)
    health = partial(read_health, asked.smartctl, limit_s, partial(_disks, classes))
    return (
        *cim,
        Source("batteries", f"{_NAME}, powercfg", power, limit_s + POWERCFG_LIMIT_S),
        Source("smart", "smartctl", health, limit_s * 2),  # it waits for the names of the disks
        Source("cpus", "py-cpuinfo", portable.read_processor, limit_s),
        Source("memory", "psutil", portable.read_memory, limit_s),
        Source("network", "psutil", partial(_if_silent, classes, portable.read_network), limit_s),
        Source("clock", "psutil", read_clock, limit_s),
    )


def _smartctl() -> str:
    """Where the installer of smartmontools puts it; else the PATH decides."""
    programs = Path(os.environ.get("PROGRAMFILES", "C:\\Program Files"))
    installed = programs / "smartmontools" / "bin" / "smartctl.exe"
    return str(installed) if installed.is_file() else "smartctl.exe"


def _section(section: str, classes: Classes) -> Answer:
    """One section's facts out of the shared answer."""
    report, data = classes()
    reading = report.reading_of(WANTED[section])
    part = SECTIONS[section](report.objects)
    if part == Machine() and reading is Reading.MISSING:
        raise SourceMissing(section)
    raw = (Raw(_RAW, data),) if section == "system" else ()
    return Answer(part, reading, raw)


def _disks(classes: Classes) -> tuple[Disk, ...]:
    """The disks by their classes; none where PowerShell failed."""
    try:
        report, _ = classes()
    except ReadingFailed:
        return ()
    return SECTIONS["storage"](report.objects).storage


def _if_silent(classes: Classes, read: Callable[[], Answer]) -> Answer:
    """The library's answer where PowerShell gave none: it names the same things otherwise."""
    try:
        classes()
    except ReadingFailed:
        return read()
    raise SourceMissing("PowerShell said it already")


def read_batteries(classes: Classes, powercfg: Sequence[str]) -> Answer:
    """The batteries by their classes; what those leave out by powercfg, else psutil's charge."""
    try:
        known = _section("batteries", classes)
    except ReadingFailed:
        return _without_classes(powercfg)
    if all(map(_is_complete, known.part.batteries)):
        return replace(known, part=_named(known.part))
    try:
        more = read_powercfg(powercfg)
    except ReadingFailed:
        return replace(known, part=_named(known.part))
    part = assemble((known.part, more.part))
    return Answer(_named(part), Reading.OK, (*known.raw, *more.raw))


def _without_classes(powercfg: Sequence[str]) -> Answer:
    try:
        more = read_powercfg(powercfg)
    except ReadingFailed:
        return portable.read_batteries()
    return replace(more, part=_named(more.part))


def _is_complete(battery: Battery) -> bool:
    return bool(battery.design_capacity_mwh and battery.full_capacity_mwh)


def _named(part: Machine) -> Machine:
    """BAT0, BAT1: Windows has no names for them, and verdicts need one."""
    named = (
        msgspec.structs.replace(battery, name=f"BAT{number}")
        for number, battery in enumerate(part.batteries)
    )
    return msgspec.structs.replace(part, batteries=tuple(named))


def read_powercfg(powercfg: Sequence[str]) -> Answer:
    """Have the battery report written into a folder of our own, and read it."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "battery.xml"
        wanted = ("/batteryreport", "/xml", "/output", str(report), "/duration", "1")
        run_tool([*powercfg, *wanted], POWERCFG_LIMIT_S)
        if not report.is_file():  # a machine without a battery, or Windows 7
            raise SourceMissing("powercfg wrote no battery report")
        data = report.read_bytes()
    return Answer(parse_powercfg(data), raw=(Raw("powercfg-xml.xml", data),))


def read_clock() -> Answer:
    """The system's clock and how long it has been up."""
    import psutil  # noqa: PLC0415 -- slow to load

    now = time.time()
    return Answer(Machine(clock=Clock(int(now), None, int(now - psutil.boot_time()))))
