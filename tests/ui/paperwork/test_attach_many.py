"""A folder of scanner output: papers are found by their codes, a person confirms."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, make
from station.store.store import SqlStore
from tests.station.conftest import LEAD
from tests.ui.device_desk import child
from tests.ui.papers.lives import given_laptop, to_school
from tests.ui.paperwork.offices import Office, office_at
from ui.paperwork import found_papers
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.found_papers import ChangedSince, attach_found, known, search

pytestmark = pytest.mark.qt_log_ignore("launch")


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def photographed(pdf: Path, file: Path) -> Path:
    """The first page as a telephone sees it: turned a little, on a table."""
    page = pypdfium2.PdfDocument(pdf.read_bytes())[0].render(scale=2.5).to_pil().convert("RGB")
    page.rotate(3, expand=True, fillcolor="gray").save(file, quality=85)
    return file


def five_metres(file: Path) -> None:
    """What a program for drawings writes: a picture of it would take all the memory there is."""
    drawing = pypdfium2.PdfDocument.new()
    drawing.new_page(14_400, 14_400)
    drawing.save(file)


def dialog_of(office: Office, about: str, folder: Path) -> AttachManyDialog:
    papers = office.papers_of(about)
    child(papers, QPushButton, "attachMany").click()
    office.until(lambda: office.found(AttachManyDialog))
    dialog = office.found(AttachManyDialog)[0]
    with office.bot.waitSignal(dialog.ended, timeout=60_000):
        dialog.search_in(folder)
    return dialog


def test_scans_and_photographs_find_their_papers_and_the_others_stay(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    printed = office.printed(2)[0]
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "a.pdf").write_bytes(printed.read_bytes())
    photographed(printed, scans / "b.jpg")
    Image.new("RGB", (200, 200), "white").save(scans / "c.png")
    (scans / "d.pdf").write_bytes(b"none")
    five_metres(scans / "0.pdf")  # searched first
    (scans / "ghi chú.txt").write_text("không phải bản quét")

    dialog = dialog_of(office, device, scans)
    (paper,) = office.papers(device)
    assert [found.paper for found in dialog.found] == ["", paper.code, paper.code, "", ""]
    assert store.paper(paper.code).signed == ()  # type: ignore[union-attr] # nothing by itself

    with office.bot.waitSignal(dialog.ended, timeout=60_000):
        child(dialog, QPushButton, "attachFound").click()

    attached = store.paper(paper.code)
    assert attached is not None
    assert len(attached.signed) == 2
    assert len(dialog.found) == 5  # what was not matched is still shown

    with office.bot.waitSignal(dialog.ended, timeout=60_000):
        dialog.search_in(scans)
    assert [type(found.error).__name__ for found in dialog.found[1:3]] == ["AlreadyAttached"] * 2


def test_a_search_that_somebody_stops_keeps_what_it_found(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, _case = given_laptop(store)
    scans = tmp_path / "scans"
    scans.mkdir()
    for number in range(5):
        Image.new("RGB", (200, 200), "white").save(scans / f"{number}.png")
    (tmp_path / "none").mkdir()
    dialog = dialog_of(office, device, tmp_path / "none")

    with office.bot.waitSignal(dialog.ended, timeout=60_000):
        dialog.search_in(scans)
        office.until(lambda: bool(dialog.found))
        dialog.progress.stop.click()

    assert 1 <= len(dialog.found) < 5
    assert dialog.progress.isHidden()


def test_a_file_of_several_papers_is_for_a_person_to_part(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    out = to_school(store, ("Trần Văn An", "4A2"), ("Lê Thị Bình", "10A1"))
    office.place.papers.print_minutes(out.batch)
    both = office.printed(6)[-1]  # the pupils' minutes came in one file

    assert isinstance(search(both).error, found_papers.SeveralPapers)


def test_a_paper_of_another_point_or_a_changed_file_is_not_attached(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    found = found_papers.Found(tmp_path / "x.pdf", make(CodeKind.PAPER, 12, 999), b"")
    assert type(known(found, store).error).__name__ == "UnknownPaper"

    _device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    file = tmp_path / "ký.pdf"
    file.write_bytes(office.printed(2)[0].read_bytes())
    matched = search(file)
    picture = BytesIO()
    Image.new("L", (9, 9)).save(picture, "PNG")
    file.write_bytes(picture.getvalue())

    desk = office.place.desk
    attached = attach_found(matched, store, desk.operator, desk.now())

    assert isinstance(attached.error, ChangedSince)


def test_an_empty_folder_and_one_that_is_gone_are_said(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, _case = given_laptop(store)
    (tmp_path / "none").mkdir()
    dialog = dialog_of(office, device, tmp_path / "none")
    assert "no PDF" in dialog._problem.text()

    with office.bot.waitSignal(dialog.ended, timeout=60_000):
        dialog.search_in(tmp_path / "gone")
    assert dialog._problem.text()
