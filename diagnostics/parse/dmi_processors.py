"""The processors: SMBIOS structure 4 as dmidecode words it."""

import re

from diagnostics.parse.dmi_blocks import Block
from diagnostics.parse.numbers import amount
from station.machine import Cpu
from station.placeholders import fact

_NOT_RUNNING = re.compile("unpopulated|disabled", re.IGNORECASE)
_NO_FAMILY = frozenset({"Other", "Unknown", "<OUT OF SPEC>"})
_MARKS = re.compile(r"\((?:R|TM|C)\)", re.IGNORECASE)
_CLOCK_IN_NAME = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?) ?([MG])Hz$")
_CLOCK = re.compile(r"([0-9]{3,5}) ?MHz")
_SIGNATURE = re.compile(r"(?:Type 0, )?Family ([0-9]+), Model ([0-9]+), Stepping ([0-9]+)")


def processors(blocks: list[Block]) -> tuple[Cpu, ...]:
    """Every processor that is fitted and switched on."""
    return tuple(_processor(block) for block in blocks if _runs(block))


def _runs(block: Block) -> bool:
    """An empty socket is no processor, nor one whose every letter is a zero (of a hypervisor)."""
    if _NOT_RUNNING.search(block.get("Status")):
        return False
    return any(_said(block, name).strip("0") for name in ("Manufacturer", "Version"))


def _said(block: Block, name: str) -> str:
    """Version and the like; before 2.0 dmidecode wrote `Processor Version`."""
    return block.get(name) or block.get(f"Processor {name}")


def _processor(block: Block) -> Cpu:
    version = fact(_said(block, "Version"))
    cores = amount(block.get("Core Enabled")) or amount(block.get("Core Count"))
    threads = _threads(amount(block.get("Thread Count")), cores)
    return Cpu(
        name=_without_marks(version or _family(block)),
        manufacturer=fact(_said(block, "Manufacturer")),
        cores=cores,
        threads=threads,
        threads_per_core=threads // cores if threads and cores else None,
        speed_mhz=_rated_mhz(version) or _mhz(block.get("Current Speed")),
        stepping=_stepping(block.get("Signature")),
    )


def _threads(told: int | None, cores: int | None) -> int | None:
    """Of the package. Firmware that tells fewer threads than cores counted those of one core."""
    return told * cores if told and cores and told < cores else told


def _without_marks(name: str | None) -> str | None:
    return None if name is None else " ".join(_MARKS.sub("", name).split()) or None


def _family(block: Block) -> str | None:
    family = _said(block, "Family")
    return None if family in _NO_FAMILY else fact(family)


def _rated_mhz(name: str | None) -> int | None:
    """The clock that a name ends with: `@ 2.40GHz`."""
    match = _CLOCK_IN_NAME.search(name or "")
    if match is None:
        return None
    return round(float(match[1]) * (1000 if match[2] == "G" else 1)) or None


def _mhz(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    return amount(match[1]) if match else None


def _stepping(signature: str) -> str | None:
    match = _SIGNATURE.fullmatch(signature)
    return "-".join(match.groups()) if match else None
