"""The whole program on this machine, as root and as a plain user, whatever its tools do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics.report import Report, decode
from station.machine import Reading
from tests.diagnostics.tools import TOOLS, link_tools, write_tool

PROJECT = Path(__file__).parents[3]
NOBODY = 65534
MOST_MEMORY_KIB = 120_000  # of the program at its highest
FAULTS = {
    "hangs": ("exec /bin/sleep 600",),
    "leaves a child": ("/bin/sleep 600 &", "/bin/sleep 600"),
    "babbles": ("exec /usr/bin/head -c 200000 /dev/urandom",),
    "prints a gigabyte": ("exec /usr/bin/head -c 1000000000 /dev/zero",),
    "complains a gigabyte": ("exec /usr/bin/head -c 1000000000 /dev/zero >&2",),
    "is killed": ("kill -9 $$",),
    "fails": ("echo oops >&2", "exit 1"),
    "says nothing": ("exit 0",),
}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these are the tools of Linux")
pytestmark = LINUX

PROGRAM = """
import os, sys
import diagnostics.__main__
import station.words
from diagnostics.diagnose import diagnose
user = int(sys.argv[1])
if user:
    diagnose()  # the interpreter may stand where a plain user cannot load from
    os.setgroups([]); os.setgid(user); os.setuid(user)
os.environ["PATH"] = sys.argv[2]
status = diagnostics.__main__.main(["run", "--json"])
with open("/proc/self/status") as said:  # getrusage would count whoever started us too
    print(*(line.split()[1] for line in said if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)
"""


class Ran:
    """One run of the program: its report, and its peak of memory."""

    def __init__(self, path: Path, user: int) -> None:
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(user), str(path)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            timeout=90,
            check=True,
        )
        self.report: Report = decode(ended.stdout)
        self.peak_kib = int(ended.stderr.split()[-1])

    def reading(self, tool: str) -> set[Reading]:
        """How the sources of this tool ended."""
        sections = self.report.machine.sections
        return {s.reading for s in sections if tool in s.source and "/" not in s.source}


@pytest.fixture(params=[0, NOBODY], ids=["root", "nobody"])
def user(request: pytest.FixtureRequest) -> int:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    assert isinstance(request.param, int)
    folders = (PROJECT, *PROJECT.parents)
    if request.param and not all(folder.stat().st_mode & 0o001 for folder in folders):
        pytest.skip("this checkout lies in a folder that is closed to a plain user")
    return request.param


@pytest.fixture
def tools(open_folder: Path) -> Path:
    """This machine's own tools, in a folder that anyone may look into."""
    return link_tools(open_folder / "tools")


def is_whole(ran: Ran) -> bool:
    """What no tool is needed for is there, and every section says how it ended."""
    machine = ran.report.machine
    return (
        machine.reading_of("cpus") is Reading.OK
        and machine.reading_of("memory") is Reading.OK
        and machine.mem_total_kib is not None
        and bool(ran.report.findings)
        and {"smart", "system", "storage", "security"} <= {s.name for s in machine.sections}
    )


def test_the_machine_is_read_with_all_its_tools(tools: Path, user: int) -> None:
    ran = Ran(tools, user)

    assert is_whole(ran)
    assert Reading.TIMED_OUT not in {s.reading for s in ran.report.machine.sections}
    assert ran.peak_kib < MOST_MEMORY_KIB


@pytest.mark.parametrize("missing", TOOLS)
def test_a_tool_that_is_missing_is_named(tools: Path, user: int, missing: str) -> None:
    (tools / missing).unlink(missing_ok=True)

    ran = Ran(tools, user)

    assert is_whole(ran)
    stands_in = missing == "journalctl"  # asked only where the kernel's own log is closed
    assert ran.reading(missing) == (set() if stands_in else {Reading.MISSING})


def test_a_machine_without_any_tool_is_still_read(tmp_path: Path, user: int) -> None:
    (tmp_path / "empty").mkdir()

    ran = Ran(tmp_path / "empty", user)

    assert is_whole(ran)


@pytest.mark.parametrize("fault", ["babbles", "prints a gigabyte", "is killed"])
def test_a_broken_lsblk_costs_its_own_answer(tools: Path, user: int, fault: str) -> None:
    write_tool(tools, "lsblk", *FAULTS[fault])

    ran = Ran(tools, user)

    assert is_whole(ran)
    assert ran.reading("lsblk") == {Reading.UNREADABLE}
    assert ran.peak_kib < MOST_MEMORY_KIB


@pytest.mark.proof
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("tool", TOOLS)
def test_whatever_a_tool_does_there_is_a_report(
    tools: Path, user: int, tool: str, fault: str
) -> None:
    write_tool(tools, tool, *FAULTS[fault])

    ran = Ran(tools, user)

    assert is_whole(ran)
    assert ran.peak_kib < MOST_MEMORY_KIB
    said = ran.reading(tool)
    if fault in ("hangs", "leaves a child"):
        assert said <= {Reading.TIMED_OUT}
    elif fault != "says nothing":  # a bus without devices says nothing
        assert Reading.OK not in said
