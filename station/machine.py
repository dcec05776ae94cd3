"""What a machine is: the facts that diagnostics fills in and everyone else reads.

`None` always means "the source did not say". A placeholder ("To be filled by O.E.M.") is never a
fact; whoever fills these values leaves it out. Units stand in the names.
"""

from enum import StrEnum

from msgspec import Struct


class Reading(StrEnum):
    """How reading one section of a machine ended."""

    OK = "ok"
    MISSING = "missing"  # no such source or tool on this machine
    NOT_PERMITTED = "not_permitted"  # it exists, but not for this account
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"  # it answered with something we cannot read


class System(Struct, frozen=True):
    """Maker, model and serials, as the firmware gives them."""

    maker: str | None = None
    model: str | None = None
    version: str | None = None
    serial: str | None = None
    uuid: str | None = None
    sku: str | None = None
    chassis: str | None = None  # SMBIOS chassis type word: laptop, notebook, desktop, tablet ...
    chassis_serial: str | None = None
    board_maker: str | None = None
    board_model: str | None = None
    board_serial: str | None = None
    bios_vendor: str | None = None
    bios_version: str | None = None
    bios_date: str | None = None


class Processor(Struct, frozen=True):
    """One processor package's name and size."""

    model: str | None = None
    cores: int | None = None
    threads: int | None = None
    base_mhz: int | None = None  # the rated clock
    max_mhz: int | None = None
    bits: int | None = None
    packages: int | None = None  # how many such there are; None: the counts are of them all


class Memory(Struct, frozen=True):
    """Memory the running system sees."""

    total_mib: int | None = None


class Disk(Struct, frozen=True):
    """One internal or attached disk. `serial` and `wwn` bind an erasure to it."""

    name: str
    model: str | None = None
    serial: str | None = None
    wwn: str | None = None
    capacity_bytes: int | None = None
    rotational: bool | None = None
    removable: bool | None = None
    transport: str | None = None  # sata, nvme, usb, mmc, virtio ...


def whole_gb(capacity_bytes: int) -> int:
    """Whole gigabytes as makers of disks count them; a started one does not count."""
    return capacity_bytes // 10**9


class Battery(Struct, frozen=True):
    """One battery pack. Energy in milliwatt-hours, else charge in milliampere-hours."""

    name: str
    maker: str | None = None
    model: str | None = None
    serial: str | None = None
    design_mwh: int | None = None
    full_mwh: int | None = None
    design_mah: int | None = None
    full_mah: int | None = None
    cycles: int | None = None  # as the gauge says; many gauges say 0 and never count
    charge_percent: int | None = None  # how full it was when it was read


class Display(Struct, frozen=True):
    """One connected screen; its identity is the EDID maker and product when readable."""

    connector: str
    maker: str | None = None  # the three-letter PNP id, such as DEL
    product_code: int | None = None
    model: str | None = None
    serial: str | None = None
    numeric_serial: int | None = None  # beside or instead of the serial on the back
    width_px: int | None = None
    height_px: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None


class NetworkAdapter(Struct, frozen=True):
    """One network adapter that is real hardware or looks like it (no loopback, no tunnel)."""

    name: str
    mac: str | None = None
    wireless: bool | None = None
    speed_mbps: int | None = None


class Section(Struct, frozen=True):
    """How one section of the report was read, by which source, and how long that took."""

    name: str  # system, processor, memory, disks, batteries, displays, network
    reading: Reading
    source: str
    millis: int  # monotonic duration


class Machine(Struct, frozen=True):
    """Everything one collection learned about one machine."""

    sections: tuple[Section, ...]
    system: System = System()
    processor: Processor = Processor()
    memory: Memory = Memory()
    disks: tuple[Disk, ...] = ()
    batteries: tuple[Battery, ...] = ()
    displays: tuple[Display, ...] = ()
    network: tuple[NetworkAdapter, ...] = ()

    def reading_of(self, section: str) -> Reading:
        """How that section ended; a section nobody tried is missing."""
        return next((s.reading for s in self.sections if s.name == section), Reading.MISSING)
