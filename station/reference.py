"""Reference data: the coded tables, units, organisations, points, programme and release policy.

The data lie in `resources/`; no name of the trade, the province or the programme stands in code.
Whatever changes with time is asked for by day: administrative codes were given to other places in
2025, so only code and day together name one.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final, Protocol, TypeVar

import msgspec
from msgspec import Struct

from station.printed import Letterhead
from station.words import DEFAULT_LANGUAGE


class UnknownReference(LookupError):
    """No such entry, or none on that day. `table` and `id` say which."""

    code = "unknown_reference"

    def __init__(self, table: str, id_: str) -> None:
        super().__init__(f"{self.code}: {table} {id_}")
        self.table, self.id = table, id_


class Table(StrEnum):
    """The coded tables; each is a field of `Tables`."""

    KINDS = "kinds"
    KIT_ITEMS = "kit_items"
    CONDITIONS = "conditions"
    DEFECTS = "defects"
    LOCKS = "locks"
    WORKS = "works"
    PARTS = "parts"
    ERASURES = "erasures"
    DESTINIES = "destinies"
    DATA_WISHES = "data_wishes"
    HOPELESS_WISHES = "hopeless_wishes"
    FORMS = "forms"
    CODE_PURPOSES = "code_purposes"
    LICENCES = "licences"
    SYSTEMS = "systems"
    REASONS = "reasons"
    DELIVERIES = "deliveries"
    LEVELS = "levels"
    RELATIONS = "relations"
    GRADES = "grades"
    CHECKS = "checks"
    DECISIONS = "decisions"
    PICK_UPS = "pick_ups"
    DAY_PARTS = "day_parts"
    CALL_TOPICS = "call_topics"
    CALL_RESULTS = "call_results"
    SECRETS = "secrets"
    ZONES = "zones"
    SEVERITIES = "severities"


class ReasonUse(StrEnum):
    """The act a reason is given for."""

    HOLD = "hold"
    REFUSE = "refuse"
    OVERRIDE = "override"
    GRADE = "grade"
    DISMISS = "dismiss"
    RETIRE = "retire"
    RELEASE_RESERVATION = "release_reservation"
    TAKE_BACK = "take_back"
    RETURN_TO_STOCK = "return_to_stock"
    CORRECT = "correct"
    PURGE = "purge"
    CLOSE_OFFER = "close_offer"
    TAKE_BACK_INTAKE = "take_back_intake"
    DECLINE_OFFER = "decline_offer"  # from here on: acts of officials at the service
    REFUSE_APPLICATION = "refuse_application"
    OVER_QUOTA = "over_quota"
    END_REQUEST = "end_request"


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One coded thing and its words. Events keep the id."""

    id: str
    vi: str
    en: str

    def word(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What people read; English for any language we have no words in."""
        return self.vi if language == DEFAULT_LANGUAGE else self.en


class DeviceKind(Entry, frozen=True):
    """A kind of device. `kit` may lie beside it; what must is release policy."""

    is_computer: bool
    has_disk: bool
    has_battery: bool
    kit: tuple[str, ...]


class Work(Entry, frozen=True):
    """A kind of work, and the checks that must be repeated after it."""

    stale: tuple[str, ...]
    parts: tuple[str, ...] = ()  # counted parts that may go in, the best first
    alike: bool = False  # any of them fits; else a person looks which one does


class PartType(Entry, frozen=True):
    """A counted part, and the checks to repeat where one is fitted or taken out."""

    stale: tuple[str, ...]
    kit: str | None = None  # the kit item it is when it lies beside a device


class DefectType(Entry, frozen=True):
    """Something that may be wrong, where it is looked for, and what mends it."""

    zones: tuple[str, ...] = ()
    works: tuple[str, ...] = ()


class OperatingSystem(Entry, frozen=True):
    """A system, the licences that may stand behind it, and the kinds it is put on."""

    licences: tuple[str, ...]
    kinds: tuple[str, ...]


class Reason(Entry, frozen=True):
    """A coded reason, and the acts in which it may be named."""

    uses: tuple[ReasonUse, ...]


class CallResult(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of ringing a donor."""

    settles: bool = False  # nobody need ring again
    unanswered: bool = False  # nobody was reached
    by_rule: bool = False  # what the end rule says, and no person


class Unreached(StrEnum):
    """What follows where a donor is never reached."""

    HOLD = "hold"  # the device waits, and retiring it is proposed
    WISH = "wish"  # what the donor said at intake counts, else the point decides
    OWN_STOCK = "own_stock"  # the point takes from its own
    CLOSE = "close"  # nothing more is expected


class CallTopic(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a donor is asked."""

    unreached: Unreached
    hold: str | None = None  # reason of that hold


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """Every coded table, by id, in the order people see."""

    kinds: dict[str, DeviceKind]
    kit_items: dict[str, Entry]
    conditions: dict[str, Entry]
    defects: dict[str, DefectType]
    locks: dict[str, Entry]
    works: dict[str, Work]
    parts: dict[str, PartType]
    erasures: dict[str, Entry]
    destinies: dict[str, Entry]
    data_wishes: dict[str, Entry]
    hopeless_wishes: dict[str, Entry]
    forms: dict[str, Entry]
    code_purposes: dict[str, Entry]
    licences: dict[str, Entry]
    systems: dict[str, OperatingSystem]
    reasons: dict[str, Reason]
    deliveries: dict[str, Entry]
    levels: dict[str, Entry]
    relations: dict[str, Entry]
    grades: dict[str, Entry]
    checks: dict[str, Entry]
    decisions: dict[str, Entry]
    pick_ups: dict[str, Entry]
    day_parts: dict[str, Entry]
    call_topics: dict[str, CallTopic]
    call_results: dict[str, CallResult]
    secrets: dict[str, Entry]
    zones: dict[str, Entry]
    severities: dict[str, Entry]


class OrganisationKind(StrEnum):
    """What an organisation is to the programme."""

    DEPARTMENT = "department"
    TELECOM = "telecom"
    SCHOOL = "school"


class PrintedHead(Struct, frozen=True, forbid_unknown_fields=True):
    """How an organisation heads its papers; the kind of paper goes before its symbol."""

    parent: str
    agency: str
    place: str
    symbol: str


class Organisation(Entry, frozen=True):
    """An organisation while it bears this name."""

    kind: OrganisationKind
    short: str
    level: str | None = None  # of a school
    unit: str | None = None  # commune it lies in
    successor: str | None = None
    letterhead: PrintedHead | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    demonstration: bool = False  # for demonstration and training only


class Point(Entry, frozen=True):
    """A place that takes devices in, while this organisation runs it."""

    number: int
    organisation: str
    unit: str  # commune it lies in
    address: str = ""  # as people find it
    phone: str = ""
    hours_vi: str = ""  # when it is open
    hours_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    demonstration: bool = False


class Unit(Struct, frozen=True):
    """An administrative unit while its code meant it."""

    code: str
    parent: str  # "" for a province
    kind: str
    name: str
    full_name: str
    valid_from: date | None
    valid_to: date | None


class ReleaseRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What one kind of device must show before it may be given."""

    checks: tuple[str, ...]
    by_hand: tuple[str, ...]  # checks a person may enter
    kit: tuple[str, ...]  # items that must lie beside it
    erasure: bool
    system: bool
    setup_screen: bool
    grade: bool
    waivable: tuple[str, ...]  # conditions a lead may let go
    dangers: tuple[str, ...]  # reasons of checks that no kit item and no lead outweighs
    faults: tuple[str, ...]  # checks that need not be done, and hold a device back once they failed
    items_for: dict[str, tuple[str, ...]] = msgspec.field(name="stand_ins")

    def stand_ins(self, check: str) -> tuple[str, ...]:
        """Kit items that make up for this check when the device does not pass it."""
        return self.items_for.get(check, ())


class ReleasePolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """The release rules in force from a day on."""

    id: str
    valid_from: date
    kinds: dict[str, ReleaseRules]

    def rules(self, kind: str) -> ReleaseRules:
        """The rules for a kind of device; raises UnknownReference."""
        if kind not in self.kinds:
            raise UnknownReference(self.id, kind)
        return self.kinds[kind]


class CallHabits(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a donor who does not answer is rung."""

    most_days: int  # on which nobody was reached; then the point gives up
    again_after_days: int


class GradeLimit(Struct, frozen=True, forbid_unknown_fields=True):
    """What is true of a device that is this grade at best; empty lists do not speak."""

    grade: str
    conditions: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()  # of a defect that is still there
    warned: tuple[str, ...] = ()  # checks that passed with a warning
    by_kit: tuple[str, ...] = ()  # checks that only the kit makes up for


class GradePolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """By what a grade is proposed from a day on."""

    id: str
    valid_from: date
    best: str
    limits: tuple[GradeLimit, ...]


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers for the programme."""

    run_by: tuple[str, ...]  # organisations, the first that there is on a day counts
    phone: str = ""


class Programme(Struct, frozen=True, forbid_unknown_fields=True):
    """The programme's own names and habits."""

    vi: str
    en: str
    short_vi: str
    short_en: str
    began_on: date
    tracking_base: str
    utc_offset_min: int
    calls: CallHabits
    contact: Contact
    training: str = ""  # what every paper is marked with where nothing is real; "" = it is

    def name(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The full name."""
        return self.vi if language == DEFAULT_LANGUAGE else self.en

    def short(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The name for a label or a window title."""
        return self.short_vi if language == DEFAULT_LANGUAGE else self.short_en

    def day(self, seconds: int) -> date:
        """The local day of a moment in seconds since 1970."""
        return datetime.fromtimestamp(seconds, self.zone).date()

    @property
    def zone(self) -> timezone:
        """Where the programme is at home."""
        return timezone(timedelta(minutes=self.utc_offset_min))

    def tracking_address(self, code: str) -> str:
        """Where the public looks a code up; what a label's QR holds."""
        return f"{self.tracking_base}{code}"


class Reference(Struct, frozen=True):
    """All reference data. Look-ups of what is not there raise UnknownReference."""

    tables: Tables
    programme: Programme
    every_organisation: tuple[Organisation, ...]
    every_point: tuple[Point, ...]
    release_policies: tuple[ReleasePolicy, ...]  # oldest first
    more_units: tuple[Unit, ...] = ()  # that the service sent, over those that come along
    grade_policies: tuple[GradePolicy, ...] = ()  # oldest first

    def entries(self, table: Table) -> tuple[Entry, ...]:
        """A whole table, in the order people see."""
        return tuple(self._table(table).values())

    def entry(self, table: Table, id_: str) -> Entry:
        """One entry of a table."""
        return _find(self._table(table), table, id_)

    def word(self, table: Table, id_: str, language: str = DEFAULT_LANGUAGE) -> str:
        """What people read for an id."""
        return self.entry(table, id_).word(language)

    def kind(self, id_: str) -> DeviceKind:
        """A kind of device."""
        return _find(self.tables.kinds, Table.KINDS, id_)

    def kit_item(self, id_: str) -> Entry:
        """Something that lies beside a device."""
        return _find(self.tables.kit_items, Table.KIT_ITEMS, id_)

    def work(self, id_: str) -> Work:
        """A kind of work."""
        return _find(self.tables.works, Table.WORKS, id_)

    def part(self, id_: str) -> PartType:
        """A counted part."""
        return _find(self.tables.parts, Table.PARTS, id_)

    def call_topic(self, id_: str) -> CallTopic:
        """What a donor is asked."""
        return _find(self.tables.call_topics, Table.CALL_TOPICS, id_)

    def call_result(self, id_: str) -> CallResult:
        """What came of ringing a donor."""
        return _find(self.tables.call_results, Table.CALL_RESULTS, id_)

    def system(self, id_: str) -> OperatingSystem:
        """An operating system."""
        return _find(self.tables.systems, Table.SYSTEMS, id_)

    def reasons(self, use: ReasonUse) -> tuple[Reason, ...]:
        """The reasons people may choose from in this act."""
        return tuple(reason for reason in self.tables.reasons.values() if use in reason.uses)

    def reason(self, use: ReasonUse, id_: str) -> Reason:
        """A reason, if it may be named in this act."""
        return _find({reason.id: reason for reason in self.reasons(use)}, Table.REASONS, id_)

    def organisation(self, id_: str, on: date) -> Organisation:
        """The organisation of that id, if it bore its name on that day."""
        found = (o for o in _valid(self.every_organisation, on) if o.id == id_)
        return _first(found, "organisations", id_)

    def organisations(self, kind: OrganisationKind, on: date) -> tuple[Organisation, ...]:
        """The organisations of one kind on that day."""
        return tuple(o for o in _valid(self.every_organisation, on) if o.kind is kind)

    def point(self, number: int, on: date) -> Point:
        """The point of that number on that day."""
        found = (point for point in _valid(self.every_point, on) if point.number == number)
        return _first(found, "points", f"{number:03d}")

    def points(self, on: date) -> tuple[Point, ...]:
        """All points on that day."""
        return tuple(_valid(self.every_point, on))

    def answering(self, on: date) -> Organisation:
        """Who answers for the programme on a day."""
        named = self.programme.contact.run_by
        found = (o for id_ in named for o in _valid(self.every_organisation, on) if o.id == id_)
        return _first(found, "organisations", " ".join(named))

    def place(self, id_: str, on: date) -> Entry:
        """A point or an organisation to which devices travel."""
        point = next((point for point in self.points(on) if point.id == id_), None)
        return point or self.organisation(id_, on)

    def letterhead(self, organisation: str, on: date) -> Letterhead:
        """How an organisation heads its papers."""
        head = self.organisation(organisation, on).letterhead
        if head is None:
            raise UnknownReference("letterheads", organisation)
        return Letterhead(head.parent, head.agency, head.place, head.symbol)

    def release_policy(self, on: date) -> ReleasePolicy:
        """The policy in force on that day; before the first one, the first.

        A clock that fell back to 2016 must not stop a point from asking what is missing.
        """
        in_force = [policy for policy in self.release_policies if policy.valid_from <= on]
        return in_force[-1] if in_force else self.release_policies[0]

    def grade_policy(self, on: date) -> GradePolicy:
        """The rule in force on that day; before the first one, the first."""
        in_force = [policy for policy in self.grade_policies if policy.valid_from <= on]
        return in_force[-1] if in_force else self.grade_policies[0]

    def defect(self, id_: str) -> DefectType:
        """Something that may be wrong with a device."""
        return _find(self.tables.defects, Table.DEFECTS, id_)

    def unit(self, code: str, on: date) -> Unit:
        """The administrative unit this code meant on that day."""
        found = (unit for unit in _valid(self._every_unit(), on) if unit.code == code)
        return _first(found, "units", code)

    def children(self, code: str, on: date) -> tuple[Unit, ...]:
        """The units right under this one on that day; "" asks for provinces."""
        return tuple(unit for unit in _valid(self._every_unit(), on) if unit.parent == code)

    def versions(self, code: str) -> tuple[Unit, ...]:
        """Everything this code of a unit ever meant, the newest first."""
        return _newest_first(unit for unit in self._every_unit() if unit.code == code)

    def every_version(self) -> Mapping[str, tuple[Unit, ...]]:
        """The same of each code, for whoever looks many up."""
        found: dict[str, list[Unit]] = {}
        for unit in self._every_unit():
            found.setdefault(unit.code, []).append(unit)
        return {code: _newest_first(units) for code, units in found.items()}

    def unit_changes(self) -> tuple[date, ...]:
        """The days from which codes of units meant something else, in order."""
        return tuple(sorted({u.valid_from for u in self._every_unit() if u.valid_from}))

    def _every_unit(self) -> Iterable[Unit]:
        sent = {(unit.code, unit.valid_from) for unit in self.more_units}
        yield from self.more_units
        for unit in _units():
            if (unit.code, unit.valid_from) not in sent:
                yield unit

    def _table(self, table: Table) -> dict[str, Entry]:
        found: dict[str, Entry] = getattr(self.tables, table)
        return found


@cache
def load() -> Reference:
    """Read the reference data once; administrative units wait until somebody asks."""
    organisations = _read(_FILES.joinpath("organisations.toml"))
    return Reference(
        tables=msgspec.convert(_coded("kinds.toml") | _coded("checks.toml"), Tables),
        programme=msgspec.convert(_read(_FILES.joinpath("programme.toml")), Programme),
        every_organisation=msgspec.convert(
            organisations["organisations"], tuple[Organisation, ...]
        ),
        every_point=tuple(as_point(row) for row in organisations["points"]),
        release_policies=_policies("release-", ReleasePolicy),
        grade_policies=_policies("grade-", GradePolicy),
    )


_FILES: Final = resources.files("resources")


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _coded(name: str) -> dict[str, dict[str, Any]]:
    """Tables of entries; the key of each is its id."""
    return {
        table: {id_: {"id": id_, **row} for id_, row in rows.items()}
        for table, rows in _read(_FILES.joinpath(name)).items()
    }


def as_point(row: dict[str, Any]) -> Point:
    """A point's id, such as point-012, is where its devices are kept."""
    return msgspec.convert({"id": f"point-{row['number']:03d}", **row}, Point)


_P = TypeVar("_P", ReleasePolicy, GradePolicy)


def _policies(prefix: str, kind: type[_P]) -> tuple[_P, ...]:
    """The dated files of one kind, oldest first."""
    files = (f for f in _FILES.joinpath("policy").iterdir() if f.name.startswith(prefix))
    read = (msgspec.convert(_read(file), kind) for file in files)
    return tuple(sorted(read, key=lambda policy: policy.valid_from))


@cache
def _units() -> tuple[Unit, ...]:
    file = _FILES.joinpath("units", "administrative-units.csv")
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    dated = ({**row, **{key: row[key] or None for key in _DATES}} for row in rows)
    return msgspec.convert(list(dated), tuple[Unit, ...])


_DATES: Final = ("valid_from", "valid_to")


def _newest_first(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda unit: unit.valid_from or date.min, reverse=True))


class _Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


_D = TypeVar("_D", bound=_Dated)
_T = TypeVar("_T")


def _valid(records: Iterable[_D], on: date) -> Iterator[_D]:
    """Those that held on that day; first and last day included."""
    for record in records:
        begun = record.valid_from is None or record.valid_from <= on
        if begun and (record.valid_to is None or on <= record.valid_to):
            yield record


def _first(found: Iterable[_T], table: str, id_: str) -> _T:
    for record in found:
        return record
    raise UnknownReference(table, id_)


def _find(entries: dict[str, _T], table: str, id_: str) -> _T:
    if id_ not in entries:
        raise UnknownReference(table, id_)
    return entries[id_]
