"""What people ask by right of the law: answered within 2 working days, done within 15 days.

Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP. A day off that nobody listed makes a request due
earlier, never later.
"""

import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

from msgspec import Struct

SATURDAY = 5


class RightsKind(StrEnum):
    """What is asked."""

    SEE = "see"
    CORRECT = "correct"
    WITHDRAW = "withdraw"  # the consent
    ERASE = "erase"
    OBJECT = "object"


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks and what, as it lies sealed."""

    name: str
    phone: str = ""
    words: str = ""
    relation: str = ""


ANSWER_WORKING_DAYS, DONE_DAYS = 2, 15


class Clock(Struct, frozen=True):
    """Until when a request is answered, and until when what it asks is done."""

    answer_by: date
    do_by: date


def clock(asked_on: date, days_off: Collection[date]) -> Clock:
    """The clocks of a request; the day on which it came does not count."""
    day, left = asked_on, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in days_off
    return Clock(day, asked_on + timedelta(days=DONE_DAYS))


@cache
def days_off() -> frozenset[date]:
    """The public holidays that are known."""
    text = resources.files("resources").joinpath("days-off.toml").read_text("utf-8")
    return frozenset(row["day"] for row in tomllib.loads(text)["days"])
