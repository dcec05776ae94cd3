"""Where each word of a paper stands, and so what it may name; what blocks name is checked here."""

from collections.abc import Iterable, Iterator
from typing import Final

from labels import block_spec as b
from labels.paper_fields import (
    ACKNOWLEDGEMENT,
    DAY,
    HOUR,
    NOTHING,
    REPRINT,
    Fields,
    conditions,
    foot_fields,
    group_fields,
    paper_fields,
    row_fields,
    row_sentence_fields,
    row_types,
)
from station.paper_facts import Choice

Place = tuple[str, Fields]
"""A word's key, or the text itself, and what may be named there."""

OPTIONAL: Final = frozenset({"copy_names"})  # a paper may do without
HEAD_WORDS: Final = ("parent_agency", "agency", "number", "nation", "motto", "place_and_day")


class BadBlock(ValueError):
    """A block names facts that there are not, or its parts do not match."""


def common_places() -> Iterator[Place]:
    """What stands around the blocks, and in days and hours, on every paper."""
    yield "date", DAY
    yield "hour", HOUR
    yield "to_fill_in", NOTHING
    yield "copy_names", NOTHING
    yield "reprint", REPRINT
    yield "foot_acknowledgement", ACKNOWLEDGEMENT
    yield "foot", foot_fields()


def places_of(blocks: Iterable[b.BlockSpec]) -> Iterator[Place]:
    """Every word that blocks name. Raises BadBlock."""
    for block in blocks:
        for name in filter(None, (block.when, block.unless)):
            if name not in conditions():
                raise BadBlock(f"no fact is named {name}")
        for key, known in _places(block):
            if key:
                yield key, known


def _places(block: b.BlockSpec) -> Iterator[Place]:
    match block:
        case b.TextSpec():
            yield block.text, _sentence_fields(block)
        case b.TableSpec():
            yield from _table_places(block)
        case _:
            yield from ((key, paper_fields()) for key in _sentences(block))


def _sentence_fields(block: b.TextSpec) -> Fields:
    return row_sentence_fields(_rows(block.rows)) if block.rows else paper_fields()


def _sentences(block: b.BlockSpec) -> Iterator[str]:
    """The words of a block that speaks of the whole paper."""
    match block:
        case b.HeadSpec():
            yield from (*HEAD_WORDS, block.title, block.subject)
        case b.TitleSpec():
            yield from (block.text, block.subject)
        case b.TicksSpec():
            yield from (*_ticked(block.ticks), block.label)
        case b.SignaturesSpec():
            yield from (*block.closing, *_signers(block.places))
        case b.RecipientsSpec():
            yield from (block.title, block.lines)
        case b.QrSpec():
            yield from (block.address, block.words)


def _table_places(block: b.TableSpec) -> Iterator[Place]:
    cells = row_fields(_rows(block.rows))
    if block.by and cells.get(block.by) is not str:
        raise BadBlock(f"{block.rows} cannot be grouped by {block.by}")
    if len(block.total) not in (0, len(block.columns)):
        raise BadBlock(f"{len(block.total)} totals below {len(block.columns)} columns")
    yield from ((column.cell, cells) for column in block.columns)
    yield block.heading, group_fields()
    titles = (column.title for column in block.columns)
    yield from ((key, paper_fields()) for key in (*titles, *block.total))
    yield from ((key, paper_fields()) for key in _signers(block.signatures))


def _rows(name: str) -> str:
    if name not in row_types():
        raise BadBlock(f"no rows are named {name}")
    return name


def _ticked(name: str) -> tuple[str, ...]:
    """The word that holds the boxes' texts; none where they are facts."""
    row = row_types().get(name)
    if row not in (None, Choice):
        raise BadBlock(f"{name} cannot be ticked")
    return () if row else (name,)


def _signers(places: Iterable[b.PlaceSpec]) -> Iterator[str]:
    for place in places:
        yield from (place.title, place.hint)
        if place.name:
            yield f"{{{place.name}}}"
