"""What checks, levels of school and systems are called: the words of the coded tables.

The station's reference data hold the same tables; reading all of them takes a stick too long.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from station import words


@cache
def check_names() -> dict[str, dict[str, str]]:
    """Every check of the catalogue in both languages, the costliest to miss first."""
    checks: dict[str, dict[str, str]] = _table("checks.toml")["checks"]
    return checks


def check_word(check: str) -> str:
    """What a check is called; one of a newer version stands for itself."""
    return _word(check_names(), check)


def level_word(level: str) -> str:
    """What a level of school is called."""
    return _word(_table("kinds.toml")["levels"], level)


def system_word(system: str) -> str:
    """What an operating system is called."""
    return _word(_table("kinds.toml")["systems"], system)


def _word(table: dict[str, Any], id_: str) -> str:
    named = table.get(id_, {})
    return str(named.get(words.language(), named.get("en", id_)))


@cache
def _table(file: str) -> dict[str, Any]:
    text = resources.files("resources").joinpath(file).read_text("utf-8")
    return tomllib.loads(text)
