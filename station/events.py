"""What can happen, in the past tense: the kinds of events and what each one says.

No personal data and no free text: typed words and people are rows of the people store, named here
by an opaque id and a salted hash (`Ref`). Everything else is a coded id from `resources/`, a code,
a number, or the maker, model and serial of a device (`DeviceWords`: printable ASCII).

Fields may be added with a default, never renamed or given another meaning.
"""

from datetime import date
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, Struct
from typing_extensions import override

from station.checks import CheckResult
from station.coded import CodedId
from station.ledger import ChainId, Entry, Hash32, Header

CodeText = Annotated[str, Meta(pattern=r"^(BB|[BHLMV])?[0-9]{10}\Z")]
DeviceWords = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./+()_#&',-]{0,63}\Z")]
MacText = Annotated[str, Meta(pattern=r"^[0-9a-f]{12}\Z")]
KindName = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z]{0,63}\Z")]
CodedName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")]  # a code or an id
Hash = Hash32
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
MOST_ABOUT = 600  # codes one paper speaks of: a school's whole batch
About = Annotated[tuple[CodeText, ...], Meta(max_length=MOST_ABOUT)]


REPORT = "report-"  # prefix of the codes under which events about one report are found


def report_code(digest: bytes) -> str:
    """What events name a report by, whatever their subject is."""
    return f"{REPORT}{digest.hex()}"


class InvalidEvent(Exception):
    """Our own event breaks the rule against free text: a mistake of the program."""

    code = "invalid_event"


class Ref(Struct, frozen=True, array_like=True):
    """Names a row of the people store without saying what is in it."""

    id: Annotated[bytes, Meta(min_length=16, max_length=16)]
    digest: Hash


class Said(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The data of any event: who recorded it, and what they typed beside it."""

    by: CodedId = "-"  # the operator's opaque id
    note: Ref | None = None

    mentioned: ClassVar[tuple[str, ...]] = ()  # fields that name other codes it concerns

    def mentions(self) -> tuple[str, ...]:
        """Codes other than the subject that this event concerns."""
        named = (getattr(self, field) for field in self.mentioned)
        return tuple(
            code
            for value in named
            if value
            for code in ((value,) if isinstance(value, str) else value)
        )


def refs(said: Struct) -> tuple[Ref, ...]:
    """The people rows that an event or document names: who needs the event needs them too."""
    values = (getattr(said, field) for field in said.__struct_fields__)
    return tuple(value for value in values if isinstance(value, Ref))


class ChainStarted(Said, frozen=True):
    """A chain begins: a new store, or one that was restored. Names the last event it knows."""

    known_chain: ChainId | None = None
    known_seq: int = 0
    known_hash: bytes = b""
    numbers_above: Count = 0  # codes up to this number may have been printed before
    reason: CodedId = "first"


class LotReceived(Said, frozen=True):
    """One donor's visit, whatever it brought."""

    donor: Ref | None = None
    offer: CodeText | None = None
    form: CodedId = "walk-in"
    preprinted: bool = False  # the code stood on a form before: it is not the newest


class Received(Said, frozen=True):
    """A donor handed this device over to the point."""

    kind: CodedId
    donor: Ref | None = None
    lot: CodeText | None = None
    offer: CodeText | None = None
    form: CodedId = "walk-in"
    maker: DeviceWords | None = None
    model: DeviceWords | None = None
    serial: DeviceWords | None = None
    serial_known_by: CodedId | None = None  # scan, typed, second-scan
    preprinted: bool = False  # the label was on it before: its number is not the newest
    condition: CodedId | None = None
    kit: tuple[CodedId, ...] = ()
    locks: tuple[CodedId, ...] = ()
    data_wish: CodedId = "erase"
    if_hopeless: CodedId | None = None
    promised: CodeText | None = None  # a direct gift: the case its donor chose
    donor_kind: CodedId | None = None  # who gave: organisation or person; None: nobody said

    mentioned: ClassVar[tuple[str, ...]] = ("lot", "promised")


class Refused(Said, frozen=True):
    """An item was not taken in; the subject is the lot of the visit."""

    kind: CodedId
    reason: CodedId
    count: Count = 1
    donor: Ref | None = None


class Described(Said, frozen=True):
    """Somebody looked again; a field left out did not change."""

    kind: CodedId | None = None
    maker: DeviceWords | None = None
    model: DeviceWords | None = None
    serial: DeviceWords | None = None
    serial_known_by: CodedId | None = None
    condition: CodedId | None = None
    locks: tuple[CodedId, ...] | None = None


BY_HAND = "hand"  # the "stock" of a label that somebody wrote


class LabelPrinted(Said, frozen=True):
    """A label went to the printer, or was written by hand."""

    stock: CodedId = "50x30"
    reprint: Count = 0


class CodesReserved(Said, frozen=True):
    """So many codes in a row were set aside to be printed now and used later; of the point."""

    of: CodedId  # kind of code
    first: Count
    count: Count
    purpose: CodedId


class ItemLabelled(Said, frozen=True, kw_only=True):
    """Something smaller than a device got a label of its own; the subject is its code."""

    item: CodedId  # a kit item, a part, or "shelf"
    role: CodedId  # accessory, part, shelf
    device: CodeText | None = None  # whose it is
    name: Ref | None = None
    preprinted: bool = False

    mentioned: ClassVar[tuple[str, ...]] = ("device",)


class ItemPaired(Said, frozen=True):
    """A labelled thing belongs to this device from now on, or to none."""

    device: CodeText | None = None
    before: CodeText | None = None  # whose it was

    mentioned: ClassVar[tuple[str, ...]] = ("device", "before")


class PutOnShelf(Said, frozen=True):
    """The device lies on this shelf."""

    shelf: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("shelf",)


class PaperMade(Said, frozen=True):
    """A paper with a code of its own was made; what it says is sealed. The subject is the code."""

    paper: CodedId  # the template
    about: About
    content: Ref
    digest: Hash  # of the description: its first digits stand on the paper

    mentioned: ClassVar[tuple[str, ...]] = ("about",)


class PaperReprinted(Said, frozen=True):
    """The same paper was printed once more; `copy` counts the reprints."""

    copy: Count


class SignedCopyAttached(Said, frozen=True):
    """A scan of the signed paper lies in the attachments under this hash."""

    scan: Hash
    media: CodedId  # pdf, jpeg, png
    pages: Count = 1


class PhotoTaken(Said, frozen=True):
    """A photo lies in the attachments under this hash."""

    photo: Hash


class TakenToBench(Said, frozen=True):
    """A technician began to work on the device."""


class DiskFact(Struct, frozen=True, omit_defaults=True):
    """An internal disk a report saw."""

    serial: DeviceWords | None = None
    wwn: DeviceWords | None = None
    model: DeviceWords | None = None
    capacity_bytes: int | None = None
    rotational: bool | None = None


class MachineFact(Struct, frozen=True, omit_defaults=True):
    """What a report said the machine is, as far as later work needs it."""

    maker: DeviceWords | None = None
    model: DeviceWords | None = None
    serial: DeviceWords | None = None
    processor: DeviceWords | None = None
    memory_mib: int | None = None
    battery_health_permille: int | None = None
    uuid: DeviceWords | None = None
    board_serial: DeviceWords | None = None
    chassis_serial: DeviceWords | None = None
    macs: tuple[MacText, ...] = ()  # of adapters that are built in
    read_at_s: int | None = None  # by the machine's own clock, in seconds since 1970
    disks: tuple[DiskFact, ...] | None = None  # None: the disks could not be read


class ChecksRecorded(Said, frozen=True):
    """A report of diagnostics: measured facts and the verdicts on them under one policy."""

    report: Hash
    results: tuple[CheckResult, ...]
    policy: CodedId
    machine: MachineFact = MachineFact()

    @override
    def mentions(self) -> tuple[str, ...]:
        return (report_code(self.report),)


class CheckEnteredByHand(Said, frozen=True):
    """A person tried it and says how it went."""

    result: CheckResult


class ReportLinked(Said, frozen=True):
    """A report that matched nothing was found to be of this device."""

    report: Hash

    @override
    def mentions(self) -> tuple[str, ...]:
        return (report_code(self.report),)


class ReportDismissed(Said, frozen=True):
    """A report that matched nothing was set aside; the subject is the point."""

    report: Hash
    reason: CodedId

    @override
    def mentions(self) -> tuple[str, ...]:
        return (report_code(self.report),)


class DiskId(Struct, frozen=True, omit_defaults=True):
    """What binds an erasure to one physical disk; at least one of the two is given."""

    serial: DeviceWords | None = None
    wwn: DeviceWords | None = None


class StorageErased(Said, frozen=True):
    """One disk was erased and the erasure verified, or not."""

    disk: DiskId
    method: CodedId
    passed: bool
    verified_permille: Count = 0
    evidence: Hash | None = None


class StorageRemoved(Said, frozen=True):
    """One disk was taken out of the device for good."""

    disk: DiskId
    destiny: CodedId


class SystemInstalled(Said, frozen=True):
    """An operating system was put on, with the right to use it."""

    system: CodedId
    licence: CodedId
    first_boot_seen: bool = False


class WorkDone(Said, frozen=True):
    """A repair or upgrade, and the checks that must be repeated because of it."""

    work: CodedId
    stale: tuple[CodedId, ...] = ()


class PartTaken(Said, frozen=True):
    """A part came out of this device, for counted stock or straight for another device."""

    item: CodedId
    into: CodeText | None = None  # None: counted stock
    stale: tuple[CodedId, ...] = ()

    mentioned: ClassVar[tuple[str, ...]] = (
        "into",
        "item",
    )


class PartFitted(Said, frozen=True):
    """A part went into this device, from counted stock or straight from another device."""

    item: CodedId
    out_of: CodeText | None = None  # None: counted stock
    stale: tuple[CodedId, ...] = ()

    mentioned: ClassVar[tuple[str, ...]] = (
        "out_of",
        "item",
    )


class PartsReceived(Said, frozen=True):
    """Counted parts came in; the subject is the item."""

    count: Count


class KitChecked(Said, frozen=True):
    """What lies beside the device, out of what should."""

    present: tuple[CodedId, ...] = ()
    missing: tuple[CodedId, ...] = ()


class PutOnHold(Said, frozen=True):
    """Nothing more happens until it is resumed."""

    reason: CodedId


class Resumed(Said, frozen=True):
    """The reason to wait is gone."""


class Graded(Said, frozen=True):
    """A person confirmed a grade."""

    grade: CodedId
    reason: CodedId | None = None


class Override(Struct, frozen=True):
    """A lead let one condition of the gate go, for a coded reason."""

    condition: CodedId
    reason: CodedId


class MetByKit(Struct, frozen=True):
    """A check that fails in the device is met by something in its kit."""

    check: CodedId
    item: CodedId


class MadeReady(Said, frozen=True):
    """The device passed the release gate under this policy."""

    policy: CodedId
    overrides: tuple[Override, ...] = ()
    met_by_kit: tuple[MetByKit, ...] = ()


class Joined(Said, frozen=True):
    """The device became part of the set of `head`."""

    head: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("head",)


class Parted(Said, frozen=True):
    """The device left the set of `head`."""

    head: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("head",)


class CaseEntered(Said, frozen=True):
    """An approved pupil's case came to this point; the subject is the case."""

    level: CodedId
    school: CodedId | None = None
    unit: CodedId | None = None
    wants: CodedId | None = None  # device kind
    pupil: Ref | None = None


class Reserved(Said, frozen=True):
    """A claim: this device is kept for that case."""

    case: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class ReservationReleased(Said, frozen=True):
    """The device is free for another case."""

    case: CodeText
    reason: CodedId

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class HandedOver(Said, frozen=True):
    """The device left the point, to the pupil or to the school that passes it on."""

    to: CodedId  # pupil or school
    case: CodeText | None = None
    school: CodedId | None = None
    batch: CodeText | None = None
    receiver: Ref | None = None
    kit: tuple[CodedId, ...] = ()

    mentioned: ClassVar[tuple[str, ...]] = (
        "case",
        "batch",
    )


class HandoverConfirmed(Said, frozen=True):
    """How it went with the pupil's line: signed, proxy, absent, undelivered."""

    case: CodeText
    result: CodedId
    receiver: Ref | None = None
    back: bool = False  # the device was not given, and lies at the point again

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class TakenBackForRepair(Said, frozen=True):
    """A pupil's broken device is here; it stays the pupil's."""

    case: CodeText
    reason: CodedId
    erasure_consent: Ref | None = None

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class GivenBack(Said, frozen=True):
    """The repaired device went back to the same pupil."""

    case: CodeText
    receiver: Ref | None = None

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class ReturnedToStock(Said, frozen=True):
    """The device is nobody's again and passes the whole gate anew."""

    reason: CodedId
    case: CodeText | None = None

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class SentTo(Said, frozen=True):
    """The device left for another point or organisation."""

    place: CodedId
    batch: CodeText | None = None  # what travels together

    mentioned: ClassVar[tuple[str, ...]] = ("batch",)


class ArrivedFrom(Said, frozen=True):
    """The device arrived here from there; its history may come later, by pull."""

    place: CodedId
    here: CodedId
    kind: CodedId | None = None  # said where nothing is known of the device here yet


class BatchTakenOut(Said, frozen=True):
    """A school's devices left the point together; the subject is the batch."""

    school: CodedId
    devices: Count


class Retired(Said, frozen=True):
    """The device will not be given."""

    reason: CodedId


class WasteGiven(Said, frozen=True):
    """What is left of a retired device went to somebody who handles electronic waste."""

    batch: CodeText | None = None
    receiver: Ref | None = None

    mentioned: ClassVar[tuple[str, ...]] = ("batch",)


class Counted(Said, frozen=True):
    """Stocktake: a device was seen or not, or so many of an item lie here."""

    found: bool = True
    quantity: Count | None = None  # of counted parts


class AttachmentReleased(Said, frozen=True):
    """A person lets this file leave the point: a photo, a certificate, redacted evidence."""

    attachment: Hash
    use: CodedId  # photo, certificate, evidence
    media: CodedId
    size_bytes: Annotated[int, Meta(ge=1, le=2**31)]


class PersonPurged(Said, frozen=True):
    """A people row was emptied for good, here and wherever a copy of it went."""

    person: Ref
    reason: CodedId  # consent-withdrawn, expired


class DisputeSettled(Said, frozen=True):
    """People decided what a void claim or a disputed fact leads to; the subject is the event's."""

    target: Hash
    decision: CodedId  # noted, leave, recover, assign


class LaptopDelegated(Said, frozen=True):
    """A laptop may write a chain of its own until a time; its devices rest here. Of the point."""

    chain: ChainId
    key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    expires_s: Annotated[int, Meta(ge=0, le=2**40)]  # seconds since 1970
    about: About  # devices and cases it takes along

    mentioned: ClassVar[tuple[str, ...]] = ("about",)


class DelegationEnded(Said, frozen=True):
    """The laptop came home or is not believed any more; its devices are free here again."""

    chain: ChainId
    reason: CodedId  # returned, revoked, expired
    last_seq: int = 0  # what came home of its chain
    about: About = ()

    mentioned: ClassVar[tuple[str, ...]] = ("about",)


class OfferedItem(Struct, frozen=True):
    """So many devices of a kind."""

    kind: CodedId
    count: Annotated[int, Meta(ge=1, le=10_000)] = 1


class OfferEntered(Said, frozen=True):
    """A donor announced devices to the point itself; the subject is the offer's code."""

    items: tuple[OfferedItem, ...] = ()
    donor: Ref | None = None
    lines: Ref | None = None  # an office's list, device by device
    expected_on: date | None = None
    pick_up: bool = False  # the point fetches it
    unit: CodedId | None = None


class PickUpNoted(Said, frozen=True):
    """How fetching an offer stands; see `station.offer.PickUp`."""

    state: CodedId
    on: date | None = None  # the day that was agreed
    part: CodedId | None = None  # of that day


class OfferClosed(Said, frozen=True):
    """Nothing more comes under this offer."""

    reason: CodedId


class OfferReopened(Said, frozen=True):
    """Something comes after all: the offer was closed by mistake, or the donor called again."""


class AppointmentMade(Said, frozen=True):
    """The day was agreed on which the donor brings it."""

    on: date | None = None  # None: no day stands any more
    part: CodedId | None = None  # of that day


class CallPlanned(Said, frozen=True):
    """The donor must be asked something; the subject is a device, a lot or an offer."""

    about: CodedId  # lock, charger, decision, ...
    due: date | None = None  # None: at once
    tries: int = 0  # in vain before, where the call goes on after a slip
    since: date | None = None  # the day it was first asked for, then


class CallMade(Said, frozen=True):
    """Somebody rang, and what came of it."""

    about: CodedId
    result: CodedId
    again_on: date | None = None  # None: this call is settled
    unanswered: bool = False  # nobody was reached: the end rule counts these


class SecretGiven(Said, frozen=True):
    """The donor told a password; it lies sealed and is purged with the erasure."""

    of: CodedId  # what it opens
    secret: Ref


class DefectFound(Said, frozen=True):
    """Something is wrong at a place of the device."""

    defect: CodedId
    zone: CodedId
    severity: CodedId


class DefectGone(Said, frozen=True):
    """It was mended, or was none."""

    defect: CodedId
    zone: CodedId


class TakenOver(Said, frozen=True):
    """Another technician goes on with the device."""


class Noted(Said, frozen=True):
    """Somebody wrote something down about the device; the words are the note."""


class Packed(Said, frozen=True):
    """The device lies packed for its pupil, with this kit."""

    case: CodeText
    kit: tuple[CodedId, ...] = ()

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class Unpacked(Said, frozen=True):
    """It was taken out of its pack again."""


class GivenDirectly(Said, frozen=True):
    """A donor gave it to a pupil without the point, which checked nothing."""

    kind: CodedId
    case: CodeText
    donor: Ref | None = None
    maker: DeviceWords | None = None
    model: DeviceWords | None = None
    serial: DeviceWords | None = None
    offer: CodeText | None = None
    donor_kind: CodedId | None = None

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class EnteredByMistake(Said, frozen=True):
    """The device was never there: an intake is taken back."""

    lot: CodeText | None = None  # that it stood in
    offer: CodeText | None = None  # that it came under

    mentioned: ClassVar[tuple[str, ...]] = ("lot",)


class Promised(Said, frozen=True):
    """The donor chose whose it becomes: a direct gift is kept for this case."""

    case: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class PromiseReleased(Said, frozen=True):
    """What the donor chose does not come about: the device is for whoever it suits."""

    case: CodeText
    reason: CodedId

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class DirectGiftWithdrawn(Said, frozen=True):
    """A direct gift was entered by mistake: this pupil was not given it."""

    case: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class HandoverWithdrawn(Said, frozen=True):
    """A hand-over was recorded by mistake: the device never left, and is kept as before."""

    case: CodeText
    batch: CodeText | None = None
    claim: Hash | None = None  # the reservation that holds again

    mentioned: ClassVar[tuple[str, ...]] = ("case", "batch")


class LineReopened(Said, frozen=True):
    """A pupil's line was recorded by mistake: how it went is not known yet."""

    case: CodeText

    mentioned: ClassVar[tuple[str, ...]] = ("case",)


class Corrected(Said, frozen=True):
    """An earlier event of the same subject said something wrong; these fields replace its own."""

    target: Hash
    target_kind: KindName
    fields: Annotated[bytes, Meta(max_length=65_536)]  # a msgpack map of the replaced fields
    reason: CodedId
    also: tuple[CodedName, ...] = ()  # every code the event concerns, before and after

    mentioned: ClassVar[tuple[str, ...]] = ("also",)


class ActWithdrawn(Said, frozen=True):
    """An act on this subject did not happen as it was recorded: the fold passes it over."""

    target: Hash
    target_kind: KindName
    reason: CodedId | None = None  # None: taken back at once
    case: CodeText | None = None  # that the act was about
    head: CodeText | None = None  # of the set that was parted
    also: tuple[CodedName, ...] = ()  # every code that the act concerns
    report: Hash | None = None  # that the act was about

    @override
    def mentions(self) -> tuple[str, ...]:
        return (*self.also, *((report_code(self.report),) if self.report else ()))


KINDS: dict[str, type[Said]] = {kind.__name__: kind for kind in Said.__subclasses__()}
CLAIMS = (Reserved,)
IDENTITY_AND_ERASURE = frozenset({"Received", "Described", "StorageErased", "StorageRemoved"})

_encoder = msgspec.msgpack.Encoder()
_decoders = {name: msgspec.msgpack.Decoder(kind) for name, kind in KINDS.items()}


class Event(Struct, frozen=True):
    """An entry that was read. `said` is None for an unknown kind, or data that is not here."""

    hash: bytes
    header: Header
    said: Said | None

    @property
    def touches(self) -> tuple[str, ...]:
        """Every code this event concerns, the subject first."""
        mentions = self.said.mentions() if self.said else ()
        return (self.header.subject, *(code for code in mentions if code != self.header.subject))


class Verdict(Struct, frozen=True):
    """What the central service said of an event."""

    event: Hash
    outcome: CodedId  # accepted, disputed, void, rejected
    number: int  # the service's running number of this answer
    rule: CodedId | None = None
    other: bytes = b""  # the event it contradicts


ACCEPTED, DISPUTED, VOID, REJECTED = "accepted", "disputed", "void", "rejected"


def encode(said: Said) -> bytes:
    """Write an event's data; raises InvalidEvent where a rule on its fields is broken."""
    data = _encoder.encode(said)
    try:
        _decoders[type(said).__name__].decode(data)
    except msgspec.MsgspecError as error:
        raise InvalidEvent(str(error)) from error
    return data


def decode(kind: str, data: bytes | None) -> Said | None:
    """Read an event's data; None where the kind is unknown or the bytes are of a newer shape."""
    decoder = _decoders.get(kind)
    if decoder is None or data is None:
        return None
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def read(entry: Entry) -> Event:
    """Read an entry: header first, then data by kind."""
    header = entry.header
    return Event(entry.hash, header, decode(header.kind, entry.data))


def replaced(said: Said, fields: bytes) -> Said:
    """The data as a correction makes it; raises InvalidEvent where the fields do not fit."""
    try:
        changes = msgspec.msgpack.decode(fields, type=dict[str, Any])
        merged = msgspec.to_builtins(said, builtin_types=(bytes,)) | changes
        return msgspec.convert(merged, type(said), builtin_types=(bytes,))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidEvent(str(error)) from error
