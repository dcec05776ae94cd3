"""The active screens, by the classes of root/wmi and the EDID that our collectors put beside."""

import base64
from collections import Counter

from diagnostics.endings import UnreadableReport
from diagnostics.parse.edid import parse_edid
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Display, Machine

CLASSES = {
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
