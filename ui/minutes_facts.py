"""The words around the facts of one hand-over: Vietnamese text that an office may edit."""

from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from station.operators import Role


class MinutesFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How each fact is put on the paper."""

    place: str
    capacity: str
    memory: str
    ssd: str
    hdd: str
    disk: str
    grade: str
    waiting: str
    titles: dict[Role, str]


@cache
def minutes_facts() -> MinutesFacts:
    """The words this program comes with."""
    file = resources.files("resources").joinpath("paper-facts.toml")
    return msgspec.toml.decode(file.read_text("utf-8"), type=MinutesFacts)
