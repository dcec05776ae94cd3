"""What a stick brings: files of reports and the raw outputs of collectors, each by itself."""

from datetime import timedelta
from pathlib import Path

import pytest

from diagnostics.shelf import Shelf
from station.reference import load
from tests.station.conftest import NOON
from tests.sync.lan_point import report
from ui.reports.bringing import Brought, bring_all, brought_words, found_in
from ui.reports.diagnosing import kept_report
from ui.theme import Tone

CPUINFO = (
    "processor\t: 0\nmodel name\t: ACME Quill 5000 @ 2.00GHz\nphysical id\t: 0\ncpu cores\t: 2\n"
)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with two reports, and what a collector left of a third machine."""
    stick = tmp_path / "stick"
    raw = stick / "report-20211011T050000Z"
    raw.mkdir(parents=True)
    (raw / "cpuinfo.txt").write_text(CPUINFO)
    (raw / "smartctl-json-sda.json").write_text("{}")
    (raw / "MANIFEST.txt").write_text("file cpuinfo.txt -\n")
    (stick / "reports").mkdir()
    (stick / "a.json").write_bytes(report("ACME-1"))
    (stick / "reports" / "b.json").write_bytes(report("ACME-2"))
    return stick


def names(stick: Path) -> list[str]:
    return [path.name for path in found_in(stick)]


def test_the_files_of_a_collector_are_one_machine_and_no_reports(stick: Path) -> None:
    assert names(stick) == ["report-20211011T050000Z", "a.json", "b.json"]
    assert names(stick / "report-20211011T050000Z") == ["report-20211011T050000Z"]


def test_a_machine_that_died_before_its_manifest_is_found_by_the_folders_name(stick: Path) -> None:
    (stick / "report-20211011T050000Z" / "MANIFEST.txt").unlink()

    assert names(stick) == ["report-20211011T050000Z", "a.json", "b.json"]


def test_raw_outputs_become_a_report_and_the_same_one_each_time(
    stick: Path, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "reports")

    first = bring_all(found_in(stick), shelf.folder, NOON.at)
    again = bring_all(found_in(stick), shelf.folder, NOON.at + timedelta(days=1))

    assert first == again
    assert len(shelf.digests()) == 3
    machine = kept_report(shelf, first[0].digest).report.machine
    assert machine.cpus[0].name == "ACME Quill 5000 @ 2.00GHz"


def test_a_folder_without_any_output_says_so_and_stops_nothing(stick: Path, tmp_path: Path) -> None:
    (stick / "report-empty").mkdir()

    brought = bring_all(found_in(stick), tmp_path / "reports", NOON.at)

    (empty,) = (one for one in brought if one.problem is not None)
    assert empty.name == "report-empty"
    assert brought_words(empty, load()) == (
        Tone.FAIL,
        "Nothing of a machine lies in this folder.",
    )
    assert len(brought) == 4


def test_what_waits_says_so() -> None:
    assert brought_words(Brought("a.json", "00" * 32), load()) == (
        Tone.OK,
        "Waits to be linked to a device.",
    )
