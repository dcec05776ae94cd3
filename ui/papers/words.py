"""The words that facts are put into: Vietnamese text, as data."""

from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from station.checks import Outcome
from station.operators import Role
from station.reference import Reference, Table, UnknownReference


class FactWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How each fact is put on a paper."""

    place: str
    capacity: str
    head_of_set: str
    members_of_set: str
    unchecked: str
    waiting: str

    memory: str
    ssd: str
    hdd: str
    disk: str
    grade: str

    fact_memory: str
    fact_disks: str
    fact_battery: str
    gigabytes: str
    percent: str
    check_again: str
    by_hand: str
    ready_to_give: str
    system_put_on: str
    part_fitted: str
    part_fitted_from: str
    part_taken: str
    part_taken_for: str
    device_unit: str
    part_unit: str

    disk_named: str
    disk_unnamed: str
    erased: str
    erasure_failed: str
    not_erased: str
    removed: str
    removed_to: str
    verified: str
    not_verified: str
    disks_unknown: str
    no_disks: str

    missing: str
    extra: str
    not_counted: str
    not_found: str
    not_on_books: str
    uncounted: str

    lot: str
    shelf: str

    may_process: str
    may_publish: str
    may_erase: str
    may_not_erase: str

    titles: dict[Role, str]
    outcomes: dict[Outcome, str]


@cache
def fact_words() -> FactWords:
    """The words this program comes with."""
    file = resources.files("resources").joinpath("paper-facts.toml")
    return msgspec.toml.decode(file.read_text("utf-8"), type=FactWords)


def word(reference: Reference, table: Table, id_: str | None) -> str:
    """What people read for an id; one that a newer version wrote stands for itself."""
    if not id_:
        return ""
    try:
        return reference.word(table, id_)
    except UnknownReference:
        return id_


def figure(number: float) -> str:
    """A number with the Vietnamese comma, and only where it has a fraction."""
    return f"{number:g}".replace(".", ",")
