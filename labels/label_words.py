"""The few words that labels add of themselves."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


def owner_phrases(code: str) -> tuple[str, ...]:
    """What an accessory says of its device, the longest first; the last one always fits."""
    return tuple(phrase.format(code=code) for phrase in _words()["owner"])


def trial_words() -> str:
    """What a label says that only tries a printer."""
    return str(_words()["trial"])


@cache
def _words() -> Mapping[str, Any]:
    file = resources.files("resources").joinpath("labels.toml")
    return tomllib.loads(file.read_text("utf-8"))
