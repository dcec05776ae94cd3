"""What a machine is: the facts that diagnostics fills in and everyone else reads.

`None` always means "the source did not say". A placeholder ("To be filled by O.E.M.") is never a
fact; whoever fills these values leaves it out. Units stand in the names: `_mib` are 2**20 bytes,
`_mb` and `_bytes` count tens, `_mts` are megatransfers a second. Written as JSON these names are
the outside form, and what a source did not say is not there.
"""

from enum import StrEnum

from msgspec import Struct, field


class Reading(StrEnum):
    """How reading one source ended."""

    OK = "ok"
    MISSING = "missing"  # no such source or tool on this machine
    NOT_PERMITTED = "not_permitted"  # it exists, but not for this account
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"  # it answered with something we cannot read


class Fact(Struct, frozen=True, omit_defaults=True):
    """Something a source said; every field may be silent."""


class System(Fact, frozen=True):
    """The machine as a whole, as its firmware names it."""

    manufacturer: str | None = None
    model: str | None = None
    version: str | None = None  # Lenovo puts the name people know here and a type code in `model`
    serial_number: str | None = None
    uuid: str | None = None  # lower case
    sku: str | None = None
    asset_tag: str | None = None
    chassis_type: str | None = None  # SMBIOS 7.4.1 in words: Notebook, Desktop, All In One ...
    chassis_serial_number: str | None = None


class Board(Fact, frozen=True):
    """The mainboard. Where a desktop is nameless, its board usually has a name."""

    manufacturer: str | None = None
    model: str | None = None
    version: str | None = None
    serial_number: str | None = None
    asset_tag: str | None = None


class Bios(Fact, frozen=True):
    """The firmware."""

    vendor: str | None = None
    version: str | None = None
    date: str | None = None  # ISO, 2016-02-29
    uefi: bool | None = None  # how the running system was started


class Cpu(Fact, frozen=True):
    """One processor package."""

    name: str | None = None
    manufacturer: str | None = None
    cores: int | None = None
    threads: int | None = None
    threads_per_core: int | None = None
    speed_mhz: int | None = None  # the rated clock
    max_mhz: int | None = None
    bits: int | None = None
    stepping: str | None = None  # family-model-stepping in decimal, such as 6-60-3
    flags: tuple[str, ...] = ()  # of all that the kernel prints, those that a system asks for


class MemoryModule(Fact, frozen=True):
    """One fitted memory module; empty slots are only counted."""

    capacity_mib: int | None = None
    type: str | None = None  # DDR3, LPDDR4 ...
    speed_mts: int | None = None
    manufacturer: str | None = None  # as the firmware words it, be it a JEDEC number
    maker: str | None = None  # by name, also where the firmware gives only a JEDEC number
    part_number: str | None = None
    serial_number: str | None = None
    form_factor: str | None = None  # DIMM, SODIMM, Row Of Chips ...
    slot: str | None = None


class Disk(Fact, frozen=True):
    """One internal or attached disk and what it says of its health.

    Serial and WWN bind an erasure to it. Health figures keep SMART's own numbers; the verdict is
    the judges' work.
    """

    name: str | None = None  # of the running system: sda, nvme0n1
    model: str | None = None
    manufacturer: str | None = None
    serial_number: str | None = None
    wwn: str | None = None
    firmware: str | None = None
    capacity_bytes: int | None = None
    capacity_mb: int | None = None  # where the source truncates
    sector_bytes: int | None = None  # logical
    rotational: bool | None = None
    rotation_rpm: int | None = None
    removable: bool | None = None
    bus: str | None = None  # how the system reaches it: sata, nvme, usb, mmc, virtio ...
    interface: str | None = None  # as the source words it: ATA, SATA, NVMe, SCSI
    device_type: str | None = None  # hdd, ssd, disk, optical, raid ... as the source words it
    form_factor: str | None = None
    bridge: str | None = None  # the `-d` type smartctl needed to look through a USB bridge
    usb_bridged: bool | None = None
    smart: Reading | None = None  # how asking it for its health ended; None: nobody asked
    smart_available: bool | None = None
    smart_enabled: bool | None = None
    smart_passed: bool | None = None  # its own overall word
    exit_status: int | None = None  # smartctl's bits: see smartctl(8)
    power_on_hours: int | None = None
    power_cycles: int | None = None
    temperature_c: int | None = None
    reallocated: int | None = None  # attribute 5, or SCSI's grown defects where it counts those
    spin_retries: int | None = None  # 10
    end_to_end_errors: int | None = None  # 184
    reported_uncorrectable: int | None = None  # 187
    command_timeouts: int | None = None  # 188, the low 16 bits
    reallocation_events: int | None = None  # 196
    pending: int | None = None  # 197
    uncorrectable: int | None = None  # 198
    interface_crc_errors: int | None = None  # 199
    wear_left_percent: int | None = None  # a SATA SSD's own estimate, 100 when new
    failing_attributes: tuple[int, ...] = ()  # ids at or below their threshold now
    failed_attributes: tuple[int, ...] = ()  # ids that once were
    packed_attributes: tuple[int, ...] = ()  # ids of sector counts that hold other figures too
    percentage_used: int | None = None  # NVMe, 0 when new; may pass 100
    available_spare_percent: int | None = None
    available_spare_threshold_percent: int | None = None
    critical_warning: int | None = None  # NVMe bits
    media_errors: int | None = None
    error_log_entries: int | None = None
    unsafe_shutdowns: int | None = None
    data_written_bytes: int | None = None
    grown_defects: int | None = None  # SCSI
    uncorrected_errors: int | None = None  # SCSI, read, write and verify together
    self_test_passed: bool | None = None  # the latest that ended; None: none, or not said
    life_time_estimate: int | None = None  # eMMC EXT_CSD, the worse of A and B: 1 is 0-10 %
    pre_eol: int | None = None  # eMMC EXT_CSD: 1 normal, 2 warning, 3 urgent
    security_enabled: bool | None = None  # an ATA password is set
    security_locked: bool | None = None
    security_frozen: bool | None = None


def whole_gb(capacity_bytes: int) -> int:
    """Whole gigabytes as makers of disks count them; a started one does not count."""
    return capacity_bytes // 10**9


def tenths_of_gb(mib: int) -> float:
    """Memory in GB to one digit: a machine of 8 GB may keep some of it for graphics."""
    return round(mib / 1024, 1)


class Battery(Fact, frozen=True):
    """One battery pack. Energy in milliwatt-hours, else charge in milliampere-hours."""

    name: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    serial_number: str | None = None
    chemistry: str | None = None
    manufacture_date: str | None = None  # ISO
    design_capacity_mwh: int | None = None
    full_capacity_mwh: int | None = None
    design_capacity_mah: int | None = None
    full_capacity_mah: int | None = None
    design_voltage_mv: int | None = None
    voltage_mv: int | None = None
    cycles: int | None = None  # as the gauge says; many gauges say 0 and never count
    charge_percent: int | None = None  # how full it was when it was read
    health_percent: float | None = None  # where the source itself divides full by design
    health_word: str | None = None  # Android: good, overheat, dead ...
    temperature_tenths_c: int | None = None
    status: str | None = None  # charging, discharging, full, not charging


_CM_DOUBT_IN = 0.6  # what rounding or cutting both sides to centimetres can make of a diagonal


class Display(Fact, frozen=True):
    """One connected screen; its identity is the EDID maker and product when readable."""

    connector: str | None = None
    manufacturer_id: str | None = None  # the three-letter PNP id, such as DEL
    manufacturer: str | None = None
    product_code: int | None = None
    model: str | None = None
    serial_number: str | None = None
    numeric_serial: int | None = None  # as it stands; makers fill it: a fifth carry 16843009
    alphanumeric: tuple[str, ...] = ()  # free texts of the EDID, where makers hide the model
    digital: bool | None = None
    year: int | None = None
    week: int | None = None
    model_year: bool | None = None  # true: `year` is the model's, not of making
    width_px: int | None = None
    height_px: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    diagonal_in_from_cm: float | None = None
    diagonal_in_from_mm: float | None = None
    checksum_ok: bool | None = None

    @property
    def diagonal_in(self) -> float | None:
        """The finer of the two, unless it is of another image: some write 16 x 9 for a ratio."""
        coarse, fine = self.diagonal_in_from_cm, self.diagonal_in_from_mm
        if coarse is None or fine is None:
            return coarse if fine is None else fine
        return fine if abs(coarse - fine) <= _CM_DOUBT_IN else coarse


class NetworkAdapter(Fact, frozen=True):
    """One network adapter that is real hardware or looks like it (no loopback, no tunnel)."""

    name: str | None = None
    mac: str | None = None
    wireless: bool | None = None
    speed_mbps: int | None = None
    manufacturer: str | None = None
    model: str | None = None
    driver: str | None = None
    usb: bool | None = None


class Gpu(Fact, frozen=True):
    """One graphics adapter."""

    manufacturer: str | None = None
    model: str | None = None
    chip_manufacturer: str | None = None
    card_brand: str | None = None
    chipset: str | None = None
    slot: str | None = None
    pci_id: str | None = None  # 8086:2a42
    driver: str | None = None
    memory_mib: int | None = None
    resolution: str | None = None  # 1680x1050


class Camera(Fact, frozen=True):
    """One camera that the system can open."""

    name: str | None = None
    node: str | None = None  # video0
    usb_id: str | None = None  # 04f2:b221


class SoundCard(Fact, frozen=True):
    """One sound card."""

    name: str | None = None
    driver: str | None = None
    playback: bool | None = None
    capture: bool | None = None


class PciDevice(Fact, frozen=True):
    """One function on the PCI bus."""

    slot: str | None = None
    class_name: str | None = None
    class_code: str | None = field(default=None, name="class")  # 0300
    pci_id: str | None = field(default=None, name="id")  # 8086:2a42
    subsystem_id: str | None = None
    name: str | None = None
    driver: str | None = None


class UsbDevice(Fact, frozen=True):
    """One device on the USB; hubs of the machine itself too."""

    port: str | None = None  # the sysfs path of the port, such as 1-1.2
    usb_id: str | None = None  # 04f2:b221
    name: str | None = None
    speed_mbps: int | None = None


class Temperature(Fact, frozen=True):
    """One thermometer."""

    name: str | None = None  # chip and label, such as coretemp Package id 0
    celsius_tenths: int | None = None
    critical_tenths: int | None = None


class Fan(Fact, frozen=True):
    """One fan with a tachometer."""

    name: str | None = None
    rpm: int | None = None


class Security(Fact, frozen=True):
    """What holds a machine to an owner or lets a system trust it."""

    tpm_version: str | None = None  # 1.2 or 2.0; "" when there is none
    secure_boot: bool | None = None
    bios_admin_password: bool | None = None
    bios_power_on_password: bool | None = None
    computrace: bool | None = None  # an ACPI WPBT table, or Absolute's agent
    amt: bool | None = None  # a management engine interface is there
    domain_joined: bool | None = None  # a company's directory
    mdm_enrolled: bool | None = None  # Intune, Autopilot, a device owner on Android
    disk_encrypted: bool | None = None  # BitLocker, LUKS, file-based encryption
    windows_key_in_firmware: bool | None = None  # an ACPI MSDM table; the key itself is not read


class KernelErrors(Fact, frozen=True):
    """How many lines of the running system's log name hardware errors, by kind."""

    machine_checks: int | None = None
    machine_checks_uncorrected: int | None = None
    pcie: int | None = None  # AER
    pcie_uncorrected: int | None = None
    disk_io: int | None = None
    ata: int | None = None
    nvme: int | None = None
    memory_corrected: int | None = None  # EDAC
    memory_uncorrected: int | None = None
    thermal: int | None = None
    gpu: int | None = None
    usb: int | None = None


class Clock(Fact, frozen=True):
    """The machine's clocks when they were read, in seconds since 1970."""

    system_epoch_s: int | None = None
    rtc_epoch_s: int | None = None
    uptime_s: int | None = None


class Tablet(Fact, frozen=True):
    """What an Android device says beyond what every machine has."""

    android_version: str | None = None
    security_patch: str | None = None  # ISO
    storage_bytes: int | None = None
    storage_free_bytes: int | None = None
    accounts: int | None = None  # how many are signed in, never which
    provisioned: bool | None = None
    verified_boot: str | None = None  # green, yellow, orange
    bootloader_locked: bool | None = None
    screen_lock: bool | None = None


class Section(Struct, frozen=True):
    """How one source of one section was read, and how long that took."""

    name: str  # a field of Machine, or smart
    reading: Reading
    source: str  # dmidecode, /proc/cpuinfo, smartctl sda ...
    millis: int  # monotonic duration
    tool_version: str = ""  # as the tool gives it; "" for files of the kernel


class Machine(Fact, frozen=True):
    """Everything that was learned about one machine; a single source fills only its part."""

    system: System = System()
    board: Board = Board()
    bios: Bios = Bios()
    cpus: tuple[Cpu, ...] = ()
    logical_processors: int | None = None
    memory: tuple[MemoryModule, ...] = ()
    memory_slots: int | None = None
    memory_max_mib: int | None = None  # what the board takes at most
    mem_total_kib: int | None = None  # what the running system sees: less than is fitted
    swap_total_kib: int | None = None
    storage: tuple[Disk, ...] = ()
    batteries: tuple[Battery, ...] = ()
    on_mains: bool | None = None
    displays: tuple[Display, ...] = ()
    gpus: tuple[Gpu, ...] = ()
    network: tuple[NetworkAdapter, ...] = ()
    cameras: tuple[Camera, ...] = ()
    sound_cards: tuple[SoundCard, ...] = ()
    pci: tuple[PciDevice, ...] = ()
    usb: tuple[UsbDevice, ...] = ()
    temperatures: tuple[Temperature, ...] = ()
    fans: tuple[Fan, ...] = ()
    security: Security = Security()
    kernel_errors: KernelErrors = KernelErrors()
    clock: Clock = Clock()
    tablet: Tablet | None = None
    sections: tuple[Section, ...] = ()

    @property
    def memory_mib(self) -> int | None:
        """What is fitted; where no module says, what the running system sees."""
        fitted = [module.capacity_mib for module in self.memory]
        if fitted and all(fitted):
            return sum(size for size in fitted if size is not None)
        return None if self.mem_total_kib is None else self.mem_total_kib // 1024

    def reading_of(self, section: str) -> Reading:
        """How that section ended by its best source; one that nobody tried is missing."""
        ended = [s.reading for s in self.sections if s.name == section]
        return min(ended, key=_BEST_FIRST.index, default=Reading.MISSING)


_BEST_FIRST = (
    Reading.OK,
    Reading.NOT_PERMITTED,
    Reading.TIMED_OUT,
    Reading.UNREADABLE,
    Reading.MISSING,
)
