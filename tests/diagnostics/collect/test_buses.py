import sys
from pathlib import Path

import pytest

from diagnostics.collect.buses import read_lspci, read_lsusb, read_pci, read_usb
from diagnostics.endings import SourceMissing, UnreadableReport
from station.machine import Gpu, Machine, PciDevice, UsbDevice
from tests.diagnostics.machine_tree import write_laptop
from tests.diagnostics.tools import LSPCI, LSUSB, write_tool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def test_without_lspci_the_bus_is_numbered_by_the_kernel_and_named_by_the_list(
    tmp_path: Path,
) -> None:
    part = read_pci(write_laptop(tmp_path)).part

    assert part.pci[0] == PciDevice(
        slot="00:02.0",
        class_code="0300",
        pci_id="ac01:0003",
        name="ACME Silicon Graphics 300",
        driver="acme_gpu",
    )
    assert part.gpus == (
        Gpu(
            manufacturer="ACME Silicon",
            model="Graphics 300",
            slot="00:02.0",
            pci_id="ac01:0003",
            driver="acme_gpu",
        ),
    )


def test_devices_on_the_usb_speak_for_themselves(tmp_path: Path) -> None:
    assert read_usb(write_laptop(tmp_path)).part.usb == (
        UsbDevice(port="1-6", usb_id="ac03:b221", name="ACME HD Camera", speed_mbps=480),
    )


def test_the_tools_words_are_kept_beside_their_facts(tmp_path: Path) -> None:
    lspci = write_tool(tmp_path, "lspci", f"echo '{LSPCI}'")
    lsusb = write_tool(tmp_path, "lsusb", f"echo '{LSUSB}'")

    pci, usb = read_lspci(str(lspci), 5), read_lsusb(str(lsusb), 5)

    assert [device.slot for device in pci.part.pci] == ["00:02.0"]
    assert [device.usb_id for device in usb.part.usb] == ["ac03:b221"]
    assert [raw.name for raw in (*pci.raw, *usb.raw)] == ["lspci-text.txt", "lsusb-text.txt"]


def test_a_bus_that_this_machine_has_not_is_missing(tmp_path: Path) -> None:
    lspci = write_tool(tmp_path, "lspci", "echo 'lspci: Cannot open /proc/bus/pci' >&2", "exit 1")

    with pytest.raises(SourceMissing):
        read_lspci(str(lspci), 5)


def test_a_bus_without_devices_is_read_and_empty(tmp_path: Path) -> None:
    assert read_lsusb(str(write_tool(tmp_path, "lsusb", "exit 0")), 5).part == Machine()


def test_a_broken_tool_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport):
        read_lsusb(str(write_tool(tmp_path, "lsusb", "echo oops >&2", "exit 3")), 5)
