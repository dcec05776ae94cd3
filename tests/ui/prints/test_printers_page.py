"""The printers of a PC set up, tried on real ways to a printer, and scanned back."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from labels.alignment_pattern import pattern, pattern_bitmap
from labels.printer import Alignment, Language, Printer, Route
from labels.resolution import DPI_203
from labels.stocks import stock_named
from station import words
from station.codes import CodeKind, make
from station.reference import load
from station.store.store import SqlStore
from tests.labels.examples import rendered, scanned
from tests.labels.transport.cups_server import CupsServer
from tests.station.conftest import LEAD, NOON
from tests.ui.desks import desk_at
from tests.ui.keyboard import press, scan, type_by_hand
from tests.ui.prints.test_printers import LASER, XPRINTER
from tests.ui.prints.test_system_printer import any_size, arrived, listener, queue
from tests.ui.workplaces import workplace_at
from ui.background import Background
from ui.desk import Desk
from ui.prints.printers import NamedPrinter, Printers, printers_file, read_printers, write_printers
from ui.prints.printers_page import PrintersPage
from ui.prints.scan_back import CODE, judge_scan
from ui.prints.scan_back_dialog import ScanBackDialog
from ui.scanning.sounds import ScanSounds
from ui.settings_page import SettingsPage

__all__ = ["any_size", "listener"]  # fixtures of the printing itself


LEFT = Qt.MouseButton.LeftButton
BOTH = Printers((XPRINTER, LASER), XPRINTER.name, LASER.name)


@pytest.fixture
def desk(store: SqlStore) -> Iterator[Desk]:
    with desk_at(store, LEAD) as desk:
        yield desk


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background("trials")
    yield background
    background.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "printers.json"


Opened = Callable[..., PrintersPage]


@pytest.fixture
def opened(
    qtbot: QtBot, desk: Desk, background: Background, file: Path, qapp: QApplication
) -> Opened:
    """The page on the printers of this PC, with the stocks to choose from."""

    def open_(printers: Printers | None = None) -> PrintersPage:
        if printers is not None:
            write_printers(file, printers)
        page = PrintersPage(desk, file, background, ScanSounds())
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.form.stock.count() > 5)
        qtbot.waitUntil(page.isEnabled)
        return page

    return open_


def fill(page: PrintersPage, printer: Printer, name: str = "Xprinter") -> None:
    """Fill in as a person would."""
    page.form.name.setText(name)
    page.form.route.choose(printer.route)
    page.form.address.setCurrentText(printer.address)
    page.form.language.choose(printer.language)
    page.form.stock.choose(printer.stock)


def told(page: PrintersPage) -> str:
    return page.trial.told.text()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def network(listener: socket.socket) -> str:
    return f"127.0.0.1:{listener.getsockname()[1]}"


def printed_on(listener: socket.socket) -> list[bytes]:
    """What a printer on the network is sent, once somebody sends it."""
    came: list[bytes] = []

    def take() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as stream:
            came.append(stream.read())

    threading.Thread(target=take, daemon=True).start()
    return came


# ---- set up ----


def test_a_new_printer_is_kept_and_prints_the_labels(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened()
    printer = Printer(Route.TCP, "192.168.1.50", Language.TSPL, stock="35x22-3up-110")
    fill(page, printer)
    page.form.shift_x.setValue(0.5)

    with qtbot.waitSignal(page.said):
        qtbot.mouseClick(page.save, LEFT)

    kept = read_printers(file)
    assert kept.labels.address == "192.168.1.50"
    assert kept.labels.alignment == Alignment(0.5)
    assert kept.labels.stock == "35x22-3up-110"
    assert kept.papers.route is Route.VIEWER
    assert not page.unfinished()


def test_what_is_missing_is_said_beside_it(qtbot: QtBot, opened: Opened, file: Path) -> None:
    page = opened()
    page.form.name.setText("Xprinter")
    page.form.route.choose(Route.TCP)

    qtbot.mouseClick(page.save, LEFT)

    assert texts(page).count("Please fill this in.") == 2  # the address and the language
    assert not file.exists()


def test_two_printers_are_not_called_alike(qtbot: QtBot, opened: Opened, file: Path) -> None:
    page = opened(BOTH)
    page.form.name.setText(LASER.name.upper())

    qtbot.mouseClick(page.save, LEFT)

    assert "Another printer is called so." in texts(page)
    assert read_printers(file) == BOTH


def test_a_printer_shows_what_it_was_set_up_as(opened: Opened) -> None:
    page = opened(BOTH)

    assert page.form.peek() == XPRINTER.printer
    assert page.form.for_labels.isChecked()
    assert page.trial.chip.word == "Scanned back on 12/10/2021"
    assert page.trial.name == XPRINTER.name


def test_a_printer_by_its_driver_takes_no_darkness_and_a_label_printer_no_papers(
    opened: Opened,
) -> None:
    page = opened(BOTH)
    assert page.form.darkness.isEnabled()
    assert not page.form.for_papers.isEnabled()

    page.listed.choose(LASER.name)

    assert page.form.peek() == LASER.printer
    assert not page.form.darkness.isEnabled()
    assert page.form.for_papers.isChecked()


def test_darkness_and_speed_go_as_far_as_the_printers_language(opened: Opened) -> None:
    page = opened(BOTH)
    page.form.language.choose(Language.ZPL)
    page.form.darkness.setValue(30)
    page.form.speed.setValue(0)
    zebra = page.form.peek()

    page.form.language.choose(Language.TSPL)
    tsc = page.form.peek()

    assert zebra is not None
    assert (zebra.darkness, zebra.speed) == (30, None)
    assert tsc is not None
    assert tsc.darkness == 15


def test_other_settings_are_no_longer_proven(opened: Opened) -> None:
    page = opened(BOTH)

    page.form.shift_y.setValue(2)

    assert page.trial.chip.word == "Not scanned back yet"
    page.take_back.click()
    assert page.trial.chip.word == "Scanned back on 12/10/2021"


def test_changes_are_not_lost_by_choosing_another_printer(opened: Opened) -> None:
    page = opened(BOTH)
    page.form.shift_y.setValue(2)

    page.listed.choose(LASER.name)

    assert page.form.called == XPRINTER.name
    assert page.form.shift_y.value() == 2
    assert page.unfinished()
    assert "Save this printer first, or take the changes back." in texts(page)


def test_labels_move_to_the_printer_that_is_ticked(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened(BOTH)
    page.listed.choose(LASER.name)
    page.form.for_labels.setChecked(True)

    with qtbot.waitSignal(page.said):
        page.save.click()

    assert read_printers(file).labels_on == LASER.name
    assert read_printers(file).papers_on == LASER.name


def test_a_removed_printer_leaves_its_work_to_the_viewer(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened(BOTH)

    with qtbot.waitSignal(page.removed) as removed:
        page.listed.remove.click()

    assert read_printers(file) == BOTH.without(XPRINTER.name)
    assert page.form.called == LASER.name
    assert removed.args is not None
    removed.args[1]()  # undo
    qtbot.waitUntil(lambda: read_printers(file).labels_on == XPRINTER.name)
    assert set(read_printers(file).printers) == set(BOTH.printers)


def test_a_file_that_cannot_be_read_is_named_and_never_written_over(
    qtbot: QtBot, desk: Desk, background: Background, file: Path
) -> None:
    file.parent.mkdir()
    file.write_text("{half")
    page = PrintersPage(desk, file, background, ScanSounds())
    qtbot.addWidget(page)

    qtbot.waitUntil(lambda: str(file) in page.acts.problem)

    assert not page.isEnabled()
    assert file.read_text() == "{half"


def test_a_file_that_broke_meanwhile_is_not_written_over_either(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened(BOTH)
    file.write_text("{half")
    page.form.shift_y.setValue(2)

    page.save.click()

    qtbot.waitUntil(lambda: "cannot be read" in page.acts.problem)
    assert file.read_text() == "{half"


def test_own_label_sizes_can_be_chosen(
    qtbot: QtBot, opened: Opened, file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[tem-rieng]\nform = "roll"\nwidth = 60\nheight = 20\nvi = "Cuộn riêng"\n')
    page = opened(BOTH)

    page.listed.stocks_chosen.emit(str(own))

    qtbot.waitUntil(lambda: page.form.stock.findData("tem-rieng") >= 0)
    assert read_printers(file).stocks == str(own)
    assert page.form.stock.chosen == XPRINTER.printer.stock


def test_label_sizes_with_a_mistake_are_named_and_not_used(
    qtbot: QtBot, opened: Opened, file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[tem-rieng]\nwidth = -1\n")
    page = opened(BOTH)

    page.listed.stocks_chosen.emit(str(own))

    qtbot.waitUntil(lambda: "own.toml" in page.acts.problem)
    assert read_printers(file).stocks == ""


# ---- tried ----


def test_a_test_label_reaches_a_printer_on_the_network_and_no_ledger(
    qtbot: QtBot, opened: Opened, listener: socket.socket, store: SqlStore
) -> None:
    before = store.standing()
    page = opened()
    fill(page, Printer(Route.TCP, network(listener), Language.TSPL))
    came = printed_on(listener)

    page.trial.label.click()

    qtbot.waitUntil(lambda: "Scan it back" in told(page), timeout=20_000)
    qtbot.waitUntil(lambda: bool(came))
    assert b"BITMAP 0,0,50,240,0," in came[0]
    assert store.standing() == before


def test_the_pattern_is_sent_with_the_correction_that_is_not_saved_yet(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    page = opened()
    folder = tmp_path / "out"
    folder.mkdir()
    fill(page, Printer(Route.FILE, str(folder), Language.TSPL))
    page.form.shift_x.setValue(1)

    page.trial.pattern.click()

    qtbot.waitUntil(lambda: str(folder) in told(page), timeout=20_000)
    (sent,) = folder.glob("*.tspl")
    moved = Printer(language=Language.TSPL, alignment=Alignment(1.0))
    dots = pattern_bitmap(pattern(stock_named("50x30"), moved), DPI_203)
    assert bytes(255 - byte for byte in dots.rows) in sent.read_bytes()


def test_a_test_label_goes_through_the_systems_driver(
    qtbot: QtBot, opened: Opened, private_cups: CupsServer, listener: socket.socket, any_size: Path
) -> None:
    name = queue(private_cups, listener, "trial", any_size)
    page = opened()
    page.refresh()
    qtbot.waitUntil(lambda: page.form.address.findText(name) >= 0, timeout=20_000)
    fill(page, Printer(Route.SYSTEM, name))

    page.trial.label.click()

    qtbot.waitUntil(lambda: "Scan it back" in told(page), timeout=20_000)
    (picture,) = rendered(arrived(listener), 203)
    assert ("Code 128", CODE) in scanned(picture)


def test_a_printer_that_is_off_is_said(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = network(gone)
    fill(page, Printer(Route.TCP, address, Language.ZPL))

    page.trial.label.click()

    qtbot.waitUntil(lambda: "does not answer" in told(page), timeout=20_000)
    assert page.trial.label.isEnabled()


def test_a_correction_over_the_edge_is_said(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    page = opened()
    fill(page, Printer(Route.FILE, str(tmp_path), Language.TSPL))
    page.form.shift_x.setValue(20)

    page.trial.label.click()

    qtbot.waitUntil(lambda: "over the edge" in told(page), timeout=20_000)


def test_each_trouble_has_its_help(opened: Opened) -> None:
    page = opened(BOTH)
    helped = set()
    for at in range(page.trial.trouble.count()):
        page.trial.trouble.activated.emit(at)
        helped.add(told(page))

    assert len(helped) == 5
    assert all(len(sentence) > 40 for sentence in helped)


# ---- scanned back ----


def waiting(qtbot: QtBot, page: PrintersPage) -> ScanBackDialog:
    page.trial.scan_back.click()
    dialog = page.findChild(ScanBackDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.box.hasFocus)
    return dialog


def test_a_label_that_scans_proves_the_printer_and_keeps_it(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened()
    printer = Printer(Route.TCP, "192.168.1.50", Language.TSPL)
    fill(page, printer)
    waiting(qtbot, page)

    with qtbot.waitSignals([page.said, page.dialog_gone]):
        scan(f"{CODE}\r")

    assert read_printers(file).printers == (NamedPrinter("Xprinter", printer, NOON.day),)
    assert page.trial.chip.word == f"Scanned back on {NOON.day:%d/%m/%Y}"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("https://example.vn/t/" + CODE, ""),
        (make(CodeKind.DEVICE, 12, 345), "This is the label of 012 000345 7"),
        (CODE[:-2], "8 were read"),
        ("8999999995"[:-1] + "4", "A digit of the code is wrong"),
        ("SN8XK2F32", "“SN8XK2F32”"),
        ("899999ạ9995", "Vietnamese input method"),
    ],
)
def test_what_arrived_is_judged(raw: str, says: str) -> None:
    heard = judge_scan(raw, load())

    assert heard.right is (says == "")
    assert says in heard.sentence


@given(st.text(max_size=60))
def test_whatever_a_scanner_types_is_judged(raw: str) -> None:
    heard = judge_scan(raw, load())

    assert heard.sentence
    assert heard.right is False or CODE in "".join(filter(str.isalnum, raw))


def test_a_misread_label_says_what_arrived_and_waits_on(
    qtbot: QtBot, opened: Opened, file: Path
) -> None:
    page = opened(BOTH)
    dialog = waiting(qtbot, page)

    scan("89999999\r")

    assert "“89999999”" in dialog.heard.text()
    assert dialog.isVisible()
    assert read_printers(file) == BOTH


def test_a_scanner_without_enter_is_recognised(qtbot: QtBot, opened: Opened) -> None:
    dialog = waiting(qtbot, opened(BOTH))

    press(CODE, 8)

    qtbot.waitUntil(lambda: "send Enter" in dialog.heard.text())


def test_a_hand_proves_nothing(qtbot: QtBot, opened: Opened, file: Path) -> None:
    dialog = waiting(qtbot, opened(BOTH))

    type_by_hand(f"{CODE}\r")

    qtbot.waitUntil(lambda: bool(dialog.heard.text()))
    assert read_printers(file) == BOTH


def test_nothing_within_the_time_is_said(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ScanBackDialog(desk.reference, parent, patience_s=1)
    dialog.show()

    with qtbot.waitSignal(dialog.wrong):
        pass

    assert "beep" in dialog.heard.text()


# ---- in the window ----


def test_the_page_is_reached_from_the_settings_and_fits_a_small_screen(
    qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path
) -> None:
    words.use("vi")
    write_printers(printers_file(tmp_path / "settings.json"), BOTH)
    with workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        place.window.show_page("settings")
        settings = place.window.page("settings")
        assert isinstance(settings, SettingsPage)
        button = settings.findChild(QPushButton, "openPrinters")
        assert button is not None
        button.click()

        assert place.window.current_page == "printers"
        page = place.window.page("printers")
        assert isinstance(page, PrintersPage)
        qtbot.waitUntil(lambda: page.form.stock.count() > 5)
        assert page.minimumSizeHint().width() <= 1366 - 212 - 48
        assert page.minimumSizeHint().height() <= 768 - 48 - 44
        place.window.show_page("today")


def test_tab_goes_through_the_form_from_left_to_right(qtbot: QtBot, opened: Opened) -> None:
    page = opened(BOTH)
    form = page.form
    expected = [form.name, form.route, form.address, form.language, form.dpi, form.stock]

    form.name.setFocus()
    seen: list[QWidget | None] = []
    for _step in expected:
        seen.append(QApplication.focusWidget())
        page.focusNextChild()

    assert seen == expected
