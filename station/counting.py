"""What a device adds to the programme's figures: the day, the point, and one count a move.

Every figure is a sum of counts: of a period, the counts of its days; what there is at the end of a
day, all counts up to it. So a report never asks how a device stands now, and what is entered late
or corrected moves the days it is about. Points and service count with these functions alone.

Always, over any set of devices and any stretch of days that begins with the programme:

    received + arrived + returned = given + retired + sent + in_work + ready + at_school
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Measure(StrEnum):
    """What is counted. Flows are counted once; of what there is, one comes and one goes."""

    RECEIVED = "received"  # taken in from a donor
    GIVEN = "given"  # the pupil's line is signed, or a donor gave it directly
    RETURNED = "returned"  # taken back from the pupil for good
    RETIRED = "retired"  # will not be given
    SENT = "sent"  # left for another point
    ARRIVED = "arrived"  # came from another point
    IN_WORK = "in_work"  # at the point, not ready yet
    READY = "ready"  # may be given, or is kept for somebody
    AT_SCHOOL = "at_school"  # a school has it, the pupil's line is not signed yet


FLOWS = (
    Measure.RECEIVED, Measure.GIVEN, Measure.RETURNED, Measure.RETIRED, Measure.SENT,
    Measure.ARRIVED,
)  # fmt: skip
STOCK = (Measure.IN_WORK, Measure.READY, Measure.AT_SCHOOL)


class Count(Struct, frozen=True, order=True):
    """So many devices, in one cell of the figures; `devices` is -1 where one goes away."""

    station: int
    day: date
    measure: Measure
    devices: int
    kind: str = ""  # of device
    donor_kind: str = ""  # organisation, person; "" = nobody said
    unit: str = ""  # commune: of the pupil where it was given, else of the point
    school: str = ""  # the pupil's
    level: str = ""  # the pupil's
