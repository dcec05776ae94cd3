"""Three donors in the whole window while the printer is off; then somebody turns it on."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.labels.transport.network_printer import NetworkPrinter
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.print_desks import network
from tests.ui.prints.test_print_queue_page import TurnedOn
from tests.ui.workplaces import workplace_at
from ui.intake.page import IntakePage
from ui.prints.printers import write_printers

COMMIT_AND_PRINT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def labels(store: SqlStore) -> list[int]:
    return [row.device.labels for row in store.devices(DeviceFilter())]


def take_in(qtbot: QtBot, page: IntakePage, serial: str) -> None:
    page.counter.form.kind.choose("laptop")
    page.counter.form.kind.activated.emit(page.counter.form.kind.currentIndex())
    page.counter.form.serial.line.setFocus()
    page.counter.form.serial.line.setText(serial)
    qtbot.keyClick(page.counter.form.serial.line, Qt.Key.Key_Return, COMMIT_AND_PRINT)
    qtbot.waitUntil(page.donor.name.hasFocus)  # the next donor may begin
    qtbot.waitUntil(lambda: page.counter.form.serial.line.text() == "")


def test_intake_goes_on_and_each_label_comes_out_once_when_the_printer_is_on_again(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with NetworkPrinter() as printer:
        address = printer.address
    write_printers(tmp_path / "printers.json", network(address))
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        qtbot.waitUntil(place.window.scan_box.hasFocus)
        place.window.show_page("intake")
        page = place.window.page("intake")
        assert isinstance(page, IntakePage)

        for serial in ("8XK2F31", "8XK2F32", "8XK2F33"):
            take_in(qtbot, page, serial)

        qtbot.waitUntil(lambda: len(place.printing.queue.jobs()) == 3, timeout=20_000)
        assert labels(store) == [0, 0, 0]
        assert store.count_unlabelled() == 3
        with TurnedOn(address) as printer:
            qtbot.waitUntil(lambda: labels(store) == [1, 1, 1], timeout=60_000)
            assert len(printer.pages) == 3
        assert store.count_unlabelled() == 0
