import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from diagnostics.collect.side_by_side import collect
from diagnostics.collect.source import Answer, Raw, Source
from diagnostics.collect.sources import linux_sources, portable_sources, sources_here
from diagnostics.endings import NotPermitted
from diagnostics.wording import section_word
from station.machine import Cpu, Machine, MemoryModule, Reading
from tests.diagnostics.machine_tree import write_laptop
from tests.diagnostics.tools import write_healthy_tools, write_tool

PROJECT = Path(__file__).parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A healthy laptop's tools, and nothing else to be found."""
    folder = write_healthy_tools(tmp_path / "tools")
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    return write_laptop(tmp_path / "laptop")


def memory_of(kib: int) -> Answer:
    return Answer(Machine(mem_total_kib=kib))


def readings(machine: Machine) -> dict[str, Reading]:
    return {name: machine.reading_of(name) for name in {s.name for s in machine.sections}}


@LINUX
def test_a_laptop_is_read_in_all_sections(laptop: Path, tools: Path) -> None:
    machine = collect(linux_sources(laptop)).machine

    sections = readings(machine)
    assert sections.pop("smart") is Reading.OK
    assert sections == dict.fromkeys(sections, Reading.OK)
    assert machine.system.serial_number == "AC-0001"
    assert machine.cpus[0].threads == 4
    assert machine.mem_total_kib == 3933888
    assert [module.capacity_mib for module in machine.memory] == [4096]
    assert [disk.name for disk in machine.storage] == ["mmcblk0", "sda"]
    assert [battery.name for battery in machine.batteries] == ["BAT0"]
    assert [display.connector for display in machine.displays] == ["eDP-1"]
    assert [adapter.name for adapter in machine.network] == ["enp1s0", "wlp2s0"]
    assert machine.security.disk_encrypted is True
    assert machine.kernel_errors.machine_checks == 0


@LINUX
def test_what_each_source_said_is_handed_on_word_for_word(laptop: Path, tools: Path) -> None:
    raw = {raw.name: raw.data for raw in collect(linux_sources(laptop)).raw}

    assert raw["dmidecode-text.txt"] == (tools / "dmidecode.out").read_bytes()
    assert raw["cpuinfo.txt"] == (laptop / "proc/cpuinfo").read_bytes()
    assert {"lsblk-json.json", "edid-bin-card0-eDP-1.bin", "kernel-log.txt"} <= raw.keys()
    assert "power-supply-sysfs.json" in raw


@LINUX
def test_a_machine_that_offers_nothing_is_missing_in_all_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    machine = collect(linux_sources(tmp_path)).machine

    sections = readings(machine)
    assert sections.pop("clock") is Reading.OK  # the system's own is always there
    assert sections == dict.fromkeys(sections, Reading.MISSING)
    assert machine == Machine(clock=machine.clock, sections=machine.sections)


def test_a_section_that_nobody_tried_is_missing() -> None:
    machine = collect([Source("memory", "test", lambda: memory_of(1), 5)]).machine

    assert [section.name for section in machine.sections] == ["memory"]
    assert machine.reading_of("storage") is Reading.MISSING
    assert machine.mem_total_kib == 1


def test_one_answer_can_speak_of_several_sections() -> None:
    def closed() -> Answer:
        raise NotPermitted("tables")

    machine = collect([Source("system", "test", closed, 5, also=("memory",))]).machine

    assert readings(machine) == {
        "system": Reading.NOT_PERMITTED,
        "memory": Reading.NOT_PERMITTED,
    }


def test_of_two_sources_the_earlier_one_wins() -> None:
    def slow() -> Answer:
        time.sleep(0.1)
        return Answer(Machine(mem_total_kib=1), raw=(Raw("a", b"1"),))

    late = Source("memory", "second", lambda: Answer(Machine(mem_total_kib=2, memory_slots=4)), 5)

    machine = collect([Source("memory", "first", slow, 5), late]).machine

    assert (machine.mem_total_kib, machine.memory_slots) == (1, 4)


@LINUX
@pytest.mark.parametrize("status", [0, 1])
def test_a_tool_that_fails_or_babbles_is_unreadable(laptop: Path, tools: Path, status: int) -> None:
    write_tool(tools, "lsblk", "echo lsblk: unknown column", f"exit {status}")

    machine = collect(linux_sources(laptop)).machine

    (lsblk,) = [section for section in machine.sections if section.source == "lsblk"]
    assert lsblk.reading is Reading.UNREADABLE
    assert [disk.name for disk in machine.storage] == ["mmcblk0", "sda"]  # as the kernel lists them


@LINUX
def test_a_hung_read_times_out_while_the_others_answer(laptop: Path, tools: Path) -> None:
    (laptop / "proc/meminfo").unlink()
    os.mkfifo(laptop / "proc/meminfo")  # opening it waits for a writer who never comes
    write_tool(tools, "lsblk", "exec /bin/sleep 60")
    began = time.monotonic()

    machine = collect(linux_sources(laptop, limit_s=1.0)).machine

    assert 1.0 <= time.monotonic() - began < 4
    timed_out = {s.source for s in machine.sections if s.reading is Reading.TIMED_OUT}
    assert timed_out == {"/proc/meminfo", "lsblk"}
    assert machine.mem_total_kib is None
    assert machine.system.serial_number == "AC-0001"
    slow = next(section for section in machine.sections if section.source == "/proc/meminfo")
    assert 1000 <= slow.millis < 4000
    _let_go(laptop / "proc/meminfo")


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
        f"m = collect(linux_sources(Path({str(tmp_path)!r}), 0.2)).machine\n"
        "print([s.reading for s in m.sections if s.source == '/proc/meminfo'])\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
        env={**os.environ, "PATH": str(tmp_path)},
    )

    assert ended.stdout == "[<Reading.TIMED_OUT: 'timed_out'>]\n"


def test_our_own_bug_costs_its_section_alone(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Answer:
        raise ZeroDivisionError

    sources = [
        Source("storage", "test", broken, 5),
        Source("memory", "test", lambda: memory_of(1), 5),
    ]

    machine = collect(sources).machine

    assert machine.reading_of("storage") is Reading.UNREADABLE
    assert machine.mem_total_kib == 1
    assert "ZeroDivisionError" in caplog.text


def test_a_longer_limit_waits_for_a_slower_source() -> None:
    def read() -> Answer:
        time.sleep(0.3)
        return memory_of(1)

    slow = Source("memory", "test", read, 5)

    assert collect([slow]).machine.reading_of("memory") is Reading.OK
    hurried = collect([replace(slow, limit_s=0.05)]).machine
    assert hurried.reading_of("memory") is Reading.TIMED_OUT


def test_the_libraries_for_other_systems_read_what_they_can() -> None:
    sources = [s for s in portable_sources() if s.section != "cpus"]  # takes a second

    machine = collect(sources).machine

    assert (machine.mem_total_kib or 0) > 100 * 1024
    assert machine.reading_of("network") is Reading.OK
    assert machine.reading_of("system") is Reading.MISSING


@LINUX
def test_two_libraries_and_our_own_reader_agree_on_the_processor() -> None:
    ours, theirs = (
        collect([source for source in sources if source.section == "cpus"]).machine
        for sources in (sources_here(), portable_sources())
    )

    assert _named(theirs.cpus[0]) == _named(ours.cpus[0])
    assert theirs.logical_processors == ours.logical_processors


def _named(cpu: Cpu) -> tuple[str | None, int | None]:
    return cpu.name, cpu.bits


def test_every_section_that_is_read_has_a_word(tmp_path: Path) -> None:
    write_laptop(tmp_path)

    for source in linux_sources(tmp_path):
        for section in (source.section, *source.also):
            assert section == "smart" or section in Machine.__struct_fields__
            assert section_word(section)


def test_memory_modules_of_one_source_stand_beside_the_total_of_another() -> None:
    modules = Machine(memory=(MemoryModule(capacity_mib=4096),))
    sources = [
        Source("system", "tables", lambda: Answer(modules), 5, also=("memory",)),
        Source("memory", "kernel", lambda: memory_of(3933888), 5),
    ]

    machine = collect(sources).machine

    assert (machine.memory_mib, machine.mem_total_kib) == (4096, 3933888)
