"""The print preview in a real window: paper at its true size, choices, and what is saved."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from labels.printer import Printer, Route
from labels.stocks import stock_named
from station.codes import CodeKind, make
from station.reference import load
from tests.labels.examples import label_for, scan_of, scanned
from ui.background import Background
from ui.prints.label_places import PlaceState
from ui.prints.page_stack import PageStack
from ui.prints.paper_view import PaperView, Zoom
from ui.prints.preview import Preview
from ui.prints.preview_bar import size_words
from ui.prints.previewed import Previewed, PrintChoice, labels_to_preview, paper_to_preview
from ui.prints.printers import NamedPrinter
from ui.prints.true_size import Scale, believed

LASER = NamedPrinter("HP văn phòng", Printer(Route.SYSTEM, "HP"))
ROLL = NamedPrinter("Xprinter", Printer(Route.TCP, "10.0.0.9", stock="35x22-3up-110"))
SHEETS = NamedPrinter("Tem A4", Printer(Route.SYSTEM, "HP", stock="a4-tomy-145"))
PRINTERS = (LASER, ROLL, SHEETS)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background("preview")
    yield background
    background.close()


Opened = Callable[..., Preview]


@pytest.fixture
def opened(qtbot: QtBot, background: Background) -> Opened:
    """A preview that has drawn its pages, or says why not."""

    def open_(previewed: Previewed, chosen: NamedPrinter = LASER) -> Preview:
        preview = Preview(previewed, background, load(), printers=PRINTERS, chosen=chosen)
        qtbot.addWidget(preview)
        preview.resize(1200, 720)
        preview.show()
        preview.activateWindow()  # keys go to the window that is at work
        qtbot.waitUntil(preview.isActiveWindow)
        qtbot.waitUntil(lambda: bool(preview.print.isEnabled() or preview.problem), timeout=20_000)
        return preview

    return open_


def pages_of(count: int, size: tuple[float, float] = (595.276, 841.89)) -> bytes:
    """Pages whose left half is black on odd numbers, right half on even ones."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for number in range(count):
        canvas.rect(size[0] / 2 if number % 2 else 0, 0, size[0] / 2, size[1], fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def paper(count: int) -> Previewed:
    return paper_to_preview("Biên bản bàn giao", "bien-ban", lambda: pages_of(count))


def labels(count: int) -> Previewed:
    described = [label_for(make(CodeKind.DEVICE, 12, number)) for number in range(1, count + 1)]
    return labels_to_preview(
        "Tem thiết bị", "tem", described, lambda named: stock_named(named.printer.stock)
    )


def seen(view: PaperView) -> QImage:
    return view.viewport().grab().toImage()


def drawn(qtbot: QtBot, view: PaperView) -> QImage:
    """What is seen once the visible pages are there: ink and paper beside each other."""

    def inked() -> bool:
        image = seen(view)
        middle = image.height() // 2
        return any(image.pixelColor(x, middle).lightness() < 20 for x in range(image.width()))

    qtbot.waitUntil(inked, timeout=10_000)
    return seen(view)


# ---- the pages ----


def test_a_paper_is_shown_whole_and_as_paper_on_a_desk(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(paper(1))

    image = drawn(qtbot, preview.view)

    assert preview.view.zoom is Zoom.FIT
    assert preview.view.verticalScrollBar().maximum() == 0
    middle = image.height() // 2
    across = [image.pixelColor(x, middle).lightness() for x in range(image.width())]
    black, white = across.count(0), across.count(255)
    assert black == pytest.approx(white, abs=3)  # the two halves of the page
    assert 0 < across[0] < 255  # the desk


def test_true_size_is_as_many_dots_as_the_screen_has_in_these_millimetres(
    qtbot: QtBot, opened: Opened
) -> None:
    preview = opened(paper(1))

    QTest.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: preview.view.zoom is Zoom.TRUE)
    image = drawn(qtbot, preview.view)
    middle = image.height() // 2
    across = [image.pixelColor(x, middle).lightness() for x in range(image.width())]
    ratio = preview.devicePixelRatioF()
    assert across.count(0) / ratio == pytest.approx(105 * preview.view.scale.per_mm, abs=2)


@pytest.mark.parametrize(
    ("across", "down", "scale"),
    [
        (101.6, 101.6, Scale(4.0, True)),
        (96, 120, Scale(96 / 25.4, False)),  # no screen has oblong dots
        (10, 10, Scale(96 / 25.4, False)),  # a projector
        (2000, 2000, Scale(96 / 25.4, False)),
    ],
)
def test_a_screen_is_believed_where_it_can_be_true(
    across: float, down: float, scale: Scale
) -> None:
    assert believed(across, down) == scale


def test_a_screen_that_does_not_tell_its_size_is_said() -> None:
    assert "ruler" in size_words(Zoom.TRUE, 1, told=False)
    assert size_words(Zoom.TRUE, 1, told=True) == "as large as on paper"
    assert size_words(Zoom.FREE, 0.5, told=False) == "shown at about 50%"
    assert size_words(Zoom.FIT, 0.5, told=True) == "shown at 50%"


def test_keys_turn_pages_and_the_list_follows(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(paper(5))

    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)

    assert preview.view.page == 2
    assert preview.pages.currentIndex().row() == 2
    assert preview.bar.page.text() == "Page 3 of 5"
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview.view.page == 1
    preview.pages.setCurrentIndex(preview.pages.model().index(4, 0))
    assert preview.view.page == 4


def test_zoom_keys_make_it_larger_and_smaller(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(paper(1))
    before = preview.view.share

    def press(key: Qt.Key, becomes: float) -> None:
        QTest.keyClick(preview, key, Qt.KeyboardModifier.ControlModifier)
        # a button that is pressed by its key takes a moment
        qtbot.waitUntil(lambda: preview.view.share == pytest.approx(before * becomes))

    press(Qt.Key.Key_Plus, 1.25)
    press(Qt.Key.Key_Equal, 1.25**2)
    press(Qt.Key.Key_Minus, 1.25)
    press(Qt.Key.Key_9, 1)
    assert preview.view.zoom is Zoom.FIT


def test_of_five_hundred_pages_only_those_in_sight_are_drawn(qtbot: QtBot, opened: Opened) -> None:
    many = pages_of(500)
    preview = opened(paper_to_preview("Danh sách", "danh-sach", lambda: many))
    counted: list[int] = []
    preview.view.pictures.drawn.connect(counted.append)

    began = time.monotonic()
    preview.view.go_to(400)
    drawn(qtbot, preview.view)
    took = time.monotonic() - began

    assert preview.view.page == 400
    assert len(counted) < 10
    assert took < 3


def test_pages_lie_below_each_other_and_are_found_by_height() -> None:
    stack = PageStack([(210, 297), (148, 210), (210, 297)], 1)

    assert list(stack.between(0, 10)) == []
    assert list(stack.between(0, 100)) == [0]
    assert list(stack.between(320, 350)) == [1]
    assert list(stack.between(0, 2000)) == [0, 1, 2]
    assert [stack.page_at(height) for height in (0, 16, 320, 335, 600)] == [0, 0, 0, 1, 2]


def test_what_cannot_be_drawn_says_why_and_prints_nothing(opened: Opened) -> None:
    def fails() -> bytes:
        raise PermissionError("no")

    preview = opened(paper_to_preview("Biên bản", "bien-ban", fails))

    assert "may not write" in preview.problem
    assert preview.view.said == "There is nothing to see."
    assert not preview.print.isEnabled()


def test_what_is_no_pdf_is_explained(opened: Opened) -> None:
    preview = opened(paper_to_preview("Biên bản", "bien-ban", lambda: b"SIZE 50 mm"))

    assert "cannot be shown" in preview.problem


# ---- labels ----


def test_what_stays_blank_in_a_row_is_said_and_shown(opened: Opened) -> None:
    preview = opened(labels(4), ROLL)

    assert preview.view.page_count == 2
    assert preview.note == "2 pages. 2 labels behind the last one stay blank."


def test_a_click_on_the_sheets_first_free_label_begins_there(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(labels(3), SHEETS)
    place = preview.view.middle_of(0, 7).toPoint()

    qtbot.mouseClick(preview.view.viewport(), LEFT, pos=place)

    assert preview.start.value() == 7
    assert not preview.print.isEnabled()  # what is shown is not what would be printed
    qtbot.waitUntil(preview.print.isEnabled, timeout=10_000)
    assert preview.choice == PrintChoice(SHEETS, 1, 7)
    states = [place.state for place in preview.view._places[0]]
    assert states[5:10] == [PlaceState.USED, *[PlaceState.PRINTED] * 3, PlaceState.BLANK]


def test_another_printer_shows_the_labels_on_its_stock(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(labels(4), ROLL)

    preview.printer.choose(SHEETS.name)

    qtbot.waitUntil(lambda: preview.view.page_count == 1, timeout=10_000)
    qtbot.waitUntil(preview.print.isEnabled, timeout=10_000)
    assert preview.start.maximum() == 65


def test_printing_tells_the_choice_and_closes(qtbot: QtBot, opened: Opened) -> None:
    preview = opened(labels(2), ROLL)
    preview.copies.setValue(2)
    qtbot.waitUntil(preview.print.isEnabled, timeout=10_000)

    with qtbot.waitSignal(preview.print_wanted) as wanted:
        QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert wanted.args == [PrintChoice(ROLL, copies=2)]
    assert not preview.isVisible()


# ---- saved ----


def test_the_pdf_that_is_seen_is_saved(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    preview = opened(paper(2))

    with qtbot.waitSignal(preview.saved) as saved:
        preview.save_as_pdf(tmp_path / "bien-ban")

    assert saved.args == [(tmp_path / "bien-ban.pdf",)]
    assert (tmp_path / "bien-ban.pdf").read_bytes().startswith(b"%PDF-")
    assert "bien-ban.pdf" in preview.note


def test_each_page_of_labels_is_saved_as_a_picture_that_scans(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    preview = opened(labels(4), ROLL)
    (tmp_path / "tem-1.png").write_bytes(b"somebody else's")

    with qtbot.waitSignal(preview.saved) as saved:
        preview.save_as_png(tmp_path / "tem.png")

    assert saved.args is not None
    files = saved.args[0]
    assert [file.name for file in files] == ["tem (2)-1.png", "tem (2)-2.png"]
    assert (tmp_path / "tem-1.png").read_bytes() == b"somebody else's"
    with Image.open(files[1]) as picture:
        fourth = make(CodeKind.DEVICE, 12, 4)
        assert picture.size == (880, 176)  # 110 x 22 mm on 8 dots each
        assert scan_of(fourth)[0] in scanned(picture)


def test_a_folder_that_cannot_be_written_to_is_explained(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    preview = opened(paper(1))
    (tmp_path / "a file").write_text("in the way")

    preview.save_as_pdf(tmp_path / "a file" / "bien-ban.pdf")

    qtbot.waitUntil(lambda: bool(preview.problem))


def test_a_closed_preview_hears_nothing_more(qtbot: QtBot, background: Background) -> None:
    preview = Preview(paper(3), background, load(), printers=PRINTERS, chosen=LASER)
    preview.show()

    preview.close()
    preview.deleteLater()
    answers: list[object] = []
    background.run(lambda: None, answers.append, answers.append)

    qtbot.waitUntil(lambda: bool(answers))


def test_everything_fits_a_small_screen(opened: Opened) -> None:
    preview = opened(labels(3), SHEETS)

    preview.resize(1290, 700)

    inside = [child for child in preview.findChildren(QWidget) if child.isVisible()]
    assert all(child.width() >= child.minimumSizeHint().width() for child in inside)
    assert preview.minimumSizeHint().height() <= 700
    assert preview.rect().contains(
        preview.leave.mapTo(preview, QPoint(1, preview.leave.height() - 1))
    )
