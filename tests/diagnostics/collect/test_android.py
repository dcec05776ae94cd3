import os
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics.collect.adb import NoTablet, Trouble, choose, parse_devices
from diagnostics.collect.android import tablet_sources
from diagnostics.collect.side_by_side import Collected, collect
from diagnostics.endings import SourceMissing
from diagnostics.report import decode
from station.machine import Reading
from tests.diagnostics.parse.test_dumpsys import ACCOUNTS, BATTERY, NEW_DF
from tests.diagnostics.parse.test_getprop import PRINTED

CPUINFO = "processor\t: 0\n\nprocessor\t: 1\n\nHardware\t: ACME\n"
POLICY = "Current Device Policy Manager state:\n"
ANSWERS = {
    "getprop": PRINTED,
    "cat /proc/cpuinfo": CPUINFO,
    "cat /proc/meminfo": "MemTotal:        1933888 kB\n",
    "dumpsys battery": BATTERY,
    "cat /sys/class/power_supply/battery/charge_full": "4100000\n",
    "cat /sys/class/power_supply/battery/charge_full_design": "5000000\n",
    "cat /sys/class/power_supply/battery/cycle_count": "312\n",
    "wm size": "Physical size: 800x1280\n",
    "df /data": NEW_DF,
    "dumpsys device_policy": POLICY,
    "dumpsys account": ACCOUNTS,
    "settings get global device_provisioned": "1\n",
}
ONE = "List of devices attached\nAC8X0001\tdevice\n"


def adb(folder: Path, devices: str = ONE, answers: dict[str, str] | None = None) -> tuple[str, ...]:
    """A small adb with one tablet behind it, which answers what it knows."""
    tool = folder / "adb.py"
    tool.write_text(
        "import sys\n"
        f"answers = {ANSWERS if answers is None else answers!r}\n"
        "words = sys.argv[1:]\n"
        f"if words == ['devices']: sys.stdout.write({devices!r})\n"
        "else:\n"
        "    assert words[0] == '-s' and words[2] == 'shell', words\n"
        "    said = answers.get(' '.join(words[3:]))\n"
        "    sys.stdout.write(said if said is not None else 'cat: x: Permission denied\\n')\n",
        encoding="utf-8",
    )
    return (sys.executable, str(tool))


def readings(collected: Collected) -> dict[str, Reading]:
    return {section.name: section.reading for section in collected.machine.sections}


def test_a_tablet_is_read_over_its_cable(tmp_path: Path) -> None:
    collected = collect(tablet_sources(adb=adb(tmp_path)))

    machine = collected.machine
    assert set(readings(collected).values()) == {Reading.OK}
    assert machine.system.serial_number == "AC8X0001"
    assert machine.mem_total_kib == 1_933_888
    (battery,) = machine.batteries
    assert (battery.full_capacity_mah, battery.design_capacity_mah) == (4100, 5000)
    assert (battery.cycles, battery.health_word) == (312, "overheat")
    assert machine.tablet is not None
    assert (machine.tablet.accounts, machine.tablet.provisioned) == (3, True)
    assert (machine.tablet.storage_bytes, machine.tablet.verified_boot) == (1_024_000_000, "orange")
    assert machine.security.mdm_enrolled is False
    assert (machine.displays[0].width_px, machine.displays[0].height_px) == (800, 1280)


def test_no_name_of_an_account_or_network_is_kept(tmp_path: Path) -> None:
    collected = collect(tablet_sources(adb=adb(tmp_path)))

    kept = repr(collected.machine).encode() + b"".join(raw.data for raw in collected.raw)
    for secret in (b"someone", b"example.org", b"Some Operator"):
        assert secret not in kept


def test_what_the_shell_may_not_read_is_not_permitted_and_the_rest_stands(tmp_path: Path) -> None:
    answers = {key: ANSWERS[key] for key in ("getprop", "dumpsys battery")}

    collected = collect(tablet_sources(adb=adb(tmp_path, answers=answers)))

    denied = [name for name, r in readings(collected).items() if r is Reading.NOT_PERMITTED]
    assert denied == ["cpus", "memory", "displays", "storage", "security", "tablet"]
    assert collected.machine.batteries[0].full_capacity_mah is None
    assert collected.machine.tablet is not None
    assert collected.machine.tablet.accounts is None


@pytest.mark.parametrize(
    ("listed", "trouble", "serials"),
    [
        ("", Trouble.NONE, ()),
        ("AC1\tunauthorized\n", Trouble.NOT_ALLOWED, ("AC1",)),
        ("AC1\toffline\n", Trouble.OFFLINE, ("AC1",)),
        ("AC1\tno permissions (udev?); see [x]\n", Trouble.NO_RIGHTS, ("AC1",)),
        ("AC1\trecovery\n", Trouble.OTHER, ("AC1",)),
        ("AC1\tdevice\nAC2\tdevice\n", Trouble.SEVERAL, ("AC1", "AC2")),
    ],
)
def test_why_no_tablet_answers_is_said(
    tmp_path: Path, listed: str, trouble: Trouble, serials: tuple[str, ...]
) -> None:
    with pytest.raises(NoTablet) as refused:
        tablet_sources(adb=adb(tmp_path, "List of devices attached\n" + listed))

    assert (refused.value.trouble, refused.value.serials) == (trouble, serials)


def test_of_several_tablets_the_named_one_is_asked() -> None:
    devices = parse_devices("* daemon started\nList of devices\nA\tdevice\nB\tdevice x:1\n")

    assert choose(devices, "B") == "B"
    with pytest.raises(NoTablet):
        choose(devices, "C")


def test_without_adb_no_tablet_is_asked() -> None:
    with pytest.raises(SourceMissing):
        tablet_sources(adb=("/nonexistent/adb",))


def test_this_machines_own_adb_lists_devices_in_the_form_that_is_read() -> None:
    try:
        tablet_sources()
    except NoTablet as refused:
        assert refused.trouble is Trouble.NONE  # noqa: PT017 -- a tablet may hang on this PC
    except SourceMissing:
        pytest.skip("no adb here")


PROJECT = Path(__file__).parents[3]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="puts a script named adb on the PATH")


def ask(folder: Path, *words: str, devices: str = ONE) -> subprocess.CompletedProcess[str]:
    """`python -m diagnostics`, with the small adb as the first one on the PATH."""
    python, tool = adb(folder, devices)
    (folder / "adb").write_text(f'#!/bin/sh\nexec "{python}" "{tool}" "$@"\n')
    (folder / "adb").chmod(0o755)
    return subprocess.run(
        [sys.executable, "-m", "diagnostics", *words],
        cwd=PROJECT,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@POSIX
@pytest.mark.parametrize("serial", [[], ["AC8X0001"]])
def test_the_command_prints_the_report_of_a_tablet(tmp_path: Path, serial: list[str]) -> None:
    ended = ask(tmp_path, "run", "--json", "--adb", *serial)

    machine = decode(ended.stdout.encode()).machine
    assert machine.system.serial_number == "AC8X0001"
    assert machine.tablet is not None
    assert machine.tablet.accounts == 3


@POSIX
@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("", "cable"),
        ("AC1\tunauthorized\n", "Allow"),
        ("AC1\toffline\n", "AC1"),
        ("AC1\tno permissions\n", "account"),
        ("AC1\tdevice\nAC2\tdevice\n", "AC1 AC2"),
        ("AC1\tsideload\n", "started Android"),
    ],
)
def test_the_command_says_what_to_do_where_no_tablet_answers(
    tmp_path: Path, listed: str, said: str
) -> None:
    ended = ask(tmp_path, "run", "--language", "en", "--adb", devices=listed)

    assert ended.returncode == 1
    assert said in ended.stderr
    assert ended.stdout == ""
