"""The drive's own test, against a small drive in a script: it keeps its state in a file."""

import sys
from pathlib import Path

import pytest

from diagnostics.measure import self_test
from diagnostics.measure.run import Halted, NotPossible, Run
from diagnostics.measure.self_test import commands_for
from station.machine import Disk, Machine
from tests.diagnostics.measure.runs import around, figures, halt_when, run_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the drive is a script")

DRIVE = """#!{python}
import json, pathlib, sys
memory = pathlib.Path(__file__).with_name("state")  # looks left, result byte, finished tests
asked = pathlib.Path(__file__).with_name("asked")
asked.open("a").write(" ".join(sys.argv[1:]) + chr(10))
left, result, ended = json.loads(memory.read_text())
if "-t" in sys.argv:
    if {refuses}:
        sys.exit(4)
    left = {looks}
elif "-X" in sys.argv:
    left, result = 0, 0x19
elif left:
    left -= 1
    if not left:
        ended, result = ended + 1, {result}
memory.write_text(json.dumps([left, result, ended]))
status = 0xF0 + min(9, left) if left else result
log = [{{"status": {{"value": result}}, "lifetime_hours": 100 + n}} for n in range(ended, 0, -1)]
print(json.dumps({{
    "smartctl": {{"exit_status": 0}},
    "ata_smart_data": {{"self_test": {{
        "status": {{"value": status}}, "polling_minutes": {{"short": 0, "extended": 50}}}}}},
    "ata_smart_self_test_log": {{"standard": {{"table": log}}}},
}}))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the machine finds only our smartctl."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def drive(folder: Path, *, looks: int = 2, result: int = 0, refuses: bool = False) -> None:
    """A drive whose test takes so many looks and ends with this status byte."""
    script = DRIVE.format(python=sys.executable, looks=looks, result=result, refuses=refuses)
    (folder / "smartctl").write_text(script)
    (folder / "smartctl").chmod(0o755)
    (folder / "state").write_text("[0, 0, 3]")


def run(seconds: int = 1, *, whole: bool = False) -> Run:
    disk = Disk(name="sda", bus="sata")
    return run_for(
        seconds, machine=Machine(storage=(disk,)), subject="sda", surroundings=around(), whole=whole
    )


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


@pytest.mark.parametrize(("byte", "passed"), [(0x00, 1), (0x70, 0), (0x30, 0)])
def test_what_the_drive_says_at_the_end_is_the_result(folder: Path, byte: int, passed: int) -> None:
    drive(folder, result=byte)
    test = run()

    self_test.test_itself(test)

    assert figures(test.measured) == {"passed": passed}
    assert not any("-X" in line for line in asked(folder))


def test_an_old_result_is_not_the_new_one(folder: Path) -> None:
    drive(folder, looks=0)

    with pytest.raises(NotPossible, match="self_test_not_begun"):
        self_test.test_itself(run())


def test_a_drive_that_refuses_has_no_self_test(folder: Path) -> None:
    drive(folder, refuses=True)

    with pytest.raises(NotPossible, match="self_test_not_offered"):
        self_test.test_itself(run())


def test_a_test_that_somebody_else_started_is_left_alone(folder: Path) -> None:
    drive(folder)
    (folder / "state").write_text("[5, 0, 3]")

    with pytest.raises(NotPossible, match="self_test_busy"):
        self_test.test_itself(run())

    assert not any("-X" in line for line in asked(folder))


def test_stopping_aborts_what_we_started(folder: Path) -> None:
    drive(folder, looks=1000)
    test = run()
    halt_when(test, lambda: test.done_permille is not None)

    with pytest.raises(Halted):
        self_test.test_itself(test)

    assert any("-t short" in line for line in asked(folder))
    assert "-X" in asked(folder)[-1]


def test_the_long_test_is_asked_for_where_the_whole_surface_counts(folder: Path) -> None:
    drive(folder, looks=1)

    self_test.test_itself(run(whole=True))

    assert any("-t long" in line for line in asked(folder))


def test_nvme_is_tested_by_its_own_tool_first_and_a_bridge_by_its_type() -> None:
    nvme, smartctl = commands_for(Disk(name="nvme0n1"), "/dev/nvme0n1", long=True)
    (bridged,) = commands_for(Disk(name="sdb", bridge="sat"), "/dev/sdb", long=False)

    assert nvme.start == ("nvme", "device-self-test", "/dev/nvme0n1", "-s", "2")
    assert smartctl.abort == ("smartctl", "-j", "-X", "/dev/nvme0n1")
    assert bridged.start == ("smartctl", "-j", "-d", "sat", "-t", "short", "/dev/sdb")
