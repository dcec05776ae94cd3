"""Pages as files in a folder that something else empties."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from labels.transport import NothingSent, Readiness, Reason
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
