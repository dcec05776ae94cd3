"""Pages as files in a folder that something else empties."""

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from labels.transport.file import File


def test_each_page_is_a_file_of_its_own_in_the_order_they_came(tmp_path: Path) -> None:
    transport = File(tmp_path, ".tspl")

    for number in range(20):
        transport.send(b"PRINT %d,1" % number, "Nhãn: Đỗ Thị Hằng / ..")

    files = sorted(tmp_path.iterdir())
    assert [file.read_bytes() for file in files] == [b"PRINT %d,1" % n for n in range(20)]
    assert all("nhan-do-thi-hang" in file.name and file.suffix == ".tspl" for file in files)


def test_pages_at_the_same_moment_never_overwrite_each_other(tmp_path: Path) -> None:
    transport = File(tmp_path, ".zpl")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: transport.send(b"%d" % n, "same"), range(100)))

    assert sorted(int(file.read_bytes()) for file in tmp_path.iterdir()) == list(range(100))


def test_a_folder_that_is_away_is_not_made(tmp_path: Path) -> None:
    share = tmp_path / "share"

    with pytest.raises(NothingSent) as refused:
        File(share, ".pdf").send(b"%PDF", "title")

    assert refused.value.reason is Reason.UNREACHABLE
    assert File(share, ".pdf").ask() == Readiness(ready=False, reason=Reason.UNREACHABLE)
    assert not share.exists()


def test_a_full_disk_was_sent_nothing_and_keeps_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_opened: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NothingSent) as refused:
        File(tmp_path, ".tspl").send(b"PRINT 1,1", "title")

    assert refused.value.reason is Reason.OTHER
    assert list(tmp_path.iterdir()) == []


def test_a_share_that_goes_away_under_a_page_was_sent_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    share.mkdir()

    def go_away(_opened: int) -> None:
        shutil.rmtree(share)
        share.write_text("the place where it was mounted")
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", go_away)
    with pytest.raises(NothingSent):
        File(share, ".tspl").send(b"PRINT 1,1", "title")


def test_a_page_that_is_there_may_be_printed_whatever_the_disk_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse_once_it_has_its_name(opened: int) -> None:
        if list(tmp_path.glob("*.tspl")):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(opened)

    monkeypatch.setattr(os, "fsync", refuse_once_it_has_its_name)
    with pytest.raises(MaybePrinted):
        File(tmp_path, ".tspl").send(b"PRINT 1,1", "title")

    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"PRINT 1,1"]
