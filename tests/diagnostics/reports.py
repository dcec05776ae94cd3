"""Reports as the tests need them: an old laptop, and the same one after a repair."""

from typing import Any

from diagnostics.finding import Finding
from diagnostics.report import Report
from station.checks import Measurement, Outcome
from station.machine import (
    Battery,
    Board,
    Cpu,
    Disk,
    Machine,
    MemoryModule,
    NetworkAdapter,
    Reading,
    Section,
    System,
)

POLICY = "judge-2021-09-10"
READ = ("system", "cpus", "memory", "storage", "batteries", "displays", "network")
HDD = Disk(
    name="sda",
    model="ACME Spin 500",
    serial_number="HDD-1",
    capacity_bytes=500_107_862_016,
    rotational=True,
    bus="sata",
    reallocated=0,
)
SSD = Disk(
    name="sda",
    model="ACME 256",
    serial_number="SSD-1",
    capacity_bytes=256_060_514_304,
    rotational=False,
    bus="sata",
)
WORN = Battery(name="BAT0", model="NB14-BAT", design_capacity_mwh=50_000, full_capacity_mwh=20_500)
MODULE = MemoryModule(
    capacity_mib=4096, type="DDR3", part_number="AC4G", serial_number="M-1", slot="DIMM A"
)


def sections(*names: str, reading: Reading = Reading.OK) -> tuple[Section, ...]:
    return tuple(Section(name, reading, "lsblk", 1) for name in names)


def machine(**changes: Any) -> Machine:
    usual: dict[str, Any] = {
        "system": System(manufacturer="ACME", model="Notebook 14", serial_number="AC-0001"),
        "board": Board(manufacturer="ACME", model="NB14-MB", serial_number="MB-0001"),
        "cpus": (Cpu(name="ACME Core i3", cores=2, threads=4),),
        "memory": (MODULE,),
        "storage": (HDD,),
        "batteries": (WORN,),
        "network": (NetworkAdapter(name="wlp2s0", mac="54:ee:75:00:00:02", wireless=True),),
        "sections": sections(*READ),
    }
    return Machine(**{**usual, **changes})


def report(*findings: Finding, policy: str = POLICY, **changes: Any) -> Report:
    return Report(machine(**changes), findings or FINDINGS, policy)


FINDINGS = (
    Finding("id.identity", Outcome.PASS),
    Finding("mem.size", Outcome.FAIL, ("memory_small",), (Measurement("total_mib", 4096),)),
    Finding("bat.health", Outcome.FAIL, ("battery_worn",), (Measurement("health_percent", 41),)),
    Finding("sto.type", Outcome.WARN, ("disk_rotates",), (Measurement("capacity_gb", 500),)),
    Finding("net.wifi", Outcome.UNKNOWN, ("wifi_not_measured",)),
)
