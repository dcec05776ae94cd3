import os
import sys
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic, sleep

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.journal import (
    Alive,
    Began,
    Ended,
    Journal,
    Line,
    Opened,
    crashed_before,
    this_boot,
    witnesses,
)
from diagnostics.measure.profile_run import Journalled
from diagnostics.trial import SAME_BOOT, Ending, Trial
from station.checks import Measurement
from station.machine import Board, Cpu, Disk, Machine, NetworkAdapter, System, Temperature
from tests.diagnostics.hanging import hanging
from tests.diagnostics.killing import kill_after
from tests.diagnostics.measure.runs import around

posix = pytest.mark.skipif(sys.platform == "win32", reason="a full pipe is POSIX's")
HERE = Machine(system=System(serial_number="AC-0001", model="Notebook 14"))
OTHER = Machine(system=System(serial_number="AC-0002", model="Notebook 14"))


def written(folder: Path, *lines: Line, boot: str = "another", tail: bytes = b"") -> Path:
    """A journal that a machine left when it went off."""
    opened = Opened("triage", witnesses(HERE), boot)
    file = folder / "journal-0.jsonl"
    file.write_bytes(
        b"".join(msgspec.json.encode(line) + b"\n" for line in (opened, *lines)) + tail
    )
    return file


def ended(check: str, at_ms: int) -> Ended:
    return Ended(Trial(check, Ending.COMPLETED), at_ms)


def test_a_test_that_began_and_never_ended_is_where_the_machine_went_off(tmp_path: Path) -> None:
    written(
        tmp_path,
        Began("sto.speed", "sda", 10),
        ended("cpu.stress", 900),
        Ended(Trial("sto.speed", Ending.COMPLETED, subject="sda"), 9_000),
        Began("mem.pattern", "", 10_000),
        Alive(15_000, (Temperature("Package", 910), Temperature("Board", 400))),
        Alive(20_000, (Temperature("Package", 975), Temperature("Board", None))),
    )

    (crash,) = crashed_before(tmp_path, HERE)

    assert crash.opened.profile == "triage"
    assert crash.trials == (
        Trial(
            "mem.pattern",
            Ending.MACHINE_CRASHED,
            measured=(Measurement("last_tenths_c", 975),),
            millis=10_000,
        ),
    )


def test_a_thermometer_that_fell_silent_says_nothing_of_the_end(tmp_path: Path) -> None:
    written(
        tmp_path,
        Began("mem.pattern", "", 10_000),
        Alive(15_000, (Temperature("Package", 910),)),
        Alive(20_000),
    )

    (crash,) = crashed_before(tmp_path, HERE)

    assert [(trial.measured, trial.millis) for trial in crash.trials] == [((), 10_000)]


class Thermometer:
    """Warm at first; then it breaks, and may come back."""

    def __init__(self) -> None:
        self.is_broken, self.looks = False, 0

    def read(self) -> Machine:
        """What it shows."""
        self.looks += 1
        if self.is_broken:
            raise ZeroDivisionError("a driver's nonsense")
        return Machine(temperatures=(Temperature("Package", 910),))

    def wait_for(self, looks: int) -> None:
        """Until it was read so often again."""
        wanted, until = self.looks + looks, monotonic() + 10
        while self.looks < wanted and monotonic() < until:
            sleep(0.01)


def test_a_reading_is_written_while_it_is_fresh_and_again_when_it_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("diagnostics.measure.profile_run.ALIVE_EVERY_S", 0.05)
    monkeypatch.setattr("diagnostics.measure.profile_run.FRESH_S", 0.5)
    monkeypatch.setattr("diagnostics.journal.ALIVE_EVERY_S", 0)
    journal, thermometer = Journal(tmp_path, "triage", HERE), Thermometer()
    record = Journalled(journal, around(read_heat=thermometer.read))

    thermometer.wait_for(2)
    record.alive()
    journal.answers()
    thermometer.is_broken = True
    sleep(0.6)
    record.alive()
    journal.answers()
    thermometer.is_broken = False
    thermometer.wait_for(2)
    record.alive()
    record.close()
    journal.close(done=False)

    written = [msgspec.json.decode(line) for line in journal.file.read_bytes().splitlines()[1:]]
    assert [bool(line["temperatures"]) for line in written] == [True, False, True]
    assert "a driver's nonsense" in caplog.text


def test_the_last_line_may_be_torn(tmp_path: Path) -> None:
    torn = msgspec.json.encode(ended("cpu.stress", 50))[:-9]
    written(tmp_path, Began("cpu.stress", "", 10), tail=torn)

    (crash,) = crashed_before(tmp_path, HERE)

    assert [trial.check for trial in crash.trials] == ["cpu.stress"]


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_a_power_cut_leaves_is_read(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    file = written(folder, Began("cpu.stress", "", 10), ended("cpu.stress", 50))
    file.write_bytes(file.read_bytes()[:cut] + noise)

    found = crashed_before(folder)

    assert all(trial.check == "cpu.stress" for crash in found for trial in crash.trials)


@pytest.mark.parametrize("left", [b"", b"\0" * 4096, b"{}\n", b"[" * 100_000])
def test_a_file_that_never_began_says_nothing(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "journal-0.jsonl").write_bytes(left)

    assert crashed_before(tmp_path) == ()


def test_another_machine_is_not_blamed(tmp_path: Path) -> None:
    written(tmp_path, Began("cpu.stress", "", 10))

    assert crashed_before(tmp_path, OTHER) == ()
    assert len(crashed_before(tmp_path, HERE)) == 1
    assert len(crashed_before(tmp_path)) == 1


def test_a_disk_that_moved_does_not_take_the_crash_along() -> None:
    disk = (Disk(serial_number="D-1"),)
    first = msgspec.structs.replace(HERE, storage=disk)
    second = msgspec.structs.replace(OTHER, storage=disk)

    assert not set(witnesses(first)) & set(witnesses(second))
    assert set(witnesses(Machine(storage=disk))) & set(witnesses(Machine(storage=disk)))


def test_a_plain_user_and_root_know_the_same_machine_by_its_network_card() -> None:
    network = (NetworkAdapter(mac="02:00:00:00:00:01"),)
    as_root = msgspec.structs.replace(HERE, network=network)
    as_user = Machine(system=System(model="Notebook 14"), network=network)

    assert set(witnesses(as_root)) & set(witnesses(as_user))


def test_a_machine_without_any_mark_is_known_by_what_it_is_called() -> None:
    nameless = Machine(board=Board(model="B85"), cpus=(Cpu(name="ACME 3"),))
    others = Machine(board=Board(model="B85"), cpus=(Cpu(name="ACME 5"),))

    assert len(witnesses(nameless)) == 1
    assert witnesses(nameless) != witnesses(others)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names its start")
def test_a_system_that_went_on_is_told_from_one_that_was_started_again(tmp_path: Path) -> None:
    written(tmp_path, Began("cpu.stress", "", 10), boot=this_boot())

    (crash,) = crashed_before(tmp_path, HERE)

    assert this_boot()
    assert crash.trials[0].why == SAME_BOOT


def test_a_diagnosis_that_runs_now_did_not_crash(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "triage", HERE)
    journal.began("cpu.stress", "")

    during = crashed_before(tmp_path, HERE)
    journal.close(done=False)
    after = crashed_before(tmp_path, HERE)

    assert during == ()
    assert [trial.check for trial in after[0].trials] == ["cpu.stress"]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root writes whatever its mode is"
)
def test_a_journal_that_can_only_be_read_is_read(tmp_path: Path) -> None:
    written(tmp_path, Began("cpu.stress", "", 10)).chmod(0o444)

    (crash,) = crashed_before(tmp_path, HERE)

    assert [trial.check for trial in crash.trials] == ["cpu.stress"]


def test_the_journal_goes_when_the_report_is_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "triage", HERE)
    journal.close(done=True)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only POSIX has a full disk at hand")
def test_a_disk_that_is_full_costs_the_journal_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal(tmp_path, "triage", HERE)
    with Path("/dev/full").open("wb") as full:
        os.dup2(full.fileno(), journal._lines._file.fileno())

    journal.began("cpu.stress", "")
    journal.ended(Trial("cpu.stress", Ending.COMPLETED))
    journal.close(done=False)

    assert caplog.text.count("the journal ends here") == 1


@posix
def test_a_disk_that_hangs_is_waited_for_once_and_not_for_long(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.durable_lines.PATIENCE_S", 0.5)
    journal, began = Journal(tmp_path, "triage", HERE), monotonic()

    with hanging(journal):
        journal.began("cpu.stress", "")
        first_s = monotonic() - began
        for _ in range(100):
            journal.ended(Trial("cpu.stress", Ending.COMPLETED))
            journal.alive(())
        answers = journal.answers()
        journal.close(done=True)

    assert 0.5 <= first_s < monotonic() - began < 2
    assert not answers
    assert journal.file.exists()
    assert caplog.text.count("does not answer") == 1


@posix
def test_a_disk_that_only_was_slow_has_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.durable_lines.PATIENCE_S", 0.2)
    let_go, at_once = Event(), os.fsync
    journal = Journal(tmp_path, "triage", HERE)
    monkeypatch.setattr("os.fsync", lambda file: (let_go.wait(60), at_once(file)))

    journal.began("cpu.stress", "")
    journal.ended(Trial("cpu.stress", Ending.COMPLETED))
    slow = not journal.answers()
    let_go.set()
    monkeypatch.setattr("diagnostics.durable_lines.PATIENCE_S", 60)
    until = monotonic() + 10
    while not journal.answers() and monotonic() < until:
        pass
    journal.began("mem.pattern", "")
    journal.close(done=False)

    (crash,) = crashed_before(tmp_path, HERE)
    assert slow
    assert [trial.check for trial in crash.trials] == ["mem.pattern"]


def test_temperatures_are_written_now_and_then(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "triage", HERE)

    for _ in range(50):
        journal.alive((Temperature("Package", 500),))
    journal.close(done=False)

    assert journal.file.read_bytes().count(b'"alive"') == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_killed_diagnosis_says_at_the_next_start_what_it_died_of(tmp_path: Path) -> None:
    random = Random(7)  # noqa: S311

    died_of = [kill_after(tmp_path, random.uniform(0, 1)) for _ in range(4)]

    assert sum(died_of) > 0
