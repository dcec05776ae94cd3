"""An office's file on the page: looked at, put right, expected, and proposed at the counter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from ui.background import Background
from ui.offers.expected import listed_devices
from ui.office_list.columns import Column
from ui.office_list.page import OfficeListPage

FILE = """UBND huyện;;;
Loại;Model;Số máy;Ghi chú
Laptop;E7450;8CG7001;hư pin
Máy hút bụi;;;
Laptop;E7450;8CG7002;
"""


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore, tmp_path: Path, look: None) -> Iterator[OfficeListPage]:
    slow = Background("slow")
    with desk_at(store, CLERK) as desk:
        page = OfficeListPage(desk, slow, tmp_path / "settings.json")
        QAbstractItemModelTester(page.lines.model, page)
        qtbot.addWidget(page)
        page.show()
        yield page
    slow.close()


def bring(qtbot: QtBot, page: OfficeListPage, folder: Path, text: str = FILE) -> None:
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    page.read(file)
    qtbot.waitUntil(lambda: bool(page.lines.model.lines))


def test_a_list_is_recorded_once_what_stops_is_left_out(
    qtbot: QtBot, store: SqlStore, page: OfficeListPage, tmp_path: Path
) -> None:
    here = life.receive(store, serial="8CG7002")
    bring(qtbot, page, tmp_path)
    qtbot.waitUntil(lambda: page.lines.model.lines[2].here == here)
    assert not page.record.isEnabled()
    page.lines.choose("4")
    page.leave_out.click()
    assert "in again" in page.leave_out.text()
    assert page.record.isEnabled()
    page.lines.choose("5")
    assert "in again" not in page.leave_out.text()
    with qtbot.waitSignal(page.open_device) as opened:
        page.lines.view.doubleClicked.emit(page.lines.model.index(2, 0))
    assert opened.args == [here]

    page.record.click()
    assert page.donor.name_field.error
    page.donor.name.setText("UBND huyen")
    page.day.choice.choose("another")
    page.day.edit.clear()
    page.record.click()
    assert page._day_field.error
    page.day.choice.setCurrentIndex(0)
    with qtbot.waitSignals([page.recorded, page.done]):
        page.record.click()

    (offer,) = store.expected_offers()
    first, second = listed_devices(offer.code, store)
    assert (first.serial, first.serial_known_by, first.note) == ("8CG7001", "typed", "hư pin")
    assert second.serial == "8CG7002"
    assert not page.unfinished()

    bring(qtbot, page, tmp_path)  # once more, by mistake
    qtbot.waitUntil(lambda: page.lines.model.lines[0].expected == offer.code)
    assert "expected already" in page.lines.model.index(0, 5).data()
    assert page.lines.model.lines[2].here == here


def test_columns_that_a_person_told_are_remembered_for_the_form(
    qtbot: QtBot, store: SqlStore, page: OfficeListPage, tmp_path: Path
) -> None:
    text = "Chủng loại máy;Cột lạ\nLaptop;X1\n"
    bring(qtbot, page, tmp_path, text)
    page.mapping.columns[Column.KIND].choose("0")
    page.mapping.columns[Column.SERIAL].choose("1")
    page.mapping.changed.emit()
    qtbot.waitUntil(lambda: page.lines.model.lines[-1].device.serial == "X1")
    page.lines.choose("1")
    if page.lines.model.lines[0].stops:
        page.leave_out.click()
    page.donor.name.setText("UBND huyen")
    with qtbot.waitSignal(page.recorded):
        page.record.click()
    qtbot.waitUntil((tmp_path / "list-columns.json").exists)

    bring(qtbot, page, tmp_path, text.replace("X1", "X2"))

    qtbot.waitUntil(lambda: page.lines.model.lines[-1].device.serial == "X2")


def test_a_file_that_is_no_list_says_what_to_do(
    qtbot: QtBot, page: OfficeListPage, tmp_path: Path
) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))

    page.read(old)

    qtbot.waitUntil(page.problem.isVisible)
    assert "XLSX" in page.problem.text()
    page.read(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "XLSX" not in page.problem.text())
