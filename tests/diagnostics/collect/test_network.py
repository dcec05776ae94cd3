from pathlib import Path

import pytest

from diagnostics.collect.network import mac_address, read_network
from station.machine import NetworkAdapter
from tests.diagnostics.machine_tree import write, write_laptop


def test_adapters_without_hardware_are_left_out(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    write(root / "sys/class/net/bonding_masters", "\n")

    assert read_network(root).facts == (
        NetworkAdapter(name="enp1s0", mac="54:ee:75:00:00:01", wireless=False),
        NetworkAdapter(name="wlp2s0", mac="54:ee:75:00:00:02", wireless=True),
    )


def test_windows_writes_the_address_with_dashes() -> None:
    assert mac_address("54-EE-75-00-00-01") == "54:ee:75:00:00:01"


@pytest.mark.parametrize(
    "text", ["", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "192.168.1.1", "::1"]
)
def test_what_names_no_adapter_is_no_address(text: str) -> None:
    assert mac_address(text) is None
