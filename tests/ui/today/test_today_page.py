from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from station import bench, calling, handover, offers
from station import events as e
from station.intake import NewDevice
from station.ledger import Moment
from station.paperwork import AttachSignedCopy, NewPaper, attach_signed_copy, make_papers
from station.people import Pupil
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.cards import FigureCard
from ui.giving.paper_draft import PAPER_FORM, PaperDraft
from ui.intake.draft import COUNTER_FORM, CounterDraft
from ui.point_work import Part
from ui.prints.printers import NamedPrinter, Printers, write_printers
from ui.sync.end import SyncEnd
from ui.theme import Tone
from ui.today.page import TodayPage
from ui.today.readiness import SCANNER, Ready, ReadyRow, ReadySource
from ui.today.tools import GB, DiskRoom, room_words


def ago(days: int) -> Moment:
    return Moment(NOON.at - timedelta(days=days))


@pytest.fixture
def printers(tmp_path: Path) -> Path:
    return tmp_path / "printers.json"


@pytest.fixture
def page(qtbot: QtBot, store: SqlStore, printers: Path) -> Iterator[TodayPage]:
    with desk_at(store, CLERK) as desk:
        page = TodayPage(desk, printers)
        QAbstractItemModelTester(page.work.model, page)
        qtbot.addWidget(page)
        yield page


def table(page: TodayPage) -> QTableView:
    return page.work.view


def steps(page: TodayPage) -> list[tuple[str, str, str]]:
    return [(line.code, line.what, line.step) for line in page.work.model.lines]


def row(page: TodayPage, name: str) -> ReadyRow:
    found = page.findChild(ReadyRow, name)
    assert found is not None
    return found


def test_a_new_store_says_how_to_begin_in_three_steps(qtbot: QtBot, page: TodayPage) -> None:
    page.show()

    qtbot.waitUntil(page.first_day.isVisible)
    assert not page.figures.isVisible()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    with qtbot.waitSignal(page.open_page) as asked:  # as its last line says
        QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["offers"]
    for name, where in (("firstStep1", "printers"), ("firstStep3", "intake")):
        step = page.findChild(QPushButton, name)
        assert step is not None
        with qtbot.waitSignal(page.open_page) as asked:
            qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
        assert asked.args == [where]


def test_the_figures_count_what_waits_and_since_when(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    life.receive(store, ago(6))
    life.receive(store)
    held = life.receive(store)
    bench.take_to_bench(held, store, TECHNICIAN, NOON)
    hold = bench.PutOnHold(device=held, reason="waiting-for-part")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    life.ready_laptop(store, "S1")
    life.enter_case(store)
    old = handover.EnterCase(level="primary", pupil=Pupil(name="Lê Thị Bình"))
    handover.enter_case(old, store, GIVER, ago(31))

    page.show()

    figures = page.figures
    qtbot.waitUntil(lambda: figures.bench.accessibleName() == "2 wait for the bench")
    assert figures.bench.accessibleDescription() == "oldest: 6 days"
    assert "1 in work" in figures.bench.toolTip()
    assert figures.on_hold.accessibleName() == "1 on hold"
    assert figures.on_hold.accessibleDescription() == "1 Waiting for a part"
    assert figures.ready.accessibleName() == "1 ready to give"
    assert "1 Laptop" in figures.ready.toolTip()
    assert figures.cases.accessibleName() == "2 cases waiting"
    assert figures.cases.accessibleDescription() == "1 over 30 days"


def test_what_was_begun_here_stands_above_all_and_leads_back(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    life.receive(store)
    begun = CounterDraft(at=NOON.at, donor=life.HOA, devices=(NewDevice(kind="laptop"),))
    store.keep_draft(COUNTER_FORM.place(), COUNTER_FORM.encode(begun))
    scanned = PaperDraft(at=NOON.at, batch="L0120000017", home=())
    store.keep_draft(PAPER_FORM.place(), PAPER_FORM.encode(scanned))

    page.show()

    qtbot.waitUntil(lambda: len(page.work.model.lines) == 3)
    intake_line, giving_line, _device = page.work.model.lines
    assert (intake_line.what, intake_line.step) == (life.HOA.name, "Intake was begun: go on")
    assert giving_line.step == "Back from the school: go on"
    page.work.choose(intake_line.key)
    with qtbot.waitSignal(page.open_page) as asked:
        page.work.opened.emit()
    assert asked.args == ["intake"]


def test_people_who_wait_stand_first_and_lead_to_where_they_are_settled(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    tablet = life.receive(store, ago(1), kind="tablet")
    calling.plan_call(calling.PlanCall(code=tablet, about="lock"), store, TECHNICIAN, ago(1))
    fetched = offers.EnterOffer(
        items=(e.OfferedItem("laptop"),),
        donor=life.HOA,
        expected_on=NOON.day,
        part="morning",
        pick_up=True,
    )
    offer = offers.enter_offer(fetched, store, CLERK, NOON).header.subject

    page.show()

    qtbot.waitUntil(lambda: page.figures.coming.accessibleName() == "1 appointments today")
    assert page.figures.coming.accessibleDescription() == "1 home pick-up"
    assert page.figures.calls.accessibleName() == "1 donors to call"
    call, arrival, device = page.work.model.lines
    assert (call.step, call.tone) == ("Call: account lock", Tone.FAIL)
    assert (arrival.step, arrival.part) == ("Pick-up: go and fetch it", "morning")
    assert device.code == tablet
    page.work.choose(arrival.key)
    with qtbot.waitSignal(page.open_offer) as opened:
        page.work.opened.emit()
    assert opened.args == [offer]
    with qtbot.waitSignal(page.calls_wanted):
        page.figures.calls.click()


def test_cards_of_what_a_point_does_not_do_are_hidden_and_the_keys_close_up(
    page: TodayPage,
) -> None:
    page.show_parts(frozenset({Part.GIVING}))

    shown = [card for card in page.figures.findChildren(FigureCard) if not card.isHidden()]
    assert [card.shortcut().toString() for card in shown] == ["Alt+1", "Alt+2"]
    assert page.receive.isHidden()


def test_what_is_known_elsewhere_of_a_tool_is_said_in_its_row(
    qtbot: QtBot, store: SqlStore, printers: Path
) -> None:
    source = ReadySource(SCANNER, lambda: Ready(Tone.OK, "tried at 07:58"))
    with desk_at(store, CLERK) as desk:
        page = TodayPage(desk, printers, (source,))
        qtbot.addWidget(page)
        page.show()

        qtbot.waitUntil(lambda: row(page, SCANNER).words == "tried at 07:58")
        assert row(page, "readyData").tone is not Tone.UNKNOWN
        qtbot.waitUntil(lambda: row(page, "readyWho").words == "Lê Thị Lan")


def test_offline_is_said_with_what_waits(qtbot: QtBot, store: SqlStore, page: TodayPage) -> None:
    since = NOON.at.replace(hour=8, minute=41)
    page.readiness.hear(SyncEnd(NOON.at, Tone.UNKNOWN, "Offline", "", None, since))
    page.show()

    told = "no network since 08:41, 1 record waits to be sent"
    qtbot.waitUntil(lambda: row(page, "readySync").words == told)
    assert row(page, "readySync").tone is Tone.UNKNOWN


@pytest.mark.parametrize(
    ("free", "tone"),
    [(None, Tone.UNKNOWN), (80 * GB, Tone.OK), (3 * GB, Tone.WARN), (GB // 2, Tone.FAIL)],
)
def test_a_disk_that_fills_is_told_before_it_is_full(free: int | None, tone: Tone) -> None:
    assert room_words(DiskRoom(free))[0] is tone


def test_what_to_do_next_begins_with_the_oldest_and_opens_the_device(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    fresh = life.receive(store)
    old = life.receive(store, ago(6), locks=("google-account",))
    life.ready_laptop(store)

    page.show()

    qtbot.waitUntil(lambda: [code for code, _, _ in steps(page)] == [old, fresh])
    assert page.work.model.lines[0].tone is Tone.FAIL
    shown = table(page).visualRect(page.work.model.index(0, 0)).center()
    with qtbot.waitSignal(page.open_device) as opened:
        qtbot.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=shown)
    assert opened.args == [old]


def test_what_is_recorded_elsewhere_appears_by_itself(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    page.show()
    qtbot.waitUntil(page.first_day.isVisible)

    life.receive(store)
    page._desk.recorded.emit()

    qtbot.waitUntil(lambda: len(steps(page)) == 1)
    assert page.figures.isVisible()


def test_a_clock_set_back_is_told_and_what_nobody_tried_is_unknown(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    life.receive(store, Moment(NOON.at + timedelta(days=2)))

    page.show()

    qtbot.waitUntil(lambda: "stands before" in row(page, "readyClock").words)
    assert row(page, "readyClock").tone is Tone.WARN
    assert row(page, "readySync").tone is Tone.WARN
    assert row(page, "readyScanner").tone is Tone.UNKNOWN
    assert row(page, "readyScanner").words == "not checked yet"


def told_of_printers(qtbot: QtBot, page: TodayPage) -> tuple[tuple[Tone, str], tuple[Tone, str]]:
    page.show()
    page.refresh()
    rows = row(page, "readyLabelPrinter"), row(page, "readyPaperPrinter")
    qtbot.waitUntil(lambda: all(each.words != "not checked yet" for each in rows))
    labels, papers = ((each.tone, each.words) for each in rows)
    return labels, papers


def test_without_a_printer_the_day_says_that_prints_open_as_pdf(
    qtbot: QtBot, page: TodayPage
) -> None:
    none = (Tone.WARN, "none set up: prints open as PDF")

    assert told_of_printers(qtbot, page) == (none, none)


@pytest.mark.parametrize(
    ("proven", "told"),
    [
        (date(2021, 10, 4), (Tone.OK, "Xprinter, a label was scanned back on 04/10/2021")),
        (None, (Tone.UNKNOWN, "Xprinter, no label scanned back yet")),
    ],
)
def test_a_label_printer_is_in_order_once_its_label_was_scanned_back(
    qtbot: QtBot, page: TodayPage, printers: Path, proven: date | None, told: tuple[Tone, str]
) -> None:
    one = NamedPrinter("Xprinter", proven=proven)
    write_printers(printers, Printers((one,), labels_on="Xprinter"))

    assert told_of_printers(qtbot, page)[0] == told


def test_a_file_of_printers_that_cannot_be_read_is_named(
    qtbot: QtBot, page: TodayPage, printers: Path
) -> None:
    printers.write_text("no json")

    tone, sentence = told_of_printers(qtbot, page)[1]
    assert tone is Tone.FAIL
    assert "printers.json" in sentence


def test_what_is_on_hold_stands_in_one_line_a_reason_and_leads_to_all_of_it(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    codes = [life.receive(store, ago(4 - number)) for number in range(3)]
    for code, reason in zip(codes, ("waiting-for-part", "safety", "waiting-for-part"), strict=True):
        hold = bench.PutOnHold(device=code, reason=reason)
        bench.put_on_hold(hold, store, TECHNICIAN, NOON)

    page.show()

    qtbot.waitUntil(lambda: len(page.work.model.lines) == 2)
    first, second = page.work.model.lines
    assert (first.what, first.step) == ("2 devices", "On hold: waiting for a part")
    assert (second.what, first.since) == ("1 device", ago(4).day)
    assert table(page).model().index(0, 0).data() == ""
    with qtbot.waitSignal(page.hold_wanted) as asked:
        page.work.choose(first.key)
        page.work.opened.emit()
    assert asked.args == ["waiting-for-part"]


def test_papers_that_did_not_come_back_signed_stand_in_one_line(
    qtbot: QtBot, store: SqlStore, page: TodayPage
) -> None:
    given = life.receive(store)

    def make(when: Moment) -> str:
        new = (NewPaper(paper="handover-minutes", about=(given,)),)
        return make_papers(new, lambda _place, _code: b"{}", store, GIVER, when)[0].code

    make(ago(9))
    anew = make(ago(5))  # instead of the first
    make_papers(
        (NewPaper(paper="thank-you-letter", about=(given,)),),
        lambda _place, _code: b"{}",
        store,
        GIVER,
        ago(5),
    )
    page.show()

    qtbot.waitUntil(lambda: bool([one for one in page.work.model.lines if not one.code]))
    line = page.work.model.lines[0]
    assert (line.what, line.step, line.since) == (
        "1 paper",
        "Attach the signed copies",
        ago(5).day,
    )
    with qtbot.waitSignal(page.unsigned_wanted):
        page.work.choose(line.key)
        page.work.opened.emit()

    scan = AttachSignedCopy(code=anew, scan=b"%PDF-1", media="pdf")
    attach_signed_copy(scan, store, CLERK, NOON)
    page.refresh()
    qtbot.waitUntil(lambda: all(one.code for one in page.work.model.lines))


def test_on_a_magnified_screen_what_is_in_order_stands_under_what_is_to_do(
    qtbot: QtBot, page: TodayPage, look: None
) -> None:
    page.resize(833, 900)
    page.show()
    qtbot.waitUntil(page.first_day.isVisible)
    assert page.readiness.y() > page.first_day.mapTo(page, page.first_day.rect().bottomLeft()).y()

    page.resize(1_100, 620)

    qtbot.waitUntil(lambda: page.readiness.x() > page.first_day.width())
