"""What a person types for a paper, read: days, hours, amounts, names and plain lines."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final

from station.people import person_name
from station.text import clean
from ui.paperwork.asked import Kind

LONGEST: Final = 300  # characters of a line on a paper
MOST: Final = 99  # copies or packages
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HOUR: Final = re.compile(r"(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?")
_AMOUNT: Final = re.compile(r"\d{1,3}([. ,]?\d{3})*|\d+")


class NotTyped(ValueError):
    """It cannot be read as what is asked for."""

    code = "not_typed"


class NoDay(NotTyped):
    """Not a day as it is written here: 05/11/2026."""

    code = "no_day"


class NoHour(NotTyped):
    """Not an hour: 14:30, 14 giờ."""

    code = "no_hour"


class NoAmount(NotTyped):
    """Not an amount of money in đồng."""

    code = "no_amount"


class NoCount(NotTyped):
    """Not a number of copies or packages that anybody means."""

    code = "no_count"


def read_day(text: str) -> date:
    """Raises NoDay."""
    typed = _DAY.fullmatch(text.strip())
    if typed is None:
        raise NoDay
    day, month, year = map(int, typed.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay from None


def read_hour(text: str) -> time:
    """Raises NoHour."""
    typed = _HOUR.fullmatch(text.strip().lower())
    if typed is None:
        raise NoHour
    try:
        return time(int(typed.group(1)), int(typed.group(2) or 0))
    except ValueError:
        raise NoHour from None


def read_amount(text: str) -> int:
    """Raises NoAmount. Thousands may stand apart: 4.500.000, also with đ behind."""
    typed = re.sub(r"\s*(đ|đồng|vnđ|vnd)$", "", text.strip().lower())
    if not _AMOUNT.fullmatch(typed) or not typed.isascii():
        raise NoAmount
    return int(re.sub(r"\D", "", typed))


def read_count(text: str) -> int:
    """A number of things, such as copies. Raises NoCount."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed[:9]) <= MOST):
        raise NoCount
    return int(typed)


def read_line(text: str) -> str:
    """Raises BadText."""
    return clean(text, LONGEST)


READ: Final[Mapping[Kind, Callable[[str], object]]] = {
    Kind.LINE: read_line,
    Kind.LONG: read_line,
    Kind.PERSON: person_name,
    Kind.MONEY: read_amount,
    Kind.COUNT: read_count,
    Kind.DAY: read_day,
    Kind.HOUR: read_hour,
}
"""Every one raises BadText or NotTyped, whatever was typed."""
