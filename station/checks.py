"""What a check of a device can come to. The ids are those of the catalogue in `resources/`."""

from enum import StrEnum

from msgspec import Struct

from station.coded import CodedId, CodedIdOrNone


class Outcome(StrEnum):
    """The verdict of one check. Only `PASS` and `WARN` let a device go; unknown is not passed."""

    PASS = "pass"  # noqa: S105 -- a verdict, not a password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Measurement(Struct, frozen=True):
    """One measured figure with its unit in the name, such as `capacity_gib` = 238."""

    name: CodedId
    value: int


class CheckResult(Struct, frozen=True):
    """One check's verdict with the figures behind it. No free text: `reason` is a stable code."""

    check: CodedId  # such as sto.type
    outcome: Outcome
    reason: CodedIdOrNone = ""  # such as disk_small; "" when the figures speak for themselves
    measured: tuple[Measurement, ...] = ()
