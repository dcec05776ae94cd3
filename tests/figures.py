"""Measured figures and what they may be at most, as `make bench` and `make proof` leave them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One measured figure and the command that measures it again."""

    name: str
    value: float
    unit: str
    limit: float | None  # None: told for comparison, never judged
    command: str


def write_figures(path: Path, figures: Iterable[Figure]) -> None:
    """Leave the figures as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(list(figures)), indent=2) + b"\n")
