"""A small laptop's /proc and /sys as real files, for readers whose root folder is a parameter."""

from pathlib import Path

DMI = {
    "sys_vendor": "ACME Computers",
    "product_name": "Notebook 14",
    "product_version": "To be filled by O.E.M.",
    "product_serial": "AC-0001",
    "product_uuid": "00000000-0000-0000-0000-000000000000",
    "product_sku": "Default string",
    "chassis_type": "10",
    "chassis_serial": "None",
    "board_vendor": "ACME Computers",
    "board_name": "NB14-MB",
    "board_serial": "MB-0001",
    "bios_vendor": "ACME Firmware",
    "bios_version": "1.07",
    "bios_date": "02/29/2016",
}
SERIALS = ("product_serial", "product_uuid", "chassis_serial", "board_serial")
CPUINFO = """\
processor\t: {number}
vendor_id\t: GenuineIntel
model name\t: ACME Core(TM) i3-4000M CPU @ 2.40GHz
physical id\t: 0
siblings\t: 4
core id\t\t: {core}
cpu cores\t: 2
flags\t\t: fpu vme lm
"""
BATTERY = {
    "NAME": "BAT0",
    "TYPE": "Battery",
    "STATUS": "Discharging",
    "PRESENT": "1",
    "CYCLE_COUNT": "212",
    "ENERGY_FULL_DESIGN": "50000000",
    "ENERGY_FULL": "31500000",
    "CAPACITY": "64",
    "MODEL_NAME": "NB14-BAT",
    "MANUFACTURER": "ACME",
    "SERIAL_NUMBER": "0",
}


def write_laptop(root: Path) -> Path:
    """Write the whole laptop below root."""
    for name, value in DMI.items():
        write(root / "sys/class/dmi/id" / name, f"{value}\n")
    blocks = [CPUINFO.format(number=number, core=number // 2) for number in range(4)]
    write(root / "proc/cpuinfo", "\n".join(blocks))
    write(root / "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "2400000\n")
    write(root / "proc/meminfo", "MemTotal:        3933888 kB\nMemFree:          100000 kB\n")
    write_battery(root, "BAT0", BATTERY)
    write(root / "sys/class/power_supply/AC/type", "Mains\n")
    write_screen(root, "card0-eDP-1", "connected", edid())
    write_screen(root, "card0-HDMI-A-1", "disconnected", b"")
    write_adapter(root, "enp1s0", "54:ee:75:00:00:01", wireless=False)
    write_adapter(root, "wlp2s0", "54:ee:75:00:00:02", wireless=True)
    write(root / "sys/class/net/lo/address", "00:00:00:00:00:00\n")
    return root


def write(path: Path, value: str | bytes) -> None:
    """One file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(value if isinstance(value, bytes) else value.encode())


def write_battery(root: Path, name: str, properties: dict[str, str]) -> None:
    """One power supply that is a battery."""
    folder = root / "sys/class/power_supply" / name
    write(folder / "type", "Battery\n")
    lines = [f"POWER_SUPPLY_{key}={value}\n" for key, value in properties.items()]
    write(folder / "uevent", "".join(lines))


def write_screen(root: Path, name: str, status: str, data: bytes) -> None:
    """One connector of a graphics card."""
    folder = root / "sys/class/drm" / name
    write(folder / "status", f"{status}\n")
    write(folder / "edid", data)


def write_adapter(root: Path, name: str, address: str, *, wireless: bool) -> None:
    """One network adapter with a device behind it."""
    folder = root / "sys/class/net" / name
    write(folder / "address", f"{address}\n")
    write(folder / "speed", "-1\n")
    (folder / "device").mkdir()
    if wireless:
        (folder / "wireless").mkdir()


def edid() -> bytes:
    """A 14 inch panel of 1366x768 without a serial number of its own."""
    block = bytearray(128)
    block[0:8] = bytes.fromhex("00ffffffffffff00")
    block[8:10] = (1 << 10 | 3 << 5 | 13).to_bytes(2, "big")  # ACM
    block[10:12] = (0x1234).to_bytes(2, "little")
    block[21:23] = bytes([31, 17])
    block[54:56] = (7600).to_bytes(2, "little")
    block[56], block[58] = 1366 & 0xFF, 1366 >> 8 << 4
    block[59], block[61] = 768 & 0xFF, 768 >> 8 << 4
    block[72:90] = b"\0\0\0\xfc\0NB14-PANEL\n  "
    block[127] = -sum(block) % 256
    return bytes(block)
