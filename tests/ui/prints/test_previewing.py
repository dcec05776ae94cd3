"""From a page to a preview, and from there through the queue to the printer that was chosen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from labels.printer import Language, Printer, Route
from labels.queue.job import JobState
from station.store.store import SqlStore
from tests.labels.examples import rendered, scan_of, scanned
from tests.station import life
from tests.station.conftest import LEAD
from tests.ui.desks import desk_at
from tests.ui.workplaces import workplace_at
from ui.device.page import DevicePage
from ui.prints.preview import Preview
from ui.prints.printers import NamedPrinter, Printers, printers_file, write_printers
from ui.workplace import Workplace


@pytest.fixture
def printers(tmp_path: Path) -> Printers:
    """A roll that labels go to, sheets, and an office's printer, each a folder."""
    for name in ("roll", "sheets", "office"):
        (tmp_path / name).mkdir()
    printers = Printers(
        (
            NamedPrinter("Cuộn", Printer(Route.FILE, str(tmp_path / "roll"), Language.TSPL)),
            NamedPrinter(
                "Tờ A4", Printer(Route.FILE, str(tmp_path / "sheets"), stock="a4-tomy-145")
            ),
            NamedPrinter("Văn phòng", Printer(Route.FILE, str(tmp_path / "office"))),
        ),
        labels_on="Cuộn",
        papers_on="Văn phòng",
    )
    write_printers(printers_file(tmp_path / "settings.json"), printers)
    return printers


@pytest.fixture
def workplace(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, printers: Printers
) -> Iterator[Workplace]:
    with desk_at(store, LEAD) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        yield place


def previewed(qtbot: QtBot, workplace: Workplace) -> Preview:
    """The preview that opens, once its pages are drawn."""
    qtbot.waitUntil(lambda: workplace.window.findChild(Preview) is not None, timeout=20_000)
    preview = workplace.window.findChild(Preview)
    assert preview is not None
    qtbot.waitUntil(preview.print.isEnabled, timeout=20_000)
    return preview


def printed(qtbot: QtBot, workplace: Workplace, folder: Path, count: int) -> list[bytes]:
    qtbot.waitUntil(lambda: len(list(folder.glob("*.*"))) >= count, timeout=20_000)
    jobs = workplace.printing.queue.jobs
    qtbot.waitUntil(lambda: all(job.state is JobState.DONE for job in jobs()), timeout=20_000)
    return [file.read_bytes() for file in sorted(folder.iterdir())]


def test_a_devices_label_is_previewed_and_goes_to_the_roll(
    qtbot: QtBot, workplace: Workplace, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    workplace.routes.open_device(code)
    page = workplace.window.page("device")
    assert isinstance(page, DevicePage)
    qtbot.waitUntil(lambda: page.opened is not None)

    page.head.preview_wanted.emit()
    preview = previewed(qtbot, workplace)
    assert preview.choice.printer.name == "Cuộn"
    preview.print.click()

    (sent,) = printed(qtbot, workplace, tmp_path / "roll", 1)
    assert b"BITMAP" in sent
    qtbot.waitUntil(lambda: _labels_printed(store, code) == 1, timeout=20_000)


def test_a_label_goes_to_the_sheet_that_was_chosen_and_the_next_begins_behind_it(
    qtbot: QtBot, workplace: Workplace, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    workplace.previewing.preview_labels((code,))
    preview = previewed(qtbot, workplace)
    preview.printer.choose("Tờ A4")
    qtbot.waitUntil(lambda: preview.start.maximum() == 65 and preview.print.isEnabled())
    preview.start.setValue(7)
    preview.copies.setValue(2)
    qtbot.waitUntil(lambda: "57" in preview.note, timeout=20_000)
    qtbot.waitUntil(preview.print.isEnabled, timeout=20_000)

    preview.print.click()

    (sheet,) = printed(qtbot, workplace, tmp_path / "sheets", 1)
    (picture,) = rendered(sheet, 203)
    device = store.device(code)
    assert device is not None
    assert scanned(picture).count(scan_of(code)[0]) == 2
    row = (tmp_path / "label-row.json").read_text()
    assert re.search(r'"a4-tomy-145":\s*9', row)


def test_a_paper_is_printed_in_as_many_copies_as_were_chosen(
    qtbot: QtBot, workplace: Workplace, store: SqlStore, tmp_path: Path
) -> None:
    device = life.receive(store)
    papers = workplace.papers.open_papers(device)
    assert not papers.make_panel.preview.isEnabled()  # which paper is not known yet
    qtbot.waitUntil(papers.make_panel.preview.isEnabled, timeout=20_000)
    papers.make_panel.preview.click()
    preview = previewed(qtbot, workplace)
    assert preview.choice.printer.name == "Văn phòng"
    assert preview.printer.findData("Cuộn") < 0  # a label printer's language knows no pages
    preview.copies.setValue(3)

    preview.print.click()

    first, *others = printed(qtbot, workplace, tmp_path / "office", 3)
    assert first.startswith(b"%PDF-")
    assert others == [first, first]


def test_the_list_of_labels_to_stick_offers_the_preview(
    qtbot: QtBot, workplace: Workplace, store: SqlStore
) -> None:
    life.receive(store)
    workplace.window.show_page("labels")
    button = workplace.window.page("labels").findChild(QPushButton, "previewLabel")
    assert button is not None
    qtbot.waitUntil(button.isEnabled)

    button.click()

    previewed(qtbot, workplace).reject()


def test_a_stock_that_nobody_knows_is_said(
    qtbot: QtBot, workplace: Workplace, store: SqlStore, tmp_path: Path
) -> None:
    code = life.receive(store)
    unknown = Printers((NamedPrinter("Lạ", Printer(Route.FILE, "x", stock="lạ")),), "Lạ")
    write_printers(printers_file(tmp_path / "settings.json"), unknown)

    workplace.previewing.preview_labels((code,))

    qtbot.waitUntil(lambda: "lạ" in workplace.window.message)


def _labels_printed(store: SqlStore, code: str) -> int:
    device = store.device(code)
    assert device is not None
    return device.labels
