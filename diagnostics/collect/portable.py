"""What psutil and py-cpuinfo know, for systems we have no reader of our own for: Windows.

Not yet run on Windows; the tests run it on Linux, where the same libraries answer. They read the
live machine only.
"""

import cpuinfo
import psutil

from diagnostics.collect.source import Answer
from diagnostics.parse.mac import mac_address
from station.machine import Battery, Cpu, Machine, NetworkAdapter
from station.placeholders import fact


def read_processor() -> Answer:
    """Name and bits by py-cpuinfo, which takes a second; counts and clock by psutil."""
    said = cpuinfo.get_cpu_info()
    clocks = [int(clock.max) for clock in psutil.cpu_freq(percpu=True)]  # empty if unknown
    cpu = Cpu(
        name=fact(said.get("brand_raw")),
        cores=psutil.cpu_count(logical=False),
        threads=psutil.cpu_count(),
        max_mhz=max(clocks, default=0) or None,
        bits=said.get("bits"),
    )
    return Answer(Machine(cpus=(cpu,), logical_processors=psutil.cpu_count()))


def read_memory() -> Answer:
    """The memory the system sees."""
    return Answer(Machine(mem_total_kib=psutil.virtual_memory().total // 1024))


def read_batteries() -> Answer:
    """At most one battery, of which only the present charge is known."""
    battery = psutil.sensors_battery()
    if battery is None:
        return Answer(Machine())
    return Answer(
        Machine(batteries=(Battery(name="battery", charge_percent=int(battery.percent)),))
    )


def read_network() -> Answer:
    """Every adapter with a hardware address; whether it is wireless is not said."""
    addresses = psutil.net_if_addrs()
    adapters = [
        NetworkAdapter(name=name, mac=mac, speed_mbps=state.speed or None)
        for name, state in psutil.net_if_stats().items()
        if (mac := _mac_among([a.address for a in addresses.get(name, ())])) is not None
    ]
    return Answer(Machine(network=tuple(adapters)))


def _mac_among(addresses: list[str]) -> str | None:
    return next((mac for mac in map(mac_address, addresses) if mac is not None), None)
