from datetime import timedelta

import pytest

from station import bench, stock
from station.codes import grouped
from station.ledger import Moment
from station.paper_facts import ItemLine, PaperFacts
from station.people import Donor
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import everything, retired
from ui.papers.disposal import disposal_minutes, e_waste_minutes
from ui.papers.history import NothingToSay

LATER = Moment(NOON.at + timedelta(days=30))
RECYCLER = Donor(name="Công ty Môi trường", organisation=True, phone="0276 111 2222")


def harvested(store: SqlStore) -> str:
    """A laptop that lost its disk and its memory, then was retired; its code."""
    device = life.receive(store, serial="8XK2F32", condition="broken")
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.measure(store, device)
    removed = bench.RemoveStorage(device=device, disk=life.DISK, destiny="destroyed")
    bench.remove_storage(removed, store, TECHNICIAN, NOON)
    moved = bench.MovePart(item="ram-ddr3-4gb", out_of=device)
    bench.move_part(moved, store, TECHNICIAN, NOON)
    command = stock.Retire(device=device, reason="harvested", note="Cháy bo mạch chủ")
    stock.retire(command, store, TECHNICIAN, NOON)
    return device


def test_a_disposal_says_why_what_was_kept_and_where_the_data_went(store: SqlStore) -> None:
    first, second = harvested(store), retired(store, "S2", "too-old")

    facts = disposal_minutes(store, (first, second), LEAD, LATER)

    assert facts.day == LATER.day
    assert facts.giver.organisation == "VNPT Tây Ninh"
    one, two = facts.devices
    assert (one.reason, one.remark, one.condition) == (
        "Tháo lấy linh kiện",
        "Cháy bo mạch chủ",
        "Bể vỡ",
    )
    assert one.data == "Đã tháo khỏi máy"
    assert (two.reason, two.data) == (
        "Quá cũ để học trực tuyến",
        "Chưa đọc được danh sách ổ lưu trữ của máy",
    )
    assert facts.items == (
        ItemLine(name="RAM DDR3 4 GB", unit="cái", quantity=1, remark=grouped(first)),
    )
    (disk,) = facts.disks
    assert (disk.device, disk.result) == (first, "Đã tháo khỏi máy: Đã hủy")
    told = everything(facts)
    assert "Nguyễn Thị Hòa" not in told
    assert "0912" not in told


def test_what_is_not_written_off_is_not_on_a_disposal(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        disposal_minutes(store, (retired(store, "S1"), life.receive(store)), LEAD, NOON)
    with pytest.raises(NothingToSay):
        disposal_minutes(store, (), LEAD, NOON)


def test_waste_minutes_say_who_took_it_and_when(store: SqlStore) -> None:
    devices = (harvested(store), retired(store, "S2", "too-old"))
    command = stock.GiveWaste(devices=devices, receiver=RECYCLER)
    out = stock.give_waste(command, store, GIVER, LATER)

    facts = e_waste_minutes(store, out.batch)

    assert (facts.subject, facts.day) == (out.batch, LATER.day)
    assert facts.receiver == Party(organisation="Công ty Môi trường")
    assert facts.giver.person == "Phạm Hòa"
    assert [row.code for row in facts.devices] == list(devices)
    assert facts.items == (ItemLine(name="Máy tính xách tay", unit="chiếc", quantity=2),)
    assert e_waste_minutes(store, devices[1]) == facts


def test_waste_that_nobody_took_has_no_minutes(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        e_waste_minutes(store, retired(store, "S1"))


def test_waste_minutes_promise_of_the_data_only_what_is_known(store: SqlStore) -> None:
    known, unknown = harvested(store), retired(store, "S2", "too-old")

    def minutes(*devices: str) -> PaperFacts:
        command = stock.GiveWaste(devices=devices, receiver=RECYCLER)
        return e_waste_minutes(store, stock.give_waste(command, store, GIVER, LATER).batch)

    assert minutes(known).data_gone
    assert not minutes(unknown).data_gone
