"""A paper that was made: opened by its code, seen, printed again, and its signed copies."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station import refusals
from station.codes import CodeKind, make
from station.paperwork import LARGEST_SCAN
from station.pictures import ORIENTATION, without_exif
from station.store.store import SqlStore
from tests.station.conftest import LEAD, TECHNICIAN
from tests.ui.device_desk import child
from tests.ui.papers.lives import given_laptop, purge
from tests.ui.paperwork.offices import Office, office_at, text_of
from ui.paperwork.made_dialog import MadeDialog
from ui.paperwork.scans import read_scan

pytestmark = pytest.mark.qt_log_ignore("launch")

GPS, MAKE = 0x8825, 0x010F


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def made(office: Office, store: SqlStore) -> str:
    """Minutes that were printed; their own code."""
    device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    office.printed(2)
    (paper,) = office.papers(device)
    return paper.code


def opened(office: Office, code: str) -> MadeDialog:
    office.place.routes.take(code)
    return office.made_dialog()


def photo(file: Path, orientation: int = 1) -> Path:
    """What a telephone leaves: where it was, and how it was held."""
    picture = Image.effect_noise((40, 20), 90).convert("RGB")
    exif = Image.Exif()
    exif[MAKE] = "Điện thoại".encode().decode("latin-1")
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    picture.save(file, exif=exif, comment=b"Nguyen Van A")
    return file


def attach(office: Office, dialog: MadeDialog, *files: Path) -> None:
    dialog.panel.attach_wanted.emit(dialog._code, files)
    office.until(lambda: dialog.panel.problem or "attached" in dialog.panel._told.text())


def test_scanning_a_papers_own_code_opens_it_and_not_its_device(
    office: Office, store: SqlStore
) -> None:
    code = made(office, store)

    dialog = opened(office, code)

    assert dialog.panel.code.text() == "BB 012 000001 8"
    assert office.place.window.current_page == "today"


def test_a_papers_code_that_nobody_knows_is_said_beside_the_scan(office: Office) -> None:
    office.place.routes.take(make(CodeKind.PAPER, 12, 77))

    office.until(lambda: office.place.window.refusal)
    assert "BB 012 000077" in office.place.window.refusal


def test_a_reprint_says_so_and_equals_the_original_otherwise(
    office: Office, store: SqlStore
) -> None:
    code = made(office, store)
    original = text_of(office.printed(2)[0].read_bytes())
    dialog = opened(office, code)

    child(dialog, QPushButton, "printPaperAgain").click()
    preview = office.preview()
    assert "BẢN IN LẠI (lần 1)" in text_of(preview._drawn.pdf)  # type: ignore[union-attr]
    assert not preview.save_pdf.isVisible()  # it would be a reprint that nobody counts
    preview.print.click()

    again = text_of(office.printed(3)[2].read_bytes())
    assert "BẢN IN LẠI (lần 1)" in again
    assert again.replace("BẢN IN LẠI (lần 1)", "").split() == original.split()
    paper = store.paper(code)
    assert paper is not None
    assert paper.reprints == 1
    office.until(lambda: "printed again 1 time" in dialog.panel._facts.text())


def test_looking_at_a_paper_records_nothing(office: Office, store: SqlStore) -> None:
    dialog = opened(office, made(office, store))
    before = store.standing().seq

    child(dialog, QPushButton, "seePaper").click()
    preview = office.preview()

    assert preview.problem == ""
    assert not preview.print.isVisible()
    assert not preview.save_pdf.isVisible()  # it would be a second original
    assert store.standing().seq == before


def test_a_signed_copy_is_kept_without_what_the_telephone_told_and_can_be_looked_at(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    code = made(office, store)
    dialog = opened(office, code)

    attach(office, dialog, photo(tmp_path / "ky.jpg", orientation=6))

    paper = store.paper(code)
    assert paper is not None
    (copy,) = paper.signed
    kept = store.attachment(copy.scan)
    assert kept is not None
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert "comment" not in picture.info
        assert picture.size == (20, 40)  # upright
    office.until(lambda: dialog.panel.findChild(QPushButton, "signedCopy.0"))
    child(dialog.panel, QPushButton, "signedCopy.0").click()
    preview = office.preview()
    assert preview.view.page_count == 1
    assert not preview.print.isVisible()


def test_a_copy_that_is_of_another_paper_is_taken_off(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    dialog = opened(office, made(office, store))
    attach(office, dialog, photo(tmp_path / "ky.jpg"))
    office.until(lambda: dialog.panel.findChild(QPushButton, "detachCopy.0"))

    child(dialog.panel, QPushButton, "detachCopy.0").click()

    paper = store.paper(dialog._code)
    assert paper is not None
    office.until(lambda: store.paper(paper.code).signed == ())  # type: ignore[union-attr]
    office.until(lambda: "of this paper no more" in dialog.panel._told.text())
    office.until(lambda: dialog.panel.findChild(QPushButton, "detachCopy.0") is None)


def test_the_same_file_twice_is_named_and_the_others_are_attached(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    dialog = opened(office, made(office, store))
    file = photo(tmp_path / "trang 1.jpg")
    attach(office, dialog, file)

    attach(office, dialog, file, photo(tmp_path / "trang 2.jpg"), tmp_path / "mất.pdf")

    assert dialog.panel.problem.splitlines()[0].startswith("trang 1.jpg: This file is attached")
    assert dialog.panel.problem.splitlines()[1].startswith("mất.pdf: ")
    paper = store.paper(dialog._code)
    assert paper is not None
    assert len(paper.signed) == 2


def test_a_file_may_be_dropped_on_it(office: Office, store: SqlStore, tmp_path: Path) -> None:
    dialog = opened(office, made(office, store))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "ky.png")))])

    dialog.panel.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            held,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    paper = store.paper(dialog._code)
    assert paper is not None
    office.until(lambda: store.paper(paper.code).signed)  # type: ignore[union-attr] # it is there


def test_what_is_no_scan_or_too_large_is_refused_by_name(tmp_path: Path) -> None:
    words = tmp_path / "thư.pdf"
    words.write_text("xin chào")
    with pytest.raises(refusals.NotAScan):
        read_scan(words)

    broken = tmp_path / "gãy.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(refusals.NotAScan):
        read_scan(broken)

    large = tmp_path / "to.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST_SCAN + 1)
    with pytest.raises(refusals.ScanTooLarge):
        read_scan(large)


@pytest.mark.parametrize("cut", [3, 10, 200, -5])
@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_a_picture_that_was_cut_off_is_refused_or_kept_but_never_breaks(
    tmp_path: Path, cut: int, ending: str
) -> None:
    whole = photo(tmp_path / f"ky.{ending}").read_bytes()
    media = "jpeg" if ending == "jpg" else "png"
    with suppress(refusals.NotAScan):
        without_exif(whole[:cut], media)


def test_who_may_not_attach_is_told_whose_work_it_is(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        dialog = opened(office, made(office, store))
        assert child(dialog, QPushButton, "attachSigned").isEnabled()
        office.place.desk.sign_in(TECHNICIAN)
        assert not child(dialog, QPushButton, "attachSigned").isEnabled()


def test_a_technician_is_told_whose_work_a_paper_is_that_names_a_pupil(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        dialog = opened(office, made(office, store))
        office.place.desk.sign_in(TECHNICIAN)

        for button in ("seePaper", "printPaperAgain"):
            dialog.panel.refuse("")
            child(dialog, QPushButton, button).click()
            office.until(lambda: "handover" in dialog.panel.problem_line.text.casefold())


def test_nothing_of_a_preview_stays_on_the_disk(office: Office, store: SqlStore) -> None:
    dialog = opened(office, made(office, store))
    for file in (office.folder / "out").iterdir():
        file.unlink()
    before = set(office.folder.rglob("*.pdf"))

    child(dialog, QPushButton, "seePaper").click()
    office.preview().close()

    assert set(office.folder.rglob("*.pdf")) == before


def test_a_paper_whose_words_were_purged_says_so(office: Office, store: SqlStore) -> None:
    dialog = opened(office, made(office, store))
    purge(store)

    child(dialog, QPushButton, "seePaper").click()

    office.until(lambda: dialog.panel.problem)
    assert "BB 012 000001 8" in dialog.panel.problem
