"""The programme's words as the service sends them, over those this version comes with.

A document holds the text of a file as `resources/` has it. Organisations, points and units replace
records of the same name and first day and add the others; a release policy replaces the one of the
same day. They hold from the next start of the program on: nothing changes under a person's hands.
"""

import csv
import logging
import tomllib
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import structs

from station import documents
from station.documents import ORGANISATIONS, POLICY, UNITS, Document, ReferenceWords
from station.reference import Organisation, Point, Reference, ReleasePolicy, Unit, as_point

logger = logging.getLogger(__name__)

RELEASE = "release-"  # how the id of a release policy begins

T = TypeVar("T")


class UnreadableWords(Exception):
    """The text is not what a file of its kind says."""

    code = "unreadable_words"


class _Keyed(Protocol):
    def __call__(self, record: Any, /) -> Hashable: ...


def overlaid(reference: Reference, pulled: Iterable[Document]) -> Reference:
    """The reference data with everything that the service sent; what cannot be read is logged."""
    for document in sorted(pulled, key=lambda one: (one.kind, one.id)):
        said = documents.read(document)
        if not isinstance(said, ReferenceWords):
            continue
        try:
            reference = with_words(reference, document.kind, document.id, said.text)
        except UnreadableWords:
            logger.warning("unreadable_words kind=%s id=%s", document.kind, document.id)
    return reference


def with_words(reference: Reference, kind: str, id_: str, text: str) -> Reference:
    """The reference data with one file's words; raises UnreadableWords."""
    try:
        if kind == ORGANISATIONS:
            return _with_organisations(reference, tomllib.loads(text))
        if kind == UNITS:
            return _with_units(reference, text)
        if kind == POLICY and id_.startswith(RELEASE):
            return _with_policy(reference, msgspec.convert(tomllib.loads(text), ReleasePolicy))
    except (ValueError, TypeError, KeyError, msgspec.ValidationError, RecursionError) as error:
        raise UnreadableWords(kind, id_) from error
    return reference


def _with_organisations(reference: Reference, told: dict[str, Any]) -> Reference:
    own = msgspec.convert(told.get("organisations", []), tuple[Organisation, ...])
    points = tuple(as_point(row) for row in told.get("points", []))
    return structs.replace(
        reference,
        every_organisation=_over(reference.every_organisation, own, _from_day),
        every_point=_over(reference.every_point, points, _from_day),
    )


def _with_units(reference: Reference, text: str) -> Reference:
    rows = csv.DictReader(text.splitlines())
    dated = ({name: value or None for name, value in row.items()} for row in rows)
    units = msgspec.convert(
        [{**row, "parent": row["parent"] or ""} for row in dated], tuple[Unit, ...]
    )
    return structs.replace(reference, more_units=_over(reference.more_units, units, _unit_from_day))


def _with_policy(reference: Reference, policy: ReleasePolicy) -> Reference:
    policies = _over(reference.release_policies, (policy,), lambda one: one.valid_from)
    return structs.replace(
        reference, release_policies=tuple(sorted(policies, key=lambda one: one.valid_from))
    )


def _unit_from_day(unit: Unit) -> Hashable:
    """A code was given to other places later: only code and first day name one."""
    return unit.code, unit.valid_from


def _from_day(record: Organisation | Point) -> Hashable:
    return record.id, record.valid_from


def _over(known: Sequence[T], fresh: Sequence[T], key: _Keyed) -> tuple[T, ...]:
    """The fresh records in the place of known ones of the same key, and behind them the others."""
    by_key = {key(record): record for record in known}
    return tuple((by_key | {key(record): record for record in fresh}).values())
