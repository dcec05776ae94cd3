from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.lsusb import parse_lsusb
from station.machine import UsbDevice
from tests.diagnostics import corpus

WEBCAM = """\

Bus 001 Device 003: ID 04f2:b221 ACME Electronics, Ltd Integrated Camera
Negotiated speed: High Speed (480Mbps)
Device Descriptor:
  idVendor           0x04f2 ACME Electronics, Ltd
  iManufacturer           1 ACME
  iProduct                2 Camera 2 in 1

Bus 002 Device 004: ID 1b96:0001
Negotiated speed: SuperSpeed (5Gbps)
  iManufacturer           1 ACME
  iProduct                2 Touch Panel
"""


def test_a_device_has_its_number_name_and_speed() -> None:
    camera, _ = parse_lsusb(WEBCAM).usb

    assert camera == UsbDevice(
        usb_id="04f2:b221", name="ACME Electronics, Ltd Integrated Camera", speed_mbps=480
    )


def test_a_device_that_the_list_does_not_name_names_itself() -> None:
    _, panel = parse_lsusb(WEBCAM).usb

    assert panel == UsbDevice(usb_id="1b96:0001", name="ACME Touch Panel", speed_mbps=5000)


@pytest.mark.parametrize("text", ["", "unable to initialize libusb: -99", "Bus 01 Device x"])
def test_text_without_a_device_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_lsusb(text)


@pytest.mark.parametrize("case", corpus.cases("lsusb-text"))
def test_real_devices_are_those_that_others_read(case: dict[str, Any]) -> None:
    ids = [device.usb_id for device in parse_lsusb(corpus.text(case)).usb]

    expected = case["expected"]
    assert ids[: len(expected.get("jc", []))] == [device["id"] for device in expected.get("jc", [])]
    assert {f"{u['vendorid']}:{u['productid']}" for u in expected.get("usb", [])} <= set(ids)
