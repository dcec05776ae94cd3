"""The network adapters: MSFT_NetAdapter, which Windows 8 brought, with Win32_NetworkAdapter."""

import re

import msgspec

from diagnostics.parse.mac import mac_address
from diagnostics.parse.wmi_devices import NO_HARDWARE
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Machine, NetworkAdapter

CLASSES = {
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
_WIRELESS_NAME = re.compile(r"wi-?fi|wireless|wlan|802\.11", re.IGNORECASE)
_WIRELESS_MEDIA = (1, 9)  # NdisPhysicalMediumWirelessLan, ...Native802_11
_NEVER_A_SPEED = 10**12  # an adapter without a cable claims 9.2 Eb/s


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
    return not where or where.upper().startswith(NO_HARDWARE)


def _mbps(said: WmiObject) -> int | None:
    speed = said.amount("Speed")
    return speed // 10**6 or None if speed and speed < _NEVER_A_SPEED else None
