"""Screens, graphics, network, cameras and sound, by their WMI classes."""

import base64
import re
from collections import Counter

import msgspec

from diagnostics.endings import UnreadableReport
from diagnostics.parse.edid import parse_edid
from diagnostics.parse.mac import mac_address
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Camera, Display, Gpu, Machine, NetworkAdapter, SoundCard

DISPLAY_CLASSES = {
    "WmiMonitorID": (
        "InstanceName",
        "ManufacturerName",
        "ProductCodeID",
        "SerialNumberID",
        "UserFriendlyName",
        "YearOfManufacture",
        "WeekOfManufacture",
        "Edid",  # not WMI's: our collectors put the registry's bytes beside it, in base 64
    ),
    "WmiMonitorBasicDisplayParams": (
        "InstanceName",
        "MaxHorizontalImageSize",
        "MaxVerticalImageSize",
    ),
    "WmiMonitorConnectionParams": ("InstanceName", "VideoOutputTechnology"),
}
GPU_CLASSES = {
    "Win32_VideoController": (
        "Name",
        "VideoProcessor",
        "AdapterCompatibility",
        "AdapterRAM",
        "CurrentHorizontalResolution",
        "CurrentVerticalResolution",
        "PNPDeviceID",
    )
}
NETWORK_CLASSES = {
    "MSFT_NetAdapter": (
        "Name",
        "InterfaceDescription",
        "PermanentAddress",
        "NdisPhysicalMedium",
        "HardwareInterface",
        "Virtual",
        "PnPDeviceID",
        "Speed",
    ),
    "Win32_NetworkAdapter": (
        "NetConnectionID",
        "Name",
        "Manufacturer",
        "MACAddress",
        "PhysicalAdapter",
        "PNPDeviceID",
        "ServiceName",
        "Speed",
    ),
}
PNP_CLASSES = {"Win32_PnPEntity": ("Name", "PNPClass", "Service", "PNPDeviceID")}
SOUND_CLASSES = {"Win32_SoundDevice": ("Name", "PNPDeviceID")}

_OUTPUTS = {  # D3DKMDT_VIDEO_OUTPUT_TECHNOLOGY, in the words of Linux
    0: "VGA",
    4: "DVI",
    5: "HDMI",
    6: "LVDS",
    10: "DP",
    11: "eDP",
    13: "eDP",
    0x80000000: "eDP",  # "internal": the panel of a laptop
}
_PCI = re.compile(r"PCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})", re.IGNORECASE)
_USB = re.compile(r"USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", re.IGNORECASE)
_NO_HARDWARE = ("ROOT\\", "BTH\\", "SW\\", "SWD\\", "{")  # tunnels, Bluetooth, switches
_WIRELESS_NAME = re.compile(r"wi-?fi|wireless|wlan|802\.11", re.IGNORECASE)
_WIRELESS_MEDIA = (1, 9)  # NdisPhysicalMediumWirelessLan, ...Native802_11
_BIGGEST_RAM = 0xFFF00000  # a 32-bit property stands here at 4 GiB and above
_CAMERA_CLASSES = ("Camera", "Image")
_NEVER_A_SPEED = 10**12  # an adapter without a cable claims 9.2 Eb/s


def displays(objects: Objects) -> Machine:
    """The active screens; by their EDID where our collector found it."""
    sizes = _by_instance(objects, "WmiMonitorBasicDisplayParams")
    outputs = _by_instance(objects, "WmiMonitorConnectionParams")
    counted: Counter[str] = Counter()
    found = []
    for said in objects.get("WmiMonitorID", ()):
        instance = said.said("InstanceName").casefold()
        connector = _connector(outputs.get(instance), counted)
        found.append(_display(said, sizes.get(instance, WmiObject({})), connector))
    return Machine(displays=tuple(found))


def _by_instance(objects: Objects, name: str) -> dict[str, WmiObject]:
    return {said.said("InstanceName").casefold(): said for said in objects.get(name, ())}


def _connector(output: WmiObject | None, counted: Counter[str]) -> str | None:
    """eDP-1, HDMI-2 ...: counted here, as Windows does not."""
    kind = _OUTPUTS.get(_technology(output)) if output else None
    if kind is None:
        return None
    counted[kind] += 1
    return f"{kind}-{counted[kind]}"


def _technology(output: WmiObject) -> int:
    number = output.whole("VideoOutputTechnology")
    return -1 if number is None else number


def _display(said: WmiObject, size: WmiObject, connector: str | None) -> Display:
    try:
        return parse_edid(connector, base64.b64decode(said.said("Edid"), validate=True))
    except (ValueError, UnreadableReport):  # no bytes, or bytes that are none
        return Display(
            connector=connector,
            manufacturer_id=said.letters("ManufacturerName"),
            product_code=_hex(said.letters("ProductCodeID")),
            model=said.letters("UserFriendlyName"),
            serial_number=said.letters("SerialNumberID"),
            year=said.amount("YearOfManufacture"),
            week=said.amount("WeekOfManufacture"),
            width_cm=size.amount("MaxHorizontalImageSize"),
            height_cm=size.amount("MaxVerticalImageSize"),
        )


def _hex(text: str | None) -> int | None:
    try:
        return int(text, 16) if text else None
    except ValueError:
        return None


def gpus(objects: Objects) -> Machine:
    """The graphics adapters that are hardware; remote and mirror drivers are none."""
    adapters = (_gpu(said) for said in objects.get("Win32_VideoController", ()))
    return Machine(gpus=tuple(gpu for gpu in adapters if gpu is not None))


def _gpu(said: WmiObject) -> Gpu | None:
    where = said.said("PNPDeviceID")
    if where.upper().startswith(_NO_HARDWARE):
        return None
    memory = said.amount("AdapterRAM")
    width = said.amount("CurrentHorizontalResolution")
    height = said.amount("CurrentVerticalResolution")
    return Gpu(
        model=said.text("Name"),
        chipset=said.text("VideoProcessor"),
        manufacturer=said.maker("AdapterCompatibility"),
        memory_mib=memory // 2**20 or None if memory and memory < _BIGGEST_RAM else None,
        resolution=f"{width}x{height}" if width and height else None,
        pci_id=_id(_PCI, where),
    )


def _id(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.match(text)
    return f"{match[1]}:{match[2]}".lower() if match else None


def network(objects: Objects) -> Machine:
    """Every adapter with hardware behind it, as both classes know it by its name."""
    named = {a.mac: a for a in map(_net_adapter, objects.get("MSFT_NetAdapter", ())) if a}
    for older in map(_adapter, objects.get("Win32_NetworkAdapter", ())):
        if older is not None:
            newer = named.get(older.mac)
            named[older.mac] = _with(newer, older) if newer else older
    return Machine(network=tuple(named.values()))


def _with(newer: NetworkAdapter, older: NetworkAdapter) -> NetworkAdapter:
    """The newer class's facts; maker and driver only the older one says."""
    return msgspec.structs.replace(newer, manufacturer=older.manufacturer, driver=older.driver)


def _net_adapter(said: WmiObject) -> NetworkAdapter | None:
    mac = mac_address(said.said("PermanentAddress"))
    if mac is None or said.truth("Virtual") or _is_no_hardware(said.said("PnPDeviceID")):
        return None
    medium = said.whole("NdisPhysicalMedium")
    return NetworkAdapter(
        name=said.text("Name"),
        mac=mac,
        wireless=None if medium is None else medium in _WIRELESS_MEDIA,
        speed_mbps=_mbps(said),
        model=said.text("InterfaceDescription"),
        usb=said.said("PnPDeviceID").upper().startswith("USB\\"),
    )


def _adapter(said: WmiObject) -> NetworkAdapter | None:
    mac, where = mac_address(said.said("MACAddress")), said.said("PNPDeviceID")
    if mac is None or said.truth("PhysicalAdapter") is False or _is_no_hardware(where):
        return None
    names = f"{said.said('Name')} {said.said('NetConnectionID')}"
    return NetworkAdapter(
        name=said.text("NetConnectionID"),
        mac=mac,
        wireless=True if _WIRELESS_NAME.search(names) else None,
        speed_mbps=_mbps(said),
        manufacturer=said.maker("Manufacturer"),
        model=said.text("Name"),
        driver=said.text("ServiceName"),
        usb=where.upper().startswith("USB\\"),
    )


def _is_no_hardware(where: str) -> bool:
    return not where or where.upper().startswith(_NO_HARDWARE)


def _mbps(said: WmiObject) -> int | None:
    speed = said.amount("Speed")
    return speed // 10**6 or None if speed and speed < _NEVER_A_SPEED else None


def cameras(objects: Objects) -> Machine:
    """Cameras; scanners share their older class, and only cameras run the video driver."""
    found = (said for said in objects.get("Win32_PnPEntity", ()) if _is_camera(said))
    return Machine(
        cameras=tuple(
            Camera(name=said.text("Name"), usb_id=_id(_USB, said.said("PNPDeviceID")))
            for said in found
        )
    )


def _is_camera(said: WmiObject) -> bool:
    if said.said("Service").casefold() == "usbvideo":
        return True
    return said.said("PNPClass") == _CAMERA_CLASSES[0]


def sound_cards(objects: Objects) -> Machine:
    """The sound devices that are hardware."""
    cards = objects.get("Win32_SoundDevice", ())
    return Machine(
        sound_cards=tuple(
            SoundCard(name=said.text("Name"))
            for said in cards
            if not said.said("PNPDeviceID").upper().startswith("ROOT\\")
        )
    )
