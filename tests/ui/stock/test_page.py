from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QRadioButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from typing_extensions import override

from station import bench, intake, words
from station.codes import grouped
from station.ledger import Moment
from station.people import Donor
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, NOON, TECHNICIAN
from tests.ui.cut import cut_cells
from tests.ui.desks import desk_at
from ui.background import Background
from ui.chip_delegate import TONE_ROLE
from ui.desk import Desk, Question
from ui.filter_chip import FilterChip
from ui.stock.glance import count_stages, glance
from ui.stock.labels_dialog import LabelsDialog
from ui.stock.page import TYPING_PAUSE_MS, StockPage
from ui.stock.table_model import (
    AGE,
    CODE,
    GRADE,
    KIND,
    LOT,
    NAME,
    PAGE,
    SERIAL,
    STAGE,
    DeviceTableModel,
)
from ui.theme import Tone

T = TypeVar("T")


@pytest.fixture
def desk(store: SqlStore) -> Iterator[Desk]:
    with desk_at(store, CLERK) as desk:
        yield desk


def test_codes_serials_and_holds_are_whole_where_there_is_room(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    words.use("vi")
    page.resize(1660, 900)
    held = life.receive(store, serial="091234565678")
    hold = bench.PutOnHold(device=held, reason="safety")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    several = tuple(intake.NewDevice(kind="desktop", maker="HP", model="ProDesk") for _ in range(2))
    intake.receive_lot(intake.ReceiveLot(devices=several), store, CLERK, NOON)

    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)

    everything = range(page.model.columnCount())
    qtbot.waitUntil(lambda: not cut_cells(page.table, *everything))
    page.resize(1106, 676)
    qtbot.waitUntil(lambda: not cut_cells(page.table, CODE, SERIAL, LOT, STAGE))


@pytest.fixture
def slow() -> Iterator[Background]:
    background = Background("slow")
    yield background
    background.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, slow: Background, tmp_path: Path) -> StockPage:
    page = StockPage(desk, slow, tmp_path / "stock-views.json")
    QAbstractItemModelTester(page.model, page)
    qtbot.addWidget(page)
    page.resize(1106, 600)
    return page


def receive_many(store: SqlStore, count: int) -> tuple[str, ...]:
    devices = (intake.NewDevice(kind="desktop"),) * count
    return intake.receive_lot(intake.ReceiveLot(devices=devices), store, CLERK, NOON).devices


def codes(model: DeviceTableModel) -> list[str]:
    return [model.device(row).code for row in range(model.rowCount())]


def shown(page: StockPage) -> list[str]:
    return codes(page.model)


def opened(qtbot: QtBot, page: StockPage) -> None:
    with qtbot.waitSignal(page.model.answered):
        page.show()


def search(qtbot: QtBot, page: StockPage, text: str) -> None:
    with qtbot.waitSignal(page.model.answered):
        page.show_search(text)


def chip(page: StockPage, name: str) -> FilterChip:
    found = page.findChild(FilterChip, name)
    assert found is not None
    return found


def test_the_model_keeps_the_rules_of_models(
    qtbot: QtBot, qtmodeltester: ModelTester, store: SqlStore, desk: Desk
) -> None:
    receive_many(store, PAGE + 20)
    model = DeviceTableModel(desk)
    with qtbot.waitSignal(model.answered):
        model.refresh()

    qtmodeltester.check(model)
    qtbot.waitUntil(lambda: model.rowCount() == PAGE + 20)


def test_rows_come_page_by_page_the_newest_first(qtbot: QtBot, store: SqlStore, desk: Desk) -> None:
    received = receive_many(store, 2 * PAGE + 7)
    model = DeviceTableModel(desk)
    with qtbot.waitSignal(model.answered):
        model.refresh()
    assert model.rowCount() == PAGE

    while model.canFetchMore(QModelIndex()):
        with qtbot.waitSignal(model.rowsInserted):
            model.fetchMore(QModelIndex())
            model.fetchMore(QModelIndex())  # a view asks twice before the answer is there
    assert codes(model) == list(reversed(received))


def test_a_row_tells_what_people_look_for(qtbot: QtBot, store: SqlStore, desk: Desk) -> None:
    ago = Moment(NOON.at - timedelta(days=3))
    new = intake.NewDevice(kind="laptop", maker="Dell", model="E7450", serial="8XK2F32")
    lot = intake.receive_lot(
        intake.ReceiveLot(devices=(new, intake.NewDevice(kind="monitor"))), store, CLERK, ago
    )
    model = DeviceTableModel(desk)
    with qtbot.waitSignal(model.answered):
        model.refresh()
    row = model.row_of(lot.devices[0])
    assert row is not None

    words = {column: model.index(row, column).data() for column in range(model.columnCount())}
    assert words == {
        CODE: grouped(lot.devices[0]),
        KIND: "Laptop",
        NAME: "Dell E7450",
        SERIAL: "8XK2F32",
        STAGE: "Received",
        GRADE: "–",
        AGE: "3 days",
        LOT: grouped(lot.lot),
    }
    assert model.index(row, STAGE).data(TONE_ROLE) is Tone.UNKNOWN


def test_a_device_on_hold_says_why_instead_of_its_stage(
    qtbot: QtBot, store: SqlStore, desk: Desk
) -> None:
    device = life.receive(store)
    hold = bench.PutOnHold(device=device, reason="waiting-for-part")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    model = DeviceTableModel(desk)
    with qtbot.waitSignal(model.answered):
        model.refresh()

    stage = model.index(0, STAGE)
    assert (stage.data(), stage.data(TONE_ROLE)) == ("Waiting for a part", Tone.WARN)


def test_who_types_fast_is_answered_for_what_stands_there_in_the_end(
    qtbot: QtBot, store: SqlStore, desk: Desk
) -> None:
    life.receive(store, model="Latitude", serial="A1")
    wanted = life.receive(store, model="ThinkPad", serial="A2")
    model = DeviceTableModel(desk)
    answers: list[list[str]] = []
    model.answered.connect(lambda: answers.append(codes(model)))

    for typed in ("t", "th", "thi", "think", "thinkpad"):
        model.show_filter(DeviceFilter(text=typed))
    qtbot.waitUntil(lambda: bool(answers))

    assert answers == [[wanted]]


class NotingDesk(Desk):
    """A desk that remembers what it was asked."""

    questions: list[object]

    @override
    def ask(
        self,
        question: Question[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        owner: QObject | None = None,
    ) -> None:
        self.questions.append(getattr(question, "func", question))
        super().ask(question, done, failed, owner=owner)


@pytest.fixture
def noting(store: SqlStore) -> Iterator[NotingDesk]:
    background = Background("store")
    desk = NotingDesk(store, CLERK, background, lambda: NOON.at)
    desk.questions = []
    yield desk
    background.close()


def type_fast(qtbot: QtBot, page: StockPage, text: str) -> None:
    for end in range(1, len(text) + 1):
        search(qtbot, page, text[:end])


def test_what_is_counted_waits_until_nobody_types(
    qtbot: QtBot, store: SqlStore, noting: NotingDesk, slow: Background, tmp_path: Path
) -> None:
    page = StockPage(noting, slow, tmp_path / "stock-views.json")
    qtbot.addWidget(page)
    receive_many(store, 3)
    wanted = life.receive(store, model="ThinkPad", serial="A2")
    opened(qtbot, page)
    qtbot.waitUntil(lambda: chip(page, "stage.all").text() == "All · 4")
    noting.questions.clear()

    type_fast(qtbot, page, "thinkpad")
    assert shown(page) == [wanted]
    assert glance not in noting.questions

    qtbot.waitUntil(lambda: page.head._second.text() == "1 device")
    qtbot.wait(TYPING_PAUSE_MS)
    assert noting.questions.count(glance) == 1


def test_stages_are_counted_when_something_was_recorded_and_for_no_text(
    qtbot: QtBot, store: SqlStore, noting: NotingDesk, slow: Background, tmp_path: Path
) -> None:
    page = StockPage(noting, slow, tmp_path / "stock-views.json")
    qtbot.addWidget(page)
    life.receive(store, model="ThinkPad", serial="A1")
    opened(qtbot, page)
    qtbot.waitUntil(lambda: chip(page, "stage.all").text() == "All · 1")
    for text in ("latitude", "thinkpad"):
        search(qtbot, page, text)
        qtbot.wait(2 * TYPING_PAUSE_MS)
    assert noting.questions.count(count_stages) == 1

    life.receive(store, serial="A2")
    noting.recorded.emit()

    qtbot.waitUntil(lambda: chip(page, "stage.all").text() == "All · 2")
    assert noting.questions.count(count_stages) == 2


def test_a_store_that_fails_is_told_and_asked_again_later(
    qtbot: QtBot, store: SqlStore, desk: Desk, page: StockPage
) -> None:
    life.receive(store)
    opened(qtbot, page)
    store.close()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE device RENAME TO elsewhere")
    with qtbot.waitSignal(page.model.failed):
        page.refresh()
    assert page._problem.isVisible()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO device")

    search(qtbot, page, "")
    assert not page._problem.isVisible()
    assert page.model.rowCount() == 1


def test_an_empty_store_says_how_to_fill_the_list(qtbot: QtBot, page: StockPage) -> None:
    opened(qtbot, page)

    assert page._listing.currentIndex() == 0
    assert not page.table.isVisible()


def test_a_row_opens_its_device(qtbot: QtBot, store: SqlStore, page: StockPage) -> None:
    device = life.receive(store)
    opened(qtbot, page)
    view = page.table
    view.setFocus()
    view.selectRow(0)

    with qtbot.waitSignal(page.open_device) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [device]


def test_devices_are_found_by_words_without_their_marks(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    life.receive(store, maker="HP", model="ProBook 450", serial="CZC1")
    wanted = life.receive(store, serial="8XK2F32")
    opened(qtbot, page)

    search(qtbot, page, "8xk2")
    assert shown(page) == [wanted]
    search(qtbot, page, grouped(wanted))
    assert shown(page) == [wanted]


def test_a_donors_name_finds_her_devices_over_all_visits(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    hers = [life.receive(store, serial="A1"), life.receive(store, serial="A2")]
    receive_many(store, 3)
    opened(qtbot, page)

    search(qtbot, page, "nguyen thi hoa")
    qtbot.waitUntil(lambda: sorted(shown(page)) == sorted(hers))
    button = page.findChild(QPushButton, "donor.0")
    assert button is not None
    assert button.text() == "Nguyễn Thị Hòa · 2 devices"
    assert page._search.text() == "Devices of Nguyễn Thị Hòa"


def test_one_of_several_donors_is_chosen_by_a_click(
    qtbot: QtBot, store: SqlStore, page: StockPage
) -> None:
    for name, serial in (("Hòa Lê", "B1"), ("Hòa Phan", "B2")):
        new = intake.NewDevice(kind="laptop", serial=serial)
        command = intake.ReceiveDevice(device=new, donor=Donor(name=name, may_process=True))
        intake.receive_device(command, store, CLERK, NOON)
    opened(qtbot, page)
    search(qtbot, page, "hoa")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    qtbot.waitUntil(lambda: page.findChild(QPushButton, "donor.1") is not None)
    buttons = {b.text(): b for b in page.donors.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Hòa Lê · 1 device"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.device(0).serial == "B1"

    clear = page.findChild(QPushButton, "clearSearch")
    assert clear is not None
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert not page.donors.isVisible()


def test_stages_and_kind_narrow_the_list(qtbot: QtBot, store: SqlStore, page: StockPage) -> None:
    laptop = life.receive(store)
    bench.take_to_bench(laptop, store, TECHNICIAN, NOON)
    tablet = life.receive(store, kind="tablet", serial="T1")
    opened(qtbot, page)
    qtbot.waitUntil(lambda: chip(page, "stage.all").text() == "All · 2")

    qtbot.mouseClick(chip(page, "stage.on_bench"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == [laptop])
    qtbot.mouseClick(chip(page, "stage.received"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == [tablet, laptop])
    page.filters.kind.choose("tablet")
    page.filters.kind.activated.emit(page.filters.kind.currentIndex())
    qtbot.waitUntil(lambda: shown(page) == [tablet])
    page.filters.kind.choose("")
    qtbot.mouseClick(chip(page, "stage.all"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == [tablet, laptop])
    assert not chip(page, "stage.on_bench").isChecked()


def test_what_is_recorded_shows_and_the_chosen_row_stays_chosen(
    qtbot: QtBot, store: SqlStore, desk: Desk, page: StockPage
) -> None:
    first = life.receive(store)
    opened(qtbot, page)
    page.table.selectRow(0)
    new = intake.ReceiveDevice(device=intake.NewDevice(kind="tablet"))

    desk.do(lambda s, by, when: intake.receive_device(new, s, by, when), print, print, owner=page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)

    assert page.model.device(page.table.currentIndex().row()).code == first


def labels_dialog(qtbot: QtBot, page: StockPage) -> LabelsDialog:
    qtbot.mouseClick(page.labels, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(LabelsDialog) is not None)
    dialog = page.findChild(LabelsDialog)
    assert dialog is not None
    return dialog


def test_labels_of_all_that_are_shown_are_printed_in_copies(
    qtbot: QtBot, page: StockPage, store: SqlStore
) -> None:
    received = receive_many(store, 3)
    opened(qtbot, page)
    dialog = labels_dialog(qtbot, page)
    dialog.copies.setValue(2)

    with qtbot.waitSignal(page.print_labels) as printed:
        qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)

    assert printed.args == [received[::-1], 2]


def test_the_chosen_device_comes_first_and_the_lot_that_was_searched_for_has_a_label_too(
    qtbot: QtBot, page: StockPage, store: SqlStore
) -> None:
    devices = (intake.NewDevice(kind="desktop"),) * 2
    lot = intake.receive_lot(intake.ReceiveLot(devices=devices), store, CLERK, NOON)
    opened(qtbot, page)
    search(qtbot, page, lot.lot)
    page.table.selectRow(1)
    dialog = labels_dialog(qtbot, page)

    words_ = [button.text() for button in dialog.findChildren(QRadioButton)]
    assert words_ == [
        f"The chosen device, {grouped(lot.devices[0])}",
        "All that are shown: 2",
        f"The lot itself, {grouped(lot.lot)}",
    ]
    dialog.findChildren(QRadioButton)[2].click()
    with qtbot.waitSignal(page.print_labels) as printed:
        qtbot.keyClick(dialog.copies, Qt.Key.Key_Return)
    assert printed.args == [(lot.lot,), 1]
