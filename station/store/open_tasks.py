"""What people must settle: the fold over answers, the Department's words, and their own."""

from typing import Any

from sqlalchemy import Connection, delete, select

from station import documents, events
from station.documents import Document, SharedTask
from station.store import tables as t
from station.store.entries import Origin
from station.store.upsert import upsert

Row = dict[str, Any]


class OpenTasks:
    """Keeps the table of tasks in step with the log; few are ever open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[bytes, Row] | None = None
        self._changed: dict[bytes, None] = {}  # in order

    def apply_verdict(self, position: int, event: events.Event, verdict: events.Verdict) -> None:
        """An own event is void or disputed: a task. It is accepted: none any more."""
        if verdict.outcome == events.ACCEPTED:
            self._close(event.hash)
            return
        row: Row = {"event": event.hash, "position": position, "subject": event.header.subject}
        row |= {"kind": event.header.kind, "outcome": verdict.outcome, "rule": verdict.rule}
        row |= {"other": verdict.other or None, "own": True}
        self._open(row | {"decision": self._decision(event.hash)})

    def apply_document(self, position: int, document: Document) -> None:
        """The service says that another point's event contradicts ours, or what was decided."""
        said = documents.read(document)
        if isinstance(said, SharedTask):
            self._share(position, said)
        elif document.body is None and (event := _event_of(document)):
            self._take_back(event)

    def apply_event(self, event: events.Event) -> None:
        """People settled it, here or at the other point."""
        if isinstance(event.said, events.DisputeSettled):
            self._close(event.said.target)

    def flush(self) -> None:
        """Write what changed."""
        rows = self._rows or {}
        upsert(self._connection, t.task, *(rows[event] for event in self._changed if event in rows))
        if closed := [event for event in self._changed if event not in rows]:
            self._connection.execute(delete(t.task).where(t.task.c.event.in_(closed)))
        self._changed.clear()

    def _share(self, position: int, said: SharedTask) -> None:
        row = self._known().get(said.event)
        if row is not None and row["own"]:
            self._open(row | {"decision": said.decision})
        elif said.decision is not None or not self._is_own(said.event):
            shared: Row = {"event": said.event, "position": position, "subject": said.subject}
            shared |= {"kind": said.kind, "outcome": said.outcome, "rule": said.rule}
            shared |= {"other": said.other or None, "own": self._is_own(said.event)}
            self._open(shared | {"decision": said.decision})

    def _take_back(self, event: bytes) -> None:
        row = self._known().get(event)
        if row is not None and row["own"]:
            self._open(row | {"decision": None})
        else:
            self._close(event)

    def _decision(self, event: bytes) -> str | None:
        """What the Department said before the answer itself came here."""
        table = t.document.c
        wanted = select(table.body).where(table.kind == documents.TASK, table.id == event.hex())
        body = self._connection.execute(wanted).scalar()
        said = documents.read(Document(documents.TASK, event.hex(), 0, body)) if body else None
        return said.decision if isinstance(said, SharedTask) else None

    def _is_own(self, event: bytes) -> bool:
        wanted = select(t.log.c.position).where(t.log.c.hash == event, t.log.c.source == Origin.OWN)
        return self._connection.execute(wanted).first() is not None

    def _open(self, row: Row) -> None:
        self._known()[row["event"]] = row
        self._changed[row["event"]] = None

    def _close(self, event: bytes) -> None:
        if self._known().pop(event, None) is not None:
            self._changed[event] = None

    def _known(self) -> dict[bytes, Row]:
        if self._rows is None:
            rows = self._connection.execute(select(t.task)).mappings()
            self._rows = {row["event"]: dict(row) for row in rows}
        return self._rows


def _event_of(document: Document) -> bytes | None:
    try:
        return bytes.fromhex(document.id)
    except ValueError:
        return None
