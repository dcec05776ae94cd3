"""Tools that print JSON: following keys into a report whose shape nobody promises."""

from typing import Any, TypeVar

import msgspec

from diagnostics.endings import UnreadableReport

T = TypeVar("T")
_LARGEST = 10**18  # more would leave what every reader of a report holds


def decoded(text: str) -> Any:
    """The report as Python values; what is no JSON, or nested without end, is unreadable."""
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("the tool printed no JSON") from error


def find(kind: type[T], report: Any, *path: str) -> T | None:
    """Follow keys into the report; None unless a value of exactly this kind is there."""
    for key in path:
        report = report.get(key) if isinstance(report, dict) else None
    return report if type(report) is kind else None


def count(report: Any, *path: str) -> int | None:
    """A whole number of zero or more."""
    number = find(int, report, *path)
    return number if number is not None and 0 <= number < _LARGEST else None


def items(report: Any, *path: str) -> list[Any]:
    """The objects of a list; nothing where no list is."""
    return [item for item in find(list, report, *path) or () if isinstance(item, dict)]
