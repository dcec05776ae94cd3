"""The fields that a text may name, and what each of them is; it depends on where the text stands.

A cell knows its row; a sentence of the paper knows the facts; the words for a day know a day.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cache
from types import MappingProxyType
from typing import Final, get_args, get_type_hints

from msgspec import Struct

from labels.phrase import Field, Phrase, fields
from station.paper_facts import PaperFacts

Fields = Mapping[str, type]
"""Names, each with the type of what it stands for."""

DAY: Final[Fields] = MappingProxyType({"day": str, "month": str, "year": int})
HOUR: Final[Fields] = MappingProxyType({"hour": str, "minute": str})
REPRINT: Final[Fields] = MappingProxyType({"reprint": int})
ACKNOWLEDGEMENT: Final[Fields] = MappingProxyType({"acknowledgement": str})
NOTHING: Final[Fields] = MappingProxyType({})

_FORMS: Final[Mapping[str, type]] = {
    "code": str,
    "upper": str,
    "two": int,
    "money": int,
    "short": date,
}
_PRINTABLE: Final = (str, int, date, time)


@cache
def paper_fields() -> Fields:
    """What a sentence of a paper may name: the facts, and the paper's own code and symbol."""
    return {**_printable(_facts()), "code": str, "number_symbol": str}


@cache
def foot_fields() -> Fields:
    """What the foot may name: the short hash too, which is known when the paper is drawn."""
    return {**paper_fields(), "hash": str}


@cache
def row_fields(rows: str) -> Fields:
    """What a cell may name: what its row knows, and the row's number."""
    return {**_printable(dict(_members(row_types()[rows]))), "row": int}


@cache
def row_sentence_fields(rows: str) -> Fields:
    """What a sentence for each row may name: the row's own facts before the paper's."""
    return {**paper_fields(), **row_fields(rows)}


@cache
def group_fields() -> Fields:
    """What the heading of a group of rows may name."""
    return {**paper_fields(), "group": str}


@cache
def conditions() -> frozenset[str]:
    """What a block may be printed for, or unless: everything that can be known or not."""
    return frozenset(_facts())


@cache
def row_types() -> Mapping[str, type[Struct]]:
    """The facts that are rows, each with what one row is."""
    return {
        name: row
        for name, hint in get_type_hints(PaperFacts).items()
        if (row := _member_type(hint)) is not None and issubclass(row, Struct)
    }


def fault(phrase: Phrase, known: Fields) -> str | None:
    """The first field of the phrase that is not known or cannot be written so."""
    wrong = (field for field in fields(phrase) if not _may_be_written(field, known))
    found = next(wrong, None)
    if found is None:
        return None
    return f"{found.name}:{found.form}" if found.form else found.name


def _may_be_written(field: Field, known: Fields) -> bool:
    kind = known.get(field.name)
    return kind is not None and (not field.form or _FORMS.get(field.form) is kind)


def _printable(members: Fields) -> Fields:
    return {name: kind for name, kind in members.items() if kind in _PRINTABLE}


@cache
def _facts() -> Fields:
    return dict(_members(PaperFacts))


def _members(kind: type[Struct], before: str = "") -> Iterator[tuple[str, type]]:
    """Every name of a struct with its type: its parts' after theirs, the count of a list."""
    for name, hint in get_type_hints(kind).items():
        own = f"{before}{name}"
        if _member_type(hint) is not None:
            yield own, tuple
            yield f"{own}.count", int
        elif isinstance(hint, type) and issubclass(hint, Struct):
            yield from _members(hint, f"{own}.")
        else:
            yield own, _not_none(hint)
    for name, member in vars(kind).items():
        if isinstance(member, property):
            yield f"{before}{name}", _not_none(get_type_hints(member.fget)["return"])


def _member_type(hint: object) -> type | None:
    """Of a tuple of any length, what its members are."""
    parts = get_args(hint)
    return parts[0] if parts and parts[-1] is Ellipsis else None


def _not_none(hint: object) -> type:
    """The type that a value has where it is known."""
    if isinstance(hint, type):
        return hint
    return next(part for part in get_args(hint) if part is not type(None))  # type: ignore[no-any-return]
