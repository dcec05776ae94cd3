"""The fold, written down: keeps the tables that screens read in step with the log.

The same code runs while an event is recorded and while everything is rebuilt, so both give the
same bytes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Column, Connection, Table, bindparam, delete, func, insert, select, update

from station import documents, events
from station.case import Case
from station.codes import LAST_NUMBER, BadCode, CodeKind, make, parse
from station.device import Device
from station.documents import Document
from station.fold import POINT, Item, State, as_corrected, blank, corrections, refold, step
from station.identity import marks_of_device
from station.labelled import ItemRole, LabelledItem
from station.ledger import ChainId
from station.lot import Lot
from station.offer import Offer
from station.paper import Paper
from station.parts import Parts
from station.ports import Cursor
from station.store import tables as t
from station.store.entries import placed_items
from station.store.laptops import Laptops
from station.store.open_tasks import OpenTasks
from station.store.upsert import insert_new, upsert
from station.text import fold

Row = dict[str, Any]

_TABLES: dict[type[State], Table] = {
    Device: t.device,
    Case: t.case_file,
    Lot: t.lot,
    Parts: t.parts,
    LabelledItem: t.labelled,
    Paper: t.paper,
    Offer: t.offer,
}
_FOLDED_DOCUMENTS: dict[str, type[State]] = {documents.CASE: Case, documents.OFFER: Offer}
SHIFTING = (events.Corrected, events.ActWithdrawn, events.SentTo)
"""What may change the place or the meaning of what is here already."""
PREPRINTED = "preprinted"
"""The counter of labels that were printed before their device came: none is the newest code."""
COUNTED = (
    CodeKind.DEVICE,
    CodeKind.LOT,
    CodeKind.CASE,
    CodeKind.OFFER,
    CodeKind.PART,
    CodeKind.PAPER,
)

_encoder = msgspec.msgpack.Encoder()
_decoders = {kind: msgspec.msgpack.Decoder(kind) for kind in _TABLES}
_updates = {
    kind: update(table).where(table.c.code == bindparam("_code")) for kind, table in _TABLES.items()
}
_inserts = {kind: insert(table) for kind, table in _TABLES.items()}
_selects = {
    kind: select(table.c.state, table.c.position).where(table.c.code == bindparam("code"))
    for kind, table in _TABLES.items()
}
KIND_TABLES: dict[str, Table] = {  # of the kinds that are set aside for printing
    CodeKind.DEVICE: t.device,
    CodeKind.LOT: t.lot,
    CodeKind.PART: t.labelled,
}
REACH = 100_000
"""How far above the codes that were given out a pre-printed label still lies in their way."""


def highest_number(counters: Mapping[str, int]) -> int:
    """The highest number that codes may run into; a range of labels far above them is not."""
    given = max((counters.get(name, 0) for name in COUNTED), default=0)
    preprinted = counters.get(PREPRINTED, 0)
    return max(given, preprinted if preprinted <= given + REACH else 0)


def code_span(kind: CodeKind, station: int, first: int, last: int) -> tuple[str, str]:
    """Between which codes, as text, those with these numbers stand."""
    return make(kind, station, first), make(kind, station, last)


class Projector:
    """The states one transaction reads and moves on. `flush` writes what changed."""

    def __init__(self, connection: Connection, chain: ChainId) -> None:
        self._connection, self._chain, self._station = connection, chain, chain.station
        self._tasks, self._laptops = OpenTasks(connection), Laptops(connection, chain)
        self._position = 0  # of the last item that was applied
        self._stale: dict[str, None] = {}  # to be folded anew when they are asked for
        self._states: dict[str, State | None] = {}
        self._first: dict[str, int | None] = {}  # position at which a state became known
        self._stored: set[str] = set()
        self._marks: dict[str, frozenset[str]] = {}  # as they stand in the table
        self._dirty: dict[str, None] = {}  # in order
        self._mentions: list[Row] = []
        self._verdicts: dict[tuple[int, int, int], Row] = {}
        self._named: list[Row] = []
        self._ranges: list[Row] = []
        self._counters: dict[str, int] = {}
        self._raised: set[str] = set()

    def state(self, code: str) -> State | None:
        """The state of a code; a blank one before its first event, None where none is kept."""
        if code in self._stale:
            self._refold(code)
        if code not in self._states:
            self._states[code] = self._load(code)
        return self._states[code]

    def is_new(self, code: str) -> bool:
        """Whether nothing was ever said about this code."""
        if code in self._stale:
            return False
        self.state(code)
        return code not in self._stored and code not in self._dirty

    def apply_event(self, position: int, event: events.Event, *, late: bool = False) -> None:
        """Move every state that the event touches.

        `late`: what is here may have followed from it, so its place is looked for.
        """
        self._mention(position, event)
        self._count(position, event)
        own = event.header.chain.station == self._station
        self._name(position, event.said, own=own)
        if own:
            self._let_go(position, event)
        self._tasks.apply_event(event)
        self._laptops.apply_event(position, event)
        said, concerned = event.said, _concerned(event)
        if late or isinstance(said, SHIFTING) or self._laptops.wrote(event.header.chain):
            self._make_stale(concerned)
        else:
            self._step(position, concerned, event, said)
        self._position = position

    def answers(self, event: events.Event) -> bool:
        """Whether an answer about it is noted and not written yet."""
        return _place_of(event) in self._verdicts

    def apply_verdict(self, position: int, event: events.Event, verdict: events.Verdict) -> None:
        """Note the service's answer; a void or disputed event moves states and opens a task."""
        header = event.header
        self._verdicts[_place_of(event)] = _verdict_row(event, verdict)
        if header.chain.station == self._station:
            self._tasks.apply_verdict(position, event, verdict)
        if verdict.outcome != events.ACCEPTED:
            self._mentions += [{"code": c, "position": position} for c in event.touches[1:]]
            self._step(position, event.touches, verdict, None)
        self._position = position

    def apply_document(self, position: int, document: Document) -> None:
        """Put a document in the place of its older version; it may be a case, or a task."""
        row = {"kind": document.kind, "id": document.id, "version": document.version}
        upsert(self._connection, t.document, row | {"position": position, "body": document.body})
        self._name(position, documents.read(document))
        kept = _FOLDED_DOCUMENTS.get(document.kind)
        if kept is not None and isinstance(blank(document.id), kept):
            self._step(position, (document.id,), document, None)
        elif document.kind == documents.TASK:
            self._tasks.apply_document(position, document)
        self._position = position

    def apply_cursor(self, position: int, cursor: Cursor) -> None:
        """Note how far both feeds were read."""
        for feed, reached in (("own", cursor.own), ("common", cursor.common)):
            upsert(self._connection, t.pulled, {"feed": feed, "position": reached})
        self._position = position

    def number(self, name: str) -> int:
        """The highest number seen in this point's codes of one kind."""
        if name not in self._counters:
            wanted = select(t.counter.c.value).where(t.counter.c.name == name)
            self._counters[name] = self._connection.execute(wanted).scalar() or 0
        return self._counters[name]

    def highest_number(self) -> int:
        """The highest number that codes may run into."""
        return highest_number({name: self.number(name) for name in (*COUNTED, PREPRINTED)})

    def reserve_number(self, name: str) -> int:
        """The next number, for a code that is recorded in this transaction."""
        self._raise_number(name, self.number(name) + 1)
        return self._counters[name]

    def free_numbers(self, kind: CodeKind, count: int) -> int:
        """The first of so many numbers in a row that stand on no label anybody knows of."""
        self.flush()
        first, table = self.number(kind) + 1, KIND_TABLES[kind].c
        while (last := first + count - 1) <= LAST_NUMBER:
            within = table.code.between(*code_span(kind, self._station, first, last))
            wanted = select(func.max(table.code)).where(within)
            taken = self._connection.execute(wanted).scalar()
            if taken is None:
                break
            first = parse(taken).number + 1
        return first

    def flush(self) -> None:
        """Write everything that changed."""
        for code in tuple(self._stale):
            self._refold(code)
        self._flush_mentions()
        self._flush_named()
        self._flush_ranges()
        self.flush_verdicts()
        self._flush_states()
        self._flush_counters()

    def flush_verdicts(self) -> None:
        """Write the answers and the tasks that came of them."""
        upsert(self._connection, t.verdict, *self._verdicts.values())
        self._verdicts.clear()
        self._tasks.flush()

    def forget(self) -> None:
        """Drop flushed states, so that a long replay stays small."""
        self._states.clear()
        self._first.clear()
        self._stored.clear()
        self._marks.clear()

    def _load(self, code: str) -> State | None:
        state = blank(code)
        if state is None:
            return None
        kind = type(state)
        row = self._connection.execute(_selects[kind], {"code": code}).one_or_none()
        if row is None:
            return state
        self._first[code] = row.position
        self._stored.add(code)
        stored = _decoders[kind].decode(row.state)
        if isinstance(stored, Device):
            self._marks[code] = _marks(stored)
        return stored

    def _move(self, position: int, code: str, state: State) -> None:
        if not _is_known(state):  # not yet, or no more: its intake was taken back
            self._first[code] = None
        elif self._first.get(code) is None:
            self._first[code] = position
        self._states[code] = state
        self._dirty[code] = None

    def _step(
        self, position: int, codes: Iterable[str], item: Item, said: events.Said | None
    ) -> None:
        for code in codes:
            state = None if code in self._stale else self.state(code)
            if state is None:
                continue
            moved = step(state, item, said)
            if moved is not state:  # a paper names hundreds of devices and moves none
                self._move(position, code, moved)

    def _make_stale(self, codes: Iterable[str]) -> None:
        self._stale |= {code: None for code in codes if blank(code) is not None}

    def _refold(self, code: str) -> None:
        """Fold a code anew, each item where it happened."""
        del self._stale[code]
        self._flush_mentions()
        if code not in self._states:
            self._states[code] = self._load(code)  # whether there is a row
        placed = [
            (position, item)
            for position, item in placed_items(self._connection, code, self._position)
            if not self._laptops.is_own_delegation(item)
        ]
        state = refold(code, (item for _, item in placed))
        if state is not None:
            self._first[code] = _first_known(code, placed)
            self._states[code] = state
            self._dirty[code] = None

    def _mention(self, position: int, event: events.Event) -> None:
        """Under which other codes the event is found."""
        self._mentions += [{"code": code, "position": position} for code in _concerned(event)[1:]]

    def _count(self, position: int, event: events.Event) -> None:
        """Keep the numbers of this point's own codes, so that none is given out twice."""
        own = event.header.chain.station == self._station
        if isinstance(event.said, events.ChainStarted):
            for name in COUNTED if own else ():
                self._raise_number(name, event.said.numbers_above)
            return
        if isinstance(event.said, events.CodesReserved):
            if own:
                self._set_aside(position, event, event.said)
            return
        preprinted = getattr(event.said, "preprinted", False)
        for code in event.touches:
            self._count_code(code, preprinted=preprinted and code == event.header.subject)

    def _count_code(self, code: str, *, preprinted: bool) -> None:
        try:
            parsed = parse(code)
        except BadCode:  # an item of counted stock, or the point itself
            return
        if parsed.point != self._station or not self.is_new(code):
            return
        if not preprinted:
            self._raise_number(parsed.kind, parsed.number)
        elif parsed.number > self.number(parsed.kind):  # else it was set aside here
            self._raise_number(PREPRINTED, parsed.number)

    def _set_aside(self, position: int, event: events.Event, said: events.CodesReserved) -> None:
        last = said.first + said.count - 1
        if said.of not in KIND_TABLES or not 1 <= said.first <= last <= LAST_NUMBER:
            return  # a newer version's
        self._raise_number(said.of, last)
        lowest, highest = code_span(CodeKind(said.of), self._station, said.first, last)
        row = {"position": position, "kind": said.of, "first": said.first, "last": last}
        row |= {"lowest": lowest, "highest": highest, "purpose": said.purpose}
        self._ranges.append(row | {"day": event.header.day})

    def _name(self, position: int, said: Struct | None, *, own: bool = False) -> None:
        """Keep which rows are named where; a purge is what speaks of a row from then on."""
        purge = own and isinstance(said, events.PersonPurged)
        for ref in events.refs(said) if said else ():
            row = {"id": ref.id, "digest": ref.digest, "position": position}
            self._named.append(row | {"purge": purge})

    def _let_go(self, position: int, event: events.Event) -> None:
        """Keep which files may leave, by the last event that says so: a purge came before it."""
        match event.said:
            case events.AttachmentReleased() as said:
                file = {"hash": said.attachment, "use": said.use, "media": said.media}
            case events.SignedCopyAttached() as said:
                file = {"hash": said.scan, "use": "scan", "media": said.media}
            case _:
                return
        row = {"position": position, "subject": event.header.subject}
        upsert(self._connection, t.released, file | row)

    def _raise_number(self, name: str, number: int) -> None:
        if number > self.number(name):
            self._counters[name] = number
            self._raised.add(name)

    def _flush_mentions(self) -> None:
        if self._mentions:
            self._connection.execute(insert(t.mention), self._mentions)
            self._mentions.clear()

    def _flush_named(self) -> None:
        for purge, write in ((False, insert_new), (True, upsert)):
            rows = [row for row in self._named if row["purge"] is purge]
            columns = [{n: row[n] for n in ("id", "digest", "position")} for row in rows]
            write(self._connection, t.named, *columns)
        self._named.clear()

    def _flush_ranges(self) -> None:
        if self._ranges:
            self._connection.execute(insert(t.code_range), self._ranges)
            self._ranges.clear()

    def _flush_states(self) -> None:
        for code in self._dirty:
            state = self._states[code]
            if state is None:
                continue
            if isinstance(state, Device):
                self._put_marks(state)
            row = self._row(state, self._first.get(code)) | {"code": code}
            if code in self._stored:
                self._connection.execute(_updates[type(state)], row | {"_code": code})
            else:
                self._connection.execute(_inserts[type(state)], row)
                self._stored.add(code)
        self._dirty.clear()

    def _row(self, state: State, position: int | None) -> Row:
        columns: Row = {"state": _encoder.encode(state), "position": position}
        if isinstance(state, Device):
            bare = state.needs_label and state.place == f"{POINT}{self._station:03d}"
            columns |= _device_row(state) | {"unlabelled": position if bare else None}
        if isinstance(state, Case):
            columns |= {"known": state.shown, "waiting": state.waiting}
        if isinstance(state, Offer):
            columns |= {"open": state.is_open, "due": state.expected_on, "call_due": state.call_due}
        if isinstance(state, Paper):
            columns |= {"unsigned": state.is_awaited}
        if isinstance(state, LabelledItem):
            columns |= {"device": state.device, "shelf": state.role is ItemRole.SHELF}
        return columns

    def _put_marks(self, device: Device) -> None:
        """The marks of a device as they are now; most events leave them as they were."""
        marks = _marks(device)
        before = self._marks.get(device.code, frozenset())
        table = t.witness
        if gone := before - marks:
            old = delete(table).where(table.c.device == device.code, table.c.mark.in_(gone))
            self._connection.execute(old)
        if fresh := marks - before:
            rows = [{"mark": mark, "device": device.code} for mark in sorted(fresh)]
            self._connection.execute(insert(table), rows)
        self._marks[device.code] = marks

    def _flush_counters(self) -> None:
        for name in sorted(self._raised):
            row = {"name": name, "value": self._counters[name]}
            _put(self._connection, t.counter, t.counter.c.name, row)
        self._raised.clear()


def _concerned(event: events.Event) -> tuple[str, ...]:
    """Every code whose state it may move: also the offer, which only its own point follows."""
    offer = getattr(event.said, "offer", None)
    return tuple(dict.fromkeys((*event.touches, *((offer,) if offer else ()))))


def _put(connection: Connection, table: Table, key: Column[Any], row: Row) -> None:
    """Update the row with this key, else insert it; the head's lock keeps others away."""
    found = connection.execute(update(table).where(key == row[key.name]), row)
    if found.rowcount == 0:
        connection.execute(insert(table), row)


def _device_row(device: Device) -> Row:
    return {
        "known": device.known and not device.mistaken,
        "kind": device.kind,
        "stage": device.stage,
        "hold": device.hold,
        "grade": device.grade,
        "lot": device.lot,
        "case": device.case,
        "donor": device.donor,
        "serial_key": serial_key(device.serial),
        "received_on": device.received_on,
        "since": device.since,
        "call_due": device.call_due,
        "shelf": device.shelf,
        "search": searchable(device),
    }


def _marks(device: Device) -> frozenset[str]:
    """By which a report may find the device; one that was never received is not found."""
    return frozenset(w.mark for w in marks_of_device(device)) if device.known else frozenset()


def serial_key(serial: str | None) -> str | None:
    """How serials are compared: case and spaces do not count."""
    return fold(serial).replace(" ", "") or None if serial else None


def searchable(device: Device) -> str:
    """The folded words of a device's row in the table."""
    return fold(
        " ".join(filter(None, (device.code, device.name, device.serial, device.lot, device.case)))
    )


def _place_of(event: events.Event) -> tuple[int, int, int]:
    header = event.header
    return header.chain.station, header.chain.number, header.seq


def _verdict_row(event: events.Event, verdict: events.Verdict) -> Row:
    chain = event.header.chain
    return {
        "station": chain.station,
        "chain": chain.number,
        "seq": event.header.seq,
        "outcome": verdict.outcome,
        "number": verdict.number,
        "rule": verdict.rule,
        "other": verdict.other or None,
    }


def _first_known(code: str, placed: Iterable[tuple[int, Item]]) -> int | None:
    """The position of the item since which a code is known."""
    state, placed = blank(code), tuple(placed)
    replaced = corrections(item for _, item in placed)
    first: int | None = None
    for position, item in placed:
        state = step(state, item, as_corrected(item, replaced)) if state else None
        known = state is not None and _is_known(state)
        first = (position if first is None else first) if known else None
    return first


def _is_known(state: State) -> bool:
    return isinstance(state, Parts) or state.known
