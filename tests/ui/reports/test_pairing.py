"""A technician brings a laptop and a device together, in the whole window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from station import bench, codes
from station.store.store import SqlStore
from sync import pairing
from sync.lan import Sent, Waiting, send_report
from sync.lan_discovery import Station
from sync.lan_wire import digest_of
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.sync.lan_point import HERE, report
from tests.ui.desks import desk_at
from tests.ui.device_desk import child, shows
from tests.ui.keyboard import scan
from tests.ui.workplaces import workplace_at
from ui import workplace
from ui.device.acts import BenchAct
from ui.device.page import DevicePage
from ui.reports.pairing import PairDialog
from ui.reports.receiving import Phase
from ui.settings import Settings
from ui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Bench:
    """The window, and a laptop somewhere on the network."""

    bot: QtBot
    store: SqlStore
    place: Workplace

    def until(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=5000)

    def open(self, device: str) -> DevicePage:
        page = self.place.window.page("device")
        assert isinstance(page, DevicePage)
        scan(device + "\r")
        self.until(lambda: shows(page, device))
        return page

    def station(self) -> Station:
        self.until(lambda: self.place.receiving.state.phase is Phase.LISTENING)
        return Station(HERE, self.place.receiving.state.port)

    def said(self, words: str) -> None:
        self.until(lambda: words in self.place.window.message)

    def dialog(self) -> PairDialog:
        self.until(lambda: self.place.window.findChild(PairDialog) is not None)
        return child(self.place.window, PairDialog, "pair_dialog")

    def confirm(self) -> None:
        self.bot.mouseClick(child(self.dialog(), QPushButton, "confirm"), LEFT)

    def recorded(self, device: str) -> list[str]:
        return [
            row.event.header.kind
            for row in self.store.timeline(device)
            if row.event.header.kind == "ChecksRecorded"
        ]


@pytest.fixture(params=[TECHNICIAN])
def at(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Bench]:
    with (
        desk_at(store, request.param) as desk,
        workplace_at(qtbot, desk, store, tmp_path) as place,
    ):
        place.show()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)
        yield Bench(qtbot, store, place)


def on_bench(store: SqlStore, serial: str = "ACME-1") -> str:
    code = life.receive(store, serial=serial, maker="ACME", model="Nimbus 14")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code


def test_label_then_screen_and_the_report_is_recorded_for_the_device(at: Bench) -> None:
    device, code, data = on_bench(at.store), pairing.draw_code(), report()
    at.open(device)

    scan(code + "\r")
    at.said("comes to")

    assert send_report(data, code, [at.station()]) == Sent(at.station())
    at.until(lambda: at.recorded(device) == ["ChecksRecorded"])
    at.said("Report recorded")


def test_nobody_is_made_the_author_of_what_another_called_for(at: Bench) -> None:
    device, code, data = on_bench(at.store), pairing.draw_code(), report()
    at.open(device)
    scan(code + "\r")
    at.said("comes to")

    at.place.desk.sign_in(LEAD)
    assert send_report(data, code, [at.station()]) == Sent(at.station())

    at.until(lambda: "Somebody else called for it" in at.place.window.refusal)
    assert at.recorded(device) == []


def test_screen_then_label_and_the_report_is_recorded_for_the_device(at: Bench) -> None:
    device, code, data = on_bench(at.store), pairing.draw_code(), report()

    scan(code + "\r")
    dialog = at.dialog()
    assert child(dialog, QLineEdit, "laptop").text() == codes.grouped(code)
    scan(device + "\r")
    at.until(lambda: child(dialog, QLineEdit, "other").text() == codes.grouped(device))
    at.confirm()
    at.said("comes to")

    assert send_report(data, code, [at.station()]) == Sent(at.station())
    at.until(lambda: at.recorded(device) == ["ChecksRecorded"])


def test_six_typed_digits_let_in_the_report_that_has_them(at: Bench) -> None:
    device, code, data = on_bench(at.store), pairing.draw_code(), report()
    at.open(device).perform(BenchAct.AWAIT_REPORT)
    dialog, station = at.dialog(), at.station()
    assert send_report(data, code, [station]) == Waiting(station)
    at.until(lambda: at.place.receiving.waiting != ())

    short = pairing.short_form(digest_of(data))
    child(dialog, QLineEdit, "laptop").setText(pairing.grouped_short(short))
    at.confirm()
    at.said("is coming")

    assert send_report(data, code, [station]) == Sent(station)
    at.until(lambda: at.recorded(device) == ["ChecksRecorded"])


def test_six_digits_in_the_scan_box_ask_for_the_device(at: Bench) -> None:
    device, code, data = on_bench(at.store), pairing.draw_code(), report()
    at.place.receiving.turn_on()
    station = at.station()
    assert send_report(data, code, [station]) == Waiting(station)
    at.until(lambda: at.place.receiving.waiting != ())
    short = pairing.grouped_short(pairing.short_form(digest_of(data)))

    at.place.routes.take(short)

    assert child(at.dialog(), QLineEdit, "laptop").text() == short
    scan(device + "\r")
    at.confirm()
    at.said("is coming")
    assert send_report(data, code, [station]) == Sent(station)
    at.until(lambda: at.recorded(device) == ["ChecksRecorded"])


def test_six_digits_that_no_laptop_shows_are_a_bad_scan(at: Bench) -> None:
    at.place.routes.take("123 456")

    assert at.place.window.refusal
    assert at.place.window.findChild(PairDialog) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("000000", "No laptop shows these six digits"),
        ("B1234567890", "A digit of the code is wrong"),
        ("0120000015", "not a label of ours"),
        ("", "empty"),
    ],
)
def test_what_no_laptop_shows_is_refused_beside_its_field(
    at: Bench, typed: str, words: str
) -> None:
    at.open(on_bench(at.store)).perform(BenchAct.AWAIT_REPORT)
    dialog = at.dialog()
    at.station()

    child(dialog, QLineEdit, "laptop").setText(typed)
    at.confirm()

    at.until(lambda: words in dialog.laptop_field.error)


def test_a_used_code_is_told_at_the_scan_box(at: Bench) -> None:
    device, code = on_bench(at.store), pairing.draw_code()
    at.open(device)
    scan(code + "\r")
    at.said("comes to")
    send_report(report(), code, [at.station()])
    at.until(lambda: at.recorded(device) == ["ChecksRecorded"])

    scan(code + "\r")

    at.until(lambda: "brought a report already" in at.place.window.refusal)


def test_a_device_that_is_not_on_the_bench_takes_no_report(at: Bench) -> None:
    device = life.receive(at.store, serial="ACME-1")
    at.open(device)

    scan(pairing.draw_code() + "\r")

    at.until(lambda: at.place.window.refusal != "")
    assert at.place.receiving.state.phase is Phase.OFF


@pytest.mark.parametrize("at", [CLERK], indirect=True)
def test_pairing_is_the_benchs_work(at: Bench) -> None:
    at.open(on_bench(at.store))

    scan(pairing.draw_code() + "\r")

    at.until(lambda: "Your role" in at.place.window.refusal)


def test_a_report_that_names_another_machine_waits_for_a_person(at: Bench) -> None:
    device, code, data = on_bench(at.store, "ACME-1"), pairing.draw_code(), report("ACME-9")
    at.open(device)
    scan(code + "\r")
    at.said("comes to")

    assert send_report(data, code, [at.station()]) == Sent(at.station())

    at.until(lambda: "names another machine: S/N ACME-9" in at.place.window.refusal)
    assert at.recorded(device) == []
    assert at.store.named_reports([digest_of(data)]) == frozenset()


def test_who_listened_before_listens_again_after_a_start(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "LISTEN_AFTER_MS", 10)
    settings = Settings(open_papers=False, receive_reports=True)
    with (
        desk_at(store, TECHNICIAN) as desk,
        workplace_at(qtbot, desk, store, tmp_path, settings) as place,
    ):
        place.show()

        qtbot.waitUntil(lambda: place.receiving.state.phase is Phase.LISTENING, timeout=5000)


def test_a_report_picked_without_a_device_is_said_to_wait(at: Bench) -> None:
    at.place.receiving.turn_on()
    code, data, station = pairing.draw_code(), report(), at.station()
    send_report(data, code, [station])
    at.until(lambda: at.place.receiving.waiting != ())

    at.place.receiving.pick(digest_of(data), None)
    send_report(data, code, [station])

    at.said("A report came")
