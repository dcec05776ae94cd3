"""The page of the waiting reports, on a real store, a real folder and a real receiver."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from diagnostics.report import decode, encode
from diagnostics.shelf import Arrival, Shelf, Way
from station import bench, codes
from station import events as e
from station.machine import Machine, NetworkAdapter
from station.store.schema import point_subject
from station.store.store import SqlStore
from sync import pairing
from sync.lan import Refused, Sent, Waiting, send_report
from sync.lan_discovery import Station
from sync.lan_wire import digest_of
from tests.station import life
from tests.station.conftest import CLERK, NOON, STATION, TECHNICIAN
from tests.sync.lan_point import HERE, report
from tests.ui.desks import desk_at
from tests.ui.device_desk import child, choose, texts
from tests.ui.workplaces import LOOPBACK
from ui.choice import Choice
from ui.desk import Desk
from ui.reports.decline_dialog import DeclineDialog
from ui.reports.inbox_dialogs import BroughtDialog, DismissDialog, LinkDialog
from ui.reports.inbox_lines import InboxReader
from ui.reports.inbox_page import InboxPage
from ui.reports.receiving import Phase, Receiving
from ui.reports.suggestions import suggestions

LEFT = Qt.MouseButton.LeftButton
AT_MS = int(NOON.at.timestamp() * 1000)


@dataclass
class Inbox:
    """A shown page and what stands behind it."""

    bot: QtBot
    store: SqlStore
    desk: Desk
    shelf: Shelf
    receiving: Receiving
    page: InboxPage

    def keep(self, data: bytes, way: Way = Way.FILE) -> str:
        return self.shelf.put(data, Arrival(way, AT_MS))

    def rows(self) -> list[list[str]]:
        model = self.page.lines.model
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def until_rows(self, count: int) -> list[list[str]]:
        self.bot.waitUntil(lambda: len(self.rows()) == count, timeout=5000)
        return self.rows()

    def show(self, count: int) -> list[list[str]]:
        self.page.refresh()
        return self.until_rows(count)

    def click(self, parent: QObject, name: str) -> None:
        self.bot.mouseClick(child(parent, QPushButton, name), LEFT)

    def listen(self) -> Station:
        self.receiving.turn_on()
        self.bot.waitUntil(lambda: self.receiving.state.phase is Phase.LISTENING, timeout=5000)
        return Station(HERE, self.receiving.state.port)


@pytest.fixture(params=[TECHNICIAN])
def inbox(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Inbox]:
    with desk_at(store, request.param) as desk:
        shelf = Shelf(tmp_path / "reports")
        receiving = Receiving(desk, shelf, STATION, tmp_path / "settings.json", LOOPBACK)
        reader = InboxReader(desk, receiving, shelf, suggestions)
        page = InboxPage(desk, receiving, reader, shelf.folder)
        QAbstractItemModelTester(page.lines.model, page)
        qtbot.addWidget(page)
        page.resize(1106, 676)
        page.show()
        yield Inbox(qtbot, store, desk, shelf, receiving, page)
        receiving.close()


def on_bench(store: SqlStore, serial: str = "ACME-1") -> str:
    code = life.receive(store, serial=serial, maker="ACME", model="Nimbus 14")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code


def test_an_empty_inbox_says_what_comes_here_and_that_nothing_listens(inbox: Inbox) -> None:
    inbox.bot.waitUntil(lambda: "0 reports wait." in texts(inbox.page))

    assert "No report waits" in texts(inbox.page)
    assert child(inbox.page, QLabel, "receiverSentence").text() == (
        "Laptops on this network cannot send their reports here."
    )
    assert not inbox.page.link.isEnabled()


def test_a_report_that_no_event_names_waits_with_its_machine_and_a_proposal(
    inbox: Inbox, store: SqlStore
) -> None:
    device, data = on_bench(store), report("acme-1")
    inbox.keep(data)

    (row,) = inbox.show(1)

    short = pairing.grouped_short(pairing.short_form(digest_of(data)))
    assert row[1:] == ["File", "ACME Nimbus 14", "acme-1", short, codes.grouped(device)]
    inbox.page.lines.choose(digest_of(data).hex())
    assert any("same serial number" in text for text in texts(inbox.page))


def test_a_recorded_report_does_not_wait(inbox: Inbox, store: SqlStore) -> None:
    device, data = on_bench(store), report()
    digest = inbox.keep(data)
    waiting = inbox.keep(report("ACME-2"))
    command = bench.RecordChecks(
        device=device, report=digest_of(data), machine=life.machine(), results=(), policy="p"
    )
    bench.record_checks(command, store, TECHNICIAN, NOON)

    inbox.show(1)

    assert [line.digest for line in inbox.page.lines.model.lines] == [waiting]
    assert digest != waiting


def test_the_label_of_a_device_links_the_chosen_report(inbox: Inbox, store: SqlStore) -> None:
    device = on_bench(store)
    digest = inbox.keep(report())
    inbox.show(1)
    inbox.page.lines.choose(digest)

    assert inbox.page.accept_scan(codes.parse(device))
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")
    inbox.click(dialog, "confirm")

    inbox.until_rows(0)
    kinds = [row.event.header.kind for row in store.timeline(device)]
    assert kinds[-2:] == ["ReportLinked", "ChecksRecorded"]


def test_a_scan_with_nothing_chosen_is_left_to_the_window(inbox: Inbox, store: SqlStore) -> None:
    assert not inbox.page.accept_scan(codes.parse(on_bench(store)))


def test_a_proposal_is_taken_from_the_list(inbox: Inbox, store: SqlStore) -> None:
    device = on_bench(store)
    digest = inbox.keep(report())
    inbox.show(1)
    inbox.page.lines.choose(digest)

    inbox.click(inbox.page, "linkReport")
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")
    child(dialog, QLineEdit, "other").clear()
    proposals = child(dialog, Choice, "proposal")
    proposals.setCurrentIndex(0)
    proposals.activated.emit(0)

    assert child(dialog, QLineEdit, "other").text() == device


def test_what_only_one_network_card_speaks_for_is_shown_and_not_filled_in(
    inbox: Inbox, store: SqlStore
) -> None:
    card = (NetworkAdapter(name="eth0", mac="54:ee:75:00:00:01", usb=False),)
    known = on_bench(store, "ACME-2")
    command = bench.RecordChecks(
        device=known, report=b"1" * 32, machine=Machine(network=card), results=(), policy="p"
    )
    bench.record_checks(command, store, TECHNICIAN, NOON)
    told = decode(report())
    system = structs.replace(told.machine.system, serial_number=None)
    machine = structs.replace(told.machine, system=system, network=card)
    digest = inbox.keep(encode(structs.replace(told, machine=machine)))
    inbox.show(1)
    inbox.page.lines.choose(digest)

    inbox.click(inbox.page, "linkReport")
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")

    assert child(dialog, QLineEdit, "other").text() == ""
    assert child(dialog, Choice, "proposal").count() == 1


def test_a_report_of_another_serial_number_is_linked_only_by_whoever_is_sure(
    inbox: Inbox, store: SqlStore
) -> None:
    device = on_bench(store, "ACME-1")
    digest = inbox.keep(report("ACME-9"))
    inbox.show(1)
    inbox.page.lines.choose(digest)
    inbox.page.accept_scan(codes.parse(device))
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")

    inbox.click(dialog, "confirm")
    inbox.bot.waitUntil(lambda: "S/N ACME-9" in dialog.other_field.error)
    assert [row.event.header.kind for row in store.timeline(device)][-1] == "TakenToBench"
    inbox.click(dialog, "confirm")

    inbox.until_rows(0)
    assert [row.event.header.kind for row in store.timeline(device)][-1] == "ChecksRecorded"


def test_a_device_that_is_not_on_the_bench_refuses_beside_its_code(
    inbox: Inbox, store: SqlStore
) -> None:
    device = life.receive(store, serial="ACME-1")
    digest = inbox.keep(report())
    inbox.show(1)
    inbox.page.lines.choose(digest)
    inbox.page.accept_scan(codes.parse(device))
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")

    inbox.click(dialog, "confirm")

    inbox.bot.waitUntil(lambda: dialog.other_field.error != "")
    assert len(inbox.rows()) == 1


def test_a_report_is_dismissed_with_a_reason(inbox: Inbox, store: SqlStore) -> None:
    digest = inbox.keep(report())
    inbox.show(1)
    inbox.page.lines.choose(digest)
    inbox.click(inbox.page, "dismissReport")
    dialog = child(inbox.page, DismissDialog, "dismiss_report_dialog")

    inbox.click(dialog, "confirm")
    assert "Please choose." in texts(dialog)
    choose(dialog, "reason", "trial-run")
    inbox.click(dialog, "confirm")

    inbox.until_rows(0)
    last = store.timeline(point_subject(STATION))[-1].event.said
    assert last == e.ReportDismissed(
        by=TECHNICIAN.id, report=bytes.fromhex(digest), reason="trial-run"
    )


def test_a_report_that_was_dismissed_by_mistake_waits_again(inbox: Inbox) -> None:
    digest = inbox.keep(report())
    inbox.show(1)
    inbox.page.lines.choose(digest)
    inbox.click(inbox.page, "dismissReport")
    dialog = child(inbox.page, DismissDialog, "dismiss_report_dialog")
    choose(dialog, "reason", "trial-run")
    with inbox.bot.waitSignal(inbox.page.undoing.done) as told:
        inbox.click(dialog, "confirm")
    inbox.until_rows(0)

    told.args[1]()

    inbox.until_rows(1)


def test_a_damaged_file_can_be_dismissed_and_not_linked(inbox: Inbox) -> None:
    digest = inbox.keep(report())
    inbox.shelf.file_of(digest).write_bytes(b"{}")

    (row,) = inbox.show(1)
    inbox.page.lines.choose(digest)

    assert row[2] == "cannot be read"
    assert not inbox.page.link.isEnabled()
    assert inbox.page.dismiss.isEnabled()


def test_a_damaged_file_that_was_brought_again_is_no_longer_damaged(inbox: Inbox) -> None:
    digest = inbox.keep(report())
    inbox.shelf.file_of(digest).write_bytes(b"{}")
    inbox.show(1)

    inbox.keep(report())
    inbox.page.refresh()

    inbox.bot.waitUntil(lambda: inbox.rows()[0][2] == "ACME Nimbus 14", timeout=5000)


@pytest.mark.parametrize("inbox", [CLERK], indirect=True)
def test_the_inbox_of_an_intake_clerk_rests(inbox: Inbox) -> None:
    digest = inbox.keep(report())
    inbox.show(1)

    inbox.page.lines.choose(digest)

    assert not inbox.page.link.isEnabled()
    assert not inbox.page.dismiss.isEnabled()
    assert not inbox.page.accept_scan(codes.parse(codes.make(codes.CodeKind.DEVICE, 12, 1)))


def test_what_another_pc_of_the_point_recorded_waits_here_no_more(
    inbox: Inbox, store: SqlStore
) -> None:
    device, data = on_bench(store), report()
    inbox.keep(data)
    inbox.show(1)
    command = bench.RecordChecks(
        device=device, report=digest_of(data), machine=life.machine(), results=(), policy="p"
    )

    bench.record_checks(command, store, TECHNICIAN, NOON)  # at the other PC, of its own copy

    inbox.show(0)


def test_every_file_of_a_stick_says_what_became_of_it(
    inbox: Inbox, store: SqlStore, tmp_path: Path
) -> None:
    device = on_bench(store)
    stick = tmp_path / "stick" / "reports"
    stick.mkdir(parents=True)
    recorded = report()
    for name, data in {
        "a.json": report("ACME-5"),
        "b.json": b'{"format": 2}',
        "c.json": b'{"format": 99}',
        "d.json": recorded,
        "e.json": bytes(9 * 2**20),
        "f.txt": b"a note",
    }.items():
        (stick / name).write_bytes(data)
    command = bench.RecordChecks(
        device=device, report=digest_of(recorded), machine=life.machine(), results=(), policy="p"
    )
    bench.record_checks(command, store, TECHNICIAN, NOON)

    inbox.page.bring(lambda: tuple(sorted(stick.parent.rglob("*.json"))))

    inbox.bot.waitUntil(lambda: inbox.page.findChild(BroughtDialog) is not None, timeout=5000)
    model = child(inbox.page, QTableView, "broughtFiles").model()
    said = [(model.index(n, 0).data(), model.index(n, 1).data()) for n in range(model.rowCount())]
    assert [name for name, _words in said] == ["a.json", "b.json", "c.json", "d.json", "e.json"]
    assert said[0][1] == "Waits to be linked to a device."
    assert "no report" in said[1][1]
    assert "newer version" in said[2][1]
    assert said[3][1] == f"Recorded already for {codes.grouped(device)}."
    assert "too long" in said[4][1]
    inbox.until_rows(1)


def test_a_laptop_that_waits_is_shown_and_taken_in_without_a_device(inbox: Inbox) -> None:
    station, code, data = inbox.listen(), pairing.draw_code(), report("ACME-3")
    assert send_report(data, code, [station]) == Waiting(station)

    (row,) = inbox.until_rows(1)
    assert row[1:4] == ["On the laptop", "ACME Nimbus 14", "ACME-3"]
    inbox.page.lines.choose(digest_of(data).hex())
    inbox.click(inbox.page, "takeReport")

    assert send_report(data, code, [station]) == Sent(station)
    inbox.bot.waitUntil(lambda: [r[1] for r in inbox.rows()] == ["Network"], timeout=5000)


def test_a_laptop_is_linked_before_its_report_came(inbox: Inbox, store: SqlStore) -> None:
    device = on_bench(store, "ACME-3")
    station, code, data = inbox.listen(), pairing.draw_code(), report("ACME-3")
    landed: list[object] = []
    inbox.receiving.landed.connect(landed.append)
    send_report(data, code, [station])
    inbox.until_rows(1)
    inbox.page.lines.choose(digest_of(data).hex())

    inbox.page.accept_scan(codes.parse(device))
    dialog = child(inbox.page, LinkDialog, "link_report_dialog")
    inbox.click(dialog, "confirm")
    inbox.bot.waitUntil(lambda: not isValid(dialog), timeout=5000)

    assert send_report(data, code, [station]) == Sent(station)
    inbox.bot.waitUntil(lambda: len(landed) == 1)


def test_a_laptop_whose_report_is_not_wanted_is_told(inbox: Inbox) -> None:
    station, code, data = inbox.listen(), pairing.draw_code(), report()
    send_report(data, code, [station])
    inbox.until_rows(1)
    inbox.page.lines.choose(digest_of(data).hex())

    inbox.click(inbox.page, "dismissReport")
    inbox.click(child(inbox.page, DeclineDialog, "decline_dialog"), "decline")

    inbox.until_rows(0)
    assert send_report(data, code, [station]) == Refused("declined", station)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_slip_of_a_key_declines_no_laptop(inbox: Inbox, key: Qt.Key) -> None:
    station, code, data = inbox.listen(), pairing.draw_code(), report()
    send_report(data, code, [station])
    inbox.until_rows(1)
    inbox.page.lines.choose(digest_of(data).hex())
    inbox.click(inbox.page, "dismissReport")
    dialog = child(inbox.page, DeclineDialog, "decline_dialog")

    inbox.bot.keyClick(dialog, key)

    inbox.bot.waitUntil(lambda: not isValid(dialog), timeout=5000)
    assert send_report(data, code, [station]) == Waiting(station)


def test_listening_is_switched_on_and_off_and_remembered(inbox: Inbox, tmp_path: Path) -> None:
    inbox.click(inbox.page, "receiverSwitch")
    inbox.bot.waitUntil(lambda: inbox.receiving.state.phase is Phase.LISTENING, timeout=5000)
    assert HERE in child(inbox.page, QLabel, "receiverSentence").text()
    assert b'"receive_reports": true' in (tmp_path / "settings.json").read_bytes()

    inbox.click(inbox.page, "receiverSwitch")

    inbox.bot.waitUntil(lambda: inbox.receiving.state.phase is Phase.OFF, timeout=5000)
    file = tmp_path / "settings.json"
    inbox.bot.waitUntil(lambda: b"true" not in file.read_bytes(), timeout=5000)
    assert inbox.page.switch.text() == "Listen for laptops"


def test_whoever_changes_mind_at_once_leaves_nothing_listening(inbox: Inbox) -> None:
    inbox.receiving.turn_on()
    inbox.receiving.turn_off()
    done: list[None] = []
    inbox.receiving.run(lambda: None, done.append, lambda _error: None)
    inbox.bot.waitUntil(lambda: done != [], timeout=5000)

    assert inbox.receiving.state.phase is Phase.OFF
    inbox.receiving.turn_on()
    inbox.bot.waitUntil(lambda: inbox.receiving.state.phase is Phase.LISTENING, timeout=5000)
