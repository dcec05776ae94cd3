import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from diagnostics.collect.dmi import read_dmi, read_dmidecode
from diagnostics.collect.source import Answer
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.dmidecode import parse_dmidecode
from station.machine import Bios, Board, Machine, Reading, System
from tests.diagnostics.machine_tree import SERIALS, write_laptop
from tests.diagnostics.parse.dmidecode_samples import LAPTOP
from tests.diagnostics.tools import MEMORY_MODULE, write_tool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")

PROJECT = Path(__file__).parents[3]
NOBODY = 65534


def test_the_files_of_a_laptop_become_its_names(tmp_path: Path) -> None:
    answer = read_dmi(write_laptop(tmp_path))

    assert answer.reading is Reading.OK
    assert answer.part.system == System(
        manufacturer="ACME Computers",
        model="Notebook 14",
        serial_number="AC-0001",
        chassis_type="Notebook",
    )
    assert answer.part.board == Board("ACME Computers", "NB14-MB", serial_number="MB-0001")
    assert answer.part.bios == Bios("ACME Firmware", "1.07", "2016-02-29")


def test_dmidecode_tells_its_version_and_the_modules(tmp_path: Path) -> None:
    answer = read_dmidecode(str(write_tool(tmp_path, "dmidecode", f"echo '{MEMORY_MODULE}'")), 5)

    assert answer.tool_version == "3.4"
    assert answer.part.system.serial_number == "AC-0001"
    assert [module.capacity_mib for module in answer.part.memory] == [4096]
    assert [raw.name for raw in answer.raw] == ["dmidecode-text.txt"]


def test_the_batteries_of_the_tables_are_left_to_the_kernel(tmp_path: Path) -> None:
    answer = read_dmidecode(str(write_tool(tmp_path, "dmidecode", f"cat <<'.'\n{LAPTOP}\n.")), 5)

    assert parse_dmidecode(LAPTOP).batteries
    assert answer.part.batteries == ()


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        ("echo '/dev/mem: Permission denied' >&2; exit 1", NotPermitted),
        ("echo '/dev/mem: Operation not permitted' >&2; exit 1", NotPermitted),
        ("echo '# No SMBIOS nor DMI entry point found, sorry.'", SourceMissing),
        ("echo '/dev/mem: No such file or directory' >&2; exit 1", SourceMissing),
        ("echo 'Segmentation fault' >&2; exit 139", UnreadableReport),
        ("echo babble", UnreadableReport),
    ],
)
def test_dmidecode_without_tables_ends_as_what_it_met(
    tmp_path: Path, line: str, ending: type[Exception]
) -> None:
    with pytest.raises(ending):
        read_dmidecode(str(write_tool(tmp_path, "dmidecode", line)), 5)


def test_a_machine_without_tables_has_no_such_source(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)


def test_an_empty_folder_is_no_source_either(tmp_path: Path) -> None:
    (tmp_path / "sys/class/dmi/id").mkdir(parents=True)

    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)


def test_a_plain_user_learns_all_but_the_serials(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    for name in SERIALS:
        (root / "sys/class/dmi/id" / name).chmod(0o400)

    answer = read_as_nobody(root)

    assert answer.reading is Reading.NOT_PERMITTED
    assert answer.part.system.model == "Notebook 14"
    assert answer.part.system.serial_number is None
    assert answer.part.board.serial_number is None


def read_as_nobody(root: Path) -> Answer:
    """Read in a process that has become a plain user."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can become another user")
    root.chmod(0o755)  # the test's own folder is closed to others
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "import msgspec\n"
        "from diagnostics.collect.dmi import read_dmi\n"
        "os.chdir(sys.argv[1])\n"
        f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "answer = read_dmi(Path('.'))\n"
        "sys.stdout.buffer.write(msgspec.json.encode([answer.part, answer.reading]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(root)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        timeout=30,
        check=True,
    )
    part, reading = msgspec.json.decode(ended.stdout, type=tuple[Machine, Reading])
    return Answer(part, reading)
