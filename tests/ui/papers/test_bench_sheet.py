from datetime import date

import pytest

from station import bench, stock
from station.checks import CheckResult, Outcome
from station.codes import grouped
from station.paper_facts import CheckLine, Choice, ItemLine, WorkLine
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import everything, given_laptop, taken_back
from ui.papers.bench_sheet import bench_sheet
from ui.papers.history import NothingToSay


def repaired(store: SqlStore) -> str:
    """A laptop whose keyboard failed, was replaced, and got more memory; its code."""
    device = life.receive(store, serial="8XK2F32", condition="scratched")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.measure(store, device, b"first")
    life.try_by_hand(store, device, "kbd.matrix", outcome=Outcome.FAIL)
    stock.receive_parts("ram-ddr3-4gb", 2, store, TECHNICIAN, NOON)
    work = bench.RecordWork(device=device, work="replace-keyboard", parts=("ram-ddr3-4gb",))
    bench.record_work(work, store, TECHNICIAN, NOON)
    return device


def line(told: tuple[CheckLine, ...], check: str) -> CheckLine:
    return next(each for each in told if each.check == check)


def test_a_sheet_says_how_it_came_what_was_done_and_how_it_is(store: SqlStore) -> None:
    device = repaired(store)
    life.try_by_hand(store, device)
    life.measure(store, device, b"last")
    life.erase_and_install(store, device)
    life.complete(store, device)
    life.make_ready(store, device)

    facts = bench_sheet(store, device, LEAD, NOON)

    assert line(facts.checks, "Bàn phím") == CheckLine(
        check="Bàn phím", before="Không đạt", after="Đạt", remark="thử bằng tay"
    )
    assert line(facts.checks, "Loại ổ cứng").before == "Đạt"
    assert line(facts.checks, "Camera") == CheckLine(
        check="Camera", before="", after="Đạt", remark="thử bằng tay"
    )
    day = date(2021, 10, 11)
    assert facts.works == (
        WorkLine(day=day, what="Thay bàn phím", by="Nguyễn Minh"),
        WorkLine(day=day, what="Cài Xubuntu (Hệ điều hành miễn phí)", by="Nguyễn Minh"),
    )
    assert facts.items == (
        ItemLine(name="RAM DDR3 4 GB", unit="cái", quantity=1, remark="Lắp vào"),
    )
    (disk,) = facts.disks
    assert (disk.disk, disk.result) == ("WDC WD5000 500 GB", "Đã xóa")
    assert (facts.grade, facts.system, facts.result) == ("B", "Xubuntu", "Sẵn sàng trao")
    assert facts.kit == (Choice("Bộ sạc", True),)
    assert (facts.began, facts.ended) == (day, day)
    assert facts.operator == Party(person="Nguyễn Minh")
    (row,) = facts.devices
    assert (row.condition, row.configuration) == ("Trầy xước", "ổ cứng 500 GB")


def test_what_work_touched_is_to_be_checked_again_until_somebody_did(store: SqlStore) -> None:
    facts = bench_sheet(store, repaired(store), TECHNICIAN, NOON)

    assert line(facts.checks, "Bàn phím").after == "Cần kiểm tra lại"
    assert (facts.ended, facts.result, facts.grade) == (None, "", "")


def test_figures_of_the_first_and_the_last_report_stand_beside_each_other(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    for report, mib in ((b"a", 4096), (b"b", 7987)):
        machine = life.machine()
        command = bench.RecordChecks(
            device=device,
            report=report * 32,
            machine=type(machine)(
                sections=machine.sections, storage=machine.storage, mem_total_kib=mib * 1024
            ),
            results=(CheckResult("mem.size", Outcome.PASS),),
            policy="judge-2021-09-10",
        )
        bench.record_checks(command, store, TECHNICIAN, NOON)

    facts = bench_sheet(store, device, TECHNICIAN, NOON)

    assert facts.checks[0] == CheckLine(check="Bộ nhớ RAM", before="4 GB", after="7,8 GB")
    assert facts.checks[1].before == facts.checks[1].after == "Ổ cứng 500 GB"


def test_a_part_that_came_from_another_device_says_from_which(store: SqlStore) -> None:
    device, other = life.receive(store, serial="S1"), life.receive(store, serial="S2")
    for each in (device, other):
        bench.take_to_bench(each, store, TECHNICIAN, NOON)
    moved = bench.MovePart(item="ram-ddr3-4gb", out_of=other, into=device)
    bench.move_part(moved, store, TECHNICIAN, NOON)

    (put_in,) = bench_sheet(store, device, TECHNICIAN, NOON).items
    (taken,) = bench_sheet(store, other, TECHNICIAN, NOON).items

    assert put_in.remark == f"Lắp vào, lấy từ {grouped(other)}"
    assert taken.remark == f"Tháo ra, chuyển sang {grouped(device)}"


def test_no_donor_and_no_pupil_is_on_a_bench_sheet(store: SqlStore) -> None:
    device, case = given_laptop(store)
    taken_back(store, device)

    told = everything(bench_sheet(store, device, TECHNICIAN, NOON))

    for kept_out in ("Nguyễn Thị Hòa", "0912", "Trần Văn", case, "Gò Dầu primary"):
        assert kept_out not in told


def test_a_code_nobody_received_has_no_sheet(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        bench_sheet(store, "0120009991", TECHNICIAN, NOON)
