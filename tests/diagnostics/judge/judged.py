"""Machines of which every section was read, and what is found in them."""

from typing import Any

import msgspec

from diagnostics.finding import Finding
from diagnostics.judge import policy
from diagnostics.judge.machine import judge
from station.checks import Outcome
from station.machine import Bios, Cpu, Machine, Reading, Section, Security, System

RULES = policy.load()
SECTIONS = (
    "system",
    "cpus",
    "memory",
    "storage",
    "batteries",
    "displays",
    "network",
    "cameras",
    "sound_cards",
    "security",
)
NAMED = System(
    manufacturer="ACME", model="Notebook 14", serial_number="AC-0001", chassis_type="Notebook"
)
GB = 10**9
GIB = 2**20  # in KiB


def read(reading: Reading = Reading.OK) -> tuple[Section, ...]:
    """Every section, ended this way."""
    return tuple(Section(name, reading, "test", 1) for name in SECTIONS)


def machine(**facts: Any) -> Machine:
    """A machine of which every section was read."""
    return Machine(**{"system": NAMED, "sections": read(), **facts})


def closed(judged: Machine, reading: Reading) -> Machine:
    """The same facts, with every section ended this way."""
    return msgspec.structs.replace(judged, sections=read(reading))


def found(check: str, judged: Machine) -> Finding:
    """The one finding of this check."""
    (finding,) = [f for f in judge(judged, (), RULES) if f.check == check]
    return finding


def told(finding: Finding) -> tuple[Outcome, str]:
    """The verdict and its weightiest reason."""
    return finding.outcome, finding.reasons[0] if finding.reasons else ""


def i5(name: str = "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", **facts: Any) -> Cpu:
    """A processor that everything runs on."""
    said = {"cores": 4, "threads": 8, "speed_mhz": 1600, "max_mhz": 3400, "bits": 64}
    return Cpu(name=name, flags=("popcnt", "sse4_2"), **{**said, **facts})


def modern(**facts: Any) -> dict[str, Any]:
    """The facts of a laptop that Windows 11 runs on."""
    said = {
        "cpus": (i5(),),
        "bios": Bios(uefi=True),
        "security": Security(tpm_version="2.0", secure_boot=True),
    }
    return {**said, **facts}
