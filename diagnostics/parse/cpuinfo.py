"""The processors, from /proc/cpuinfo: one block of `key : value` lines per logical processor.

Architectures agree on little more than that, so each fact names the keys it may stand under.
"""

import re

import msgspec

from diagnostics.endings import UnreadableReport
from diagnostics.parse.cpu_names import bits_of, clock_mhz, maker_of, name_of, stepping_of
from diagnostics.parse.decoding import text_of
from diagnostics.parse.numbers import amount
from station.machine import Cpu, Machine

ASKED_FLAGS = (  # by Windows 11, Windows 10 of 64 bits, ChromeOS Flex, Linux and virtual machines
    "lm",
    "nx",
    "pae",
    "cx16",
    "lahf_lm",
    "sse2",
    "ssse3",
    "sse4_1",
    "sse4_2",
    "popcnt",
    "aes",
    "avx",
    "avx2",
    "vmx",
    "svm",
)
_LINE = re.compile(r"^([^:\n]++):(.*)$", re.MULTILINE)
_COUNTED = ("cpus active", "ncpus active")  # Alpha and SPARC describe one for all

_MOST_PROCESSORS = 8192  # no kernel counts more

Block = dict[str, str]


def parse_cpuinfo(text: str, max_khz: str | None = None) -> Machine:
    """Read /proc/cpuinfo: one `Cpu` a package; `max_khz` is what cpufreq says of the clock."""
    blocks = _blocks(text)
    logical = [block for block in blocks if block.get("processor", "").isdigit()]
    name = name_of(blocks)
    if not logical and name is None:
        raise UnreadableReport("no processor in cpuinfo")
    khz = amount(max_khz)
    max_mhz = khz // 1000 if khz else None
    if not logical:
        return _counted(blocks, max_mhz)
    if len(logical) > _MOST_PROCESSORS:
        raise UnreadableReport("more processors than any kernel counts")
    ends = [blocks[0], blocks[-1]]
    cpus = (_cpu(package, ends, max_mhz) for package in _packages(logical))
    return Machine(cpus=tuple(cpus), logical_processors=len(logical))


def _blocks(text: str) -> list[Block]:
    """The `key : value` lines, a new block wherever a processor number stands."""
    blocks: list[Block] = [{}]
    for line in _LINE.finditer(text):
        key = line[1].strip()
        if key == "processor" and "processor" in blocks[-1]:
            blocks.append({})
        blocks[-1].setdefault(key, line[2].strip())
    return blocks


def _packages(logical: list[Block]) -> list[list[Block]]:
    """The logical processors by package.

    x86 numbers packages. ARM, RISC-V and a virtual x86 do not and have one; the others that do not
    (PowerPC, Itanium) have one a processor.
    """
    single = any(key in block for block in logical for key in ("CPU implementer", "isa", "flags"))
    packages: dict[str, list[Block]] = {}
    for block in logical:
        unnumbered = "" if single else block["processor"]
        packages.setdefault(block.get("physical id", unnumbered), []).append(block)
    return list(packages.values())


def _cpu(package: list[Block], ends: list[Block], max_mhz: int | None) -> Cpu:
    """One package. Old ARM kernels say what holds for all in the first or the last block alone."""
    said = [*package, *ends]
    name = name_of(said)
    cores, threads = _cores(package, said), len(package)
    return Cpu(
        name=name,
        manufacturer=maker_of(said),
        cores=cores,
        threads=threads,
        threads_per_core=-(-threads // cores) if cores and threads >= cores else None,
        speed_mhz=clock_mhz(package[0], name),
        max_mhz=max_mhz,
        bits=next(filter(None, map(bits_of, said)), None),
        stepping=stepping_of(package[0]),
        flags=_flags(package[0]),
    )


def _cores(package: list[Block], said: list[Block]) -> int | None:
    """As said, else counted by core number; cores of ARM and RISC-V run one thread each."""
    count = amount(package[0].get("cpu cores"))
    if count is not None:
        return count
    named = {block["core id"] for block in package if "core id" in block}
    one_each = len(package) == 1 or any("CPU implementer" in b or "hart" in b for b in said)
    return len(named) or (len(package) if one_each else None)


def _flags(block: Block) -> tuple[str, ...]:
    said = set(block.get("flags", "").split())
    return tuple(flag for flag in ASKED_FLAGS if flag in said)


def _counted(blocks: list[Block], max_mhz: int | None) -> Machine:
    """Processors without a number: ARM kernels for one name it, Alpha and SPARC count them."""
    whole = {key: value for block in blocks for key, value in block.items()}
    counts = (amount(whole.get(key)) for key in _COUNTED)
    count = next((count for count in counts if count is not None), None)
    if count is None and "Processor" in whole:
        count = 1
    name = name_of(blocks)
    cpu = Cpu(
        name=name,
        manufacturer=maker_of(blocks),
        speed_mhz=clock_mhz(whole, name),
        max_mhz=max_mhz,
        bits=bits_of(whole),
    )
    if count is None or count > _MOST_PROCESSORS:
        return Machine(cpus=(cpu,))
    if count == 1:
        cpu = msgspec.structs.replace(cpu, cores=1, threads=1, threads_per_core=1)
    return Machine(cpus=(cpu,) * count, logical_processors=count)


def facts_of(data: bytes) -> Machine:
    """The facts of a file /proc/cpuinfo."""
    return parse_cpuinfo(text_of(data))
