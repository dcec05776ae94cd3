"""Everything that a paper may say, put together from the ledger before any words are chosen.

One vocabulary for all papers: a template names what it uses, and whoever describes a paper fills in
what that paper needs and nothing else. Empty and None mean "not known": a template leaves it out or
leaves room to write it by hand.
"""

from collections.abc import Iterable
from datetime import date, time

from msgspec import Struct

from station.printed import Letterhead, Party


class Decision(Struct, frozen=True):
    """A state body's decision to dispose of or transfer property."""

    body: str = ""
    number: str = ""
    day: date | None = None


class PupilFacts(Struct, frozen=True):
    """Who receives. Papers that do not need a name leave it empty and give the case's code."""

    name: str = ""
    school_class: str = ""
    school: str = ""
    guardian: str = ""
    relation: str = ""
    case: str = ""


class Choice(Struct, frozen=True):
    """Something agreed to, wished or present; `chosen` is None where it is ticked by hand."""

    words: str
    chosen: bool | None = None


class MemberLine(Struct, frozen=True, kw_only=True):
    """Somebody who counts, judges or witnesses for the office: one of a committee."""

    name: str = ""
    title: str = ""
    role: str = ""  # in the committee


class DeviceLine(Struct, frozen=True, kw_only=True):
    """One device in a table."""

    code: str = ""
    kind: str = ""
    name: str = ""
    serial: str = ""
    configuration: str = ""
    condition: str = ""  # outside, and the grade where there is one
    kit: str = ""
    remark: str = ""
    value: int | None = None  # estimated, in đồng
    lot: str = ""  # in which it came, among several
    case: str = ""
    pupil: str = ""
    school_class: str = ""
    reason: str = ""
    data: str = ""  # what became of its data, or what the donor wishes
    hopeless: str = ""  # what the donor wishes if it cannot be given
    package: str = ""  # in which box it travels


class CheckLine(Struct, frozen=True, kw_only=True):
    """One check, as it came and as it went."""

    check: str
    before: str = ""
    after: str = ""
    remark: str = ""


class WorkLine(Struct, frozen=True, kw_only=True):
    """Something done to a device."""

    day: date | None = None
    what: str
    by: str = ""


class DiskLine(Struct, frozen=True, kw_only=True):
    """One disk and what became of the data on it."""

    device: str = ""
    disk: str = ""  # model and size
    serial: str = ""  # or its WWN
    certified: bool = False  # erased, and seen to be erased
    method: str = ""
    verified: str = ""
    result: str = ""
    day: date | None = None
    by: str = ""


class ItemLine(Struct, frozen=True, kw_only=True):
    """Something counted: an accessory, a part, what was refused, a kind in a stocktake."""

    name: str
    unit: str = ""
    quantity: int | None = None
    on_books: int | None = None
    found: int | None = None
    missing: int | None = None
    extra: int | None = None  # found, and not on the books
    weight: str = ""  # in kg, as weighed
    code: str = ""
    remark: str = ""


class PaperFacts(Struct, frozen=True, kw_only=True):
    """What one paper says."""

    letterhead: Letterhead
    programme: str
    day: date
    hour: time | None = None  # None: not known, as when it is entered later from paper
    point: str = ""
    place: str = ""
    subject: str = ""  # the lot, case or device it is about
    copies: int = 0  # 0: as many as the template says
    decision: Decision = Decision()
    value: int | None = None  # of all together, estimated, in đồng
    giver: Party = Party()
    receiver: Party = Party()
    donor: Party = Party()
    anonymous: bool = False  # the donor left no name
    operator: Party = Party()
    carrier: Party = Party()  # who transports; the vehicle stands in the title
    licence: str = ""  # of the receiver, to treat waste
    members: tuple[MemberLine, ...] = ()  # of the committee
    pupil: PupilFacts = PupilFacts()
    school: str = ""
    destination: str = ""
    form: str = ""  # how it was given
    reason: str = ""
    result: str = ""
    note: str = ""
    grade: str = ""
    system: str = ""
    tracking_address: str = ""
    began: date | None = None  # a warranty, a period
    ended: date | None = None
    due: date | None = None  # when it is to be fetched or done
    due_hour: time | None = None
    packages: int | None = None
    weight: str = ""  # of all together, in kg
    data_gone: bool = False  # known: no disk in any of the devices holds a donor's data
    choices: tuple[Choice, ...] = ()
    kit: tuple[Choice, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    pupils: tuple[DeviceLine, ...] = ()  # who signs for what: a line a case, its set in one
    checks: tuple[CheckLine, ...] = ()
    works: tuple[WorkLine, ...] = ()
    disks: tuple[DiskLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    codes: tuple[str, ...] = ()  # reserved, to be used by hand

    @property
    def each(self) -> int:
        """Copies that either side keeps."""
        return self.copies // 2

    @property
    def rest(self) -> int | None:
        """Copies beyond those, for the programme's own file; None where there is none."""
        return self.copies % 2 or None

    @property
    def unnamed(self) -> bool:
        """Whether the donor has a name, and nobody knows it here."""
        return not (self.anonymous or self.donor.organisation or self.donor.person)

    @property
    def certified(self) -> int | None:
        """Disks that were erased, and seen to be erased."""
        return sum(disk.certified for disk in self.disks) or None

    @property
    def uncertified(self) -> int | None:
        """Disks of which that cannot be said."""
        return sum(not disk.certified for disk in self.disks) or None

    @property
    def total_quantity(self) -> int | None:
        """Of all items."""
        return _sum(item.quantity for item in self.items)

    @property
    def total_on_books(self) -> int | None:
        """Of all items."""
        return _sum(item.on_books for item in self.items)

    @property
    def total_found(self) -> int | None:
        """Of all items."""
        return _sum(item.found for item in self.items)

    @property
    def total_missing(self) -> int | None:
        """Of all items."""
        return _sum(item.missing for item in self.items)

    @property
    def total_extra(self) -> int | None:
        """Of all items."""
        return _sum(item.extra for item in self.items)


def _sum(counts: Iterable[int | None]) -> int | None:
    """None where nothing was counted."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
