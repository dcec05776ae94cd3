"""What smartctl prints for people, taken apart: `key: value` lines and the rows of its tables."""

import re
from itertools import islice

from msgspec import Struct, field

from diagnostics.parse.smart_figures import Attribute
from diagnostics.parse.smartctl_selftest import SelfTest
from diagnostics.parse.smartctl_tables import (
    ATTRIBUTES_HEAD,
    attribute_columns,
    attribute_row,
    self_test_row,
    statistic_row,
)

SUPPORT = "smart support is"  # said twice: once of what the drive can, once of what it does
_LINE = re.compile(r"[^\r\n]+")
_LONGEST_LINE, _MOST_LINES = 500, 50_000  # smartctl -x prints a few thousand lines at most
_SPACES = re.compile(r"\s+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[^0-9A-Za-z\[\]()]{1,3}[0-9]{2,3})+(?![0-9])|[0-9]{1,19}")
_LONGEST_NUMBER = 18
_COMPLAINT = re.compile(r"failed: |Unable to detect|Unknown USB bridge|Permission denied")
_ASKED = re.compile(r"=== START OF (READ )?SMART DATA")
_OLD_HOURS = re.compile(r"\s*number of hours powered up = ([0-9]{1,8})")


class Printed(Struct):
    """One print-out taken apart: `key: value` lines, and the rows of its tables."""

    said: dict[str, str] = field(default_factory=dict)
    attributes: list[Attribute] = field(default_factory=list)
    statistics: dict[str, int] = field(default_factory=dict)
    tests: list[SelfTest] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    asked: bool = False
    no_errors: bool = False
    columns: int = 0  # before the raw figure of the attribute table the lines stand in; else 0


def taken_apart(text: str) -> Printed:
    """Every line put where it belongs; what is longer than smartctl's longest report is cut."""
    printed = Printed()
    for line in islice(_LINE.finditer(text), _MOST_LINES):
        if len(line[0]) < _LONGEST_LINE:
            _take(printed, line[0])
    return printed


def grouped(text: str) -> int | None:
    """The first number, without what groups its digits."""
    number = _GROUPED.search(text.partition("[")[0])
    digits = "".join(re.findall("[0-9]", number[0])) if number else ""
    return int(digits) if digits and len(digits) <= _LONGEST_NUMBER else None


def _take(printed: Printed, line: str) -> None:
    """Put one line where it belongs."""
    if printed.columns:
        row = attribute_row(line, printed.columns)
        if row is not None:
            printed.attributes.append(row)
            return
        printed.columns = 0
    if line.startswith(ATTRIBUTES_HEAD):
        printed.columns = attribute_columns(line)
    elif line.startswith("0x"):
        statistic = statistic_row(line)
        if statistic is not None:
            printed.statistics.setdefault(*statistic)
    elif line[0] in "# 0123456789":
        test = self_test_row(line)
        if test is not None:
            printed.tests.append(test)
        _take_old_hours(printed, line)
    else:
        _take_pair(printed, line)


def _take_old_hours(printed: Printed, line: str) -> None:
    hours = _OLD_HOURS.match(line)
    if hours:
        printed.said.setdefault("power on hours", hours[1])


def _take_pair(printed: Printed, line: str) -> None:
    if _ASKED.match(line):
        printed.asked = True
    elif line.startswith("No Errors Logged"):
        printed.no_errors = True
    elif line.startswith("Device supports SMART and is Enabled"):
        printed.said[SUPPORT] = "Available Enabled"
    elif _COMPLAINT.search(line):
        printed.complaints.append(line)
    key, colon, value = line.partition(":")
    if not colon:
        return
    key = _SPACES.sub(" ", key.strip()).casefold()
    if key == SUPPORT:
        value = f"{printed.said.pop(key, '')} {value}"
    printed.said.setdefault(key, value.strip())
