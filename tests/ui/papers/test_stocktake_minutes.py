from datetime import date, timedelta

from msgspec import structs

from station import correction, stock
from station import events as e
from station.ledger import Moment
from station.paper_facts import DeviceLine, ItemLine
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import everything, give, promise
from ui.papers.stocktake_minutes import stocktake_minutes

TODAY = Moment(NOON.at + timedelta(days=80))
SINCE = date(2021, 12, 29)
YESTERDAY = Moment(NOON.at + timedelta(days=79))


def count(store: SqlStore, device: str, *, found: bool, when: Moment = TODAY) -> e.Event:
    return stock.count_device(device, store, TECHNICIAN, when, found=found)


def test_what_was_found_missing_and_not_counted_stands_beside_the_books(store: SqlStore) -> None:
    found, missing, uncounted, before = (life.receive(store, serial=f"S{n}") for n in range(4))
    screen = life.receive(store, kind="monitor", maker="Dell", model="P2210", serial="M1")
    count(store, found, found=True)
    count(store, missing, found=False)
    count(store, screen, found=True, when=YESTERDAY)
    count(store, before, found=True, when=NOON)

    facts = stocktake_minutes(store, SINCE, LEAD, TODAY)

    laptops, screens = facts.items
    assert laptops == ItemLine(
        name="Máy tính xách tay",
        unit="chiếc",
        on_books=4,
        found=1,
        missing=1,
        extra=0,
        remark="Chưa kiểm đếm: 2",
    )
    assert (screens.on_books, screens.found, screens.missing, screens.remark) == (1, 1, 0, "")
    assert {(row.code, row.condition, row.reason) for row in facts.devices} == {
        (missing, "Thiếu", "Không tìm thấy"),
        (uncounted, "Chưa kiểm đếm", ""),
        (before, "Chưa kiểm đếm", ""),
    }
    assert (facts.began, facts.ended, facts.operator.person) == (SINCE, TODAY.day, "Trần Thị Mai")
    assert "Nguyễn Thị Hòa" not in everything(facts)


def test_a_device_that_the_books_gave_away_and_the_shelf_still_holds_is_extra(
    store: SqlStore,
) -> None:
    device = life.ready_laptop(store)
    give(store, device, promise(store, device))
    count(store, device, found=True)

    facts = stocktake_minutes(store, SINCE, LEAD, TODAY)

    (laptops,) = facts.items
    assert (laptops.on_books, laptops.found, laptops.extra) == (0, 1, 1)
    assert facts.devices == (
        DeviceLine(
            code=device,
            kind="Máy tính xách tay",
            name="Dell Latitude E7450",
            serial="8XK2F32",
            condition="Thừa",
            reason="Sổ không ghi máy ở điểm",
        ),
    )


def test_counted_parts_are_compared_with_the_books_before_the_count(store: SqlStore) -> None:
    for item, books in (("ram-ddr3-4gb", 7), ("ssd-240gb", 3), ("mouse-usb", 5)):
        stock.receive_parts(item, books, store, TECHNICIAN, NOON)
    stock.count_parts("ram-ddr3-4gb", 5, store, TECHNICIAN, TODAY)
    stock.count_parts("ssd-240gb", 4, store, TECHNICIAN, TODAY)

    items = {line.name: line for line in stocktake_minutes(store, SINCE, LEAD, TODAY).items}

    def figures(name: str) -> tuple[int | None, ...]:
        line = items[name]
        return line.on_books, line.found, line.missing, line.extra

    assert figures("RAM DDR3 4 GB") == (7, 5, 2, 0)
    assert figures("Ổ SSD 240 GB") == (3, 4, 0, 1)
    assert figures("Chuột USB") == (5, None, None, None)
    assert items["Chuột USB"].remark == "Chưa kiểm đếm"


def test_a_corrected_count_is_the_one_that_counts(store: SqlStore) -> None:
    device = life.receive(store)
    counted = count(store, device, found=False)
    mended = correction.Correct(event=counted.hash, fields={"found": True}, reason="mistyped")
    correction.correct(mended, store, LEAD, TODAY)

    facts = stocktake_minutes(store, SINCE, LEAD, TODAY)

    assert facts.devices == ()
    assert structs.astuple(facts.items[0])[2:6] == (None, 1, 1, 0)


def test_what_was_counted_is_asked_of_the_ledger_from_a_day_on(store: SqlStore) -> None:
    first, second = life.receive(store, serial="S1"), life.receive(store, serial="S2")
    count(store, first, found=True, when=NOON)
    count(store, second, found=True, when=YESTERDAY)
    count(store, first, found=True, when=TODAY)
    count(store, first, found=True, when=TODAY)

    assert store.counted_since(date(2021, 1, 1)) == (second, first)
    assert store.counted_since(TODAY.day) == (first,)
    assert store.counted_since(date(2022, 6, 1)) == ()


def test_a_kind_that_nobody_counted_has_no_figure_of_what_was_found(store: SqlStore) -> None:
    life.receive(store, serial="S1")

    (laptops,) = stocktake_minutes(store, TODAY.day, LEAD, TODAY).items

    assert (laptops.on_books, laptops.found, laptops.missing) == (1, None, None)
    assert laptops.remark == "Chưa kiểm đếm: 1"
