"""Which sources a system has. Each section is named once; what is not named is missing."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from diagnostics.collect import batteries, cpu, disks, displays, dmi, memory, network
from diagnostics.collect.source import Answer, Source

LIMIT_S = 5.0
SLOW_LIMIT_S = 15.0  # py-cpuinfo starts a second Python


def sources_here() -> tuple[Source, ...]:
    """The sources of the system this program runs on."""
    if sys.platform == "linux":
        return linux_sources(Path("/"))
    if sys.platform == "win32":
        from diagnostics.collect.windows import windows_sources  # noqa: PLC0415 -- as below

        return windows_sources()
    return portable_sources()


def linux_sources(root: Path, lsblk: str = "lsblk", limit_s: float = LIMIT_S) -> tuple[Source, ...]:
    """Linux under this root folder; lsblk always speaks of the running machine."""

    def files(section: str, path: str, read: Callable[[Path], Answer]) -> Source:
        return Source(section, f"/{path}", partial(read, root), limit_s)

    return (
        files("system", dmi.FOLDER, dmi.read_dmi),
        files("cpus", cpu.FILE, cpu.read_cpu),
        files("memory", memory.FILE, memory.read_memory),
        Source("storage", "lsblk", partial(disks.read_disks, lsblk, limit_s), limit_s),
        files("batteries", batteries.FOLDER, batteries.read_batteries),
        files("displays", displays.FOLDER, displays.read_displays),
        files("network", network.FOLDER, network.read_network),
    )


def portable_sources() -> tuple[Source, ...]:
    """What is known of a system that is neither Linux nor Windows; the project promises none."""
    from diagnostics.collect import portable  # noqa: PLC0415 -- its libraries are slow and of no use on Linux

    return (
        Source("cpus", "py-cpuinfo", portable.read_processor, SLOW_LIMIT_S),
        Source("memory", "psutil", portable.read_memory, LIMIT_S),
        Source("batteries", "psutil", portable.read_batteries, LIMIT_S),
        Source("network", "psutil", portable.read_network, LIMIT_S),
    )
