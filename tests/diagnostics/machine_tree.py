"""A small laptop's /proc and /sys as real files, for readers whose root folder is a parameter."""

import json
import os
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
SECURE_BOOT = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
QUIET_LOG = "6,1,1000,-;Linux version 6.1.0\n"
LSBLK = json.dumps(
    {
        "blockdevices": [
            {
                "kname": "sda",
                "type": "disk",
                "size": 256060514304,
                "rota": False,
                "tran": "sata",
                "model": "ACME SSD 256",
                "serial": "SSD-0001",
                "children": [
                    {"kname": "sda1", "type": "part", "fstype": "vfat"},
                    {"kname": "sda2", "type": "part", "fstype": "crypto_LUKS"},
                ],
            }
        ]
    }
)


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
    write(root / "sys/class/power_supply/AC/uevent", "POWER_SUPPLY_ONLINE=1\n")
    write_screen(root, "card0-eDP-1", "connected", edid())
    write_screen(root, "card0-HDMI-A-1", "disconnected", b"")
    write_buses(root)
    write_adapter(root, "enp1s0", "54:ee:75:00:00:01", wireless=False)
    write_adapter(root, "wlp2s0", "54:ee:75:00:00:02", wireless=True)
    write(root / "sys/class/net/lo/address", "00:00:00:00:00:00\n")
    write_disks(root)
    write_camera(root)
    write_sound(root)
    write_sensors(root)
    write_firmware(root)
    write_log(root, QUIET_LOG)
    write(root / "sys/class/rtc/rtc0/since_epoch", "1700000000\n")
    write(root / "proc/uptime", "3600.25 7000.00\n")
    return root


def write_buses(root: Path) -> None:
    """A graphics adapter and the network on PCI, a camera on the USB, and the lists of names."""
    write(
        root / "usr/share/misc/pci.ids",
        "# made for tests\nac01  ACME Silicon\n\t0003  Graphics 300\n\t\tac01 0003  variant\n"
        "\t0001  Ethernet 100\nac02  ACME Radio\n\t0003  Wireless 3\n",
    )
    write_pci(root, "0000:00:02.0", "ac01:0003", "030000", "acme_gpu")
    write_pci(root, "0000:01:00.0", "ac01:0001", "020000", "acme_net")
    write_pci(root, "0000:02:00.0", "ac02:0003", "028000", "acme_wifi")
    camera = root / "sys/bus/usb/devices/1-6"
    for name, value in {
        "idVendor": "ac03",
        "idProduct": "b221",
        "manufacturer": "ACME",
        "product": "HD Camera",
        "speed": "480",
    }.items():
        write(camera / name, f"{value}\n")
    write(camera / "1-6:1.0/bInterfaceClass", "0e\n")


def write_pci(root: Path, slot: str, pci_id: str, class_code: str, driver: str) -> None:
    """One function on the PCI bus."""
    folder = root / "sys/bus/pci/devices" / slot
    maker, device = pci_id.split(":")
    for name, value in {"vendor": maker, "device": device, "class": class_code}.items():
        write(folder / name, f"0x{value}\n")
    (folder / "driver").symlink_to(f"../../drivers/{driver}")
    (folder / "subsystem").symlink_to("../../../pci")


def write_disks(root: Path) -> None:
    """An SSD, an eMMC chip with its boot part, an empty card reader, and what is no disk."""
    ssd = root / "sys/devices/pci0000:00/ata1/block/sda"
    for name, value in {
        "size": "500118192",
        "removable": "0",
        "queue/rotational": "0",
        "queue/logical_block_size": "512",
        "device/vendor": "ATA     ",
        "device/model": "ACME SSD 256",
        "device/rev": "1.02",
    }.items():
        write(ssd / name, f"{value}\n")
    chip = root / "sys/devices/platform/mmc_host/mmc0/block/mmcblk0"
    for name, value in {
        "size": "61071360",
        "removable": "0",
        "device/name": "ACM32G",
        "device/serial": "0x1234abcd",
        "device/type": "MMC",
        "device/life_time": "0x02 0x03",
        "device/pre_eol_info": "0x01",
    }.items():
        write(chip / name, f"{value}\n")
    for name, size in {"sdb": "0", "mmcblk0boot0": "8192", "loop0": "100", "zram0": "100"}.items():
        write(root / "sys/devices/virtual/block" / name / "size", f"{size}\n")
        write(root / "sys/devices/virtual/block" / name / "removable", "1\n")
    listed = root / "sys/block"
    listed.mkdir(parents=True)
    for folder in (ssd, chip, *(root / "sys/devices/virtual/block").iterdir()):
        (listed / folder.name).symlink_to(os.path.relpath(folder, listed))


def write_camera(root: Path) -> None:
    """A camera with a second node for its metadata."""
    interface = root / "sys/bus/usb/devices/1-6/1-6:1.0"
    for node, index in {"video0": "0", "video1": "1"}.items():
        folder = root / "sys/class/video4linux" / node
        write(folder / "name", "HD Camera: HD Camera\n")
        write(folder / "index", f"{index}\n")
        (folder / "device").symlink_to(os.path.relpath(interface, folder))


def write_sound(root: Path) -> None:
    """Speakers and microphone on one card, a screen's loudspeakers on another."""
    write(
        root / "proc/asound/cards",
        " 0 [HDMI           ]: HDA-ACME - HDA ACME HDMI\n"
        "                      HDA ACME HDMI at 0xf7214000 irq 46\n"
        " 1 [PCH            ]: HDA-ACME - HDA ACME PCH\n"
        "                      HDA ACME PCH at 0xf7210000 irq 45\n",
    )
    write(
        root / "proc/asound/pcm",
        "00-03: HDMI 0 : HDMI 0 : playback 1\n"
        "01-00: AC100 Analog : AC100 Analog : playback 1 : capture 1\n",
    )


def write_sensors(root: Path) -> None:
    """A processor's thermometer, a fan, and a zone that is the same chip again."""
    chip = root / "sys/class/hwmon/hwmon0"
    for name, value in {
        "name": "coretemp",
        "temp1_input": "47500",
        "temp1_label": "Package id 0",
        "temp1_crit": "100000",
        "temp2_input": "-128000",
        "fan1_input": "2350",
    }.items():
        write(chip / name, f"{value}\n")
    for number, name in enumerate(("coretemp", "acpitz")):
        zone = root / f"sys/class/thermal/thermal_zone{number}"
        write(zone / "type", f"{name}\n")
        write(zone / "temp", "41000\n")
        write(zone / "trip_point_0_type", "passive\n")
        write(zone / "trip_point_1_type", "critical\n")
        write(zone / "trip_point_1_temp", "105000\n")


def write_firmware(root: Path) -> None:
    """Started by UEFI with Secure Boot, a TPM 2.0, a Windows key, and a supervisor's password."""
    write(root / "sys/firmware/efi/efivars" / SECURE_BOOT, b"\6\0\0\0\1")
    write(root / "sys/firmware/acpi/tables/MSDM", b"MSDM")
    write(root / "sys/class/tpm/tpm0/tpm_version_major", "2\n")
    (root / "sys/class/mei/mei0").mkdir(parents=True)
    for name, role, is_set in (("Admin", "bios-admin", "1"), ("System", "power-on", "0")):
        folder = root / "sys/class/firmware-attributes/acme/authentication" / name
        write(folder / "role", f"{role}\n")
        write(folder / "is_enabled", f"{is_set}\n")


def write_log(root: Path, text: str) -> None:
    """The ring of the kernel, as one record; a real one gives a record each read."""
    write(root / "dev/kmsg", text)


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
    slot = "0000:02:00.0" if wireless else "0000:01:00.0"
    (folder / "device").symlink_to(f"../../../bus/pci/devices/{slot}")
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
