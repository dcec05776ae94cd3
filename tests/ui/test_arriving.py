"""A device of another point that nobody knows here: its arrival is recorded all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from station.codes import Code, CodeKind, make, parse
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.station.conftest import CLERK, TECHNICIAN
from tests.ui.desks import desk_at
from tests.ui.workplaces import workplace_at
from ui.arriving_dialog import ArriveUnknownDialog
from ui.workplace import Workplace

THEIRS = make(CodeKind.DEVICE, 13, 7)
OURS = make(CodeKind.DEVICE, 12, 7)


@pytest.fixture
def place(qtbot: QtBot, store: SqlStore, tmp_path: Path, look: None) -> Iterator[Workplace]:
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        yield place


def test_its_arrival_is_offered_recorded_and_its_history_awaited(
    qtbot: QtBot, store: SqlStore, place: Workplace
) -> None:
    place.routes.take(THEIRS)
    qtbot.waitUntil(lambda: "device of point 013" in place.window.message)
    place.arriving.ask(_code())
    dialog = place.window.findChild(ArriveUnknownDialog)
    assert dialog is not None
    assert dialog.place.chosen == "point-013"

    dialog.confirm.click()
    assert store.device(THEIRS) is None  # nobody said what it is
    dialog.kind.choose("laptop")
    dialog.confirm.click()

    qtbot.waitUntil(lambda: store.device(THEIRS) is not None)
    qtbot.waitUntil(lambda: place.window.current_page == "device")
    note = place.window.page("device").findChild(QLabel, "historyNote")
    assert note is not None
    qtbot.waitUntil(note.isVisible)


def test_the_next_scan_takes_the_offer_of_the_last_one_away(qtbot: QtBot, place: Workplace) -> None:
    place.window.scan_box.take(THEIRS)
    qtbot.waitUntil(lambda: "device of point 013" in place.window.message)

    place.window.scan_box.take(OURS)

    assert not place.window.message
    qtbot.waitUntil(lambda: "012 000007" in place.window.refusal)


def test_an_arrival_that_was_told_by_mistake_is_taken_back(
    qtbot: QtBot, store: SqlStore, place: Workplace
) -> None:
    place.arriving.ask(_code())
    dialog = place.window.findChild(ArriveUnknownDialog)
    assert dialog is not None
    dialog.kind.choose("laptop")
    with qtbot.waitSignal(place.arriving.undoing.done) as told:
        dialog.confirm.click()
    qtbot.waitUntil(lambda: place.window.current_page == "device")

    with qtbot.waitSignal(place.arriving.undoing.said):
        told.args[1]()

    assert not [row for row in store.devices(DeviceFilter()) if row.device.code == THEIRS]
    assert [row.withdrawn for row in store.timeline(THEIRS)] == [True, False]
    place.arriving.ask(_code())  # it did come after all
    again = place.window.findChildren(ArriveUnknownDialog)[-1]
    again.kind.choose("tablet")
    again.confirm.click()
    qtbot.waitUntil(lambda: bool(store.device(THEIRS) and store.device(THEIRS).kind == "tablet"))  # type: ignore[union-attr]


def test_an_unknown_code_of_this_point_is_only_refused(qtbot: QtBot, place: Workplace) -> None:
    place.routes.take(OURS)

    qtbot.waitUntil(lambda: bool(place.window.refusal))
    assert "arrive" not in place.window.message


def test_who_may_not_record_arrivals_is_told_whose_work_it_is(
    qtbot: QtBot, place: Workplace
) -> None:
    place.desk.sign_in(TECHNICIAN)

    place.arriving.ask(_code())

    assert place.window.findChild(ArriveUnknownDialog) is None
    qtbot.waitUntil(lambda: "Intake clerk" in place.window.message)


def _code() -> Code:
    return parse(THEIRS)
