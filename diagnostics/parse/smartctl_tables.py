"""The rows of smartctl's printed tables: attributes, device statistics, self-tests."""

import re

from diagnostics.parse.numbers import whole_number
from diagnostics.parse.smart_figures import Attribute
from diagnostics.parse.smartctl_selftest import SelfTest

ATTRIBUTES_HEAD = "ID# ATTRIBUTE_NAME"
_BEFORE_RAW = {"WHEN_FAILED": 9, "FAIL": 7}  # columns before the raw figure, by what the head names
_FAILED = {"failing_now": "now", "now": "now", "in_the_past": "past", "past": "past"}
_LEADING = re.compile(r"[0-9]{1,18}(?![0-9xX])")
_THREE_WORDS = re.compile(r"[0-9]{1,5} [0-9]{1,5} ([0-9]{1,5})")
_STATISTIC = re.compile(
    r"0x[0-9a-f]{2} +0x[0-9a-f]{3} +[0-9] +([0-9]{1,18})[~ ] *[-CDNV]{3,4} +(.*)"
)
_TEST = re.compile(r"(?:# ?[0-9]{1,2}|[ 0-9][0-9]) {2,3}([A-Za-z].*)")
_TEST_STATES = (  # what stands in a row, the first that does
    (re.compile(r"in progress|under way", re.IGNORECASE), SelfTest.RUNNING),
    (re.compile(r"aborted|interrupted", re.IGNORECASE), SelfTest.ABORTED),
    (re.compile(r"without error", re.IGNORECASE), SelfTest.PASSED),
    (re.compile(r"fail|fatal|unknown error|damage", re.IGNORECASE), SelfTest.FAILED),
    (re.compile(r"\bCompleted\b"), SelfTest.PASSED),  # all that SCSI says
)


def attribute_columns(head: str) -> int:
    """How many columns stand before the raw figure; smartctl knows an old and a brief table."""
    words = head.split()
    return next((number for word, number in _BEFORE_RAW.items() if word in words), 9)


def attribute_row(line: str, columns: int) -> Attribute | None:
    """One attribute; None for a line that is none, such as the legend."""
    cells = line.split(None, columns)
    number = whole_number(cells[0]) if len(cells) > columns else None
    if number is None:
        return None
    raw = cells[columns].strip()
    return Attribute(
        id=number,
        name=cells[1],
        value=whole_number(cells[3]),
        raw=leading(raw),
        low_word=_low_word(raw),
        failed=_FAILED.get(cells[columns - 1].casefold(), ""),
        packed=whole_number(raw) is None,
    )


def leading(raw: str) -> int | None:
    """The count itself: 138 of `138 (0 26)`, 65432 of `65432h+12m`."""
    number = _LEADING.match(raw)
    return int(number[0]) if number else None


def _low_word(raw: str) -> int | None:
    """Of three printed words the last is the lowest; of one number its lowest 16 bits."""
    words = _THREE_WORDS.fullmatch(raw)
    if words:
        return int(words[1])
    number = leading(raw)
    return None if number is None else number & 0xFFFF


def statistic_row(line: str) -> tuple[str, int] | None:
    """Name and value of one device statistic that holds one."""
    row = _STATISTIC.match(line)
    return (row[2].strip(), int(row[1])) if row else None


def self_test_row(line: str) -> SelfTest | None:
    """How one logged self-test ended; None for a line that is none."""
    row = _TEST.match(line)
    if row is None:
        return None
    return next((state for words, state in _TEST_STATES if words.search(row[1])), None)
