"""A point's store: opening it, acting on it, and asking it."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, select

from station import events, ledger, people, ports
from station.case import Case
from station.codes import CodeKind
from station.device import Device, Stage
from station.documents import Document
from station.labelled import LabelledItem
from station.lot import Lot
from station.offer import Offer
from station.operators import Operator
from station.paper import Paper
from station.parts import Parts
from station.reference import Reference
from station.signing import ChainGrant, SigningKey
from station.store import chain_keys, drafts, inflow, lending, queries, schema, upkeep
from station.store import tables as t
from station.store.appender import Appender, begin_chain, lock_head
from station.store.engine import open_engine, reading, shown_url, writing
from station.store.file_exchange import SqlFileExchange
from station.store.keys import KEY_CHECK, KeySource, check_value
from station.store.people_exchange import SqlPeopleExchange
from station.store.projector import Projector
from station.store.sealed import Sealed
from station.store.sealing import Sealer
from station.store.work import SqlWork


class SqlStore(SqlPeopleExchange, SqlFileExchange):
    """Implements `station.ports.Store` and `station.ports.Outbox`. Open one with `open_store`."""

    def __init__(self, engine: Engine, sealer: Sealer, reference: Reference) -> None:
        self.engine, self.reference = engine, reference
        self._sealer = sealer
        self._sealed = Sealed(sealer)
        self._people, self._attachments = self._sealed.people, self._sealed.attachments
        self._keys = self._sealed.keys

    def __enter__(self) -> "SqlStore":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    def back_up(
        self, data: Path, folder: Path, when: datetime, tell: Callable[[int, int], None]
    ) -> ports.Backup:
        """Make a backup in a folder."""
        from station.store.backup.making import back_up  # noqa: PLC0415 -- once a day

        return back_up(self.engine, data, folder, when, tell)

    def has_recovery(self) -> bool:
        """Whether a backup opens on another PC."""
        from station.store.backup import recovery  # noqa: PLC0415 -- the same

        return recovery.has_code(self.engine)

    def draw_recovery_code(self) -> str:
        """Draw digits that may open backups."""
        from station.store.backup import recovery  # noqa: PLC0415 -- the same

        return recovery.draw_code()

    def keep_recovery_code(self, code: str) -> None:
        """Let these digits open backups, and none before."""
        from station.store.backup import recovery  # noqa: PLC0415 -- the same

        recovery.keep_code(self.engine, self._sealer, code)

    @contextmanager
    def transaction(self, by: Operator, when: ledger.Moment) -> Iterator[SqlWork]:
        """One act of one operator: everything it records is written whole or not at all."""
        with writing(self.engine) as connection:
            work = SqlWork(connection, self._sealed, self.reference, by, when)
            yield work
            work.finish()

    # ---- asking ----

    def device(self, code: str) -> Device | None:
        """One device."""
        with reading(self.engine) as connection:
            device = queries.state(connection, t.device, Device, code)
        return device if device and device.known else None

    def case(self, code: str) -> Case | None:
        """One case."""
        with reading(self.engine) as connection:
            case = queries.state(connection, t.case_file, Case, code)
        return case if case and case.known else None

    def cases_named(self, codes: Collection[str]) -> Mapping[str, Case]:
        """Several cases at once, by code; those that nobody knows are left out."""
        with reading(self.engine) as connection:
            return queries.cases_named(connection, codes)

    def lot(self, code: str) -> Lot | None:
        """One lot or batch."""
        with reading(self.engine) as connection:
            lot = queries.state(connection, t.lot, Lot, code)
        return lot if lot and lot.known else None

    def devices_with(self, marks: Collection[str]) -> tuple[Device, ...]:
        """Known devices that carry any of these marks."""
        with reading(self.engine) as connection:
            return queries.devices_with(connection, marks)

    def cases(self, *, waiting: bool) -> tuple[Case, ...]:
        """Cases of this point: those that wait for a device, or those that have one."""
        with reading(self.engine) as connection:
            return queries.cases(connection, waiting=waiting)

    def parts(self) -> tuple[Parts, ...]:
        """Counted parts, by item."""
        with reading(self.engine) as connection:
            return queries.parts(connection)

    def labelled(self, code: str) -> LabelledItem | None:
        """One labelled thing that is no device."""
        with reading(self.engine) as connection:
            item = queries.state(connection, t.labelled, LabelledItem, code)
        return item if item and item.known else None

    def items_of(self, device: str) -> tuple[LabelledItem, ...]:
        """The labelled things that belong to a device."""
        with reading(self.engine) as connection:
            return queries.items_of(connection, device)

    def shelves(self) -> tuple[LabelledItem, ...]:
        """Every labelled shelf."""
        with reading(self.engine) as connection:
            return queries.shelves(connection)

    def shelf_counts(self) -> dict[str, int]:
        """How many devices lie on each shelf that is not empty."""
        with reading(self.engine) as connection:
            return queries.shelf_counts(connection)

    def on_shelf(self, shelf: str) -> tuple[Device, ...]:
        """The devices that lie on a shelf."""
        with reading(self.engine) as connection:
            return queries.on_shelf(connection, shelf)

    def unlabelled(self, limit: int = 100) -> tuple[Device, ...]:
        """Devices that are here and whose label is still to stick, the newest first."""
        with reading(self.engine) as connection:
            return queries.unlabelled(connection, limit)

    def count_unlabelled(self) -> int:
        """How many labels are still to stick."""
        with reading(self.engine) as connection:
            return queries.count_unlabelled(connection)

    def reserved(self, of: CodeKind) -> tuple[ports.CodeRange, ...]:
        """The ranges of codes that were set aside for printing, the newest first."""
        with reading(self.engine) as connection:
            return queries.reserved(connection, of)

    def paper(self, code: str) -> Paper | None:
        """One paper."""
        with reading(self.engine) as connection:
            paper = queries.state(connection, t.paper, Paper, code)
        return paper if paper and paper.known else None

    def unsigned_papers(self, limit: int) -> tuple[Paper, ...]:
        """Papers whose signed copy is awaited, the oldest first."""
        with reading(self.engine) as connection:
            return queries.unsigned_papers(connection, limit)

    def papers_about(self, code: str) -> tuple[Paper, ...]:
        """The papers that name a code, the newest first."""
        with reading(self.engine) as connection:
            return queries.papers_about(connection, code)

    def attachment(self, hash_: bytes) -> bytes | None:
        """A file; None when it is not here or was purged."""
        with reading(self.engine) as connection:
            return self._attachments.get(connection, hash_)

    def named_reports(self, reports: Collection[bytes]) -> frozenset[bytes]:
        """Which of these reports some event names: recorded, linked or dismissed."""
        with reading(self.engine) as connection:
            return queries.named_reports(connection, reports)

    def entries_about(self, code: str) -> tuple[ledger.Entry, ...]:
        """The bytes of every own event whose subject is this code, oldest first."""
        with reading(self.engine) as connection:
            return queries.entries_about(connection, code)

    def counted_since(self, day: date) -> tuple[str, ...]:
        """What a stocktake of this point looked at from that day on, each code once."""
        with reading(self.engine) as connection:
            return queries.counted_since(connection, day)

    def timeline(self, code: str) -> tuple[ports.TimelineRow, ...]:
        """Everything that happened to a code, oldest first."""
        with reading(self.engine) as connection:
            return queries.timeline(connection, code)

    def devices(
        self, wanted: ports.DeviceFilter, *, before: int | None = None, limit: int = 100
    ) -> tuple[ports.DeviceRow, ...]:
        """The newest devices first; `before` is the `position` of the last row already shown."""
        with reading(self.engine) as connection:
            return queries.devices(connection, wanted, before, limit)

    def device_events(self, *, after: str, limit: int) -> tuple[ports.DeviceEvents, ...]:
        """All devices by code, each with its own events."""
        with reading(self.engine) as connection:
            return queries.device_events(connection, after, limit)

    def longest_waiting(self, stages: Sequence[Stage], limit: int = 100) -> tuple[Device, ...]:
        """The devices that stand longest in one of these stages, the longest first."""
        with reading(self.engine) as connection:
            return queries.longest_waiting(connection, stages, limit)

    def count_devices(self, wanted: ports.DeviceFilter) -> int:
        """How many devices the filter lets through."""
        with reading(self.engine) as connection:
            return queries.count_devices(connection, wanted)

    def stage_counts(self) -> tuple[ports.StageCount, ...]:
        """The point at a glance."""
        with reading(self.engine) as connection:
            return queries.stage_counts(connection)

    def here_counts(self, stages: Sequence[Stage]) -> tuple[ports.HereCount, ...]:
        """What stands in these stages, by kind and by the reason of a hold."""
        with reading(self.engine) as connection:
            return queries.here_counts(connection, stages)

    def content(self, ref_id: bytes) -> people.Content | None:
        """A people row; None when it was purged."""
        with reading(self.engine) as connection:
            return self._people.content(connection, ref_id)

    def contents(self, ref_ids: Collection[bytes]) -> Mapping[bytes, people.Content]:
        """Several people rows at once, by id; those that were purged are left out."""
        with reading(self.engine) as connection:
            return self._people.contents(connection, ref_ids)

    def find_people(self, text: str, limit: int = 50) -> tuple[ports.FoundPerson, ...]:
        """Donors and pupils whose name or phone contains the words, marks ignored."""
        with reading(self.engine) as connection:
            return self._people.find(connection, text, limit)

    def operators(self) -> tuple[people.OperatorName, ...]:
        """Everybody who can sign in."""
        with reading(self.engine) as connection:
            return self._people.operators(connection)

    def add_operator(self, name: people.OperatorName) -> None:
        """Name an operator, or rename one."""
        with writing(self.engine) as connection:
            lock_head(connection)  # people rows are numbered in commit order
            self._people.keep(connection, name)

    def clock_doubt(self, now: datetime) -> datetime | None:
        """The latest time the ledger knows, when the clock now stands clearly before it."""
        with reading(self.engine) as connection:
            return queries.clock_doubt(connection, now, self.reference.programme.began_on)

    def sync_state(self) -> ports.SyncState:
        """What waits for the service."""
        with reading(self.engine) as connection:
            return queries.sync_state(connection)

    def standing(self) -> ports.Standing:
        """How far this store has come."""
        with reading(self.engine) as connection:
            return queries.standing(connection)

    def newest(self) -> int:
        """The place of the log's newest row."""
        with reading(self.engine) as connection:
            return queries.newest(connection)

    def tasks(self) -> tuple[ports.TaskRow, ...]:
        """What the service's answers ask people to settle."""
        with reading(self.engine) as connection:
            return queries.tasks(connection)

    def start_chain(
        self, by: Operator, when: ledger.Moment, *, printed: int, reason: str
    ) -> ledger.ChainId:
        """Leave the old chain and begin a new one; see `upkeep.start_chain`."""
        return upkeep.start_chain(self.engine, by, when, printed=printed, reason=reason)

    # ---- keys ----

    def signing_key(self, chain: ledger.ChainId) -> SigningKey:
        """The key of an own chain; made, and durable, when it is asked for the first time."""
        with reading(self.engine) as connection:
            key = self._keys.find(connection, chain)
        return key or self._made_key(chain)

    def _made_key(self, chain: ledger.ChainId) -> SigningKey:
        with writing(self.engine) as connection:
            lock_head(connection)  # another PC of the point may make it at this moment
            if not queries.is_own_chain(connection, chain):
                raise LookupError(f"no chain of this store: {chain}")
            return self._keys.find(connection, chain) or self._keys.make(connection, chain)

    def enrolment(self) -> ports.Enrolment:
        """Whether the service believes the chain that is written now."""
        with reading(self.engine) as connection:
            return chain_keys.enrolment_of(connection, queries.current_chain(connection))

    def note_enrolment(self, grant: ChainGrant, anchors: Sequence[bytes]) -> None:
        """Keep the service's word for a chain, and the keys it signs with."""
        with writing(self.engine) as connection:
            lock_head(connection)
            chain_keys.note_grant(connection, grant, anchors)

    def grant(self, chain: ledger.ChainId) -> ChainGrant | None:
        """The service's word for an own chain; None where it gave none."""
        with reading(self.engine) as connection:
            return chain_keys.enrolment_of(connection, chain).grant

    def last_granted(self) -> ChainGrant | None:
        """The newest grant of any own chain."""
        with reading(self.engine) as connection:
            return chain_keys.newest_grant(connection)

    # ---- laptops that were lent ----

    def delegations(self) -> tuple[ports.Delegation, ...]:
        """Laptops that were given a chain, those that are out first."""
        with reading(self.engine) as connection:
            return queries.delegations(connection)

    def taken_along(self, chain: ledger.ChainId) -> ports.TakenAlong:
        """What the laptop with this chain takes along; raises UnknownDelegation."""
        with reading(self.engine) as connection:
            return lending.taken_along(connection, self._sealed, chain)

    def brought_home(self) -> ports.BroughtHome:
        """What this laptop wrote; raises UnknownDelegation where this is no laptop."""
        with reading(self.engine) as connection:
            return lending.brought_home(connection, self._sealed)

    def adopt_chain(self, home: ports.BroughtHome) -> int:
        """Take in what a laptop wrote, as this point's own; how many events were new."""
        with writing(self.engine) as connection:
            return lending.adopt(connection, self._sealed, home)

    # ---- the outbox, and what comes back ----

    def unanswered(
        self, limit: int, skip: Collection[ledger.ChainId] = ()
    ) -> tuple[ledger.Entry, ...]:
        """The oldest own events without a verdict, in seq order, of a chain not skipped."""
        with reading(self.engine) as connection:
            return queries.unanswered(connection, limit, skip)

    def answered_after(
        self, chain: ledger.ChainId, seq: int, limit: int
    ) -> tuple[ledger.Entry, ...]:
        """Own events of a chain behind that seq which have a verdict, in seq order."""
        with reading(self.engine) as connection:
            return queries.answered_after(connection, chain, seq, limit)

    def holds(self, chain: ledger.ChainId, seq: int, hash_: bytes) -> bool:
        """Whether this very event stands at that place of that chain here."""
        with reading(self.engine) as connection:
            return queries.hash_at(connection, chain, seq) == hash_

    def note_verdicts(self, verdicts: Sequence[events.Verdict]) -> None:
        """Record the service's answers; one that says the same again changes nothing."""
        with writing(self.engine) as connection:
            projector = Projector(connection, lock_head(connection).chain)
            for verdict in verdicts:
                inflow.note_verdict(connection, projector, verdict)
            projector.flush()

    def take_in(self, entries: Sequence[ledger.Entry]) -> int:
        """Add other chains' events to the local log; those already here are left. How many came.

        Raises Fork when another event already stands at the same place of the same chain.
        """
        with writing(self.engine) as connection:
            head = lock_head(connection)
            projector = Projector(connection, head.chain)
            fresh = sum(inflow.take_in(connection, projector, head, entry) for entry in entries)
            projector.flush()
        return fresh

    def cursor(self) -> ports.Cursor:
        """How far both feeds were read."""
        with reading(self.engine) as connection:
            return queries.cursor(connection)

    def take_in_pulled(self, items: Sequence[ports.PulledItem], reached: ports.Cursor) -> None:
        """Note everything a page brought, and how far it reached, in one transaction."""
        with writing(self.engine) as connection:
            inflow.take_in_page(connection, items, reached)

    def document(self, kind: str, id_: str) -> Document | None:
        """A document in its newest version; None when there is none or it was taken back."""
        with reading(self.engine) as connection:
            found = queries.document(connection, kind, id_)
        return found if found and found.body is not None else None

    def documents(self, kind: str) -> tuple[Document, ...]:
        """Every document of a kind, the newest first."""
        with reading(self.engine) as connection:
            return queries.documents_of(connection, kind)

    def offer(self, code: str) -> Offer | None:
        """What a donor announced under this code."""
        with reading(self.engine) as connection:
            offer = queries.state(connection, t.offer, Offer, code)
        return offer if offer and offer.known else None

    def expected_offers(self) -> tuple[Offer, ...]:
        """Offers under which something is still expected, the earliest first."""
        with reading(self.engine) as connection:
            return queries.expected_offers(connection)

    def calls(self, until: date) -> tuple[Device | Offer, ...]:
        """Devices and offers whose donor must be rung up to that day, the longest due first."""
        with reading(self.engine) as connection:
            return queries.calls(connection, until)

    def draft(self, place: str) -> bytes | None:
        """What a page of a PC held that nobody committed; None when it held nothing."""
        with reading(self.engine) as connection:
            return drafts.read(connection, self._sealer, place)

    def keep_draft(self, place: str, content: bytes) -> None:
        """Keep what a page holds, sealed: durable when this returns."""
        with writing(self.engine) as connection:
            drafts.keep(connection, self._sealer, place, content)

    def drop_draft(self, place: str) -> None:
        """It was committed, or thrown away."""
        with writing(self.engine) as connection:
            drafts.drop(connection, place)


def open_store(url: str, key_source: KeySource, reference: Reference) -> SqlStore:
    """Open an existing store; raises a StoreProblem that says what is wrong."""
    with _opening(url) as engine:
        upkeep.bring_up_to_date(engine)
        with reading(engine) as connection:
            current = select(t.head).where(t.head.c.id == t.CURRENT)
            if connection.execute(current).first() is None:
                raise ports.StoreEmpty(shown_url(url))
        key = key_of(engine, key_source)
    return SqlStore(engine, Sealer(key), reference)


def create_store(
    url: str,
    key_source: KeySource,
    reference: Reference,
    *,
    station: int,
    by: Operator,
    when: ledger.Moment,
    printed: int = 0,
    lead: people.OperatorName | None = None,
) -> SqlStore:
    """Make a new store for a point, with its first chain begun and its lead named.

    `printed` is the highest number that a lost store of this point is known to have given out.
    """
    above = upkeep.well_above(printed, station) if printed else 0
    with _opening(url) as engine:
        upkeep.bring_up_to_date(engine)
        key = key_of(engine, key_source)
        with writing(engine) as connection:
            if connection.execute(select(t.head)).first():
                raise ports.StoreExists(shown_url(url))
            begin_chain(connection, station)
            appender = Appender(connection, by, when)
            appender.record(schema.point_subject(station), events.ChainStarted(numbers_above=above))
            appender.finish()
            if lead is not None:  # with the chain: nobody could sign in at a store without names
                Sealed(Sealer(key)).people.keep(connection, lead)
    return SqlStore(engine, Sealer(key), reference)


def create_delegated_store(
    url: str,
    key_source: KeySource,
    reference: Reference,
    along: ports.TakenAlong,
    *,
    by: Operator,
    when: ledger.Moment,
) -> SqlStore:
    """Make a laptop's store: it writes the chain its point lent to it, about what it took along."""
    with _opening(url) as engine:
        upkeep.bring_up_to_date(engine)
        sealer = Sealer(key_of(engine, key_source))
        with writing(engine) as connection:
            if connection.execute(select(t.head)).first():
                raise ports.StoreExists(shown_url(url))
            lending.begin_laptop(connection, Sealed(sealer), along, by, when)
    return SqlStore(engine, sealer, reference)


@contextmanager
def _opening(url: str) -> Iterator[Engine]:
    """An engine that is given back when the store cannot be opened."""
    engine = open_engine(url)
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


def key_of(engine: Engine, source: KeySource) -> bytes:
    """The store's key; a new store is given one. Whom it asks may take long: nothing is locked."""
    notes = schema.notes(engine)
    if KEY_CHECK not in notes:
        made = source.new()
        name = {t.STORE_ID: secrets.token_hex(8).encode()}
        schema.note_once(engine, made.notes | name | {KEY_CHECK: check_value(made.key)})
        notes = schema.notes(engine)
        if notes[KEY_CHECK] == check_value(made.key):
            return made.key
    key = source.known(notes)
    if notes[KEY_CHECK] != check_value(key):
        raise ports.WrongKey
    return key
