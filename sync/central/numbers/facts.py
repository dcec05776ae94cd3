"""What counting must know beside a device's own events: of its pupils' cases, and of the points.

Of a case it is what a point knows, so that both count alike: what the Department allotted, else
what it has on the application, else what the point entered itself.
"""

from collections.abc import Callable, Collection, Iterator
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, select

from station import events as e
from station import ledger
from station.counting import CaseFacts
from station.documents import CASE, AllottedCase, Document, read
from station.moves import as_it_happened
from station.reference import Reference
from sync.central import tables as t

COUNTED_BY = 1  # grows where the same events come to be counted or told otherwise


def mark_of(reference: Reference) -> int:
    """What changes when everything must be counted anew: where points lie, or how it is done."""
    points = sorted(
        (point.number, point.unit, str(point.valid_from), str(point.valid_to))
        for point in reference.every_point
    )
    digest = sha256(msgspec.msgpack.encode((COUNTED_BY, points))).digest()
    return int.from_bytes(digest[:8]) >> 1


def case_facts(connection: Connection, codes: Collection[str]) -> dict[str, CaseFacts]:
    """What is known of these cases."""
    found: dict[str, CaseFacts] = {}
    for facts_of in (_allotted, _applied, _entered):
        if missing := codes - found.keys():
            found |= facts_of(connection, missing)
    return found


Found = Iterator[tuple[str, CaseFacts]]


def _each(
    find: Callable[[Connection, Collection[str]], Found],
) -> Callable[..., dict[str, CaseFacts]]:
    return lambda connection, codes: dict(find(connection, codes))


@_each
def _allotted(connection: Connection, codes: Collection[str]) -> Found:
    table = t.document.c
    wanted = select(t.document).where(
        table.kind == CASE, table.id.in_(codes), table.body.is_not(None)
    )
    for row in connection.execute(wanted.order_by(table.id, table.version, table.station)):
        said = read(Document(row.kind, row.id, row.version, row.body))
        if isinstance(said, AllottedCase):
            yield row.id, _facts(said)


@_each
def _applied(connection: Connection, codes: Collection[str]) -> Found:
    table = t.application.c
    wanted = select(table.code, table.level, table.school, table.unit)
    for row in connection.execute(wanted.where(table.code.in_(codes))):
        yield row.code, CaseFacts(row.level, row.school or "", row.unit or "")


@_each
def _entered(connection: Connection, codes: Collection[str]) -> Found:
    for code, told in events_of(connection, codes).items():
        for _, said in as_it_happened(code, told).steps:
            if isinstance(said, e.CaseEntered):
                yield code, _facts(said)


def _facts(said: AllottedCase | e.CaseEntered) -> CaseFacts:
    return CaseFacts(said.level, said.school or "", said.unit or "")


def events_of(connection: Connection, codes: Collection[str]) -> dict[str, list[e.Event]]:
    """Everything that was said about these, wherever; codes of which nothing was are left out."""
    table = t.event.c
    wanted = select(table.subject, table.hash, table.header, table.data)
    found: dict[str, list[e.Event]] = {}
    for subject, hash_, header_bytes, data in connection.execute(
        wanted.where(table.subject.in_(codes))
    ):
        header = ledger.read_header(header_bytes[:-64])
        event = e.Event(hash_, header, e.decode(header.kind, data))
        found.setdefault(subject, []).append(event)
    return found
