"""The list on the counter: an office's machines told apart, and each act on it taken back."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station.intake import NewDevice
from station.reference import load
from tests.ui.keyboard import scan
from ui.intake.counter import Counter
from ui.intake.lot_table import SERIAL


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    counter = Counter(load())
    qtbot.addWidget(counter.form)
    qtbot.addWidget(counter.listed)
    counter.form.show()
    counter.form.activateWindow()
    qtbot.waitUntil(counter.form.isActiveWindow)
    return counter


OFFICE = (
    NewDevice(kind="desktop", maker="HP", model="ProDesk 400", serial="8CG7001"),
    NewDevice(kind="laptop", maker="Dell", model="Latitude E7450", serial="8XK2F32"),
    NewDevice(kind="desktop", serial="SN00003", note="no drive"),
)


def scan_serials(counter: Counter, *serials: str) -> None:
    counter.form.serial.line.setFocus()
    for serial in serials:
        scan(f"{serial}\r")


def test_an_offices_unlike_machines_scanned_in_a_row_are_what_its_list_says(
    counter: Counter,
) -> None:
    counter.expect(OFFICE)

    scan_serials(counter, "8CG7001", "8XK2F32", "SN00003")

    assert counter.settle()
    listed = [(d.kind, d.maker, d.model, d.note) for d in counter.lot.devices]
    assert listed == [(d.kind, d.maker, d.model, d.note) for d in OFFICE]


def test_a_kind_that_somebody_chose_stays_whatever_the_list_says(counter: Counter) -> None:
    counter.expect(OFFICE)
    counter.form.kind.choose("aio")
    counter.form.kind.activated.emit(counter.form.kind.currentIndex())

    scan_serials(counter, "8CG7001")

    assert counter.form.filled.kind == "aio"


def test_what_was_taken_off_comes_back_and_nothing_that_came_since_is_lost(
    counter: Counter,
) -> None:
    counter.expect(OFFICE)
    taken_off: list[Callable[[], object]] = []
    counter.taken_off.connect(lambda _told, back: taken_off.append(back))
    scan_serials(counter, "8CG7001", "8XK2F32")
    assert counter.settle()
    counter.remove(0)
    counter.form.kind.choose("desktop")
    scan_serials(counter, "NEW0001", "NEW0002")

    taken_off[0]()

    assert [d.serial for d in counter.lot.devices] == ["8CG7001", "8XK2F32", "NEW0001"]
    assert counter.form.serial.serial == "NEW0002"
    assert [d.serial for d in counter.missing] == ["SN00003"]
    assert counter.form.series.isChecked()
    counter.clear()
    taken_off[0]()
    assert not len(counter.lot)  # another donor's counter


def test_a_number_scanned_twice_in_a_row_is_told_at_once_and_the_next_one_goes_on(
    counter: Counter,
) -> None:
    told: list[int] = []
    counter.doubled.connect(lambda: told.append(1))
    counter.form.kind.choose("desktop")
    scan_serials(counter, "AAA0000")
    counter.another_like_this()

    scan_serials(counter, "AAA0001", "AAA0000")
    assert told == [1]
    assert counter.form.serial.field.error
    scan_serials(counter, "AAA0002")

    assert counter.settle()
    assert [d.serial for d in counter.lot.devices] == ["AAA0000", "AAA0001", "AAA0002"]


def test_the_first_scan_of_the_next_device_is_told_when_it_is_of_the_one_before(
    counter: Counter,
) -> None:
    told: list[int] = []
    counter.doubled.connect(lambda: told.append(1))
    counter.form.kind.choose("desktop")
    scan_serials(counter, "AAA0000")
    counter.another_like_this()

    scan_serials(counter, "AAA0000", "AAA0000")
    assert told == [1, 1]
    assert counter.form.serial.field.error
    assert counter.count == 1
    scan_serials(counter, "AAA0001")

    assert counter.settle()
    assert [d.serial for d in counter.lot.devices] == ["AAA0000", "AAA0001"]


def test_a_listed_device_is_known_by_its_label_where_it_has_no_number(counter: Counter) -> None:
    counter.form.kind.choose("desktop")
    counter.take_label("0120000090")
    counter.another_like_this()

    model = counter.listed.view.model()

    assert model.index(0, SERIAL).data() == "012 000009 0"
