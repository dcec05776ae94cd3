from datetime import date
from typing import Any

from station import bench, intake
from station import events as e
from station.paper_facts import DiskLine
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import COMPANY, everything, visit
from ui.papers.erasure_certificate import erasure_certificate

DAY = date(2021, 10, 11)


def on_the_bench(store: SqlStore, **fields: Any) -> str:
    """A laptop with one disk that a report saw; its code."""
    device = life.receive(store, serial="8XK2F32", **fields)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.measure(store, device)
    return device


def erase(store: SqlStore, device: str, *, passed: bool = True, verified: int = 0) -> None:
    command = bench.RecordErasure(
        device=device,
        disk=life.DISK,
        method="overwrite",
        passed=passed,
        verified_permille=verified,
    )
    bench.record_erasure(command, store, TECHNICIAN, NOON)


def disk_of(store: SqlStore, device: str) -> DiskLine:
    (disk,) = erasure_certificate(store, device, CLERK, NOON).disks
    return disk


def test_an_erased_and_verified_disk_is_certified(store: SqlStore) -> None:
    device = on_the_bench(store)
    erase(store, device, verified=105)

    facts = erasure_certificate(store, device, LEAD, NOON)

    assert facts.disks == (
        DiskLine(
            device=device,
            disk="WDC WD5000 500 GB",
            serial="WX71A345",
            certified=True,
            method="Ghi đè",
            verified="Đã đọc lại 10,5 %",
            result="Đã xóa",
            day=DAY,
            by="Nguyễn Minh",
        ),
    )
    assert (facts.certified, facts.uncertified) == (1, None)
    assert facts.donor == Party(person="Nguyễn Thị Hòa")
    assert facts.giver == Party("VNPT Tây Ninh", "Trần Thị Mai", "Phụ trách điểm")
    assert facts.operator == Party(person="Nguyễn Minh")
    assert "0912" not in everything(facts)


def test_a_disk_that_nobody_read_again_is_erased_and_not_certified(store: SqlStore) -> None:
    device = on_the_bench(store)
    erase(store, device)

    disk = disk_of(store, device)

    assert (disk.result, disk.verified) == ("Đã xóa", "Chưa đọc lại để xác minh")
    assert not disk.certified


def test_a_failed_erasure_is_told_and_not_certified(store: SqlStore) -> None:
    device = on_the_bench(store)
    erase(store, device, passed=False, verified=1000)

    disk = disk_of(store, device)

    assert (disk.result, disk.verified, disk.certified) == ("Xóa không thành công", "", False)


def test_a_disk_that_was_taken_out_says_where_it_went(store: SqlStore) -> None:
    device = on_the_bench(store)
    removed = bench.RemoveStorage(device=device, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(removed, store, TECHNICIAN, NOON)

    disk = disk_of(store, device)

    assert (disk.result, disk.method, disk.certified) == ("Đã tháo khỏi máy: Đã hủy", "", False)
    assert (disk.day, disk.by) == (DAY, "Nguyễn Minh")


def test_a_disk_nobody_erased_is_not_erased(store: SqlStore) -> None:
    disk = disk_of(store, on_the_bench(store))

    assert (disk.result, disk.method, disk.day, disk.by) == ("Chưa xóa", "", None, "")


def test_what_a_pupil_used_after_the_erasure_is_no_longer_called_erased(store: SqlStore) -> None:
    device = on_the_bench(store)
    erase(store, device, verified=1000)
    removed = bench.RemoveStorage(device=device, disk=life.DISK, destiny="spare-part")
    bench.remove_storage(removed, store, TECHNICIAN, NOON)
    life.measure(store, device, b"again")  # it is inside once more

    disk = disk_of(store, device)

    assert (disk.result, disk.certified) == ("Chưa xóa", False)


def test_disks_that_nobody_could_read_are_told(store: SqlStore) -> None:
    facts = erasure_certificate(store, life.receive(store), CLERK, NOON)

    assert facts.disks == ()
    (row,) = facts.devices
    assert row.data == "Chưa đọc được danh sách ổ lưu trữ của máy"


def test_one_certificate_speaks_of_a_whole_visit(store: SqlStore) -> None:
    lot = visit(
        store,
        intake.NewDevice(kind="laptop", serial="S1"),
        intake.NewDevice(kind="monitor"),
        intake.NewDevice(kind="desktop"),
    )
    laptop, _screen, unread = lot.devices
    bench.take_to_bench(laptop, store, TECHNICIAN, NOON)
    life.measure(store, laptop, serial="S1")

    facts = erasure_certificate(store, lot.lot, CLERK, NOON)

    assert [(row.code, row.data) for row in facts.devices] == [
        (laptop, ""),
        (unread, "Chưa đọc được danh sách ổ lưu trữ của máy"),
    ]
    assert [disk.device for disk in facts.disks] == [laptop]
    assert facts.donor == Party(organisation=COMPANY.name)
    assert facts.giver == Party("VNPT Tây Ninh", title="Phụ trách điểm")


def test_two_disks_are_told_apart_by_serial(store: SqlStore) -> None:
    device = on_the_bench(store)
    erase(store, device, verified=1000)
    other = bench.RecordErasure(
        device=device, disk=e.DiskId(serial="SECOND1"), method="nvme-format", passed=True
    )
    bench.record_erasure(other, store, TECHNICIAN, NOON)

    first, second = erasure_certificate(store, device, CLERK, NOON).disks

    assert (first.serial, first.method, first.certified) == ("WX71A345", "Ghi đè", True)
    assert (second.serial, second.method, second.certified) == ("SECOND1", "NVMe Format", False)
