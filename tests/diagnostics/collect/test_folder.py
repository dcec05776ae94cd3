import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.collect.folder import folder_sources
from diagnostics.collect.side_by_side import Collected, collect
from diagnostics.diagnose import diagnose_folder
from diagnostics.endings import SourceMissing
from diagnostics.evidence import verify
from diagnostics.parse.dmidecode import parse_dmidecode
from diagnostics.report import decode, identity
from station.machine import Reading
from tests.diagnostics.parse.dmidecode_samples import LAPTOP
from tests.diagnostics.parse.windows_samples import as_dump, as_json, battery_report

CPUINFO = "processor\t: 0\nmodel name\t: ACME CPU @ 2.00GHz\n"
LSBLK = '{"blockdevices": [{"kname": "sda", "type": "disk", "size": 500107862016}]}'


def stick(folder: Path, files: Mapping[str, str | bytes], *lines: str) -> Path:
    """A folder as a collector leaves it, with the hashes of its files and these further lines."""
    rows = ["collector test 1"]
    for name, said in files.items():
        data = said.encode() if isinstance(said, str) else said
        (folder / name).write_bytes(data)
        rows.append(f"file {name} {hashlib.sha256(data).hexdigest()}")
    (folder / "MANIFEST.txt").write_text("\n".join([*rows, *lines]))
    return folder


def read(folder: Path) -> Collected:
    return collect(folder_sources(folder))


def sections(collected: Collected) -> set[tuple[str, Reading, str]]:
    return {(s.name, s.reading, s.source) for s in collected.machine.sections}


def test_the_files_of_a_stick_are_one_machine(tmp_path: Path) -> None:
    collected = read(stick(tmp_path, {"cpuinfo.txt": CPUINFO, "lsblk-json.json": LSBLK}))

    assert collected.machine.cpus[0].name == "ACME CPU @ 2.00GHz"
    assert collected.machine.storage[0].name == "sda"
    assert sections(collected) == {
        ("cpus", Reading.OK, "cpuinfo.txt"),
        ("storage", Reading.OK, "lsblk-json.json"),
    }
    assert [raw.name for raw in collected.raw] == ["cpuinfo.txt", "lsblk-json.json"]


def test_the_firmwares_own_list_of_batteries_doubles_none(tmp_path: Path) -> None:
    supplies = '{"BAT0": {"type": "Battery", "POWER_SUPPLY_SERIAL_NUMBER": "4711"}}'

    machine = read(
        stick(tmp_path, {"dmidecode-text.txt": LAPTOP, "power-supply-sysfs.json": supplies})
    ).machine

    assert parse_dmidecode(LAPTOP).batteries
    assert machine.system == parse_dmidecode(LAPTOP).system
    assert [battery.name for battery in machine.batteries] == ["BAT0"]


def test_what_the_collector_could_not_read_is_said_with_its_reason(tmp_path: Path) -> None:
    folder = stick(
        tmp_path,
        {"cpuinfo.txt": CPUINFO},
        "missed dmidecode-text not_permitted",
        "missed smartctl-json timed_out",
        "missed lsblk-json gone-fishing",
        "missed wmi-dump ok",
        "missed nothing-we-know missing",
    )

    assert sections(read(folder)) == {
        ("cpus", Reading.OK, "cpuinfo.txt"),
        ("system", Reading.NOT_PERMITTED, "dmidecode-text"),
        ("smart", Reading.TIMED_OUT, "smartctl-json"),
        ("storage", Reading.UNREADABLE, "lsblk-json"),
        ("system", Reading.UNREADABLE, "wmi-dump"),
    }


def test_a_file_that_was_promised_and_is_gone_is_missing(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cpuinfo.txt": CPUINFO, "lsblk-json.json": LSBLK})
    (folder / "lsblk-json.json").unlink()

    collected = read(folder)

    assert ("storage", Reading.MISSING, "lsblk-json.json") in sections(collected)
    assert collected.machine.cpus


def test_a_file_with_other_bytes_than_promised_gives_no_facts(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cpuinfo.txt": CPUINFO, "lsblk-json.json": LSBLK})
    (folder / "lsblk-json.json").write_text(LSBLK.replace("sda", "sdb"))

    collected = read(folder)

    assert ("storage", Reading.UNREADABLE, "lsblk-json.json") in sections(collected)
    assert collected.machine.storage == ()


def test_a_machine_that_died_before_its_manifest_is_read_all_the_same(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cpuinfo.txt": CPUINFO, "lsblk-json.json": LSBLK[:20]})
    (folder / "MANIFEST.txt").unlink()

    assert sections(read(folder)) == {
        ("cpus", Reading.OK, "cpuinfo.txt"),
        ("storage", Reading.UNREADABLE, "lsblk-json.json"),
    }


def test_a_collector_that_could_not_hash_is_believed(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cpuinfo.txt": CPUINFO})
    (folder / "MANIFEST.txt").write_text("file cpuinfo.txt -\n")

    assert sections(read(folder)) == {("cpus", Reading.OK, "cpuinfo.txt")}


@pytest.mark.parametrize("name", ["../outside/cpuinfo.txt", "/etc/passwd", "..", "cpuinfo.d/x"])
def test_a_manifest_reaches_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = stick(tmp_path, {"cpuinfo.txt": CPUINFO}, f"file {name} -")

    assert sections(read(folder)) == {("cpus", Reading.OK, "cpuinfo.txt")}


@pytest.mark.parametrize(
    ("name", "text"), [("wmi-dump.txt", as_dump()), ("cim-json.json", as_json())]
)
def test_a_windows_machine_of_a_stick_has_every_section(
    tmp_path: Path, name: str, text: str
) -> None:
    collected = read(stick(tmp_path, {name: text, "powercfg-xml.xml": battery_report()}))

    machine = collected.machine
    assert machine.system.serial_number == "AC-0001"
    assert [battery.serial_number for battery in machine.batteries] == ["541"]
    assert machine.reading_of("storage") is Reading.OK
    assert machine.reading_of("kernel_errors") is Reading.OK


def test_the_words_of_every_file_are_evidence_once(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cim-json.json": as_json(), "powercfg-xml.xml": battery_report()})

    raw = read(folder).raw

    assert sorted(one.name for one in raw) == ["cim-json.json", "powercfg-xml.xml"]


def test_the_same_stick_is_the_same_report_with_its_evidence_beside_it(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    folder = stick(tmp_path / "stick", {"cim-json.json": as_json()})

    first = diagnose_folder(folder, folder=tmp_path / "kept")
    second = diagnose_folder(folder, folder=tmp_path / "kept")

    assert first.data == second.data
    kept = tmp_path / "kept" / f"{identity(first.data)}.zip"
    assert first.report.evidence
    assert verify(kept, first.report.evidence) == ()


def test_a_dump_says_which_classes_asked_for_an_administrator(tmp_path: Path) -> None:
    refused = "\n\n__CLASS=StationAsked\nClass=Win32_Tpm\nEnded=not_permitted\n"
    none = "\n\n__CLASS=StationAsked\nClass=Win32_Battery\nEnded=ok\n"
    dump = "__CLASS=Win32_BIOS\nSerialNumber=AC-0001\n" + refused + none

    machine = read(stick(tmp_path, {"wmi-dump.txt": dump})).machine

    assert machine.reading_of("security") is Reading.NOT_PERMITTED
    assert machine.reading_of("batteries") is Reading.OK
    assert machine.reading_of("storage") is Reading.MISSING
    assert machine.batteries == ()


def test_a_folder_without_any_output_is_no_machine(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")

    with pytest.raises(SourceMissing):
        folder_sources(tmp_path)
    with pytest.raises(SourceMissing):
        folder_sources(tmp_path / "nowhere")


NAMES = st.sampled_from(
    ["cpuinfo.txt", "wmi-dump.txt", "cim-json.json", "powercfg-xml.xml", "edid-bin-card0-eDP-1.bin"]
)


@settings(max_examples=40, deadline=None)
@given(files=st.dictionaries(NAMES, st.binary(max_size=300), min_size=1), manifest=st.binary())
def test_a_damaged_stick_never_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], manifest: bytes
) -> None:
    folder = tmp_path_factory.mktemp("stick")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "MANIFEST.txt").write_bytes(manifest)

    collected = read(folder)

    assert {section.reading for section in collected.machine.sections} <= set(Reading)


def command(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "diagnostics", "from-folder", *words],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_the_command_prints_the_report_of_a_folder(tmp_path: Path) -> None:
    folder = stick(tmp_path, {"cim-json.json": as_json(), "powercfg-xml.xml": battery_report()})

    ended = command(str(folder), "--json")

    report = decode(ended.stdout)
    assert report.machine.system.serial_number == "AC-0001"
    assert report.findings


def test_the_command_says_that_a_folder_holds_nothing(tmp_path: Path) -> None:
    ended = command(str(tmp_path), "--language", "en")

    assert ended.returncode == 1
    assert str(tmp_path).encode() in ended.stderr
    assert ended.stdout == b""
