import os
import sys
from pathlib import Path

import pytest

from diagnostics.collect.network import read_network
from diagnostics.parse.mac import mac_address
from station.machine import NetworkAdapter
from tests.diagnostics.machine_tree import write, write_laptop

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


@LINUX
def test_adapters_are_named_by_the_numbers_of_their_devices(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write(root / "sys/class/net/bonding_masters", "\n")

    assert read_network(root).part.network == (
        NetworkAdapter(
            name="enp1s0",
            mac="54:ee:75:00:00:01",
            wireless=False,
            manufacturer="ACME Silicon",
            model="Ethernet 100",
            driver="acme_net",
            usb=False,
        ),
        NetworkAdapter(
            name="wlp2s0",
            mac="54:ee:75:00:00:02",
            wireless=True,
            manufacturer="ACME Radio",
            model="Wireless 3",
            driver="acme_wifi",
            usb=False,
        ),
    )


@LINUX
def test_a_wifi_that_looks_for_networks_keeps_its_own_address(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write(root / "sys/class/net/wlp2s0/address", "da:c1:0f:7e:55:01\n")
    write(root / "sys/class/net/wlp2s0/phy80211/macaddress", "54:ee:75:00:00:02\n")

    assert read_network(root).part.network[1].mac == "54:ee:75:00:00:02"


@LINUX
def test_an_adapter_on_the_usb_names_itself_where_no_list_does(tmp_path: Path) -> None:
    device = tmp_path / "sys/bus/usb/devices/2-1"
    for name, value in {"idVendor": "ac09", "idProduct": "0001", "product": "Dongle"}.items():
        write(device / name, f"{value}\n")
    (device / "2-1:1.0").mkdir()
    (device / "2-1:1.0/subsystem").symlink_to("../../../../../bus/usb")
    adapter = tmp_path / "sys/class/net/wlx0"
    write(adapter / "address", "54:ee:75:00:00:03\n")
    (adapter / "device").symlink_to(os.path.relpath(device / "2-1:1.0", adapter))

    (found,) = read_network(tmp_path).part.network

    assert (found.usb, found.manufacturer, found.model) == (True, None, "Dongle")


def test_windows_writes_the_address_with_dashes() -> None:
    assert mac_address("54-EE-75-00-00-01") == "54:ee:75:00:00:01"


@pytest.mark.parametrize(
    "text", ["", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "192.168.1.1", "::1"]
)
def test_what_names_no_adapter_is_no_address(text: str) -> None:
    assert mac_address(text) is None
