"""The kinds of outputs that can be parsed away from their machine, by their outside names.

Each parser is loaded when its kind is asked for.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import msgspec

from station.machine import Machine

Facts = Mapping[str, Any]

KINDS = {  # kind: the module here whose `facts_of` reads it, bytes in and facts out
    "android-getprop": "getprop",
    "cim-json": "cim",
    "cpuinfo": "cpuinfo",
    "dmi-sysfs": "dmi_sysfs",
    "dmidecode-text": "dmidecode",
    "edid-bin": "edid",
    "kernel-log": "kernel_log",
    "lsblk-json": "lsblk",
    "lspci-text": "lspci",
    "lsusb-text": "lsusb",
    "meminfo": "meminfo",
    "net-sysfs": "net_sysfs",
    "power-supply-sysfs": "power_supply",
    "powercfg-xml": "powercfg",
    "smartctl-json": "smartctl_json",
    "smartctl-text": "smartctl_text",
    "upower-text": "upower",
    "wmi-dump": "wmi",
}


def reader(kind: str) -> Callable[[bytes], Machine]:
    """What reads a kind into a part of a machine; raises KeyError for a kind that nobody parses."""
    facts_of: Callable[[bytes], Machine] = _module(kind).facts_of
    return facts_of


def parser(kind: str) -> Callable[[bytes], Facts]:
    """The parser of a kind; raises KeyError for a kind that nobody parses."""
    facts_of = _module(kind).facts_of

    def parse(data: bytes) -> Facts:
        facts: Facts = msgspec.to_builtins(facts_of(data))
        return facts

    return parse


def _module(kind: str) -> ModuleType:
    return import_module(f"diagnostics.parse.{KINDS[kind]}")
