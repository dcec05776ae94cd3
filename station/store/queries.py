"""What screens and sync ask of the tables; every answer is a frozen value."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, case, func, select

from station import events, ledger, ports
from station.case import Case
from station.causal import causal_order
from station.codes import Code, CodeKind
from station.device import Device, Stage
from station.documents import Document
from station.fold import POINT, as_corrected, corrections
from station.labelled import LabelledItem
from station.offer import Offer
from station.paper import Paper
from station.parts import Parts
from station.store import tables as t
from station.store.entries import COLUMNS, EVENTS, Origin, about, entry_of, item_of, items_about
from station.store.projector import KIND_TABLES, highest_number
from station.store.tables import CURRENT
from station.text import search_words

S = TypeVar("S")
MOST_ALIKE = 300  # devices with one mark: a maker gave it to a whole batch, it tells nothing
AT_ONCE = 500
CLOCK_TOLERANCE = timedelta(minutes=10)
CLOCK_SAMPLE = 500  # events; one glitch of the clock is outlived after that many


def state(connection: Connection, table: Table, kind: type[S], code: str) -> S | None:
    """The folded state of one code."""
    found = connection.execute(select(table.c.state).where(table.c.code == code)).scalar()
    return msgspec.msgpack.decode(found, type=kind) if found else None


def cases(connection: Connection, *, waiting: bool) -> tuple[Case, ...]:
    """Known cases, the oldest first."""
    table = t.case_file.c
    wanted = select(table.state).where(table.waiting == waiting, table.known)
    rows = connection.execute(wanted.order_by(table.position)).scalars()
    return tuple(msgspec.msgpack.decode(row, type=Case) for row in rows)


def cases_named(connection: Connection, codes: Collection[str]) -> dict[str, Case]:
    """Known cases of these codes."""
    table, asked = t.case_file.c, sorted(set(codes))
    found: dict[str, Case] = {}
    for first in range(0, len(asked), AT_ONCE):
        wanted = select(table.state).where(
            table.code.in_(asked[first : first + AT_ONCE]), table.known
        )
        for row in connection.execute(wanted).scalars():
            known = msgspec.msgpack.decode(row, type=Case)
            found[known.code] = known
    return found


def parts(connection: Connection) -> tuple[Parts, ...]:
    """Counted parts, by item."""
    rows = connection.execute(select(t.parts.c.state).order_by(t.parts.c.code)).scalars()
    return tuple(msgspec.msgpack.decode(row, type=Parts) for row in rows)


def items_of(connection: Connection, device: str) -> tuple[LabelledItem, ...]:
    """The labelled things that belong to a device, the oldest label first."""
    table = t.labelled.c
    wanted = select(table.state).where(table.device == device).order_by(table.position, table.code)
    rows = connection.execute(wanted).scalars()
    return tuple(msgspec.msgpack.decode(row, type=LabelledItem) for row in rows)


def shelves(connection: Connection) -> tuple[LabelledItem, ...]:
    """Every labelled shelf, the oldest first."""
    table = t.labelled.c
    wanted = select(table.state).where(table.shelf).order_by(table.position)
    rows = connection.execute(wanted).scalars()
    return tuple(msgspec.msgpack.decode(row, type=LabelledItem) for row in rows)


def shelf_counts(connection: Connection) -> dict[str, int]:
    """How many devices lie on each shelf that is not empty."""
    shelf = t.device.c.shelf
    wanted = select(shelf, func.count().label("devices"))
    rows = connection.execute(wanted.where(shelf.is_not(None)).group_by(shelf))
    return {row.shelf: row.devices for row in rows}


def on_shelf(connection: Connection, shelf: str) -> tuple[Device, ...]:
    """The devices that lie on a shelf."""
    table = t.device.c
    rows = connection.execute(
        select(table.state).where(table.shelf == shelf).order_by(table.position)
    )
    return tuple(msgspec.msgpack.decode(row, type=Device) for row in rows.scalars())


def unlabelled(connection: Connection, limit: int) -> tuple[Device, ...]:
    """Devices that are here and whose label is still to stick, the newest first."""
    table = t.device.c
    wanted = select(table.state).where(table.unlabelled.is_not(None))
    wanted = wanted.order_by(table.unlabelled.desc())
    rows = connection.execute(wanted.limit(limit)).scalars()
    return tuple(msgspec.msgpack.decode(row, type=Device) for row in rows)


def count_unlabelled(connection: Connection) -> int:
    """How many labels are still to stick."""
    waiting = t.device.c.unlabelled.is_not(None)
    return connection.execute(
        select(func.count()).select_from(t.device).where(waiting)
    ).scalar_one()


def papers_about(connection: Connection, code: str) -> tuple[Paper, ...]:
    """The papers that name a code, the newest first."""
    named = t.mention.c.position == t.paper.c.position
    wanted = select(t.paper.c.state).join(t.mention, named).where(t.mention.c.code == code)
    rows = connection.execute(wanted.order_by(t.paper.c.position.desc())).scalars()
    return tuple(msgspec.msgpack.decode(row, type=Paper) for row in rows)


def unsigned_papers(connection: Connection, limit: int) -> tuple[Paper, ...]:
    """The papers whose signed copy is awaited, the oldest first."""
    table = t.paper.c
    wanted = select(table.state).where(table.unsigned).order_by(table.position).limit(limit)
    rows = connection.execute(wanted).scalars()
    return tuple(msgspec.msgpack.decode(row, type=Paper) for row in rows)


def reserved(connection: Connection, kind: CodeKind) -> tuple[ports.CodeRange, ...]:
    """The ranges of codes that were set aside, the newest first, and how many wait for a use."""
    station = connection.execute(select(t.head.c.station).where(t.head.c.id == CURRENT)).scalar()
    table, found = t.code_range.c, KIND_TABLES[kind].c
    within = found.code.between(table.lowest, table.highest)
    used = select(func.count(found.position)).where(within).scalar_subquery()
    wanted = select(t.code_range, used.label("used")).where(table.kind == kind)
    rows = connection.execute(wanted.order_by(table.position.desc())).all()
    return tuple(
        ports.CodeRange(
            kind=kind,
            station=station or 0,
            first=row.first,
            count=row.last - row.first + 1,
            purpose=row.purpose,
            on=row.day,
            unused=row.last - row.first + 1 - row.used,
        )
        for row in rows
    )


def is_set_aside(connection: Connection, code: Code) -> bool:
    """Whether a code lies in one of the ranges."""
    table = t.code_range.c
    within = (table.lowest <= code.text, table.highest >= code.text)
    wanted = select(table.position).where(table.kind == code.kind, *within)
    return connection.execute(wanted.limit(1)).first() is not None


def timeline(connection: Connection, code: str) -> tuple[ports.TimelineRow, ...]:
    """Everything that happened to a code in the order it happened, with the verdicts on it."""
    answered = and_(
        t.verdict.c.station == t.log.c.station,
        t.verdict.c.chain == t.log.c.chain,
        t.verdict.c.seq == t.log.c.seq,
    )
    wanted = (
        about(code)
        .where(t.log.c.source.in_(EVENTS))
        .outerjoin(t.verdict, answered)
        .add_columns(t.verdict.c.outcome, t.verdict.c.number, t.verdict.c.rule, t.verdict.c.other)
    )
    came = [(row, events.read(entry_of(row))) for row in connection.execute(wanted)]
    read = [came[index] for index in causal_order([event for _, event in came])]
    replaced = corrections([event for _, event in read])
    return tuple(
        ports.TimelineRow(
            position=row.position,
            event=event,
            by=event.said.by if event.said else "",
            verdict=_verdict_of(row, event),
            corrected=event.hash in replaced,
            withdrawn=None in replaced.get(event.hash, ()),
        )
        for row, event in read
    )


def _verdict_of(row: Row[*tuple[Any, ...]], event: events.Event) -> events.Verdict | None:
    if row.outcome is None:
        return None
    return events.Verdict(event.hash, row.outcome, row.number, row.rule, row.other or b"")


def counted_since(connection: Connection, day: date) -> tuple[str, ...]:
    """Codes of own counts from that day on, read backwards until only older events come.

    No index knows the day: a clock that was wrong for a while is outlived, as in `clock_doubt`.
    """
    wanted = select(*COLUMNS).where(t.log.c.source == Origin.OWN)
    rows = connection.execution_options(yield_per=CLOCK_SAMPLE).execute(
        wanted.order_by(t.log.c.position.desc())
    )
    counted, withdrawn, older = dict[str, None](), set[bytes](), 0
    for row in rows:
        entry = entry_of(row)
        header = entry.header
        older = older + 1 if header.at.date() < day else 0
        if older > CLOCK_SAMPLE:
            break
        if header.kind == events.ActWithdrawn.__name__:  # told after what it takes back
            said = events.read(entry).said
            withdrawn |= {said.target} if isinstance(said, events.ActWithdrawn) else set()
        of_that_day = header.kind == events.Counted.__name__ and header.day >= day
        if of_that_day and entry.hash not in withdrawn:
            counted[header.subject] = None
    return tuple(reversed(counted))


def named_reports(connection: Connection, reports: Collection[bytes]) -> frozenset[bytes]:
    """Which of these reports some event names that stands.

    Asked in pieces, as a statement has its limits. A device's event about a report is never taken
    back; what the point itself said of it was that it is of no use, and that may be.
    """
    by_code = {events.report_code(report): report for report in reports}
    codes, of_devices, of_points = sorted(by_code), set[str](), set[str]()
    of_point = t.log.c.subject.startswith(POINT, autoescape=True)
    naming = select(t.mention.c.code, of_point.label("of_point")).join(
        t.log, t.log.c.position == t.mention.c.position
    )
    for first in range(0, len(codes), AT_ONCE):
        wanted = t.mention.c.code.in_(codes[first : first + AT_ONCE])
        for row in connection.execute(naming.where(wanted).distinct()):
            (of_points if row.of_point else of_devices).add(row.code)
    dismissed = {code for code in of_points - of_devices if _is_dismissed(connection, code)}
    return frozenset(by_code[code] for code in of_devices | dismissed)


def _is_dismissed(connection: Connection, report: str) -> bool:
    about = tuple(items_about(connection, report))
    replaced = corrections(about)
    return any(isinstance(as_corrected(item, replaced), events.ReportDismissed) for item in about)


def devices(
    connection: Connection, wanted: ports.DeviceFilter, before: int | None, limit: int
) -> tuple[ports.DeviceRow, ...]:
    """A page of the table. The inner select reads one narrow index, however wide a row is."""
    page = select(t.device.c.position).where(*_conditions(wanted))
    if before is not None:
        page = page.where(t.device.c.position < before)
    page = page.order_by(t.device.c.position.desc()).limit(limit)
    rows = connection.execute(
        select(t.device.c.state, t.device.c.position)
        .where(t.device.c.position.in_(page))
        .order_by(t.device.c.position.desc())
    )
    return tuple(_device_row(row.state, row.position) for row in rows)


def devices_with(
    connection: Connection, marks: Collection[str], most: int = MOST_ALIKE
) -> tuple[Device, ...]:
    """Known devices that carry any of these marks, those with most of them first.

    One number that a maker gave to a whole batch must not crowd out the machine itself.
    """
    alike = (
        select(t.witness.c.device, func.count().label("marks"))
        .where(t.witness.c.mark.in_(marks))
        .group_by(t.witness.c.device)
        .subquery()
    )
    wanted = select(t.device.c.state).join(alike, alike.c.device == t.device.c.code)
    nearest = (alike.c.marks.desc(), t.device.c.position)
    rows = connection.execute(wanted.where(t.device.c.known).order_by(*nearest).limit(most))
    return tuple(msgspec.msgpack.decode(row, type=Device) for row in rows.scalars())


def device_events(connection: Connection, after: str, limit: int) -> tuple[ports.DeviceEvents, ...]:
    """The next devices behind this code, each with its own events, as they came here."""
    table = t.device.c
    page = select(table.code).where(table.code > after).order_by(table.code).limit(limit)
    codes = connection.execute(page).scalars().all()
    if not codes:
        return ()
    wanted = (
        select(t.log.c.subject, *COLUMNS)
        .where(t.log.c.subject.in_(codes), t.log.c.source.in_(EVENTS))
        .order_by(t.log.c.subject, t.log.c.position)
    )
    found: dict[str, list[events.Event]] = {code: [] for code in codes}
    for row in connection.execute(wanted):
        item = item_of(row)
        if isinstance(item, events.Event):
            found[row.subject].append(item)
    return tuple(ports.DeviceEvents(code, tuple(said)) for code, said in found.items())


def longest_waiting(
    connection: Connection, stages: Sequence[Stage], limit: int
) -> tuple[Device, ...]:
    """The devices that stand longest in one of these stages, the longest first."""
    table, found = t.device.c, []
    for stage in stages:  # one by one: each then reads its index in order
        wanted = select(table.state).where(table.stage == stage, table.position.is_not(None))
        rows = connection.execute(wanted.order_by(table.since, table.position).limit(limit))
        found += [msgspec.msgpack.decode(row.state, type=Device) for row in rows]
    return tuple(sorted(found, key=lambda device: device.since or date.max)[:limit])


def count_devices(connection: Connection, wanted: ports.DeviceFilter) -> int:
    """How many devices the filter lets through."""
    counted = select(func.count(t.device.c.position)).where(*_conditions(wanted))
    return connection.execute(counted).scalar_one()


def stage_counts(connection: Connection) -> tuple[ports.StageCount, ...]:
    """Devices by stage, those on hold, and the oldest."""
    table = t.device.c
    held = func.sum(case((table.hold.is_not(None), 1), else_=0))
    rows = connection.execute(
        select(table.stage, func.count(), held, func.min(table.since))
        .where(table.known)
        .group_by(table.stage)
    )
    return tuple(
        ports.StageCount(Stage(stage), n, int(on_hold), oldest)
        for stage, n, on_hold, oldest in rows
    )


def here_counts(connection: Connection, stages: Sequence[Stage]) -> tuple[ports.HereCount, ...]:
    """Counts by stage, kind and hold; one stage after the other, each along its index."""
    table, found = t.device.c, list[ports.HereCount]()
    for stage in stages:
        wanted = select(table.kind, table.hold, func.count(), func.min(table.since))
        wanted = wanted.where(table.stage == stage, table.known)
        for kind, hold, devices, oldest in connection.execute(
            wanted.group_by(table.kind, table.hold)
        ):
            found.append(ports.HereCount(stage, kind, hold, devices, oldest))
    return tuple(found)


def clock_doubt(connection: Connection, now: datetime, began_on: date) -> datetime | None:
    """The latest time among the newest own events, when the clock stands clearly before it.

    A new store has none: then no clock is right that stands before the programme began.
    """
    wanted = select(*COLUMNS).where(t.log.c.source == Origin.OWN)
    rows = connection.execute(wanted.order_by(t.log.c.position.desc()).limit(CLOCK_SAMPLE))
    latest = max((entry_of(row).header.at_ms for row in rows), default=0)
    began = datetime(began_on.year, began_on.month, began_on.day, tzinfo=UTC)
    newest = max(datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=latest), began)
    return newest if now < newest - CLOCK_TOLERANCE else None


def sync_state(connection: Connection) -> ports.SyncState:
    """What was recorded, answered, disputed and void in all chains this store wrote."""
    head = connection.execute(select(t.head).where(t.head.c.id == CURRENT)).one()
    own = t.verdict.c.station == head.station
    last = connection.execute(select(func.max(t.verdict.c.number)).where(own)).scalar() or 0
    recorded, unsent = sum(own_chains(connection).values()), waiting(connection)
    return ports.SyncState(
        chain=ledger.ChainId(head.station, head.chain),
        recorded=recorded,
        answered=recorded - unsent,
        waiting=unsent,
        disputed=_outcomes(connection, events.DISPUTED),
        void=_outcomes(connection, events.VOID),
        last_answer=last,
    )


def waiting(connection: Connection) -> int:
    """Own events without a verdict, in whichever of this point's chains."""
    recorded, answered = own_chains(connection), _answered(connection)
    return sum(seq - answered.get(chain, 0) for chain, seq in recorded.items())


def unanswered(
    connection: Connection, limit: int, skip: Collection[ledger.ChainId]
) -> tuple[ledger.Entry, ...]:
    """The oldest own events without a verdict, of the oldest chain that has any."""
    answered = _answered(connection)
    for chain, seq in own_chains(connection).items():
        done = answered.get(chain, 0)
        if done < seq and ledger.ChainId(*chain) not in skip:
            return _between(connection, chain, done, seq, limit)
    return ()


def answered_after(
    connection: Connection, chain: ledger.ChainId, seq: int, limit: int
) -> tuple[ledger.Entry, ...]:
    """Own events of a chain behind that seq which have a verdict, in seq order."""
    key = (chain.station, chain.number)
    return _between(connection, key, seq, _answered(connection).get(key, 0), limit)


def _between(
    connection: Connection, chain: tuple[int, int], after: int, up_to: int, limit: int
) -> tuple[ledger.Entry, ...]:
    seq = t.log.c.seq
    wanted = select(*COLUMNS).where(
        t.log.c.station == chain[0], t.log.c.chain == chain[1], seq > after, seq <= up_to
    )
    return tuple(entry_of(row) for row in connection.execute(wanted.order_by(seq).limit(limit)))


def standing(connection: Connection) -> ports.Standing:
    """How far this store has come."""
    heads = {ledger.ChainId(*chain): seq for chain, seq in own_chains(connection).items()}
    counters = {row.name: row.value for row in connection.execute(select(t.counter))}
    chain = current_chain(connection)
    seq = heads.pop(chain)
    store_id = select(t.meta.c.value).where(t.meta.c.name == t.STORE_ID)
    named = connection.execute(store_id).scalar() or b""
    return ports.Standing(
        named.decode(), chain, seq, tuple(heads.items()), highest_number(counters)
    )


def newest(connection: Connection) -> int:
    """The place of the log's newest row, 0 while there is none."""
    return connection.execute(select(func.max(t.log.c.position))).scalar() or 0


def tasks(connection: Connection) -> tuple[ports.TaskRow, ...]:
    """What the service's answers ask people to settle, the newest first."""
    rows = connection.execute(select(t.task).order_by(t.task.c.position.desc()))
    return tuple(map(_task_row, rows))


def _task_row(row: Row[*tuple[Any, ...]]) -> ports.TaskRow:
    return ports.TaskRow(
        position=row.position,
        event=row.event,
        subject=row.subject,
        outcome=row.outcome,
        rule=row.rule,
        kind=row.kind,
        other=row.other or b"",
        own=row.own,
        decision=row.decision,
    )


def entries_about(connection: Connection, code: str) -> tuple[ledger.Entry, ...]:
    """The bytes of every own event whose subject is this code, oldest first."""
    wanted = select(*COLUMNS).where(t.log.c.subject == code, t.log.c.source == Origin.OWN)
    rows = connection.execute(wanted.order_by(t.log.c.position))
    return tuple(entry_of(row) for row in rows)


def hash_at(connection: Connection, chain: ledger.ChainId, seq: int) -> bytes | None:
    """The hash of the event that stands at a place of a chain in the local log."""
    wanted = select(t.log.c.hash).where(
        t.log.c.station == chain.station, t.log.c.chain == chain.number, t.log.c.seq == seq
    )
    return connection.execute(wanted).scalar()


def has_event(connection: Connection, entry: ledger.Entry) -> bool:
    """Whether the local log holds this event; raises Fork for another one in its place."""
    header = entry.header
    known = hash_at(connection, header.chain, header.seq)
    if known is not None and known != entry.hash:
        raise ledger.Fork(header.chain, header.seq)
    return known is not None


def event_with(connection: Connection, hash_: bytes) -> events.Event | None:
    """An event of the local log by its hash."""
    row = connection.execute(select(*COLUMNS).where(t.log.c.hash == hash_)).one_or_none()
    return events.read(entry_of(row)) if row else None


def is_own_event(connection: Connection, hash_: bytes) -> bool:
    """Whether this store wrote an event, or a laptop brought it home."""
    wanted = select(t.log.c.position).where(t.log.c.hash == hash_, t.log.c.source == Origin.OWN)
    return connection.execute(wanted).first() is not None


def verdict_on(connection: Connection, event: events.Event) -> events.Verdict | None:
    """What the service says of an event now."""
    table, header = t.verdict.c, event.header
    wanted = select(t.verdict).where(
        table.station == header.chain.station,
        table.chain == header.chain.number,
        table.seq == header.seq,
    )
    row = connection.execute(wanted).one_or_none()
    return _verdict_of(row, event) if row else None


def was_said(connection: Connection, event: events.Event, verdict: events.Verdict) -> bool:
    """Whether this very answer was noted before, and perhaps another one after it."""
    wanted = select(*COLUMNS).where(
        t.log.c.subject == event.header.subject, t.log.c.source == Origin.VERDICT
    )
    return any(item_of(row) == verdict for row in connection.execute(wanted))


def document(connection: Connection, kind: str, id_: str) -> Document | None:
    """A document in its newest version, one that was taken back too."""
    table = t.document.c
    row = connection.execute(
        select(t.document).where(table.kind == kind, table.id == id_)
    ).one_or_none()
    return Document(row.kind, row.id, row.version, row.body) if row else None


def documents_of(connection: Connection, kind: str) -> tuple[Document, ...]:
    """Every document of a kind that was not taken back, the newest first."""
    table = t.document.c
    wanted = select(t.document).where(table.kind == kind, table.body.is_not(None))
    rows = connection.execute(wanted.order_by(table.position.desc()))
    return tuple(Document(row.kind, row.id, row.version, row.body) for row in rows)


def expected_offers(connection: Connection) -> tuple[Offer, ...]:
    """Offers under which something is still expected, the earliest first."""
    table = t.offer.c
    wanted = select(table.state).where(table.open)
    by_day = wanted.order_by(table.due.is_(None), table.due, table.code)
    return tuple(
        msgspec.msgpack.decode(row, type=Offer) for row in connection.execute(by_day).scalars()
    )


def calls(connection: Connection, until: date) -> tuple[Device | Offer, ...]:
    """Devices and offers whose donor must be rung up to that day, the longest due first."""
    found: list[tuple[date, Device | Offer]] = [
        *_called(connection, t.device, Device, until),
        *_called(connection, t.offer, Offer, until),
    ]
    return tuple(state for _, state in sorted(found, key=lambda one: (one[0], one[1].code)))


def _called(
    connection: Connection, table: Table, kind: type[S], until: date
) -> Iterator[tuple[date, S]]:
    due = table.c.call_due
    for row in connection.execute(select(due, table.c.state).where(due <= until)):
        yield row.call_due, msgspec.msgpack.decode(row.state, type=kind)


def cursor(connection: Connection) -> ports.Cursor:
    """How far both feeds were read."""
    reached = {row.feed: row.position for row in connection.execute(select(t.pulled))}
    return ports.Cursor(reached.get("own", 0), reached.get("common", 0))


def delegations(connection: Connection) -> tuple[ports.Delegation, ...]:
    """Laptops that were given a chain: those that are out first, then the newest."""
    table = t.delegation.c
    rows = connection.execute(
        select(t.delegation).order_by(table.ended.is_not(None), table.position.desc())
    )
    return tuple(map(_delegation, rows))


def delegation_of(connection: Connection, chain: ledger.ChainId) -> ports.Delegation | None:
    """The delegation of one chain."""
    table = t.delegation.c
    wanted = select(t.delegation).where(table.station == chain.station, table.chain == chain.number)
    row = connection.execute(wanted).one_or_none()
    return _delegation(row) if row else None


def _delegation(row: Row[*tuple[Any, ...]]) -> ports.Delegation:
    return ports.Delegation(
        chain=ledger.ChainId(row.station, row.chain),
        key=row.key,
        expires_s=row.expires_s,
        about=msgspec.msgpack.decode(row.about, type=tuple[str, ...]),
        ended=row.ended,
    )


def _conditions(wanted: ports.DeviceFilter) -> list[ColumnElement[bool]]:
    table = t.device.c
    conditions: list[ColumnElement[bool]] = [table.position.is_not(None)]
    words = search_words(wanted.text)
    conditions += [table.search.contains(word, autoescape=True) for word in words]
    if wanted.stages:
        conditions.append(table.stage.in_(wanted.stages))
    if wanted.kinds:
        conditions.append(table.kind.in_(wanted.kinds))
    if wanted.donors:
        conditions.append(table.donor.in_(wanted.donors))
    return conditions + _narrower(wanted)


def _narrower(wanted: ports.DeviceFilter) -> list[ColumnElement[bool]]:
    """What is asked beyond words, stage, kind and donor."""
    table = t.device.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.grades:
        conditions.append(table.grade.in_(wanted.grades))
    if wanted.held is not None:
        conditions.append(table.hold.is_not(None) if wanted.held else table.hold.is_(None))
    if wanted.hold:
        conditions.append(table.hold == wanted.hold)
    if wanted.since_until is not None:
        conditions.append(table.since <= wanted.since_until)
    if wanted.shelf:
        conditions.append(table.shelf == wanted.shelf)
    return conditions


def _device_row(packed: bytes, position: int) -> ports.DeviceRow:
    device = msgspec.msgpack.decode(packed, type=Device)
    return ports.DeviceRow(device, position)


def _outcomes(connection: Connection, outcome: str) -> int:
    own = select(t.head.c.station).where(t.head.c.id == CURRENT).scalar_subquery()
    counted = select(func.count()).select_from(t.verdict)
    wanted = counted.where(t.verdict.c.outcome == outcome, t.verdict.c.station == own)
    return connection.execute(wanted).scalar_one()


def own_chains(connection: Connection) -> dict[tuple[int, int], int]:
    """The last seq of each chain this store wrote, in the order they are sent.

    The oldest chain first, then the one that is written now, then those that laptops brought home:
    what delegated them stands in the others.
    """
    current, *retired = connection.execute(select(t.head).order_by(t.head.c.id)).all()
    left = [row for row in retired if not row.delegated]
    brought = [row for row in retired if row.delegated]
    return {(row.station, row.chain): row.seq for row in (*left, current, *brought)}


def current_chain(connection: Connection) -> ledger.ChainId:
    """The chain that is written now."""
    row = connection.execute(select(t.head).where(t.head.c.id == CURRENT)).one()
    return ledger.ChainId(row.station, row.chain)


def is_own_chain(connection: Connection, chain: ledger.ChainId) -> bool:
    """Whether this store wrote it, or a laptop brought it home."""
    return (chain.station, chain.number) in own_chains(connection)


def _answered(connection: Connection) -> dict[tuple[int, int], int]:
    """Up to where own chains were answered; what came home of a lost end was never sent here."""
    table = t.verdict.c
    own = and_(table.station == t.head.c.station, table.chain == t.head.c.chain)
    wanted: Select[Any] = select(table.station, table.chain, func.max(table.seq))
    wanted = wanted.join(t.head, and_(own, table.seq <= t.head.c.seq))
    rows = connection.execute(wanted.group_by(table.station, table.chain))
    return {(station, chain): seq for station, chain, seq in rows}
