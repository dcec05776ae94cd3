"""An invented laptop as Windows' tools describe it: JSON, a text dump, a battery report."""

import json
from typing import Any

CLASSES: dict[str, Any] = {
    "Win32_ComputerSystem": {
        "Manufacturer": "ACME",
        "Model": "Travelmate 5",
        "SystemSKUNumber": "To be filled by O.E.M.",
        "TotalPhysicalMemory": 8_467_210_240,
        "PartOfDomain": False,
    },
    "Win32_ComputerSystemProduct": {
        "Vendor": "ACME",
        "Name": "Travelmate 5",
        "Version": "Travelmate Five",
        "IdentifyingNumber": "AC-0001",
        "UUID": "4C4C4544-0042-3510-8052-B4C04F564433",
    },
    "Win32_BIOS": {
        "Manufacturer": "ACME Firmware",
        "SMBIOSBIOSVersion": "A12",
        "SerialNumber": "AC-0001",
        "ReleaseDate": "/Date(1463616000000)/",
    },
    "Win32_BaseBoard": {"Manufacturer": "ACME", "Product": "0X1", "SerialNumber": "/BOARD/1/"},
    "Win32_SystemEnclosure": {"ChassisTypes": [10], "SMBIOSAssetTag": "No Asset Tag"},
    "Win32_Processor": {
        "Name": "Intel(R) Core(TM) i5-0000U CPU @ 2.40GHz",
        "Manufacturer": "GenuineIntel",
        "Description": "Intel64 Family 6 Model 78 Stepping 3",
        "NumberOfCores": 2,
        "NumberOfLogicalProcessors": 4,
        "MaxClockSpeed": 2501,
        "DataWidth": 64,
    },
    "Win32_PhysicalMemory": [
        {
            "Capacity": 4_294_967_296,
            "SMBIOSMemoryType": 26,
            "MemoryType": 0,
            "FormFactor": 12,
            "Speed": 2400,
            "Manufacturer": "ACME",
            "PartNumber": "AC4G-24  ",
            "SerialNumber": "00000000",
            "DeviceLocator": "DIMM A",
        },
        {"Capacity": 4_294_967_296, "SMBIOSMemoryType": 26, "DeviceLocator": "DIMM B"},
    ],
    "Win32_PhysicalMemoryArray": {
        "Use": 3,
        "MemoryDevices": 2,
        "MaxCapacity": 33_554_432,
        "MaxCapacityEx": 33_554_432,
    },
    "MSFT_PhysicalDisk": [
        {
            "DeviceId": "0",
            "FriendlyName": "ACME NVMe 256",
            "SerialNumber": "0025_3852_01B0_1D7B.",
            "AdapterSerialNumber": "S3X0001   _0000",
            "UniqueId": "eui.0025385201B01D7B",
            "FirmwareVersion": "1.2",
            "Size": 256_060_514_304,
            "LogicalSectorSize": 512,
            "MediaType": 4,
            "SpindleSpeed": 0,
            "BusType": 17,
        }
    ],
    "Win32_DiskDrive": [
        {
            "DeviceID": "\\\\.\\PHYSICALDRIVE0",
            "Model": "ACME NVMe 256",
            "Manufacturer": "(Ổ đĩa chuẩn)",
            "Size": 256_052_966_400,
            "InterfaceType": "SCSI",
            "MediaType": "Fixed hard disk media",
        },
        {
            "DeviceID": "\\\\.\\PHYSICALDRIVE1",
            "Model": "ACME Stick USB Device",
            "Size": 16_000_000_000,
            "InterfaceType": "USB",
            "MediaType": "Removable Media",
        },
    ],
    "BatteryStaticData": {
        "InstanceName": "ACPI\\PNP0C0A\\1_0",
        "DeviceName": "ACME-1",
        "ManufactureName": "ACME",
        "SerialNumber": "  541",
        "ManufactureDate": "20180417******.******+***",
        "Chemistry": int.from_bytes(b"LION", "little"),
        "Capabilities": 0x80000001,
        "DesignedCapacity": 50_000,
    },
    "BatteryFullChargedCapacity": {
        "InstanceName": "ACPI\\PNP0C0A\\1_0",
        "FullChargedCapacity": 31_000,
    },
    "BatteryCycleCount": {"InstanceName": "ACPI\\PNP0C0A\\1_0", "CycleCount": 412},
    "BatteryStatus": {
        "InstanceName": "ACPI\\PNP0C0A\\1_0",
        "RemainingCapacity": 15_500,
        "Voltage": 11_400,
        "Charging": True,
        "Discharging": False,
        "PowerOnline": True,
    },
    "WmiMonitorID": {
        "InstanceName": "DISPLAY\\ACM0001\\4&1&0&UID1_0",
        "ManufacturerName": {"value": [65, 67, 77, 0], "Count": 4},
        "ProductCodeID": [48, 48, 52, 51, 0],
        "UserFriendlyName": [80, 97, 110, 101, 108, 0],
        "SerialNumberID": [48, 0],
        "YearOfManufacture": 2018,
        "WeekOfManufacture": 7,
    },
    "WmiMonitorBasicDisplayParams": {
        "InstanceName": "DISPLAY\\ACM0001\\4&1&0&UID1_0",
        "MaxHorizontalImageSize": 31,
        "MaxVerticalImageSize": 17,
    },
    "WmiMonitorConnectionParams": {
        "InstanceName": "DISPLAY\\ACM0001\\4&1&0&UID1_0",
        "VideoOutputTechnology": 0x80000000,
    },
    "Win32_VideoController": [
        {
            "Name": "ACME Graphics",
            "AdapterCompatibility": "ACME",
            "AdapterRAM": 1_073_741_824,
            "CurrentHorizontalResolution": 1366,
            "CurrentVerticalResolution": 768,
            "PNPDeviceID": "PCI\\VEN_8086&DEV_1916&SUBSYS_0&REV_07\\3&1",
        },
        {"Name": "Mirror Driver", "PNPDeviceID": "ROOT\\DISPLAY\\0000"},
    ],
    "MSFT_NetAdapter": [
        {
            "Name": "Wi-Fi",
            "InterfaceDescription": "ACME Wireless 7",
            "PermanentAddress": "54EE75000001",
            "NdisPhysicalMedium": 9,
            "PnPDeviceID": "PCI\\VEN_8086&DEV_24FD\\1",
            "Speed": 144_400_000,
        },
        {
            "Name": "vEthernet",
            "PermanentAddress": "00155D000001",
            "Virtual": True,
            "PnPDeviceID": "ROOT\\VMS_MP\\0000",
        },
    ],
    "Win32_NetworkAdapter": [
        {
            "NetConnectionID": "Wi-Fi",
            "Name": "ACME Wireless 7",
            "Manufacturer": "ACME",
            "MACAddress": "54:EE:75:00:00:01",
            "PhysicalAdapter": True,
            "PNPDeviceID": "PCI\\VEN_8086&DEV_24FD\\1",
            "ServiceName": "acmewlan",
        }
    ],
    "Win32_PnPEntity": [
        {
            "Name": "Integrated Camera",
            "PNPClass": "Camera",
            "Service": "usbvideo",
            "PNPDeviceID": "USB\\VID_04F2&PID_B221&MI_00\\6&1",
        },
        {
            "Name": "Trusted Platform Module 2.0",
            "PNPClass": "SecurityDevices",
            "Service": "TPM",
            "PNPDeviceID": "ACPI\\MSFT0101\\1",
        },
    ],
    "Win32_SoundDevice": {"Name": "ACME Audio", "PNPDeviceID": "HDAUDIO\\FUNC_01"},
    "StationProbe": {
        "Uefi": True,
        "SecureBoot": True,
        "KeyInFirmware": True,
        "DirectoryJoined": False,
        "MdmEnrolled": False,
    },
    "StationEvents": {"Source": "disk", "Id": 7, "Count": 3},
}
MISSED = {"Win32_Tpm": "not_permitted", "Win32_EncryptableVolume": "not_permitted"}


def as_json(classes: dict[str, Any] | None = None, missed: dict[str, str] | None = None) -> str:
    """What our PowerShell would print."""
    said = {
        "format": 1,
        "admin": False,
        "classes": CLASSES if classes is None else classes,
        "missed": MISSED if missed is None else missed,
    }
    return json.dumps(said)


def as_dump(separator: str = "=") -> str:
    """The same objects as a text dump."""
    blocks = [
        [f"__CLASS{separator}{name}", *(f"{k}{separator}{_text(v)}" for k, v in item.items())]
        for name, items in CLASSES.items()
        for item in (items if isinstance(items, list) else [items])
    ]
    return "\r\n\r\n".join("\r\n".join(lines) for lines in blocks)


def _text(value: Any) -> str:
    """A date in DMTF's way, a list in braces."""
    if isinstance(value, dict):
        return _text(value["value"])
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return "20160519000000.000000+000" if str(value).startswith("/Date") else str(value)


BATTERY = """<Battery>
      <Id>ACME-1</Id><Manufacturer>ACME</Manufacturer><SerialNumber>  541</SerialNumber>
      <Chemistry>LiP</Chemistry><RelativeCapacity>{relative}</RelativeCapacity>
      <DesignCapacity>{design}</DesignCapacity><FullChargeCapacity>{full}</FullChargeCapacity>
      <CycleCount>{cycles}</CycleCount></Battery>"""
REPORT = """<?xml version="1.0" encoding="utf-8"?>
<BatteryReport xmlns="http://schemas.microsoft.com/battery/2012">
  <SystemInformation><ComputerName>SECRET</ComputerName></SystemInformation>
  <Batteries>{batteries}</Batteries>
  <RuntimeEstimates><DesignCapacity><Capacity>1</Capacity></DesignCapacity></RuntimeEstimates>
</BatteryReport>"""


def battery_report(
    design: str = "50000", full: str = "31000", cycles: str = "412", relative: str = "0"
) -> bytes:
    """A report with one battery."""
    battery = BATTERY.format(design=design, full=full, cycles=cycles, relative=relative)
    return REPORT.format(batteries=battery).encode()
