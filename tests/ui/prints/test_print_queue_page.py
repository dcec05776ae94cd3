"""Lệnh in in the whole window, with printers that are off, empty, or break off."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from labels.queue.job import JobState
from labels.transport import Reason
from station.store.store import SqlStore
from tests.labels.transport.network_printer import (
    NO_PAPER,
    READY,
    Manner,
    NetworkPrinter,
    kindly,
    resetting,
)
from tests.station import life
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at
from tests.ui.print_desks import network
from tests.ui.workplaces import workplace_at
from ui.prints.print_queue_page import PrintQueuePage
from ui.prints.printers import Printers, write_printers
from ui.workplace import Workplace


@contextmanager
def window_with(
    qtbot: QtBot, store: SqlStore, folder: Path, printers: Printers
) -> Iterator[Workplace]:
    write_printers(folder / "printers.json", printers)
    with desk_at(store, CLERK) as desk, workplace_at(qtbot, desk, store, folder) as place:
        place.show()
        yield place


def page_of(place: Workplace) -> PrintQueuePage:
    place.window.show_page("prints")
    page = place.window.page("prints")
    assert isinstance(page, PrintQueuePage)
    return page


def state(place: Workplace) -> JobState | None:
    jobs = place.printing.queue.jobs()
    return jobs[0].state if jobs else None


def labels_of(store: SqlStore, code: str) -> int:
    device = store.device(code)
    assert device is not None
    return device.labels


def banners(place: Workplace) -> list[str]:
    """What is warned of, but that the store came from elsewhere."""
    told = place.window.banners.sentences()
    return [sentence for sentence in told if not sentence.startswith("This store")]


class TurnedOn(NetworkPrinter):
    """A printer at an address that is known already."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._server.close()
        self._server = socket.create_server(("127.0.0.1", int(address.rpartition(":")[2])))


def button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier)


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=20_000)


def test_an_empty_queue_says_how_it_fills(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> None:
    with window_with(qtbot, store, tmp_path, Printers()) as place:
        page = page_of(place)
        assert not page.jobs.view.isVisible()
        assert "Nothing was printed yet" in [label.text() for label in page.findChildren(QLabel)]


def test_prints_are_found_from_the_settings_while_nothing_waits(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with window_with(qtbot, store, tmp_path, Printers()) as place:
        place.window.show_page("settings")
        qtbot.mouseClick(button(place.window, "openPrints"), Qt.MouseButton.LeftButton)
        assert place.window.current_page == "prints"


@pytest.mark.parametrize("came_out", [True, False])
def test_a_page_that_broke_off_is_asked_for_with_its_code_and_by_keyboard(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, came_out: bool
) -> None:
    code = life.receive(store)
    manners: list[Manner] = [resetting(100)]

    def manner(printer: NetworkPrinter, line: socket.socket) -> None:
        (manners.pop() if manners else kindly)(printer, line)

    with (
        NetworkPrinter(manner) as printer,
        window_with(qtbot, store, tmp_path, network(printer.address)) as place,
    ):
        place.printing.print_labels((code,))
        until(qtbot, lambda: state(place) is JobState.UNCERTAIN)
        until(qtbot, lambda: bool(banners(place)))
        assert "Did label 012 000001 5 come out?" in banners(place)[-1]

        page = page_of(place)
        assert text(page, "uncertainCodes") == "012 000001 5"
        press(qtbot, Qt.Key.Key_Return if came_out else Qt.Key.Key_R)

        until(qtbot, lambda: labels_of(store, code) == 1)
        assert state(place) is JobState.DONE
        assert len(printer.pages) == (1 if came_out else 2)
        until(qtbot, lambda: not banners(place))
        assert not button(page, "cameOut").isVisible()


def test_the_labels_of_a_print_that_is_over_can_be_printed_again(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    """A label can be lost after the printer took it: nobody but a person sees that."""
    code = life.receive(store)
    with (
        NetworkPrinter(kindly) as printer,
        window_with(qtbot, store, tmp_path, network(printer.address)) as place,
    ):
        place.printing.print_labels((code,))
        until(qtbot, lambda: labels_of(store, code) == 1)
        page = page_of(place)
        until(qtbot, lambda: button(page, "labelsAgain").isVisible())

        button(page, "labelsAgain").click()

        until(qtbot, lambda: labels_of(store, code) == 2)
        assert len(printer.pages) == 2


def test_a_printer_without_paper_says_what_to_do_and_goes_on_by_itself(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    with (
        NetworkPrinter(answers=(NO_PAPER, READY)) as printer,
        window_with(qtbot, store, tmp_path, network(printer.address)) as place,
    ):
        place.printing.print_labels((code,))
        until(qtbot, lambda: bool(banners(place)))
        (sentence,) = banners(place)
        assert sentence.startswith("The printer is out of paper or labels. Put in a new roll")
        assert labels_of(store, code) == 0

        until(qtbot, lambda: labels_of(store, code) == 1)
        assert len(printer.pages) == 1
        until(qtbot, lambda: not banners(place))


def test_a_waiting_print_is_counted_in_the_footer_and_can_be_cancelled(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    with NetworkPrinter() as printer:
        off = network(printer.address)
    with window_with(qtbot, store, tmp_path, off) as place:
        place.printing.print_labels((code,))
        until(qtbot, lambda: bool(banners(place)))
        sign = button(place.window, "prints")
        assert sign.text() == "1 print waits"

        qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
        assert place.window.current_page == "prints"
        press(qtbot, Qt.Key.Key_Delete)

        until(qtbot, lambda: state(place) is JobState.CANCELLED)
        until(qtbot, lambda: not sign.isVisible())
        assert labels_of(store, code) == 0


def test_what_the_last_run_left_is_said_and_printed_at_the_next_start(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    with NetworkPrinter() as printer:
        address = printer.address
    with window_with(qtbot, store, tmp_path, network(address)) as place:
        place.printing.print_labels((code,))
        until(qtbot, lambda: state(place) is not None)
        until(qtbot, lambda: place.printing.queue.jobs()[0].reason is Reason.UNREACHABLE)
    with (
        TurnedOn(address) as printer,
        window_with(qtbot, store, tmp_path, network(address)) as place,
    ):
        until(qtbot, lambda: labels_of(store, code) == 1)
        assert len(printer.pages) == 1


def test_a_print_that_was_damaged_on_the_disk_is_told(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    broken = tmp_path / "print-queue" / "000001-abcdef"
    broken.mkdir(parents=True)
    (broken / "job.json").write_text("{ half of")
    with window_with(qtbot, store, tmp_path, Printers()) as place:
        (sentence,) = banners(place)
        assert sentence.startswith("1 print was damaged on the disk")


def test_a_long_print_ends_after_the_page_on_its_way_when_it_is_cancelled(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    codes = [life.receive(store, serial=f"8XK2F3{number}") for number in range(4)]
    go_on = threading.Event()

    def slowly(printer: NetworkPrinter, line: socket.socket) -> None:
        kindly(printer, line)
        go_on.wait(20)  # the line stays open: the page is not taken yet

    with (
        NetworkPrinter(slowly) as printer,
        window_with(qtbot, store, tmp_path, network(printer.address)) as place,
    ):
        place.printing.print_labels(codes)
        until(qtbot, lambda: len(printer.pages) == 1)
        page = page_of(place)
        qtbot.mouseClick(button(page, "cancelPrint"), Qt.MouseButton.LeftButton)
        go_on.set()

        until(qtbot, lambda: state(place) is JobState.CANCELLED)
        until(qtbot, lambda: labels_of(store, codes[0]) == 1)
        assert len(printer.pages) == 1
        assert [labels_of(store, code) for code in codes[1:]] == [0, 0, 0]
