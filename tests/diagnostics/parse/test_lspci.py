from typing import Any

import msgspec
import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.lspci import parse_lspci
from station.machine import Gpu, PciDevice
from tests.diagnostics import corpus

VERBOSE = """\
00:00.0 Host bridge [0600]: Intel Corporation ACME Host [8086:1904] (rev 08)
\tSubsystem: Dell Device [1028:0704]
\tKernel driver in use: acme_uncore

01:00.0 VGA compatible controller [0300]: NVIDIA Corporation AC100 [ACME Force 42] [10de:1234] \
(rev a1) (prog-if 00 [VGA controller])
\tSubsystem: ASUSTeK Computer Inc. AC100 [ACME Force 42] [1043:85cf]
\tFlags: bus master, fast devsel, latency 0, IRQ 126
\tMemory at db000000 (64-bit, prefetchable) [size=256M]
\tCapabilities: [88] Subsystem: Dell Device [1028:0001]
\tKernel driver in use: nouveau
\tKernel modules: nouveau
"""
PLAIN = "00:02.0 VGA compatible controller: Intel Corporation ACME Graphics 7 (rev 09)\n"


def gpu(text: str) -> Gpu:
    (found,) = parse_lspci(text).gpus
    return found


def test_a_card_is_known_by_its_chip_its_builder_and_the_name_it_was_sold_by() -> None:
    assert gpu(VERBOSE) == Gpu(
        manufacturer="NVIDIA Corporation",
        model="ACME Force 42",
        chip_manufacturer="NVIDIA",
        card_brand="ASUSTeK Computer Inc.",
        chipset="AC100",
        slot="01:00.0",
        pci_id="10de:1234",
        driver="nouveau",
    )


def test_every_function_is_listed_under_the_outside_names() -> None:
    (bridge, _) = parse_lspci(VERBOSE).pci

    assert msgspec.to_builtins(bridge) == {
        "slot": "00:00.0",
        "class_name": "Host bridge",
        "class": "0600",
        "id": "8086:1904",
        "subsystem_id": "1028:0704",
        "name": "Intel Corporation ACME Host",
        "driver": "acme_uncore",
    }


def test_names_without_numbers_are_enough() -> None:
    found = gpu(PLAIN)

    assert (found.manufacturer, found.model) == ("Intel Corporation", "ACME Graphics 7")
    assert found.pci_id is None


def test_numbers_without_names_still_find_the_card_and_its_maker() -> None:
    found = gpu("0000:00:02.0 0300: 8086:1916 (rev 07)\n")

    assert (found.manufacturer, found.pci_id) == ("Intel Corporation", "8086:1916")
    assert found.model is None


def test_a_device_that_the_list_does_not_name_has_no_model() -> None:
    found = gpu("00:02.0 VGA compatible controller: Device 1234:1111 (rev 02)\n")

    assert (found.model, found.manufacturer, found.pci_id) == (None, None, "1234:1111")


@pytest.mark.parametrize(
    ("maker", "short"),
    [
        ("Advanced Micro Devices, Inc. [AMD/ATI]", "AMD/ATI"),
        ("VIA Technologies, Inc.", "VIA"),
        ("nVidia Corporation", "nVidia"),  # so older lists wrote it
        ("ATI Technologies Inc", "ATI"),
        ("ACME Graphics Co., Ltd.", "ACME Graphics"),  # in no list, known by its kind
    ],
)
def test_the_maker_is_told_from_the_chip_after_it(maker: str, short: str) -> None:
    found = gpu(f"01:00.0 3D controller: {maker} AC7 [ACME Force]\n")

    assert (found.manufacturer, found.chip_manufacturer) == (maker, short)
    assert (found.chipset, found.model) == ("AC7", "ACME Force")


def test_a_bridge_is_no_graphics_adapter() -> None:
    line = "00:01.0 PCI bridge: Intel Corporation ACME Root Port (rev 02)\n"

    assert parse_lspci(line).gpus == ()
    assert parse_lspci(line).pci[0] == PciDevice(
        slot="00:01.0", class_name="PCI bridge", name="Intel Corporation ACME Root Port"
    )


@pytest.mark.parametrize("text", ["", "lspci: command not found", "00:00.0", "00:02.0 VGA"])
def test_text_without_a_device_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_lspci(text)


@pytest.mark.parametrize("case", corpus.cases("lspci-text"))
def test_a_real_bus_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    machine = parse_lspci(corpus.text(case))

    assert len(machine.gpus) >= len(case["expected"]["gpus"])  # one peer leaves out second heads
    ours = {device.slot: msgspec.to_builtins(device) for device in machine.pci}
    for theirs in case["expected"].get("pci", []):
        cut = theirs.get("driver", "")  # at a hyphen
        mine = ours[theirs["slot"]]
        assert mine.get("driver", "").startswith(cut)
        assert {**mine, "driver": cut} == {**theirs, "driver": cut}
