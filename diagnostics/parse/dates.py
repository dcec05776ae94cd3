"""Dates as firmware writes them, in ISO."""

import re
from datetime import date

_AMERICAN = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})")
_OLDEST_PC = 81  # two digits of a year before the PC mean this century


def iso_date(text: str | None) -> str | None:
    """The date of `04/12/2021` (the 12th of April), `02/11/99` or `2021-04-12`; None of others."""
    said = (text or "").strip()
    if match := _AMERICAN.fullmatch(said):
        month, day, year = map(int, match.groups())
        return _iso(_full(year) if len(match[3]) == 2 else year, month, day)
    if match := _ISO.fullmatch(said):
        return _iso(*map(int, match.groups()))
    return None


def _full(year: int) -> int:
    return year + (1900 if year >= _OLDEST_PC else 2000)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
