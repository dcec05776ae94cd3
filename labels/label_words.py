"""The few words that labels add of themselves."""

import tomllib
from functools import cache
from importlib import resources


def owner_phrases(code: str) -> tuple[str, ...]:
    """What an accessory says of its device, the longest first, the last the code alone."""
    return tuple(phrase.format(code=code) for phrase in _owner())


@cache
def _owner() -> tuple[str, ...]:
    file = resources.files("resources").joinpath("labels.toml")
    return tuple(tomllib.loads(file.read_text("utf-8"))["owner"])
