"""Hardware errors in the running system's kernel log, from the kernel or from the journal."""

import os
from functools import partial
from itertools import islice
from pathlib import Path

from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.kernel_log import parse_kernel_log
from station.machine import Machine

FILE = "dev/kmsg"
_LARGEST_RECORD = 8192  # CONSOLE_EXT_LOG_MAX of the kernel; a shorter buffer is refused
_MOST_RECORDS = 200_000  # a log that grows while it is read must end too
_LINES = 20_000
_JOURNAL = ("-k", "-b", "-q", "--no-pager", "--no-hostname", "-o", "short-monotonic")


def read_kernel_log(root: Path, journalctl: str, limit_s: float) -> Answer:
    """The kernel's own ring, oldest message first; the journal where that is closed or absent."""
    try:
        text = _printed(b"".join(_records(root / FILE)).decode("utf-8", "replace"))
    except (NotPermitted, SourceMissing) as closed:
        try:
            return _read_journal(journalctl, limit_s)
        except SourceMissing:
            raise closed from None
    return _answer(text)


def _read_journal(journalctl: str, limit_s: float) -> Answer:
    """The same log by the journal, which members of adm and systemd-journal may read too."""
    output = run_tool([journalctl, *_JOURNAL, "-n", str(_LINES)], limit_s)
    if output.status != 0 or not output.data.strip():
        if "permission" in output.complaints:
            raise NotPermitted(journalctl)
        if "No journal files were found" in output.complaints or output.status == 0:
            raise SourceMissing(journalctl)
        raise UnreadableReport(f"{journalctl} ended with status {output.status}")
    return _answer(output.text)


def _answer(text: str) -> Answer:
    part = Machine(kernel_errors=parse_kernel_log(text))
    return Answer(part, raw=(Raw("kernel-log.txt", text.encode("utf-8", "replace")),))


def _records(path: Path) -> list[bytes]:
    """All records that the ring holds now."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            return list(islice(iter(partial(_next_record, file), b""), _MOST_RECORDS))
        finally:
            os.close(file)
    except FileNotFoundError as error:
        raise SourceMissing(str(path)) from error
    except PermissionError as error:
        raise NotPermitted(str(path)) from error
    except OSError as error:
        raise UnreadableReport(f"{path}: {error.strerror}") from error


def _next_record(file: int) -> bytes:
    """Each read gives one record; after the last it would wait for another, and we do not."""
    while True:
        try:
            return os.read(file, _LARGEST_RECORD)
        except BrokenPipeError:
            continue  # overwritten meanwhile: go on with the oldest that is left
        except BlockingIOError:
            return b""


def _printed(records: str) -> str:
    """`6,339,5140900,-;words` as dmesg prints it; properties follow a record, set in by a space."""
    return "\n".join(_line(line) for line in records.split("\n") if line and line[0] != " ")


def _line(record: str) -> str:
    head, _, words = record.partition(";")
    micros = head.split(",")[2:3]
    seconds = int(micros[0]) / 1e6 if micros and micros[0].isdecimal() else 0.0
    return f"[{seconds:12.6f}] {words}"
