"""What the firewall of Windows says of this program, read without any rights of an administrator.

Windows asks an administrator once, when a program begins to listen; without one it blocks and says
nothing. Its rules lie in the registry as texts of fields (MS-GPFAS 2.2.2.19), which every account
may read. Other systems are not asked: there the answer is "unknown". Never run on a real Windows.
"""

import ntpath
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Final

PROFILES: Final = {
    "Domain": "DomainProfile",
    "Private": "StandardProfile",
    "Public": "PublicProfile",
}
_POLICY: Final = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
_RULES: Final = (
    rf"{_POLICY}\FirewallRules",
    r"SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules",
)
_TCP: Final = "6"


class Firewall(StrEnum):
    """Whether neighbours reach a program that listens."""

    OPEN = "open"  # in every kind of network
    PARTLY = "partly"  # in some: a network that Windows calls public is often not among them
    CLOSED = "closed"
    UNKNOWN = "unknown"


def judged(
    switched_on: Mapping[str, bool], rules: Iterable[str], program: str, port: int
) -> Firewall:
    """What the rules come to for a program; `switched_on` says it by kind of network.

    A rule that blocks wins over one that allows, and what no rule allows is blocked.
    """
    allowed, blocked = set[str](), set[str]()
    for rule in map(_fields, rules):
        if _is_about(rule, program, port):
            named = {value for name, value in rule if name == "Profile"} or set(PROFILES)
            (blocked if ("Action", "Block") in rule else allowed).update(named)
    open_in = {p for p in PROFILES if not switched_on.get(p, True) or p in allowed - blocked}
    if not open_in:
        return Firewall.CLOSED
    return Firewall.OPEN if open_in == set(PROFILES) else Firewall.PARTLY


def firewall_of(port: int, program: str = sys.executable) -> Firewall:
    """What Windows says of this program now; unknown elsewhere, or where it cannot be read."""
    if sys.platform == "win32":
        with suppress(OSError):
            return judged(dict(_switches()), _rules(), program, port)
    return Firewall.UNKNOWN


def _fields(rule: str) -> list[tuple[str, str]]:
    """`v2.10|Action=Allow|Dir=In|…`; a field may come several times."""
    named = (field.partition("=") for field in rule.split("|"))
    return [(name, value) for name, found, value in named if found]


def _is_about(rule: list[tuple[str, str]], program: str, port: int) -> bool:
    """Whether it is in force for TCP that comes in to the program at the port."""
    said = dict(rule)
    protocol = said.get("Protocol", _TCP)
    if said.get("Active") != "TRUE" or said.get("Dir") != "In" or protocol != _TCP:
        return False
    ports = [value for name, value in rule if name in {"LPort", "LPort2_10"}]
    if ports and str(port) not in ports:
        return False
    return _same_program(said["App"], program) if "App" in said else bool(ports)


def _same_program(named: str, program: str) -> bool:
    return ntpath.normcase(os.path.expandvars(named)) == ntpath.normcase(program)


if sys.platform == "win32":
    import winreg

    def _switches() -> Iterator[tuple[str, bool]]:
        for name, key in PROFILES.items():
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_POLICY}\{key}") as opened:
                yield name, bool(winreg.QueryValueEx(opened, "EnableFirewall")[0])

    def _rules() -> Iterator[str]:
        for key in _RULES:
            try:
                opened = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key)
            except FileNotFoundError:  # no group policy says anything
                continue
            with opened:
                for at in range(winreg.QueryInfoKey(opened)[1]):
                    yield str(winreg.EnumValue(opened, at)[1])
