"""A tablet on a cable, over adb: nothing is installed on it and nothing is changed.

Names of accounts never leave the tablet's own answer: they are counted here and forgotten.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from diagnostics.collect.adb import choose, parse_devices
from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw, Source
from diagnostics.endings import NotPermitted, ReadingFailed, SourceMissing, UnreadableReport
from diagnostics.parse.cpuinfo import parse_cpuinfo
from diagnostics.parse.df import parse_df
from diagnostics.parse.dumpsys import count_accounts, has_device_owner, parse_battery
from diagnostics.parse.getprop import parse_getprop
from diagnostics.parse.meminfo import parse_meminfo
from diagnostics.parse.numbers import amount, whole_number
from station.machine import Battery, Display, Machine, Security, Tablet

ADB = ("adb",)
LIMIT_S = 20.0  # the first question also starts adb's server
_GAUGE = "/sys/class/power_supply/battery"
_DATA = "/data"
_SIZE = re.compile(r"Physical size: ([0-9]{1,5})x([0-9]{1,5})")
_KEPT = "[ro."  # of the properties, those that were built in: others name networks and operators
_REFUSALS = ("permission denied", "inaccessible or not found", "no such file", "not found")


def tablet_sources(
    wanted: str = "", adb: Sequence[str] = ADB, limit_s: float = LIMIT_S
) -> tuple[Source, ...]:
    """Every section of the one tablet; raises NoTablet, or SourceMissing without adb."""
    listed = run_tool([*adb, "devices"], limit_s).text
    shell = _Shell((*adb, "-s", choose(parse_devices(listed), wanted), "shell"), limit_s)
    reads = {
        "system": ("getprop", read_properties),
        "cpus": ("/proc/cpuinfo", read_cpu),
        "memory": ("/proc/meminfo", read_memory),
        "batteries": ("dumpsys battery", read_battery),
        "displays": ("wm size", read_screen),
        "storage": ("df", read_space),
        "security": ("dumpsys device_policy", read_policy),
        "tablet": ("dumpsys account", read_owner),
    }
    return tuple(
        Source(section, f"adb {name}", partial(read, shell), limit_s)
        for section, (name, read) in reads.items()
    )


@dataclass(frozen=True)
class _Shell:
    """Questions to one tablet's own shell."""

    command: Sequence[str]
    limit_s: float

    def ask(self, *words: str) -> str:
        """The answer; a refusal of the tablet's shell raises the ending that it means."""
        text = run_tool([*self.command, *words], self.limit_s).text
        start = text[:300].casefold()
        if not text.strip() or any(refusal in start for refusal in _REFUSALS):
            denied = "permission denied" in start
            raise (NotPermitted if denied else SourceMissing)(" ".join(words))
        return text

    def try_asking(self, *words: str) -> str:
        """The answer, "" where the shell may not ask this."""
        try:
            return self.ask(*words).strip()
        except ReadingFailed:
            return ""


def read_properties(shell: _Shell) -> Answer:
    """Who made it, which Android, how it starts."""
    text = shell.ask("getprop")
    kept = "\n".join(line for line in text.splitlines() if line.startswith(_KEPT))
    return Answer(parse_getprop(text), raw=(Raw("android-getprop.txt", kept.encode()),))


def read_cpu(shell: _Shell) -> Answer:
    """Cores as the kernel counts them."""
    return Answer(parse_cpuinfo(shell.ask("cat", "/proc/cpuinfo")))


def read_memory(shell: _Shell) -> Answer:
    """The memory the system sees."""
    return Answer(parse_meminfo(shell.ask("cat", "/proc/meminfo")))


def read_battery(shell: _Shell) -> Answer:
    """Level and health by the service; capacities and cycles where the kernel's files are open."""
    battery, on_mains = parse_battery(shell.ask("dumpsys", "battery"))
    if battery is None:
        return Answer(Machine(on_mains=on_mains))
    return Answer(Machine(batteries=(_with_gauge(shell, battery),), on_mains=on_mains))


def _with_gauge(shell: _Shell, battery: Battery) -> Battery:
    """The kernel counts charge in millionths of an ampere-hour."""
    full, design, cycles = (
        shell.try_asking("cat", f"{_GAUGE}/{name}")
        for name in ("charge_full", "charge_full_design", "cycle_count")
    )
    counted = whole_number(cycles) if battery.cycles is None else battery.cycles
    return msgspec.structs.replace(
        battery,
        full_capacity_mah=(amount(full) or 0) // 1000 or None,
        design_capacity_mah=(amount(design) or 0) // 1000 or None,
        cycles=counted,
    )


def read_screen(shell: _Shell) -> Answer:
    """The panel's own pixels."""
    size = _SIZE.search(shell.ask("wm", "size"))
    if size is None:
        raise UnreadableReport("wm named no size")
    panel = Display(connector="DSI-1", width_px=int(size[1]), height_px=int(size[2]))
    return Answer(Machine(displays=(panel,)))


def read_space(shell: _Shell) -> Answer:
    """The part of the storage that is the user's, and what is free of it."""
    space = parse_df(shell.ask("df", _DATA), _DATA)
    tablet = Tablet(storage_bytes=space.size_bytes, storage_free_bytes=space.free_bytes)
    return Answer(Machine(tablet=tablet))


def read_policy(shell: _Shell) -> Answer:
    """Whether an organisation owns it."""
    owned = has_device_owner(shell.ask("dumpsys", "device_policy"))
    return Answer(Machine(security=Security(mdm_enrolled=owned)))


def read_owner(shell: _Shell) -> Answer:
    """How many accounts would lock it after a reset, and whether it was set up."""
    said = shell.try_asking("settings", "get", "global", "device_provisioned")
    provisioned = {"1": True, "0": False}.get(said)
    accounts = count_accounts(shell.ask("dumpsys", "account"))
    return Answer(Machine(tablet=Tablet(accounts=accounts, provisioned=provisioned)))
