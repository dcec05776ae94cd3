"""Which sources a system has. What several of them say of one thing, the earlier one decides."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from diagnostics.collect import (
    batteries,
    buses,
    cameras,
    clock,
    cpu,
    disks,
    displays,
    dmi,
    kernel_log,
    memory,
    network,
    security,
    sensors,
    sound,
)
from diagnostics.collect.source import Answer, Source

LIMIT_S = 5.0
SLOW_LIMIT_S = 15.0  # py-cpuinfo starts a second Python
SMART_LIMIT_S = 20.0  # a sleeping or dying disk, and the ways through a USB bridge


def sources_here() -> tuple[Source, ...]:
    """The sources of the system this program runs on."""
    if sys.platform == "linux":
        return linux_sources(Path("/"))
    if sys.platform == "win32":
        from diagnostics.collect.windows import windows_sources  # noqa: PLC0415 -- as below

        return windows_sources()
    return portable_sources()


def linux_sources(
    root: Path, limit_s: float = LIMIT_S, smart_limit_s: float = SMART_LIMIT_S
) -> tuple[Source, ...]:
    """Linux under this root folder; tools are those of PATH and speak of the running machine."""

    def tool(section: str, name: str, read: Callable[[str, float], Answer], *also: str) -> Source:
        return Source(section, name, partial(read, name, limit_s), limit_s, also)

    def files(section: str, path: str, read: Callable[[Path], Answer], *also: str) -> Source:
        return Source(section, f"/{path}", partial(read, root), limit_s, also)

    read_log = partial(kernel_log.read_kernel_log, root, "journalctl", limit_s)
    return (
        *_smart_sources(root, smart_limit_s),  # first, because the slowest
        files("cpus", cpu.FILE, cpu.read_cpu),  # before dmidecode, whose names are the firmware's
        tool("system", "dmidecode", dmi.read_dmidecode, "memory"),
        files("system", dmi.FOLDER, dmi.read_dmi),
        files("memory", memory.FILE, memory.read_memory),
        tool("storage", "lsblk", disks.read_disks),
        files("storage", disks.FOLDER, disks.read_block_devices),
        files("batteries", batteries.FOLDER, batteries.read_batteries),
        files("displays", displays.FOLDER, displays.read_displays),
        tool("pci", "lspci", buses.read_lspci, "gpus"),
        files("pci", buses.PCI_FOLDER, buses.read_pci, "gpus"),
        files("usb", buses.USB_FOLDER, buses.read_usb),
        tool("usb", "lsusb", buses.read_lsusb),
        files("network", network.FOLDER, network.read_network),
        files("cameras", cameras.FOLDER, cameras.read_cameras),
        files("sound_cards", sound.FOLDER, sound.read_sound),
        files("temperatures", sensors.HWMON, sensors.read_sensors, "fans"),
        files("security", "sys/firmware", security.read_firmware),
        files("security", security.SETTINGS, security.read_firmware_settings),
        Source("kernel_errors", "/dev/kmsg, journalctl", read_log, limit_s),
        files("clock", clock.RTC, clock.read_clock),
    )


def _smart_sources(root: Path, limit_s: float) -> list[Source]:
    """One source a disk: a dying disk costs its own time only."""
    return [_smart_source(root, name, limit_s) for name in disks.names_to_ask(root)]


def _smart_source(root: Path, name: str, limit_s: float) -> Source:
    if disks.is_emmc(name):
        return Source("smart", f"/sys/block/{name}", partial(disks.read_emmc, root, name), limit_s)
    return Source("smart", f"smartctl {name}", partial(_read_smart, name, limit_s), limit_s)


def _read_smart(name: str, limit_s: float) -> Answer:
    from diagnostics.collect.smart import read_smart  # noqa: PLC0415 -- loaded beside others

    return read_smart("smartctl", name, limit_s)


def portable_sources() -> tuple[Source, ...]:
    """What is known of a system that is neither Linux nor Windows; the project promises none."""
    from diagnostics.collect import portable  # noqa: PLC0415 -- its libraries are slow and of no use on Linux

    return (
        Source("cpus", "py-cpuinfo", portable.read_processor, SLOW_LIMIT_S),
        Source("memory", "psutil", portable.read_memory, LIMIT_S),
        Source("batteries", "psutil", portable.read_batteries, LIMIT_S),
        Source("network", "psutil", portable.read_network, LIMIT_S),
    )
