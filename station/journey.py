"""What the public may know of one device: made of public fields alone (decision 0022).

Months, never days: a day would tell which pupil of a small school it was. No person, no case, no
school, no serial number, nobody who worked on it.
"""

from datetime import date

from msgspec import Struct


class Stop(Struct, frozen=True, omit_defaults=True):
    """One station of the way. `month` is the first day of its month."""

    what: (
        str  # journey word: received, bench, ready, given, returned, retired, sent, arrived, repair
    )
    month: date
    point: int = 0  # number of the point where it happened


class Erased(Struct, frozen=True, omit_defaults=True):
    """How the data of one disk went, and how that is known."""

    method: str = ""  # of resources; "" = the disk was taken out
    destiny: str = ""  # what became of a disk that was taken out
    verified_permille: int = 0
    month: date | None = None


class Journey(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The way of one device as everybody may read it."""

    code: str
    stage: str  # station.device.Stage
    kind: str = ""
    maker: str = ""
    model: str = ""
    donor_kind: str = ""
    stops: tuple[Stop, ...] = ()
    works: tuple[str, ...] = ()  # coded, in order
    fitted: tuple[str, ...] = ()  # parts put in
    erased: tuple[Erased, ...] = ()
    system: str = ""
    grade: str = ""
    checks_passed: int = 0
    checks_met_by_kit: int = 0
    unchecked: bool = False  # given past the point, which tested nothing
    mistaken: bool = False  # its intake was taken back
