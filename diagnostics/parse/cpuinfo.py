"""The processor, from /proc/cpuinfo: one block of `key : value` lines per logical processor.

Architectures agree on little more than that, so each fact names the keys it may stand under.
"""

import re

from diagnostics.endings import UnreadableReport
from diagnostics.parse.numbers import amount
from station.machine import Cpu, Machine
from station.placeholders import fact

_NAME_KEYS = ("model name", "cpu model", "Processor", "cpu", "uarch", "family")
_RATED_IN_NAME = re.compile(r"@\s*([0-9]{1,2})\.([0-9]{2})\s*GHz", re.IGNORECASE)
_RATED_CLOCK = re.compile(r"([0-9]{1,5})(\.[0-9]+)?MHz")

Block = dict[str, str]


def parse_cpuinfo(text: str, max_khz: str | None = None) -> Machine:
    """Read /proc/cpuinfo; where packages differ, the first one speaks."""
    blocks = _blocks(text)
    logical = [block for block in blocks if block.get("processor", "").isdigit()]
    described = logical or blocks
    name = _name(blocks)
    if not logical and name is None:
        raise UnreadableReport("no processor in cpuinfo")
    package = _first_package(logical)
    khz = amount(max_khz)
    cpu = Cpu(
        name=name,
        cores=_cores(package),
        threads=len(package) or _single(blocks),
        speed_mhz=_base_mhz(described[0], name),
        max_mhz=khz // 1000 if khz else None,
        bits=_bits(described[0]),
    )
    packages = _packages(logical) or 1
    return Machine(cpus=(cpu,) * packages, logical_processors=len(logical) or _single(blocks))


def _blocks(text: str) -> list[Block]:
    """The `key : value` lines, a new block wherever a processor number stands."""
    blocks: list[Block] = [{}]
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            continue
        if key.strip() == "processor" and "processor" in blocks[-1]:
            blocks.append({})
        blocks[-1].setdefault(key.strip(), value.strip())
    return blocks


def _name(blocks: list[Block]) -> str | None:
    """The first name any block gives, best key first."""
    said = (fact(block.get(key)) for key in _NAME_KEYS for block in blocks)
    return next((name for name in said if name is not None), None)


def _first_package(logical: list[Block]) -> list[Block]:
    """The logical processors of the first package; all of them when no package is named."""
    return [b for b in logical if b.get("physical id") == logical[0].get("physical id")]


def _packages(logical: list[Block]) -> int | None:
    named = {block["physical id"] for block in logical if "physical id" in block}
    return len(named) or (1 if len(logical) == 1 else None)


def _cores(package: list[Block]) -> int | None:
    """As said, else counted by core number; a single logical processor is a single core."""
    if not package:
        return None
    named = {block["core id"] for block in package if "core id" in block}
    counted = len(named) or (1 if len(package) == 1 else None)
    return amount(package[0].get("cpu cores")) or counted


def _single(blocks: list[Block]) -> int | None:
    """Kernels for one ARM processor give its name, without a number."""
    return 1 if "Processor" in blocks[0] else None


def _base_mhz(block: Block, name: str | None) -> int | None:
    """The rated clock. `cpu MHz` is the clock of this moment and says nothing about it."""
    rated = _RATED_IN_NAME.search(name or "")
    if rated:
        return int(rated[1]) * 1000 + int(rated[2]) * 10
    hertz = amount(block.get("cycle frequency [Hz]"))
    if hertz:
        return hertz // 1_000_000
    clock = _RATED_CLOCK.fullmatch(block.get("clock", ""))
    return amount(clock[1]) if clock else None


def _bits(block: Block) -> int | None:
    """64 when the x86 flags hold long mode; others do not say."""
    flags = block.get("flags", "").split()
    if not flags:
        return None
    return 64 if "lm" in flags else 32


def facts_of(data: bytes) -> Machine:
    """The facts of a file /proc/cpuinfo."""
    return parse_cpuinfo(data.decode("utf-8", "replace"))
