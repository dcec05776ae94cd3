import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from diagnostics.collect.side_by_side import collect
from diagnostics.collect.source import Answer, Source
from diagnostics.collect.sources import linux_sources, portable_sources, sources_here
from station.machine import Machine, Memory, Processor, Reading
from tests.diagnostics.machine_tree import SERIALS, write_laptop

PROJECT = Path(__file__).parents[2]
NOBODY = 65534
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")
NO_LSBLK = "/nonexistent/lsblk"
LISTING = '{"blockdevices": [{"name": "sda", "type": "disk", "size": 256060514304, "rota": false}]}'


def lsblk(folder: Path, *lines: str) -> str:
    """A tool of that name, which does these lines of shell."""
    path = folder / "lsblk"
    path.write_text("\n".join(["#!/bin/sh", *lines]))
    path.chmod(0o755)
    return str(path)


def readings(machine: Machine) -> dict[str, Reading]:
    return {section.name: section.reading for section in machine.sections}


@LINUX
def test_a_laptop_is_read_in_all_sections(tmp_path: Path) -> None:
    tool = lsblk(tmp_path, f"echo '{LISTING}'")

    machine = collect(linux_sources(write_laptop(tmp_path), tool))

    assert readings(machine) == dict.fromkeys(SECTIONS, Reading.OK)
    assert machine.system.serial == "AC-0001"
    assert machine.processor.threads == 4
    assert machine.memory.total_mib == 3841
    assert [disk.capacity_bytes for disk in machine.disks] == [256060514304]
    assert [battery.name for battery in machine.batteries] == ["BAT0"]
    assert [display.connector for display in machine.displays] == ["eDP-1"]
    assert [adapter.name for adapter in machine.network] == ["enp1s0", "wlp2s0"]


def test_a_machine_that_offers_nothing_is_missing_in_all_sections(tmp_path: Path) -> None:
    machine = collect(linux_sources(tmp_path, NO_LSBLK))

    assert readings(machine) == dict.fromkeys(SECTIONS, Reading.MISSING)
    assert machine == Machine(sections=machine.sections)


def test_a_section_that_nobody_tried_is_missing() -> None:
    machine = collect([Source("memory", "test", lambda: Answer(Memory(total_mib=1)), 5)])

    assert readings(machine) == {**dict.fromkeys(SECTIONS, Reading.MISSING), "memory": Reading.OK}
    assert machine.memory == Memory(total_mib=1)


@LINUX
@pytest.mark.parametrize("status", [0, 1])
def test_a_tool_that_fails_or_babbles_is_unreadable(tmp_path: Path, status: int) -> None:
    tool = lsblk(tmp_path, "echo lsblk: unknown column", f"exit {status}")

    machine = collect(linux_sources(tmp_path, tool))

    assert machine.reading_of("disks") is Reading.UNREADABLE


@LINUX
def test_a_machine_without_any_disk_is_read(tmp_path: Path) -> None:
    machine = collect(linux_sources(tmp_path, lsblk(tmp_path, "exit 32")))

    assert machine.reading_of("disks") is Reading.OK
    assert machine.disks == ()


@LINUX
def test_a_hung_read_times_out_while_the_others_answer(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    (root / "proc/meminfo").unlink()
    os.mkfifo(root / "proc/meminfo")  # opening it waits for a writer who never comes
    began = time.monotonic()

    machine = collect(linux_sources(root, lsblk(root, "sleep 60"), limit_s=1.0))

    assert 1.0 <= time.monotonic() - began < 4
    timed_out = {name for name, how in readings(machine).items() if how is Reading.TIMED_OUT}
    assert timed_out == {"memory", "disks"}
    assert machine.memory == Memory()
    assert machine.system.serial == "AC-0001"
    slow = next(section for section in machine.sections if section.name == "memory")
    assert 1000 <= slow.millis < 4000
    _let_go(root / "proc/meminfo")


def _let_go(fifo: Path) -> None:
    """Be the writer, so that no thread outlives its test."""
    os.close(os.open(fifo, os.O_WRONLY))
    for thread in threading.enumerate():
        if thread.name == "read memory":
            thread.join(5)


@LINUX
def test_a_hung_read_does_not_keep_the_program_from_ending(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    os.mkfifo(tmp_path / "proc/meminfo")
    program = (
        "from pathlib import Path\n"
        "from diagnostics.collect.side_by_side import collect\n"
        "from diagnostics.collect.sources import linux_sources\n"
        f"m = collect(linux_sources(Path({str(tmp_path)!r}), {NO_LSBLK!r}, 0.2))\n"
        "print(m.reading_of('memory'))\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )

    assert ended.stdout == "timed_out\n"


def test_our_own_bug_costs_its_section_alone(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Answer:
        raise ZeroDivisionError

    sources = [
        Source("disks", "test", broken, 5),
        Source("memory", "test", lambda: Answer(Memory(total_mib=1)), 5),
    ]

    machine = collect(sources)

    assert machine.reading_of("disks") is Reading.UNREADABLE
    assert machine.memory == Memory(total_mib=1)
    assert "ZeroDivisionError" in caplog.text


@LINUX
def test_a_plain_user_learns_all_but_the_serials(tmp_path: Path) -> None:
    root = write_laptop(tmp_path)
    root.chmod(0o755)  # the test's own folder is closed to others
    for name in SERIALS:
        (root / "sys/class/dmi/id" / name).chmod(0o400)

    machine = as_nobody(root)

    assert machine.reading_of("system") is Reading.NOT_PERMITTED
    assert machine.system.model == "Notebook 14"
    assert machine.system.serial is None
    assert machine.system.board_serial is None
    assert machine.reading_of("memory") is Reading.OK


@LINUX
def test_this_very_machine_is_read_by_root_and_by_a_plain_user() -> None:
    here, plain = collect(), as_nobody(Path("/"))

    for machine in (here, plain):
        assert machine.reading_of("processor") is Reading.OK
        assert machine.reading_of("memory") is Reading.OK
    assert plain.memory == here.memory
    assert plain.processor == with_clock_of(plain, here)
    assert {s.reading for s in plain.sections} <= set(Reading) - {Reading.TIMED_OUT}


def with_clock_of(plain: Machine, here: Machine) -> Processor:
    """Here's processor, whose highest clock may be closed to a plain user."""
    return msgspec.structs.replace(here.processor, max_mhz=plain.processor.max_mhz)


def as_nobody(root: Path) -> Machine:
    """Collect in a process that has become a plain user, after importing as ourselves.

    The interpreter itself may stand where a plain user cannot start it.
    """
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "import msgspec\n"
        "from diagnostics.collect.side_by_side import collect\n"
        "from diagnostics.collect.sources import linux_sources\n"
        "os.chdir(sys.argv[1])\n"
        "collect(linux_sources(Path('.')))\n"
        f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "sys.stdout.buffer.write(msgspec.json.encode(collect(linux_sources(Path('.')))))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(root)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        timeout=30,
        check=True,
    )
    return msgspec.json.decode(ended.stdout, type=Machine)


def test_the_libraries_for_other_systems_read_what_they_can() -> None:
    sources = [s for s in portable_sources() if s.section != "processor"]  # takes a second

    machine = collect(sources)

    assert (machine.memory.total_mib or 0) > 100
    assert machine.reading_of("network") is Reading.OK
    assert machine.reading_of("system") is Reading.MISSING


@LINUX
def test_two_libraries_and_our_own_reader_agree_on_the_processor() -> None:
    ours = collect([s for s in sources_here() if s.section == "processor"]).processor
    theirs = collect([s for s in portable_sources() if s.section == "processor"]).processor

    assert theirs.model == ours.model
    assert theirs.threads == (ours.threads or 0) * (ours.packages or 1)
    assert theirs.bits == ours.bits


def test_a_longer_limit_waits_for_a_slower_source() -> None:
    def read() -> Answer:
        time.sleep(0.3)
        return Answer(Memory(total_mib=1))

    slow = Source("memory", "test", read, 5)

    assert collect([slow]).reading_of("memory") is Reading.OK
    assert collect([replace(slow, limit_s=0.05)]).reading_of("memory") is Reading.TIMED_OUT
