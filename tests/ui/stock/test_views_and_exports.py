"""Filters, views, columns, many devices at once, and the table as a file."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from station import bench, words
from station.device import Stage
from station.intake import NewDevice, ReceiveLot, receive_lot
from station.ports import DeviceFilter
from station.sheets import FORMULA
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.background import Background
from ui.progress_line import remaining_words
from ui.stock.export import Format, written
from ui.stock.export_desk import with_ending
from ui.stock.page import StockPage
from ui.stock.table_model import LOT, NAME
from ui.stock.views import Kept, View, read_views, shipped, with_view, write_views

CHOSEN = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[StockPage]:
    slow = Background("slow")
    with desk_at(store, LEAD, NOON.at + timedelta(days=5)) as desk:
        page = StockPage(desk, slow, tmp_path / "stock-views.json")
        qtbot.addWidget(page)
        page.resize(1106, 640)
        yield page
        slow.close()


def three(store: SqlStore) -> tuple[str, ...]:
    lot = (
        NewDevice(kind="desktop", maker="HP"),
        NewDevice(kind="laptop"),
        NewDevice(kind="tablet"),
    )
    return receive_lot(ReceiveLot(devices=lot, donor=life.HOA), store, CLERK, NOON).devices


def open_with(qtbot: QtBot, page: StockPage, rows: int) -> None:
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows)


def choose(page: StockPage, *rows: int) -> None:
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), CHOSEN)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_fits_the_smallest_screen_with_several_chosen(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, language: str
) -> None:
    three(store)
    words.use(language)
    slow = Background("slow")
    with desk_at(store, LEAD, NOON.at) as desk:
        page = StockPage(desk, slow, tmp_path / "stock-views.json")
        qtbot.addWidget(page)
        open_with(qtbot, page, 3)
        choose(page, 0, 1)

        assert page.chosen.button.isVisible()
        assert page.minimumSizeHint().width() <= 1096
        slow.close()


def test_devices_are_narrowed_by_grade_hold_and_age(store: SqlStore) -> None:
    codes = three(store)
    bench.put_on_hold(bench.PutOnHold(device=codes[0], reason="safety"), store, TECHNICIAN, NOON)
    ready = life.ready_laptop(store)

    def found(**narrow: object) -> set[str]:
        return {r.device.code for r in store.devices(DeviceFilter(**narrow))}  # type: ignore[arg-type]

    assert found(held=True) == {codes[0]}
    assert found(hold="safety") == {codes[0]}
    assert found(hold="waiting-for-part") == set()
    assert found(held=False) == {*codes[1:], ready}
    assert found(grades=("b",)) == {ready}
    assert found(since_until=NOON.day) == {*codes, ready}
    assert found(since_until=NOON.day - timedelta(days=1)) == set()


def test_what_is_on_hold_for_a_reason_is_shown_and_kept_as_a_view(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    codes = three(store)
    for code, reason in zip(codes, ("safety", "waiting-for-part", "safety"), strict=True):
        bench.put_on_hold(bench.PutOnHold(device=code, reason=reason), store, TECHNICIAN, NOON)
    open_with(qtbot, page, 3)

    page.show_hold("waiting-for-part")

    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    view = page.filters.as_view("Chờ linh kiện")
    assert (view.held, view.hold) == (None, "waiting-for-part")
    page.filters.clear()
    page.filters.show_view(view)
    assert page.filters.as_view("Chờ linh kiện") == view


def test_a_view_is_opened_kept_under_a_name_and_found_by_the_next_start(
    qtbot: QtBot, store: SqlStore, page: StockPage, tmp_path: Path
) -> None:
    three(store)
    open_with(qtbot, page, 3)

    page._open_view(View("Laptops", (Stage.RECEIVED,), kind="laptop", older_than=3, hidden=(LOT,)))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.table.isColumnHidden(LOT)
    page._keep_view("Máy chờ lâu")

    qtbot.waitUntil(lambda: bool(read_views(tmp_path / "stock-views.json").views))
    (kept,) = read_views(tmp_path / "stock-views.json").views
    assert (kept.name, kept.kind, kept.older_than, kept.hidden) == (
        "Máy chờ lâu",
        "laptop",
        3,
        (LOT,),
    )
    assert kept.stages == (Stage.RECEIVED,)


def test_every_view_that_ships_can_be_opened(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    open_with(qtbot, page, 0)

    for view in shipped():
        with qtbot.waitSignal(page.model.answered):
            page._open_view(view)
        assert page.filters.as_view(view.name) == View(
            view.name, kind=view.kind, held=view.held, older_than=view.older_than
        )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=300))
def test_damaged_views_are_none(tmp_path: Path, noise: bytes) -> None:
    file = tmp_path / "views.json"
    file.write_bytes(noise)

    assert isinstance(read_views(file), Kept)


def test_a_view_of_the_same_name_is_replaced(tmp_path: Path) -> None:
    kept = with_view(with_view(Kept(), View("A", kind="laptop")), View("A", kind="tablet"))
    write_views(tmp_path / "views.json", kept)

    assert read_views(tmp_path / "views.json").views == (View("A", kind="tablet"),)


def test_several_are_put_on_hold_together_and_who_refuses_is_named_and_undone(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    codes = three(store)
    bench.put_on_hold(bench.PutOnHold(device=codes[1], reason="safety"), store, TECHNICIAN, NOON)
    open_with(qtbot, page, 3)
    choose(page, 0, 1, 2)
    assert page.chosen.button.text() == "With 3 chosen"

    with qtbot.waitSignal(page.undoable) as told:
        page.chosen._hold("waiting-for-part")

    assert "Done: 2 devices" in told.args[0]
    holds = [store.device(code).hold for code in codes]  # type: ignore[union-attr]
    assert holds == ["waiting-for-part", "safety", "waiting-for-part"]
    with qtbot.waitSignal(page.said):
        told.args[1]()
    holds = [store.device(code).hold for code in codes]  # type: ignore[union-attr]
    assert holds == [None, "safety", None]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_shown_is_written_as_a_table_without_a_person(
    qtbot: QtBot, store: SqlStore, page: StockPage, tmp_path: Path, ending: str
) -> None:
    codes = three(store)
    open_with(qtbot, page, 3)
    file = tmp_path / f"stock.{ending}"

    with qtbot.waitSignal(page.said) as told:
        page.exports.save(file, page.model.wanted, (), 3)

    assert "3 devices" in told.args[0]
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))
    else:
        rows = [list(row) for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert rows[0][0] == "Device code"
    assert [str(row[0]).replace(" ", "") for row in rows[1:]] == list(reversed(codes))
    assert life.HOA.name not in str(rows)


def test_only_the_chosen_are_written_where_some_are_chosen(
    qtbot: QtBot, store: SqlStore, page: StockPage, tmp_path: Path
) -> None:
    three(store)
    open_with(qtbot, page, 3)
    choose(page, 0, 2)

    with qtbot.waitSignal(page.said) as told:
        page.exports.save(tmp_path / "two.csv", page.model.wanted, page._picked, 3)

    assert "2 devices" in told.args[0]


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    qtbot: QtBot, store: SqlStore, page: StockPage, tmp_path: Path
) -> None:
    three(store)
    open_with(qtbot, page, 3)
    folder = tmp_path / "stock.csv"
    folder.mkdir()

    with qtbot.waitSignal(page.exports.refused):
        page.exports.save(folder, page.model.wanted, (), 3)

    assert list(folder.iterdir()) == []


@settings(max_examples=60)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_no_cell_of_a_csv_is_a_formula_and_every_word_comes_back(line: list[str]) -> None:
    data = written([line], ["h"] * len(line), Format.CSV)

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))

    assert len(rows) == 2
    for cell, word in zip(rows[1], line, strict=True):
        assert not cell.startswith(FORMULA)
        assert cell.removeprefix("'") == word.removeprefix("'") or cell == word


def test_the_rest_of_a_long_work_is_told_once_it_can_be_known() -> None:
    assert remaining_words(1.0, 0.01) == ""
    assert remaining_words(10.0, 0.5) == "about 10 seconds left"
    assert remaining_words(60.0, 0.25) == "about 3 minutes left"


def test_the_name_of_a_device_is_always_shown(page: StockPage) -> None:
    ticks = [int(tick.data()) for tick in page.views._ticks]

    assert NAME not in ticks


@pytest.mark.parametrize(
    ("typed", "kind", "named"),
    [
        ("kho", "Bảng Excel (*.xlsx)", "kho.xlsx"),
        ("kho.2026", "CSV (*.csv)", "kho.2026.csv"),
        ("kho.xlsx", "CSV (*.csv)", "kho.csv"),
        ("kho.csv", "Bảng Excel (*.xlsx)", "kho.csv"),
    ],
)
def test_a_file_has_the_ending_of_its_kind(typed: str, kind: str, named: str) -> None:
    assert with_ending(Path("x") / typed, kind) == Path("x") / named
