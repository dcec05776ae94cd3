"""The file of a report, read no further than a report can be long."""

from pathlib import Path

from station.files import MAX_REPORT


class ReportTooLong(Exception):
    """No report of ours is that long: another file, and no memory was spent on it."""

    code = "report_too_long"


def read_report(file: Path) -> bytes:
    """The file's bytes; raises ReportTooLong or OSError."""
    with file.open("rb") as opened:
        data = opened.read(MAX_REPORT + 1)
    if len(data) > MAX_REPORT:
        raise ReportTooLong
    return data
