"""The point's own figures: counted in the background, under any heading, taken out as files."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from station import words
from station.periods import PeriodKind, of
from station.report import By, Closing, Figure, cells, reported
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON
from tests.ui.desks import desk_at
from ui.background import Background
from ui.figures.page import TOTAL, FiguresPage
from ui.figures.table_model import FiguresModel, Span, of_total

STATION = 12


@pytest.fixture
def slow() -> Iterator[Background]:
    background = Background("slow")
    yield background
    background.close()


@pytest.fixture
def page(store: SqlStore, slow: Background, qtbot: QtBot) -> Iterator[FiguresPage]:
    """The page of a point that received three devices today, shown and read."""
    words.use("en")
    for serial in ("A1", "A2", "A3"):
        life.receive(store, serial=serial)
    with desk_at(store, LEAD) as desk:
        page = FiguresPage(desk, slow, STATION)
        qtbot.addWidget(page)
        with qtbot.waitSignal(page.reader.read):
            page.show()
        page.period.setCurrentIndex(0)  # the one that runs
        yield page


def told(page: FiguresPage) -> list[list[str]]:
    """What a person reads in the table."""
    model, view = page.model, page.table
    used = [c for c in range(model.columnCount()) if not view.isColumnHidden(c)]
    return [
        [str(model.index(row, column).data()) for column in used] for row in range(model.rowCount())
    ]


def test_the_total_tells_what_was_received_and_where_it_stands(page: FiguresPage) -> None:
    rows = {row[0]: row[1:] for row in told(page)}

    assert rows["Received"] == ["0", "0", "3", "3"]
    assert rows["In repair"] == ["0", "0", "3", "3"]
    assert rows["Given"] == ["0", "0", "0", "0"]


@pytest.mark.parametrize("by", By)
def test_each_heading_ends_with_its_sum(page: FiguresPage, by: By) -> None:
    page.heading.choose(by)

    rows = told(page)
    if by in {By.SCHOOL, By.LEVEL}:
        assert rows == []  # nothing was given
    else:
        assert [row[-6:] for row in rows] == [["3", "3", "0", "0", "0", "3"]] * 2
        assert rows[-1][0] == "Total"


def test_a_heading_tells_the_period_or_everything_up_to_its_end(page: FiguresPage) -> None:
    later = page.period.itemData(0)
    page.heading.choose(By.KIND)
    page.span.choose(Span.TOTAL)
    assert told(page)[-1][-6] == "3"

    page.period.setCurrentIndex(1)  # the one before
    assert told(page) == []
    assert page.period.itemData(0) == later


@pytest.mark.parametrize("kind", PeriodKind)
def test_every_kind_offers_its_periods(page: FiguresPage, kind: PeriodKind) -> None:
    page.kind.choose(kind)
    page.period.setCurrentIndex(0)

    assert page.report is not None
    assert page.report.period == of(kind, NOON.day)
    assert page.report.amount(Figure.RECEIVED).total == 3


def test_what_is_recorded_while_the_page_is_shown_counts_at_once(
    page: FiguresPage, store: SqlStore, qtbot: QtBot
) -> None:
    life.receive(store, serial="A4")
    with qtbot.waitSignal(page.reader.read):
        page._desk.recorded.emit()

    page.heading.choose(TOTAL)
    assert {row[0]: row[4] for row in told(page)}["Received"] == "4"


def test_nothing_is_counted_twice_where_nothing_happened(
    page: FiguresPage, store: SqlStore, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(page.reader.read, wait=200):
        page.hide()
        page.show()


def test_the_files_hold_the_figures(page: FiguresPage, tmp_path: Path, qtbot: QtBot) -> None:
    assert page.report is not None
    for name in ("r.docx", "r.xlsx"):
        with qtbot.waitSignal(page.said) as said:
            page.saving.save(tmp_path / name, page.report)
        assert name in said.args[0]

    made = docx.Document(io.BytesIO((tmp_path / "r.docx").read_bytes()))
    assert [c.text for c in made.tables[1].rows[1].cells][1:] == ["0", "0", "3", "3"]
    book = load_workbook(tmp_path / "r.xlsx")
    values = [c.value for c in next(book.worksheets[0].iter_rows(min_row=6, max_row=6))]
    assert values == ["Received", 0, 0, 3, 3]


def test_a_file_that_cannot_be_written_is_said(
    page: FiguresPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.report is not None
    folder = tmp_path / "r.docx"
    folder.mkdir()
    with qtbot.waitSignal(page.saving.refused) as refused:
        page.saving.save(folder, page.report)

    assert "could not be written" in refused.args[0]


def test_counting_that_is_stopped_says_so_and_begins_anew_when_the_page_is_shown(
    page: FiguresPage, qtbot: QtBot
) -> None:
    page.progress.cancelled.emit()
    assert "stopped" in page._problem.text()

    with qtbot.waitSignal(page.reader.read):
        page.hide()
        page.show()
    assert not page._problem.isVisible()


def test_an_empty_point_says_what_to_do(store: SqlStore, slow: Background, qtbot: QtBot) -> None:
    with desk_at(store, LEAD) as desk:
        page = FiguresPage(desk, slow, STATION)
        qtbot.addWidget(page)
        with qtbot.waitSignal(page.reader.read):
            page.show()

        assert told(page) == []
        assert page.table.isHidden() or not page.table.isVisible()


def test_the_model_keeps_what_qt_expects(store: SqlStore, qtmodeltester: ModelTester) -> None:
    period = of(PeriodKind.MONTH, NOON.day)
    reference = store.reference
    made = cells((), period, reference.unit_changes())
    report = reported(made, period, reference, NOON.day, closing=Closing.OPEN)
    model = FiguresModel()
    qtmodeltester.check(model)
    model.show(of_total(report))
    qtmodeltester.check(model)
    assert model.headerData(2, Qt.Orientation.Horizontal)
