from pathlib import Path

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.report import Report, encode, identity
from station import bench
from station.device import Device
from station.machine import Machine, Reading, Section, System
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.desks import point_store
from ui.reports.diagnosing import bring_report, command_for, ending, names_another
from ui.theme import Tone


def a_report(serial: str | None = "8XK2F32", reading: Reading = Reading.OK) -> Report:
    sections = (Section("storage", reading, "lsblk", 1),)
    machine = Machine(sections=sections, system=System(serial_number=serial))
    return Report(machine=machine, findings=(), policy="judge-2021-09-10")


def test_a_brought_report_is_kept_byte_for_byte_and_the_same_one_once(tmp_path: Path) -> None:
    brought, kept = tmp_path / "stick.json", tmp_path / "reports"
    brought.write_bytes(encode(a_report()) + b"\n")

    first, second = bring_report(brought, kept, NOON.at), bring_report(brought, kept, NOON.at)

    assert first == second
    assert [file.name for file in kept.glob("*.json")] == [f"{identity(brought.read_bytes())}.json"]
    assert first.file.read_bytes() == brought.read_bytes()


def test_a_file_that_is_no_report_is_not_kept(tmp_path: Path) -> None:
    brought = tmp_path / "holiday.json"
    brought.write_text("{}")

    with pytest.raises(UnreadableReport):
        bring_report(brought, tmp_path / "reports", NOON.at)

    assert not (tmp_path / "reports").exists()


def test_the_same_report_twice_is_one_event(tmp_path: Path) -> None:
    brought = tmp_path / "stick.json"
    brought.write_bytes(encode(a_report()))
    with point_store(tmp_path) as store:
        code = at_bench(store)
        command = command_for(code, bring_report(brought, tmp_path / "reports", NOON.at))

        first = bench.record_checks(command, store, TECHNICIAN, NOON)
        assert bench.record_checks(command, store, TECHNICIAN, NOON).hash == first.hash


@pytest.mark.parametrize(
    ("own", "told", "another"),
    [
        ("8XK2F32", "8xk2f32", False),
        ("8XK2F32", "OTHER", True),
        (None, "OTHER", False),
        ("8XK2F32", None, False),
    ],
)
def test_a_report_of_another_machine_is_noticed(
    own: str | None, told: str | None, *, another: bool
) -> None:
    assert names_another(Device("0120000015", serial=own), a_report(told)) is another


def test_the_ending_names_what_could_not_be_read(tmp_path: Path) -> None:
    brought = tmp_path / "stick.json"
    brought.write_bytes(encode(a_report(reading=Reading.NOT_PERMITTED)))

    tone, sentence = ending(bring_report(brought, tmp_path / "reports", NOON.at))

    assert tone is Tone.WARN
    assert "Disks (partly closed to this account)" in sentence


def at_bench(store: SqlStore) -> str:
    code = life.receive(store)
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code
