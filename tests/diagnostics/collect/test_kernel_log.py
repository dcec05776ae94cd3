import sys
from pathlib import Path

import pytest

from diagnostics.collect.kernel_log import read_kernel_log
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from tests.diagnostics.machine_tree import QUIET_LOG, write_log
from tests.diagnostics.tools import write_tool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")

ERROR = "I/O error, dev sda, sector 2048 op 0x0:(READ)"


def test_the_kernels_ring_is_read_without_any_tool(tmp_path: Path) -> None:
    write_log(tmp_path, f"{QUIET_LOG} SUBSYSTEM=block\n3,2,2500000,-;{ERROR}\n")

    answer = read_kernel_log(tmp_path, "/nonexistent/journalctl", 5)

    assert answer.part.kernel_errors.disk_io == 1
    (raw,) = answer.raw
    assert raw.data.decode() == f"[    0.001000] Linux version 6.1.0\n[    2.500000] {ERROR}"


def test_where_there_is_no_ring_the_journal_tells(tmp_path: Path) -> None:
    tool = write_tool(tmp_path, "journalctl", f"echo '[    2.500000] kernel: {ERROR}'")

    answer = read_kernel_log(tmp_path, str(tool), 5)

    assert answer.part.kernel_errors.disk_io == 1


def test_a_log_that_nobody_keeps_is_missing_and_never_without_errors(tmp_path: Path) -> None:
    silent = write_tool(tmp_path, "journalctl", "echo 'No journal files were found.' >&2")

    with pytest.raises(SourceMissing):
        read_kernel_log(tmp_path, str(silent), 5)


def test_a_journal_of_others_is_not_permitted(tmp_path: Path) -> None:
    closed = write_tool(tmp_path, "journalctl", "echo 'insufficient permissions' >&2", "exit 1")

    with pytest.raises(NotPermitted):
        read_kernel_log(tmp_path, str(closed), 5)


def test_an_emptied_ring_is_not_a_clean_one(tmp_path: Path) -> None:
    write_log(tmp_path, "")

    with pytest.raises(UnreadableReport):
        read_kernel_log(tmp_path, "/nonexistent/journalctl", 5)
