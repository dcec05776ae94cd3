"""Dates as WMI and PowerShell write them, as ISO days."""

import re
from datetime import UTC, date, datetime, timedelta

_DMTF = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9*]{6}.*)?")  # 20160519000000.000000+000
_TICKS = re.compile(r"/Date\((-?[0-9]{1,15})(?:[+-][0-9]{4})?\)/")  # milliseconds since 1970, UTC
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_day(text: str) -> str | None:
    """The day, in UTC, which firmware dates are given in; None for what is no date."""
    said = text.strip()
    try:
        if ticks := _TICKS.fullmatch(said):
            return (_EPOCH + timedelta(milliseconds=int(ticks[1]))).date().isoformat()
        if dmtf := _DMTF.fullmatch(said):
            return date(*map(int, dmtf.groups())).isoformat()
        moment = datetime.fromisoformat(said)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return None
