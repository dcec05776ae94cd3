import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.mac import mac_address
from diagnostics.parse.net_sysfs import parse_net
from station.machine import Machine, NetworkAdapter

NET = """{
 "enp1s0": {"address": "54:ee:75:00:00:01", "speed": "1000", "driver": "e1000e", "bus": "pci"},
 "wlx1": {"address": "54:ee:75:00:00:02", "speed": "-1", "bus": "usb", "wireless": "yes"}}"""


def test_adapters_are_read_by_their_names() -> None:
    assert parse_net(NET).network == (
        NetworkAdapter(
            name="enp1s0",
            mac="54:ee:75:00:00:01",
            wireless=False,
            speed_mbps=1000,
            driver="e1000e",
            usb=False,
        ),
        NetworkAdapter(name="wlx1", mac="54:ee:75:00:00:02", wireless=True, usb=True),
    )


@pytest.mark.parametrize("text", ["", "[]", "7", NET[:60], "[" * 100_000])
def test_what_is_no_list_of_adapters_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_net(text)


def test_a_machine_without_adapters_has_none() -> None:
    assert parse_net('{"odd": 7}') == Machine()


@pytest.mark.parametrize(
    ("written", "mac"),
    [
        ("54:EE:75:00:00:01\n", "54:ee:75:00:00:01"),
        ("54-EE-75-00-00-01", "54:ee:75:00:00:01"),
        ("54EE75000001", "54:ee:75:00:00:01"),
        ("54:EE-75:00:00:01", None),
        ("54:EE:75:00:00", None),
        ("00:00:00:00:00:00", None),
        ("FF-FF-FF-FF-FF-FF", None),
        ("", None),
    ],
)
def test_an_address_is_read_in_any_of_its_ways(written: str, mac: str | None) -> None:
    assert mac_address(written) == mac
