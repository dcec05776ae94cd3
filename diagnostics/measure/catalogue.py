"""The catalogue of tests: which there are, what each needs, and what it must have for itself.

In this order they begin, as far as their resources are free. What needs a person stands here too:
the plan names it as not run, and nothing here ever says that it passed.
"""

import os
import sys

from diagnostics.collect.programs import tool_path
from diagnostics.judge.storage_type import is_internal
from diagnostics.measure.clock_drift import watch_clock
from diagnostics.measure.cpu_stress import stress_cpu
from diagnostics.measure.error_log import compare_errors
from diagnostics.measure.heat import watch_heat
from diagnostics.measure.memory_test import (
    STRESSAPPTEST,
    measure_by_stressapptest,
    measure_memory,
)
from diagnostics.measure.plan import Powers
from diagnostics.measure.self_test import test_itself
from diagnostics.measure.spec import Level, TrialSpec
from diagnostics.measure.speed import measure_speed
from diagnostics.measure.surface import estimate_surface, measure_surface
from diagnostics.measure.wifi_scan import adapters, scan_wifi
from station.machine import Disk, Machine

_LINUX = ("linux",)
_NOT_A_DRIVE = ("optical", "raid", "loop", "rom")


def disks(machine: Machine) -> tuple[str, ...]:
    """The internal drives by name. What is plugged in is not ours to load: we may run from it."""
    names = [disk.name for disk in machine.storage if disk.name and _is_drive(disk)]
    return tuple(dict.fromkeys(names))


def _is_drive(disk: Disk) -> bool:
    return is_internal(disk) and disk.device_type not in _NOT_A_DRIVE and disk.capacity_bytes != 0


def _by_person(check: str, level: Level) -> TrialSpec:
    return TrialSpec(check, level)


CATALOGUE: tuple[TrialSpec, ...] = (
    # Speed needs a quiet processor beside its disk: under load it would be the load's speed.
    TrialSpec("sto.speed", run=measure_speed, subjects=disks, exclusive=("disk:{subject}", "cpu")),
    TrialSpec("cpu.stress", run=stress_cpu, exclusive=("cpu",)),
    TrialSpec("thm.fan", run=watch_heat, systems=_LINUX, beside="cpu.stress"),
    TrialSpec("mem.pattern", run=measure_memory, exclusive=("memory", "cpu")),
    TrialSpec(
        "mem.pattern",
        line="mem.pattern-stressapptest",
        run=measure_by_stressapptest,
        subjects=lambda _machine: (STRESSAPPTEST,),
        tools=(STRESSAPPTEST,),
        optional=True,
        exclusive=("memory", "cpu"),
    ),
    TrialSpec(
        "sto.surface",
        run=measure_surface,
        subjects=disks,
        exclusive=("disk:{subject}",),
        after=("sto.speed",),
        estimate=estimate_surface,
    ),
    TrialSpec(  # a drive that is read meanwhile puts its own test off
        "sto.selftest",
        run=test_itself,
        subjects=disks,
        admin=True,
        tools=("smartctl", "nvme"),
        exclusive=("disk:{subject}",),
        after=("sto.speed",),
    ),
    TrialSpec(
        "net.wifi",
        run=scan_wifi,
        subjects=adapters,
        tools=("nmcli", "iw"),
        systems=_LINUX,
        exclusive=("wifi",),
    ),
    TrialSpec("sys.rtc", run=watch_clock, systems=_LINUX),
    TrialSpec("hw.errlog", run=compare_errors, systems=_LINUX, last=True),
    _by_person("kbd.matrix", Level.ASSISTED),
    _by_person("cam.frames", Level.ASSISTED),
    _by_person("aud.loop", Level.ASSISTED),
    _by_person("dsp.pixels", Level.INTERACTIVE),
    _by_person("pwr.charge", Level.ASSISTED),
    _by_person("tp.touchpad", Level.ASSISTED),
    _by_person("usb.ports", Level.ASSISTED),
    _by_person("phys.visual", Level.INTERACTIVE),
)


def powers_here() -> Powers:
    """What this account can do on the running system."""
    named = {tool for spec in CATALOGUE for tool in spec.tools}
    found = frozenset(tool for tool in named if tool_path(tool))
    return Powers(sys.platform, _is_admin(), found)


def _is_admin() -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- only Windows asks it

        return bool(ctypes.windll.shell32.IsUserAnAdmin())
    return os.geteuid() == 0
