"""Papers made from the window: asked for, seen first, printed, and found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from labels.paper_styles import styles
from station import events as e
from station import handover
from station.codes import grouped
from station.fold import POINT
from station.intake import NewDevice
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import Decision
from station.ports import PointStore
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON
from tests.ui.papers.lives import COMPANY, given_laptop, promise, retired, to_school, visit
from tests.ui.paperwork.offices import Office, office_at, text_of
from ui.message_line import MessageLine
from ui.papers.describing import Wanted
from ui.papers.making import make_wanted
from ui.papers.paper_set import PaperSet
from ui.paperwork.extras_form import to_extras
from ui.paperwork.names import WHOLE_BATCH

pytestmark = pytest.mark.qt_log_ignore("launch")


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def test_a_paper_says_what_the_person_added_and_is_printed_for_each_side(
    office: Office, store: SqlStore
) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    form = dialog.make_panel.form
    form.type("decision.number", "15/QĐ-UBND")
    form.type("decision.day", "28/02/2021")
    form.type("value", "4.500.000")

    dialog.make_panel.print.click()

    first, second = office.printed(2)
    assert first.read_bytes() == second.read_bytes()  # one copy for either side
    text = text_of(first.read_bytes())
    assert "Căn cứ Quyết định số 15/QĐ-UBND ngày 28 tháng 02 năm 2021" in text
    assert "4.500.000" in text
    (paper,) = office.papers(device)
    assert paper.paper == "handover-minutes"
    office.until(lambda: len(dialog.made.model.lines) == 1)
    assert "BB" in dialog.make_panel._told.text()


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_made(
    office: Office, store: SqlStore
) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    form = dialog.make_panel.form
    form.type("decision.day", "31/02/2021")
    form.type("value", "nhiều")

    dialog.make_panel.print.click()

    assert form.field("decision.day").error.startswith("This is no day.")
    assert form.field("value").error.startswith("This is no number.")
    assert office.papers(device) == ()


def test_a_preview_records_nothing_and_has_no_code_yet(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    before = store.standing().seq

    dialog.make_panel.preview.click()
    preview = office.preview()

    assert preview.problem == ""
    assert not preview.save_pdf.isVisible()
    assert preview.copies.value() == 2
    assert store.standing().seq == before

    preview.copies.setValue(3)
    preview.print.click()
    printed = office.printed(3)
    assert len(printed) == 3
    assert "Mã giấy: BB" in text_of(printed[0].read_bytes())


def test_what_was_typed_once_is_there_for_the_next_paper(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    dialog.make_panel.form.type("decision.number", "15/QĐ-UBND")
    dialog.make_panel.print.click()
    office.until(lambda: office.papers(device))
    dialog.close()

    again = office.papers_of(device)

    control = again.make_panel.form.field("decision.number").control
    assert control.property("text") == "15/QĐ-UBND"


def test_a_decision_of_one_kind_of_paper_is_not_proposed_for_another(
    office: Office, store: SqlStore
) -> None:
    device = retired(store, "S1")
    dialog = office.papers_of(device)
    dialog.make_panel.form.type("decision.number", "15/QĐ-UBND")
    dialog.make_panel.preview.click()
    office.preview().close()

    office.choose(dialog, "sponsorship-confirmation")

    control = dialog.make_panel.form.field("decision.number").control
    assert control.property("text") == ""


@pytest.mark.parametrize("typed", ["0", "-1", "100", "1000000", "hai", "2,5"])
def test_a_number_of_copies_that_nobody_means_is_not_printed(
    office: Office, store: SqlStore, typed: str
) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    dialog.make_panel.form.type("copies", typed)

    dialog.make_panel.print.click()

    assert dialog.make_panel.form.field("copies").error == "Write a number from 1 to 99."
    assert office.papers(device) == ()


def test_all_papers_of_a_batch_are_one_job(office: Office, store: SqlStore) -> None:
    out = to_school(store, ("Trần Văn An", "4A2"), ("Lê Thị Bình", "10A1"))
    dialog = office.papers_of(out.batch)
    assert dialog.offered.model.lines[0].paper == WHOLE_BATCH

    dialog.make_panel.print.click()

    office.until(office.place.printing.queue.jobs)
    (job,) = office.place.printing.queue.jobs()
    assert {paper.paper for paper in office.papers(out.batch)} == {"batch-minutes", "signing-list"}
    for device in out.devices:
        assert "handover-minutes" in {paper.paper for paper in office.papers(device)}
    # three copies for offices, one list, two copies of each pupil's minutes
    assert len(job.pages) == 3 + 1 + 2
    assert len(office.printed(6)) == 6


def test_handing_over_prints_the_minutes_without_a_question(
    office: Office, store: SqlStore
) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    command = handover.HandOver(device=device, case=case)
    handover.hand_over(command, store, GIVER, NOON)

    office.place.papers.print_minutes(case)

    assert len(office.printed(2)) == 2


def test_a_receipt_is_one_sheet_with_two_copies(office: Office, store: SqlStore) -> None:
    lot = visit(store, NewDevice(kind="laptop"), NewDevice(kind="monitor")).lot

    office.place.papers.print_now("intake-receipt", lot)

    (sheet,) = office.printed()
    text = text_of(sheet.read_bytes())
    assert text.count("PHIẾU TIẾP NHẬN THIẾT BỊ") == 2
    assert COMPANY.name in text


def test_what_cannot_be_said_is_told_and_nothing_is_made(office: Office, store: SqlStore) -> None:
    device = life.receive(store)

    office.place.papers.print_now("handover-minutes", device)

    office.until(lambda: office.place.window.message.startswith("Nothing is recorded"))
    assert office.place.printing.queue.jobs() == ()
    office.place.close()  # which waits for every print


def test_a_device_that_left_is_offered_its_papers(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    undone: list[str] = []

    office.place.window.say("Recorded", lambda: undone.append(device))
    office.place._offer_papers(device)

    assert office.place.window.message == "Recorded"
    line = office.place.window.findChild(MessageLine)
    assert line is not None
    buttons = [one for one in line.findChildren(QPushButton) if one.isVisibleTo(line)]
    assert [one.accessibleName() for one in buttons] == ["Papers…", "Undo"]


def test_named_values_become_what_a_person_adds() -> None:
    extras = to_extras(
        {
            "decision.number": "7",
            "members.0.name": "Lê Thị Lan",
            "members.0.role": "Chủ tịch",
            "members.1.role": "Ủy viên",
            "values.0120000015": 5,
        }
    )

    assert extras.decision == Decision(number="7")
    assert [member.name for member in extras.members] == ["Lê Thị Lan"]
    assert extras.values == (("0120000015", 5),)


def test_every_paper_that_is_made_is_recorded_once(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    dialog.make_panel.print.click()
    office.until(lambda: office.papers(device))

    (paper,) = office.papers(device)
    kinds = [type(row.event.said) for row in store.timeline(paper.code)]
    assert kinds == [e.PaperMade]


def test_devices_that_were_written_off_are_ticked_for_one_paper(
    office: Office, store: SqlStore
) -> None:
    codes = [retired(store, serial) for serial in ("S1", "S2", "S3")]
    dialog = office.papers_of(f"{POINT}012")
    office.choose(dialog, "disposal-minutes")
    devices = dialog.make_panel.devices
    office.until(devices.count)
    assert set(devices.ticked) == set(codes)
    devices.item(0).setCheckState(Qt.CheckState.Unchecked)
    left_out = set(codes).difference(devices.ticked)
    dialog.make_panel.form.type("members.0.name", "Lê Thị Lan")
    dialog.make_panel.form.type("members.0.role", "Chủ tịch")

    dialog.make_panel.print.click()

    text = text_of(office.printed(2)[0].read_bytes()).replace("\xa0", " ")
    assert "Lê Thị Lan" in text
    for code in codes:
        assert (grouped(code) in text) is (code not in left_out)
    office.until(lambda: devices.count() == 1)  # what stands on a paper is not offered again


def test_counted_stock_has_its_minutes(office: Office) -> None:
    dialog = office.papers_of(f"{POINT}012")
    office.choose(dialog, "stocktake-minutes")
    dialog.make_panel.form.type("since", "01/10/2021")

    dialog.make_panel.print.click()

    assert "KIỂM KÊ" in text_of(office.printed(2)[0].read_bytes())


def test_many_papers_are_one_job_and_a_label_goes_in_between(
    office: Office, store: SqlStore
) -> None:
    device, case = given_laptop(store)
    wanted = tuple(Wanted(paper="handover-minutes", about=(case,)) for _each in range(60))
    told: list[tuple[int, int]] = []
    ended: list[str] = []
    printing = office.place.printing
    printing.drawn.connect(lambda drawn, count: told.append((drawn, count)))
    printing.queued.connect(lambda job: ended.append(job.title))

    def make(store: PointStore, by: Operator, when: Moment) -> tuple[PaperSet, ...]:
        sets = make_wanted(store, by, when, wanted)
        return (PaperSet(tuple(each for one in sets for each in one.prints)),)

    printing.print_papers("Biên bản", make, told=lambda _made: None, refused=lambda _e: None)
    office.until(lambda: told)
    printing.print_labels((device,))

    office.until(lambda: len(ended) == 2)
    assert ended[0].startswith("Label")  # it did not wait for all of them
    assert told[-1] == (60, 60)


def test_a_large_print_is_stopped_while_it_is_drawn_and_its_papers_stay_made(
    office: Office, store: SqlStore
) -> None:
    device, case = given_laptop(store)
    wanted = tuple(Wanted(paper="handover-minutes", about=(case,)) for _each in range(41))
    stopped: list[int] = []
    papers, printing, window = (
        office.place.papers,
        office.place.printing,
        office.place.window,
    )
    assert papers is not None  # it says how the drawing stands
    printing.stopped.connect(stopped.append)

    def make(store: PointStore, by: Operator, when: Moment) -> tuple[PaperSet, ...]:
        sets = make_wanted(store, by, when, wanted)
        return (PaperSet(tuple(each for one in sets for each in one.prints)),)

    printing.drawn.connect(lambda _drawn, _count: printing.stop_drawing())
    printing.print_papers("Biên bản", make, told=lambda _made: None, refused=lambda _e: None)
    office.until(lambda: stopped)

    assert stopped == [41]
    assert printing.queue.jobs() == ()
    assert len(office.papers(device)) == 41
    assert not [told for told in window.banners.sentences() if "Drawing" in told]
    assert "41 papers are made and not printed" in window.message


def test_without_a_font_for_papers_none_is_made_and_the_fonts_are_named(
    office: Office, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    monkeypatch.setenv("WINDIR", str(tmp_path / "no-fonts"))  # where they are looked for then
    styles.cache_clear()

    dialog.make_panel.print.click()
    office.until(lambda: dialog.make_panel.problem)

    assert "Times New Roman" in dialog.make_panel.problem
    assert office.papers(device) == ()
    monkeypatch.undo()
    dialog.make_panel.print.click()
    assert len(office.printed(2)) == 2


def test_printers_that_cannot_be_read_are_said_and_nothing_is_made(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)
    (tmp_path / "printers.json").write_text("{")

    dialog.make_panel.print.click()
    office.until(lambda: dialog.make_panel.problem)

    assert "printers.json" in dialog.make_panel.problem
    assert office.papers(device) == ()
    assert (tmp_path / "printers.json").read_text() == "{"
