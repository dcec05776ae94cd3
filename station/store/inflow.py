"""What comes from the service: answers, other points' events, documents, and how far it was read.

All of it becomes log rows first, so that a rebuild gives the same tables.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from station import events, ledger, ports
from station.documents import Document
from station.store import queries
from station.store.appender import Head, lock_head
from station.store.entries import (
    Origin,
    append_cursor,
    append_document,
    append_entry,
    append_verdict,
)
from station.store.projector import Projector


def take_in_page(
    connection: Connection, items: Sequence[ports.PulledItem], reached: ports.Cursor
) -> None:
    """Note a page and its cursor; raises Fork or AnswerOutstanding."""
    head = lock_head(connection)
    projector = Projector(connection, head.chain)
    fresh = sum(_take_in_item(connection, projector, head, item) for item in items)
    if fresh or queries.cursor(connection) != reached:
        projector.apply_cursor(append_cursor(connection, reached), reached)
    projector.flush()


def _take_in_item(
    connection: Connection, projector: Projector, head: Head, item: ports.PulledItem
) -> bool:
    """Whether it was new."""
    match item:
        case Document():
            return _take_in_document(connection, projector, item)
        case events.Verdict():
            return note_verdict(connection, projector, item, later=True)
        case _:
            return take_in(connection, projector, head, item)


def take_in(connection: Connection, projector: Projector, head: Head, entry: ledger.Entry) -> bool:
    """Add an event to the local log unless it is here; raises Fork.

    It may be an own one that was lost: then this store is a restored copy, and has begun a new
    chain. In the chain that is still written, the next own event would take its place.
    """
    if queries.has_event(connection, entry):
        return False
    header = entry.header
    if header.chain == head.chain:
        raise ledger.Fork(header.chain, header.seq)
    position = append_entry(connection, Origin.FOREIGN, entry)
    projector.apply_event(position, events.read(entry), late=True)
    return True


def note_verdict(
    connection: Connection, projector: Projector, verdict: events.Verdict, *, later: bool = False
) -> bool:
    """Note an answer that says something new of an event that is here; whether it did.

    The first answers come in the order of the chain, by the push: raises AnswerOutstanding for a
    `later` one that overtook them, so that the outbox has no hole.
    """
    event = queries.event_with(connection, verdict.event)
    if event is None:
        return False
    if projector.answers(event):  # the same answer may say a thing twice
        projector.flush_verdicts()
    known = queries.verdict_on(connection, event)
    if known is None:
        if later and queries.is_own_event(connection, event.hash):
            raise ports.AnswerOutstanding(event.header.seq)
    elif _says_the_same(known, verdict) or queries.was_said(connection, event, verdict):
        return False
    position = append_verdict(connection, event.header.subject, verdict)
    projector.apply_verdict(position, event, verdict)
    return True


def _says_the_same(known: events.Verdict, verdict: events.Verdict) -> bool:
    """The number is only the place of an answer among the others."""
    before = (known.outcome, known.rule, known.other)
    return before == (verdict.outcome, verdict.rule, verdict.other)


def _take_in_document(connection: Connection, projector: Projector, document: Document) -> bool:
    known = queries.document(connection, document.kind, document.id)
    if known is not None and (known.version >= document.version):
        return False
    projector.apply_document(append_document(connection, document), document)
    return True
