"""The kinds of outputs that can be parsed away from their machine, by the names of the outside form.

Each parser is loaded when its kind is asked for.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import msgspec

Facts = Mapping[str, Any]

KINDS = {  # kind: module and function; bytes in, a struct of facts out
    "cpuinfo": ("diagnostics.parse.cpuinfo", "facts_of"),
    "edid-bin": ("diagnostics.parse.edid", "facts_of"),
    "lsblk-json": ("diagnostics.parse.lsblk", "facts_of"),
    "meminfo": ("diagnostics.parse.meminfo", "facts_of"),
}


def parser(kind: str) -> Callable[[bytes], Facts]:
    """The parser of a kind; raises KeyError for a kind that nobody parses."""
    module, name = KINDS[kind]

    def parse(data: bytes) -> Facts:
        facts: Facts = msgspec.to_builtins(getattr(import_module(module), name)(data))
        return facts

    return parse
