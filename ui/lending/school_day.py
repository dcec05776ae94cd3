"""The laptop's side of a school day: its parcel becomes a store of its own on this PC."""

from pathlib import Path

from msgspec import Struct

from station.ports import TakenAlong
from sync.parcels import OUTWARD, ParcelHead, WrongWay, head_of
from sync.school_day import read_parcel, taken_out

FOLDER = "school-days"


class SchoolDay(Struct, frozen=True):
    """A parcel that somebody opened the app with."""

    head: ParcelHead
    raw: bytes

    def database(self, data: Path) -> Path:
        """Where its store lies: the same parcel again goes on with the same store."""
        return data / FOLDER / f"{self.head.chain}.db"

    def taken_along(self, passcode: str) -> TakenAlong:
        """What stands in it; raises ParcelProblem."""
        return taken_out(self.raw, passcode)


def read_school_day(file: Path) -> SchoolDay:
    """Look at a parcel without its passcode; raises ParcelProblem or OSError."""
    raw = read_parcel(file)
    head = head_of(raw)
    if head.kind != OUTWARD:
        raise WrongWay
    return SchoolDay(head, raw)
