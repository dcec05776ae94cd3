"""What a processor's name tells: its age, and whether Windows 11 counts it in.

Patterns are data in `resources/processors.toml`; a name that none knows tells nothing.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct


class ProcessorFamily(Struct, frozen=True):
    """What is known of processors with such a name."""

    year: int | None = None  # when the family came to market
    windows_11: bool | None = None  # on Microsoft's lists
    weak: bool = False  # made for netbooks and cheap tablets: slow however many cores


UNKNOWN_FAMILY = ProcessorFamily()


def family_of(name: str | None) -> ProcessorFamily:
    """What the name tells, the first known pattern counting."""
    for pattern, rule in _patterns():
        found = pattern.search(name or "")
        if found:
            return _family(rule, found)
    return UNKNOWN_FAMILY


def _family(rule: dict[str, Any], found: re.Match[str]) -> ProcessorFamily:
    if "windows_11_from" not in rule:
        return ProcessorFamily(rule["year"], rule["windows_11"], rule.get("weak", False))
    generation = int(found["generation"])
    year = _data()["intel_core_generations"].get(str(generation))
    return ProcessorFamily(year, generation >= rule["windows_11_from"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    rules = _data()["family"]
    return tuple((re.compile(rule["pattern"], re.IGNORECASE), rule) for rule in rules)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("resources").joinpath("processors.toml").read_text("utf-8")
    )
