"""What the domain and the screens ask of a store. `station.store` answers with frozen values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from station import events, people
from station.case import Case
from station.codes import CodeKind, make
from station.device import Device, Stage
from station.documents import Document
from station.labelled import LabelledItem
from station.ledger import ChainId, Entry, Moment
from station.lot import Lot
from station.offer import Offer
from station.operators import Operator
from station.paper import Paper
from station.parts import Parts
from station.reference import Reference
from station.signing import ChainGrant, SigningKey


class StoreProblem(Exception):
    """The environment does not let the store work; `code` says how. Nothing was half written."""

    code = "store_problem"


class StoreFull(StoreProblem):
    """The disk is full."""

    code = "store_full"


class StoreReadOnly(StoreProblem):
    """The data folder cannot be written to."""

    code = "store_read_only"


class StoreBusy(StoreProblem):
    """Another program holds the store for too long."""

    code = "store_busy"


class StoreUnreachable(StoreProblem):
    """The shared database does not answer."""

    code = "store_unreachable"


class StoreUncertain(StoreUnreachable):
    """The line broke while an act was being kept: it is recorded whole, or not at all."""

    code = "store_uncertain"


class StoreLockedOut(StoreUnreachable):
    """The shared database answers, and this PC's password does not hold any more."""

    code = "store_locked_out"


class StoreUnreadable(StoreProblem):
    """The file is not a store, or it is damaged."""

    code = "store_unreadable"


class StoreTooNew(StoreProblem):
    """A newer version of the program wrote this store."""

    code = "store_too_new"


class StoreTooOld(StoreProblem):
    """An older version of the program wrote this store, and nobody brought it up to date."""

    code = "store_too_old"


class StoreEmpty(StoreProblem):
    """The database holds no point's ledger yet."""

    code = "store_empty"


class StoreExists(StoreProblem):
    """The database holds a point's ledger already."""

    code = "store_exists"


class NotAnAddress(StoreProblem):
    """Neither a file nor the address of a database that a store can have."""

    code = "not_an_address"


class WrongKey(StoreProblem):
    """The key or password does not open the people rows."""

    code = "wrong_key"


class KeyMissing(StoreProblem):
    """The key lies in the keyring of another account or PC, or that keyring was lost."""

    code = "key_missing"


class AnswerOutstanding(Exception):
    """A later answer came before the first one, which only a push brings: push, then pull again."""

    code = "answer_outstanding"


class Work(Protocol):
    """One transaction: what it records is written whole or not at all."""

    reference: Reference
    when: Moment
    station: int
    laptop: bool  # this store is a laptop's, with a chain that its point lent to it

    def device(self, code: str) -> Device:
        """The device; raises UnknownDevice."""

    def find_device(self, code: str) -> Device | None:
        """The device, or None when the code was never received."""

    def case(self, code: str) -> Case:
        """The case; raises UnknownCase."""

    def lot(self, code: str) -> Lot:
        """The lot or batch; raises UnknownLot."""

    def parts(self, item: str) -> Parts:
        """How many of an item the books show; zero for one never counted."""

    def labelled(self, code: str) -> LabelledItem:
        """The labelled thing that is no device; raises UnknownItem."""

    def paper(self, code: str) -> Paper:
        """The paper; raises UnknownPaper."""

    def offer(self, code: str) -> Offer:
        """What a donor announced; raises UnknownOffer."""

    def is_new(self, code: str) -> bool:
        """Whether nothing ever happened to what has this code."""

    def is_set_aside(self, code: str) -> bool:
        """Whether this code was reserved here, to be printed before it is used."""

    def holder_of_serial(self, serial: str, maker: str | None) -> Device | None:
        """The device that is here under this serial number, if any."""

    def next_code(self, kind: CodeKind) -> str:
        """A code of this point that was never given out."""

    def free_numbers(self, kind: CodeKind, count: int) -> int:
        """The first of so many numbers in a row that were never given out."""

    def event(self, hash_: bytes) -> events.Event:
        """An event of the local log; raises UnknownEvent."""

    def events_about(self, code: str) -> tuple[events.Event, ...]:
        """Every event about a code or that names it, oldest first."""

    def keep(self, content: people.Content) -> events.Ref:
        """Put a person or typed words into the people store; events name it by the Ref."""

    def content(self, ref_id: bytes) -> people.Content | None:
        """A people row; None when it was purged or is of another point."""

    def purge(self, ref_id: bytes) -> events.Ref | None:
        """Empty a people row for good; its Ref, None when there is nothing to empty."""

    def attach(self, data: bytes) -> bytes:
        """Put a file into the attachments; events name it by its hash."""

    def purge_file(self, hash_: bytes) -> None:
        """Empty a file for good, here and at the service."""

    def attached(self, hash_: bytes) -> bytes | None:
        """A file of the attachments; None when it is not here or was purged."""

    def is_released(self, hash_: bytes) -> bool:
        """Whether this file may leave already."""

    def task(self, event: bytes) -> "TaskRow":
        """What must be settled about an event; raises NothingToSettle."""

    def delegate_key(self) -> tuple[ChainId, bytes]:
        """A chain nobody has, and the public key of it; the private one is sealed here."""

    def delegation(self, chain: ChainId) -> "Delegation":
        """A laptop's chain; raises UnknownDelegation."""

    def lent_to(self, code: str) -> ChainId | None:
        """The chain of the laptop that took a device or case along."""

    def came_home(self, chain: ChainId) -> int:
        """The last seq of a laptop's chain that came home; 0 when none did."""

    def drop_draft(self, place: str) -> None:
        """Forget what a page held: this transaction commits it."""

    def record(self, subject: str, said: events.Said) -> events.Event:
        """Append one event; the states it touches move on at once."""


class DeviceEvents(Struct, frozen=True):
    """The events whose subject is a device, own and other points', as they came here."""

    code: str
    events: tuple[events.Event, ...]


class DeviceRow(Struct, frozen=True):
    """One line of the table of devices."""

    device: Device
    position: int  # where the table goes on from


class DeviceFilter(Struct, frozen=True):
    """Which devices a table shows. Empty fields do not narrow."""

    text: str = ""  # folded before use
    stages: tuple[Stage, ...] = ()
    kinds: tuple[str, ...] = ()
    donors: tuple[bytes, ...] = ()  # people rows found by name or phone
    grades: tuple[str, ...] = ()
    held: bool | None = None  # on hold, or not; None: either
    hold: str = ""  # on hold for this reason
    since_until: date | None = None  # in its stage since that day, or longer
    shelf: str = ""


class TimelineRow(Struct, frozen=True):
    """One event on a device's timeline, with what the service said of it."""

    position: int
    event: events.Event
    by: str
    verdict: events.Verdict | None
    corrected: bool  # a later event replaced some of its fields
    withdrawn: bool = False  # a later event says that it did not happen


class StageCount(Struct, frozen=True):
    """How many devices stand in one stage, and since when the oldest does."""

    stage: Stage
    devices: int
    on_hold: int
    oldest_since: date | None


class HereCount(Struct, frozen=True):
    """How many devices of a kind stand in one stage for one reason, and since when the oldest."""

    stage: Stage
    kind: str
    hold: str | None
    devices: int
    oldest_since: date | None


class SyncState(Struct, frozen=True):
    """What has been said to the service and what it answered."""

    chain: ChainId
    recorded: int  # own events, those of chains that were left included
    answered: int  # of which the service answered
    waiting: int  # of which it did not
    disputed: int
    void: int
    last_answer: int  # the service's number of it, 0 = none


class Standing(Struct, frozen=True):
    """How far a store has come: what a restored old copy falls behind."""

    store_id: str
    chain: ChainId
    seq: int
    older_chains: tuple[tuple[ChainId, int], ...]  # with their last seq
    highest_number: int  # in codes of this point

    def reaches(self, chain: ChainId, seq: int) -> bool:
        """Whether this store knows that event of its own."""
        return any(c == chain and seq <= s for c, s in ((self.chain, self.seq), *self.older_chains))


class PlaceMissing(Exception):
    """The folder for backups is not there: the stick is not plugged in, or the disk is off."""

    code = "place_missing"


class BackupDamaged(Exception):
    """Something in a backup is not what was written."""

    code = "backup_damaged"


class Backup(Struct, frozen=True):
    """A backup that is whole on its medium."""

    store_id: str
    seq: int  # how far the store had come
    made_ms: int  # since 1970, UTC
    file: str  # its name in the folder
    size: int  # bytes


class TaskRow(Struct, frozen=True):
    """Something people must settle: a void claim or a disputed fact, ours or one against ours."""

    position: int
    event: bytes  # the event that is void or disputed
    subject: str
    outcome: str
    rule: str | None
    kind: str
    other: bytes = b""  # the event it contradicts
    own: bool = True  # this point's event; else another point's, against one of ours
    decision: str | None = None  # what the Department decided


class Cursor(Struct, frozen=True):
    """How far both feeds of the service were read: this point's own, and every point's."""

    own: int = 0
    common: int = 0


PulledItem = Entry | events.Verdict | Document
"""What a pull brings: an event of another point, a later verdict on an own one, a document."""


class Delegation(Struct, frozen=True):
    """A laptop that was given a chain of its own."""

    chain: ChainId
    key: bytes
    expires_s: int
    about: tuple[str, ...]
    ended: str | None = None


class TakenAlong(Struct, frozen=True):
    """What a laptop takes along; `key` is the private key of its chain."""

    key: bytes
    delegation: Entry  # the point's own word for that key
    entries: tuple[Entry, ...]  # about its devices and cases
    people: tuple["PersonSent", ...]  # that these name, and who may sign in
    documents: tuple[Document, ...] = ()  # of its cases, and the programme's words
    anchors: tuple[bytes, ...] = ()


class BroughtHome(Struct, frozen=True):
    """What a laptop wrote, whole from its first event; `signature` is of the last one."""

    entries: tuple[Entry, ...]
    signature: bytes
    people: tuple["PersonSent", ...] = ()  # that these name
    scans: tuple[bytes, ...] = ()  # and every other file that they name


class PersonSent(Struct, frozen=True):
    """A people row as it leaves or comes: what its `Ref` digest covers, or None once purged."""

    id: bytes
    station: int  # whose row it is
    version: int
    kind: str
    salted: bytes | None  # salt and content
    named_by: tuple[int, int] = (0, 0)  # chain number and seq of the own event that names it
    needed: bool = True  # False: nothing names it for this point any more


class FileToSend(Struct, frozen=True):
    """A file that may leave and did not yet."""

    hash: bytes
    size: int
    use: str  # photo, certificate, evidence, scan
    released_by: tuple[int, int] = (0, 0)  # chain number and seq of the event that lets it go


class Enrolment(Struct, frozen=True):
    """What the service said when it believed this store's chain."""

    grant: ChainGrant | None = None  # of the chain written now; None: not enrolled
    anchors: tuple[bytes, ...] = ()  # the keys the service signs with


class CodeRange(Struct, frozen=True, kw_only=True):
    """Codes in a row that were set aside to be printed before they are used."""

    kind: CodeKind
    station: int
    first: int
    count: int
    purpose: str
    on: date
    unused: int  # nothing was received under them yet

    @property
    def codes(self) -> tuple[str, ...]:
        """All of them, in order."""
        numbers = range(self.first, self.first + self.count)
        return tuple(make(self.kind, self.station, number) for number in numbers)


class FoundPerson(Struct, frozen=True):
    """A person found by name or phone."""

    id: bytes
    content: people.Content


class Store(Protocol):
    """A point's store: one ledger, the tables folded from it, and the people rows."""

    reference: Reference

    def transaction(self, by: Operator, when: Moment) -> AbstractContextManager[Work]:
        """Open a transaction for one act of one operator."""

    def device(self, code: str) -> Device | None:
        """One device."""

    def devices_with(self, marks: Collection[str]) -> tuple[Device, ...]:
        """Known devices that carry any of these marks (see `station.identity`)."""

    def case(self, code: str) -> Case | None:
        """One case."""

    def cases_named(self, codes: Collection[str]) -> Mapping[str, Case]:
        """Several cases at once, by code; those that nobody knows are left out."""

    def cases(self, *, waiting: bool) -> tuple[Case, ...]:
        """Cases of this point: those that wait for a device, or those that have one."""

    def lot(self, code: str) -> Lot | None:
        """One lot or batch."""

    def parts(self) -> tuple[Parts, ...]:
        """Counted parts, by item."""

    def labelled(self, code: str) -> LabelledItem | None:
        """One labelled thing that is no device."""

    def items_of(self, device: str) -> tuple[LabelledItem, ...]:
        """The labelled things that belong to a device."""

    def shelves(self) -> tuple[LabelledItem, ...]:
        """Every labelled shelf."""

    def shelf_counts(self) -> dict[str, int]:
        """How many devices lie on each shelf that is not empty."""

    def on_shelf(self, shelf: str) -> tuple[Device, ...]:
        """The devices that lie on a shelf."""

    def unlabelled(self, limit: int = 100) -> tuple[Device, ...]:
        """Devices that are here and whose label is still to stick, the newest first."""

    def count_unlabelled(self) -> int:
        """How many labels are still to stick."""

    def reserved(self, of: CodeKind) -> tuple[CodeRange, ...]:
        """The ranges of codes that were set aside for printing, the newest first."""

    def paper(self, code: str) -> Paper | None:
        """One paper."""

    def unsigned_papers(self, limit: int) -> tuple[Paper, ...]:
        """Papers whose signed copy is awaited, the oldest first."""
        ...

    def papers_about(self, code: str) -> tuple[Paper, ...]:
        """The papers that name a code, the newest first."""

    def attachment(self, hash_: bytes) -> bytes | None:
        """A file of the attachments; None when it is not here or was purged."""

    def timeline(self, code: str) -> tuple[TimelineRow, ...]:
        """Everything that happened to a code, oldest first."""

    def entries_about(self, code: str) -> tuple[Entry, ...]:
        """The bytes of every own event whose subject is this code, oldest first."""

    def counted_since(self, day: date) -> tuple[str, ...]:
        """What a stocktake of this point looked at from that day on, each code once."""

    def named_reports(self, reports: Collection[bytes]) -> frozenset[bytes]:
        """Which of these reports some event names: recorded, linked or dismissed."""

    def devices(
        self, wanted: DeviceFilter, *, before: int | None = None, limit: int = 100
    ) -> tuple[DeviceRow, ...]:
        """The newest devices first; `before` is the `position` of the last row already shown."""

    def device_events(self, *, after: str, limit: int) -> tuple[DeviceEvents, ...]:
        """All devices by code, known or not, each with its own events; `after` the last code."""

    def longest_waiting(self, stages: Sequence[Stage], limit: int = 100) -> tuple[Device, ...]:
        """The devices that stand longest in one of these stages, the longest first."""

    def count_devices(self, wanted: DeviceFilter) -> int:
        """How many devices the filter lets through."""

    def stage_counts(self) -> tuple[StageCount, ...]:
        """The point at a glance."""

    def here_counts(self, stages: Sequence[Stage]) -> tuple[HereCount, ...]:
        """What stands in these stages, by kind and by the reason of a hold."""

    def content(self, ref_id: bytes) -> people.Content | None:
        """A people row; None when it was purged."""

    def contents(self, ref_ids: Collection[bytes]) -> Mapping[bytes, people.Content]:
        """Several people rows at once, by id; those that were purged are left out."""

    def find_people(self, text: str, limit: int = 50) -> tuple[FoundPerson, ...]:
        """Donors and pupils whose name or phone contains the words, marks ignored."""

    def operators(self) -> tuple[people.OperatorName, ...]:
        """Everybody who can sign in."""

    def clock_doubt(self, now: datetime) -> datetime | None:
        """The latest time the ledger knows, when the clock now stands clearly before it."""

    def sync_state(self) -> SyncState:
        """What waits for the service."""

    def standing(self) -> Standing:
        """How far this store has come."""

    def newest(self) -> int:
        """The place of the log's newest row: it grows, whichever PC of the point wrote it."""

    def tasks(self) -> tuple[TaskRow, ...]:
        """What people must settle, the newest first."""

    def document(self, kind: str, id_: str) -> Document | None:
        """A pulled document in its newest version; None when there is none or it was taken back."""

    def documents(self, kind: str) -> tuple[Document, ...]:
        """Every pulled document of a kind, the newest first."""

    def offer(self, code: str) -> Offer | None:
        """What a donor announced under this code."""

    def expected_offers(self) -> tuple[Offer, ...]:
        """Offers under which something is still expected, the earliest first."""

    def calls(self, until: date) -> tuple[Device | Offer, ...]:
        """Devices and offers whose donor must be rung up to that day, the longest due first."""

    def draft(self, place: str) -> bytes | None:
        """What a page of a PC held that nobody committed; None when it held nothing."""

    def keep_draft(self, place: str, content: bytes) -> None:
        """Keep what a page holds, sealed: durable when this returns."""

    def drop_draft(self, place: str) -> None:
        """It was committed, or thrown away."""

    def delegations(self) -> tuple[Delegation, ...]:
        """Laptops that were given a chain, those that are out first."""


class Outbox(Protocol):
    """What sync needs of a store. Events without a verdict are the outbox; there is no other."""

    def unanswered(self, limit: int, skip: Collection[ChainId] = ()) -> tuple[Entry, ...]:
        """The oldest own events without a verdict, in seq order, all of one chain not skipped."""

    def answered_after(self, chain: ChainId, seq: int, limit: int) -> tuple[Entry, ...]:
        """Own events of a chain behind that seq which have a verdict, in seq order."""

    def holds(self, chain: ChainId, seq: int, hash_: bytes) -> bool:
        """Whether this very event stands at that place of that chain here."""

    def note_verdicts(self, verdicts: Sequence[events.Verdict]) -> None:
        """Record the service's answers; a repeated one changes nothing.

        They come in the order of the chain: the outbox begins behind the last one.
        """


class Keys(Protocol):
    """The keys of own chains. They never leave the store unsealed but to sign."""

    def signing_key(self, chain: ChainId) -> SigningKey:
        """The key of an own chain; made, and durable, when it is asked for the first time."""

    def enrolment(self) -> Enrolment:
        """Whether the service believes the chain that is written now."""

    def note_enrolment(self, grant: ChainGrant, anchors: Sequence[bytes]) -> None:
        """Keep the service's word for a chain, and the keys it signs with."""

    def grant(self, chain: ChainId) -> ChainGrant | None:
        """The service's word for an own chain; None where it gave none."""

    def last_granted(self) -> ChainGrant | None:
        """The newest grant of any own chain: what a chain that goes on may be vouched for by."""


class Inflow(Protocol):
    """What pulling needs of a store."""

    def cursor(self) -> Cursor:
        """How far both feeds were read."""

    def take_in_pulled(self, items: Sequence[PulledItem], reached: Cursor) -> None:
        """Note everything a page brought, and how far it reached, in one transaction.

        What is here already is left; raises Fork where another event stands in an event's place,
        AnswerOutstanding where a later answer came before the first.
        """


class PeopleExchange(Protocol):
    """People rows on their way, each opened: the line seals them anew."""

    def people_to_send(self, limit: int, skip: Collection[bytes] = ()) -> tuple[PersonSent, ...]:
        """Rows named by answered own events, not confirmed in their version yet."""

    def note_people_sent(self, confirmed: Sequence[tuple[bytes, int]]) -> None:
        """These rows are with the service in this version."""

    def people_position(self) -> int:
        """How far the people feed was read."""

    def take_in_people(self, rows: Sequence[PersonSent], position: int) -> None:
        """Keep, replace or empty rows, and note how far the feed was read, in one transaction."""

    def forget_what_was_sent(self) -> None:
        """The service lost records: every row and file is offered to it once more."""


class FileExchange(Protocol):
    """Files on their way."""

    def files_to_send(self, limit: int, skip: Collection[bytes] = ()) -> tuple[FileToSend, ...]:
        """Released files and scans whose event was answered and that the service lacks."""

    def files_to_purge(self, limit: int) -> tuple[FileToSend, ...]:
        """Files the service has and that were purged here."""

    def attachment(self, hash_: bytes) -> bytes | None:
        """A file; None when it is not here or was purged."""

    def note_file_sent(self, hash_: bytes) -> None:
        """The service has it whole."""

    def note_file_purged(self, hash_: bytes) -> None:
        """The service has it no more, and so it is emptied here too."""


class PointStore(Store, Outbox, Keys, Inflow, PeopleExchange, FileExchange, Protocol):
    """Everything the app asks of the store it works at."""

    def add_operator(self, name: people.OperatorName) -> None:
        """Name an operator, or rename one."""

    def start_chain(self, by: Operator, when: Moment, *, printed: int, reason: str) -> ChainId:
        """Leave the old chain and begin a new one, as after a restored backup."""

    def back_up(
        self, data: Path, folder: Path, when: datetime, tell: Callable[[int, int], None]
    ) -> Backup:
        """Make a backup of the store and of what lies beside it in `data`, as a file in `folder`.

        Others go on recording meanwhile. Raises PlaceMissing, BackupDamaged, OSError, or what
        `tell` raises, which hears how much is done, and of how much.
        """

    def has_recovery(self) -> bool:
        """Whether a backup of this store opens on another PC."""

    def draw_recovery_code(self) -> str:
        """Draw digits for a person to write down; they open nothing before they are kept."""

    def keep_recovery_code(self, code: str) -> None:
        """Let these digits open the backups made from now on; themselves they are kept nowhere."""

    def taken_along(self, chain: ChainId) -> TakenAlong:
        """What the laptop with this chain takes along; raises UnknownDelegation."""

    def brought_home(self) -> BroughtHome:
        """What this laptop wrote; raises UnknownDelegation where this is no laptop."""

    def adopt_chain(self, home: BroughtHome) -> int:
        """Take in what a laptop wrote, as this point's own; how many events were new.

        The same or a longer piece may come again. Raises NotTheLaptops, UnknownDelegation,
        DelegationOver or Fork; then nothing changed.
        """
