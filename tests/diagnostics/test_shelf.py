from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.report import NewerReport, Report, encode, identity
from diagnostics.shelf import Arrival, DamagedReport, Shelf, Way
from station.machine import Machine, System

BY_LAN = Arrival(Way.LAN, 1_633_928_400_000, "192.168.1.31")
BY_FILE = Arrival(Way.FILE, 1_633_930_000_000)


def a_report(serial: str = "ACME-1") -> bytes:
    machine = Machine(system=System(serial_number=serial))
    return encode(Report(machine=machine, findings=(), policy="judging-1"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "reports")


def test_a_report_lies_under_its_digest_with_how_it_came(shelf: Shelf) -> None:
    digest = shelf.put(a_report(), BY_LAN)

    assert digest == identity(a_report())
    assert shelf.read(digest) == a_report()
    assert shelf.arrival_of(digest) == BY_LAN
    assert shelf.digests() == {digest}


def test_the_same_report_twice_is_one_and_its_first_arrival_counts(shelf: Shelf) -> None:
    shelf.put(a_report(), BY_LAN)
    digest = shelf.put(a_report(), BY_FILE)

    assert shelf.digests() == {digest}
    assert shelf.arrival_of(digest) == BY_LAN


def test_a_report_whose_note_is_lost_is_still_there(shelf: Shelf) -> None:
    digest = shelf.put(a_report(), BY_LAN)
    (shelf.folder / "arrivals" / f"{digest}.json").write_bytes(b"\xff{")

    assert shelf.arrival_of(digest) is None
    assert shelf.holds(digest)


def test_a_damaged_file_is_named_and_mended_by_the_same_report(shelf: Shelf) -> None:
    digest = shelf.put(a_report(), BY_LAN)
    shelf.file_of(digest).write_bytes(a_report()[:-1])

    assert not shelf.holds(digest)
    with pytest.raises(DamagedReport):
        shelf.read(digest)

    shelf.put(a_report(), BY_FILE)
    assert shelf.holds(digest)


def test_a_folder_that_is_not_there_holds_nothing(shelf: Shelf) -> None:
    assert shelf.digests() == frozenset()
    assert not shelf.holds("0" * 64)


def test_other_files_of_the_folder_are_no_reports(shelf: Shelf) -> None:
    digest = shelf.put(a_report(), BY_FILE)
    for name in ("notes.json", f"{digest}.json.new", f"{digest.upper()}.json", f"{digest}.tar"):
        (shelf.folder / name).write_bytes(b"{}")

    assert shelf.digests() == {digest}


def test_a_report_of_a_later_version_is_not_kept(shelf: Shelf) -> None:
    with pytest.raises(NewerReport):
        shelf.put(b'{"format": 99}', BY_FILE)

    assert not shelf.folder.exists()


@given(data=st.binary(max_size=200))
def test_what_is_no_report_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    shelf = Shelf(tmp_path_factory.getbasetemp() / "nothing")

    with pytest.raises(UnreadableReport):
        shelf.put(data, BY_FILE)

    assert not shelf.folder.exists()
