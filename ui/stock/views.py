"""Saved views of the stock: which devices, and which columns. Kept for this PC in a file."""

from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from station.device import Stage
from station.files import put_file
from station.words import _

MOST_VIEWS: Final = 40
MOST_BYTES: Final = 200_000
FILE: Final = "stock-views.json"

Name = Annotated[str, Meta(min_length=1, max_length=60)]


class View(Struct, frozen=True, omit_defaults=True):
    """One way to look at the stock."""

    name: Name
    stages: tuple[Stage, ...] = ()
    kind: str = ""
    grade: str = ""
    held: bool | None = None
    hold: str = ""  # on hold for this reason
    older_than: int = 0  # days in its stage
    hidden: tuple[int, ...] = ()  # columns that are not shown


class Kept(Struct, frozen=True, omit_defaults=True):
    """What this PC keeps of the table."""

    views: tuple[View, ...] = ()
    hidden: tuple[int, ...] = ()  # columns, where no view says otherwise


def shipped() -> tuple[View, ...]:
    """The views every point begins with."""
    return (
        View(_("Waits for the bench longer than 3 days"), (Stage.RECEIVED,), older_than=3),
        View(_("In work longer than 7 days"), (Stage.ON_BENCH,), older_than=7),
        View(_("On hold"), held=True),
        View(_("Ready laptops"), (Stage.READY,), kind="laptop"),
        View(_("Ready longer than 30 days"), (Stage.READY,), older_than=30),
        View(_("With a school longer than 14 days"), (Stage.WITH_SCHOOL,), older_than=14),
    )


def read_views(file: Path) -> Kept:
    """What was kept; nothing where the file is missing, damaged or of a newer version."""
    try:
        data = file.read_bytes()
        return msgspec.json.decode(data, type=Kept) if len(data) <= MOST_BYTES else Kept()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Kept()


def write_views(file: Path, kept: Kept) -> None:
    """Keep it, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    put_file(file, msgspec.json.encode(kept))


def with_view(kept: Kept, view: View) -> Kept:
    """One more view; one of the same name is replaced, the oldest make way."""
    others = tuple(one for one in kept.views if one.name != view.name)
    return msgspec.structs.replace(kept, views=(*others, view)[-MOST_VIEWS:])


def without_view(kept: Kept, name: str) -> Kept:
    """One view less."""
    return msgspec.structs.replace(kept, views=tuple(v for v in kept.views if v.name != name))
