"""What is done at this PC's point: the rest of the navigation and of today's page is hidden."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from station.words import _


class Part(StrEnum):
    """What a point does."""

    INTAKE = "intake"
    BENCH = "bench"
    GIVING = "giving"


EVERYTHING: Final = frozenset(Part)
PAGES: Final = {Part.INTAKE: "intake", Part.BENCH: "bench", Part.GIVING: "handover"}
"""The entry of the navigation that stands for each."""


def parts_of(kept: Collection[str]) -> frozenset[Part]:
    """What the settings name; all of it where they name nothing that this version knows."""
    return frozenset(part for part in Part if part in kept) or EVERYTHING


def hidden_pages(parts: frozenset[Part]) -> frozenset[str]:
    """The entries that are of no use here. A scan opens what it is of all the same."""
    return frozenset(page for part, page in PAGES.items() if part not in parts)


def part_word(part: Part) -> str:
    """What people call it."""
    return {
        Part.INTAKE: _("Receive devices from donors"),
        Part.BENCH: _("Check and repair"),
        Part.GIVING: _("Give to pupils and schools"),
    }[part]
