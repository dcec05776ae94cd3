"""The network adapters, from files of /sys/class/net as our collector for Linux keeps them.

    {"wlp2s0": {"address": "54:ee:75:00:00:01", "speed": "-1", "driver": "iwlwifi",
                "bus": "pci", "wireless": "yes"}}

Only adapters with a device behind them are kept: bridges, tunnels and the loopback have none.
"""

import json
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from diagnostics.parse.mac import own_address
from diagnostics.parse.numbers import amount
from station.machine import Machine, NetworkAdapter
from station.placeholders import fact


def parse_net(text: str) -> Machine:
    """Every adapter by its name."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("no JSON of network adapters") from error
    if not isinstance(said, dict):
        raise UnreadableReport("no network adapters by their names")
    adapters = (_adapter(name, files) for name, files in said.items() if isinstance(files, dict))
    return Machine(network=tuple(adapters))


def _adapter(name: str, files: dict[str, Any]) -> NetworkAdapter:
    """One adapter; without a cable the kernel gives -1 for the speed, or none."""
    lines = {file: line for file, line in files.items() if isinstance(line, str)}
    bus = lines.get("bus")
    return NetworkAdapter(
        name=fact(name),
        mac=own_address(lines.get("macaddress"), lines.get("address")),
        wireless=lines.get("wireless") == "yes",
        speed_mbps=amount(lines.get("speed")),
        driver=fact(lines.get("driver")),
        usb=None if bus is None else bus == "usb",
    )


def facts_of(data: bytes) -> Machine:
    """The facts of a saved file."""
    return parse_net(text_of(data))
