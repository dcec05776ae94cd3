"""The network adapters that are hardware, from /sys/class/net."""

import re
from collections.abc import Mapping
from pathlib import Path

from diagnostics.collect.files import entries, read_attributes
from diagnostics.collect.source import Answer
from diagnostics.parse.numbers import amount
from station.machine import Machine, NetworkAdapter
from station.placeholders import fact

FOLDER = "sys/class/net"
_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


def read_network(root: Path) -> Answer:
    """Every adapter with a device behind it: bridges, tunnels and the loopback have none."""
    adapters = [_read_adapter(folder) for folder in entries(root / FOLDER) if _is_hardware(folder)]
    return Answer(Machine(network=tuple(adapters)))


def _is_hardware(folder: Path) -> bool:
    return (folder / "device").exists()


def _read_adapter(folder: Path) -> NetworkAdapter:
    wireless = any((folder / mark).exists() for mark in ("wireless", "phy80211"))
    attributes = read_attributes(folder, ["address", "speed"]).values
    return parse_adapter(folder.name, attributes, wireless=wireless)


def parse_adapter(name: str, attributes: Mapping[str, str], *, wireless: bool) -> NetworkAdapter:
    """One adapter; without a cable the kernel gives -1 for the speed or none."""
    return NetworkAdapter(
        name=name,
        mac=mac_address(attributes.get("address", "")),
        wireless=wireless,
        speed_mbps=amount(attributes.get("speed")),
    )


def mac_address(text: str) -> str | None:
    """Six bytes as aa:bb:cc:dd:ee:ff, whichever way the system writes them."""
    said = fact(text.strip().lower().replace("-", ":"))
    return said if said and _MAC.fullmatch(said) else None
