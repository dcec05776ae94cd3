"""One part of a machine in one line: a disk, a battery, a memory module and the like."""

from collections.abc import Iterator
from math import isfinite

from diagnostics.amounts import decimal, disk_amount, energy_amount, memory_amount
from station.machine import (
    Battery,
    Camera,
    Cpu,
    Disk,
    Display,
    Gpu,
    MemoryModule,
    NetworkAdapter,
    SoundCard,
)
from station.words import _

PERCENT = 100
SEPARATOR = " · "


def joined(*words: str | None) -> str:
    """What was said, with single spaces."""
    return " ".join(word for word in words if word)


def listed(*words: str | None) -> str:
    """What was said, set apart by points."""
    return SEPARATOR.join(word for word in words if word)


def cpu_words(cpu: Cpu) -> str:
    """The name with its cores and threads."""
    if cpu.threads is None:
        return cpu.name or ""
    counts = _("{cores} cores, {threads} threads").format(
        cores=cpu.cores or "?", threads=cpu.threads
    )
    return f"{cpu.name or '?'} ({counts})"


def module_words(module: MemoryModule) -> str:
    """Size, kind, speed, place, maker."""
    size = None if module.capacity_mib is None else memory_amount(module.capacity_mib)
    speed = None if module.speed_mts is None else f"{module.speed_mts} MT/s"
    made = joined(module.manufacturer, module.part_number)
    return listed(joined(size, module.type, module.form_factor), speed, module.slot, made)


def disk_kind(disk: Disk) -> str:
    """SSD or HDD, where the disk says which it is."""
    if disk.rotational is None:
        return _("disk")
    return "HDD" if disk.rotational else "SSD"


def disk_size(disk: Disk) -> str:
    """Kind and size: HDD 500 GB."""
    return joined(disk_kind(disk), disk_amount(disk.capacity_bytes) if disk.capacity_bytes else "")


def disk_words(disk: Disk) -> str:
    """Kind, size, way of connection, model, serial number."""
    mark = disk.serial_number or disk.wwn
    outside = _("can be pulled out") if disk.removable else None
    return listed(disk_size(disk), disk.bus, disk.model, mark, outside)


def disk_health_words(disk: Disk) -> str:
    """The figures of its health that it told."""
    return listed(*_disk_health(disk))


def _disk_health(disk: Disk) -> Iterator[str]:
    if disk.smart_passed is not None:
        yield _("its own word: healthy") if disk.smart_passed else _("its own word: FAILING")
    for value, words in (
        (disk.power_on_hours, _("{count} hours on")),
        (disk.reallocated, _("{count} reallocated sectors")),
        (disk.pending, _("{count} pending sectors")),
        (disk.uncorrectable, _("{count} uncorrectable sectors")),
        (disk.media_errors, _("{count} media errors")),
        (disk.wear_left_percent, _("life left: {count} %")),
        (disk.percentage_used, _("life used: {count} %")),
        (disk.temperature_c, _("{count} °C")),
    ):
        if value is not None:
            yield words.format(count=value)


def battery_health(battery: Battery) -> int | None:
    """Whole percent of the design that a full charge still holds; None where nobody says."""
    for full, design in (
        (battery.full_capacity_mwh, battery.design_capacity_mwh),
        (battery.full_capacity_mah, battery.design_capacity_mah),
    ):
        if full is not None and design:
            return full * PERCENT // design
    said = battery.health_percent
    return int(said) if said is not None and isfinite(said) else None


def battery_words(battery: Battery) -> str:
    """What it holds of its design, and how full it is."""
    health = battery_health(battery)
    holds = None if health is None else _("holds {percent} %").format(percent=health)
    charged = battery.charge_percent
    charge = None if charged is None else _("charged to {percent} %").format(percent=charged)
    cycles = _("{count} charge cycles").format(count=battery.cycles) if battery.cycles else None
    made = joined(battery.manufacturer, battery.model)
    return listed(holds, _energies(battery), charge, cycles, made, battery.serial_number)


def _energies(battery: Battery) -> str | None:
    full, design = battery.full_capacity_mwh, battery.design_capacity_mwh
    if full is None or design is None:
        return None
    return _("{full} of {design}").format(full=energy_amount(full), design=energy_amount(design))


def display_words(display: Display) -> str:
    """Maker, model, pixels, inches."""
    size = f"{display.width_px}x{display.height_px}" if display.width_px else None
    inches = None if display.diagonal_in is None else f"{decimal(display.diagonal_in)}″"
    made = joined(display.manufacturer or display.manufacturer_id, display.model)
    return listed(display.connector, made, size, inches, display.serial_number)


def adapter_words(adapter: NetworkAdapter) -> str:
    """Wi-Fi or cable, name, address, maker."""
    kind = _("Wi-Fi") if adapter.wireless else None
    speed = f"{adapter.speed_mbps} Mbit/s" if adapter.speed_mbps else None
    made = joined(adapter.manufacturer, adapter.model)
    return listed(kind, adapter.name, adapter.mac, speed, made, adapter.driver)


def gpu_words(gpu: Gpu) -> str:
    """Maker, model, driver, memory of its own."""
    memory = None if gpu.memory_mib is None else memory_amount(gpu.memory_mib)
    made = joined(gpu.manufacturer or gpu.chip_manufacturer, gpu.model or gpu.chipset)
    return listed(made or gpu.pci_id, gpu.driver, memory)


def camera_words(camera: Camera) -> str:
    """Name and number on the bus."""
    return listed(camera.name or camera.node, camera.usb_id)


def sound_words(card: SoundCard) -> str:
    """Name, and whether it plays and records."""
    plays = _("plays") if card.playback else None
    records = _("records") if card.capture else None
    return listed(card.name or card.driver, plays, records)
