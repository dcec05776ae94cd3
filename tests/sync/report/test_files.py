"""Reports as files: what stands in them is what the report says, in the look of the decree."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.shared import Pt
from msgspec import structs
from openpyxl import load_workbook

from station.counting import Count, Measure
from station.periods import PeriodKind, of
from station.reference import Reference, load
from station.report import ALL, By, Closing, Report, cells, reported
from station.words import speaking, use
from sync.report import words
from sync.report.document import document
from sync.report.workbook import workbook

REFERENCE = load()
CHANGES = REFERENCE.unit_changes()
MADE_ON = date(2025, 9, 5)
JULY = of(PeriodKind.MONTH, date(2025, 7, 1))
HOSTILE = '=HYPERLINK("http://x")</w:t>\x01 & <b>'


def count(day: date, measure: Measure, unit: str, **more: Any) -> Count:
    told = {"kind": "laptop", "donor_kind": "person"} | more
    return Count(station=12, day=day, measure=measure, devices=1, unit=unit, **told)


COUNTS = [
    count(date(2025, 5, 2), Measure.RECEIVED, "25459"),
    count(date(2025, 6, 20), Measure.RECEIVED, "25459", donor_kind="organisation"),
    count(date(2025, 6, 30), Measure.GIVEN, "25459", school="truong-th-go-dau", level="primary"),
    count(date(2025, 7, 1), Measure.GIVEN, "25459", school="", level="primary"),
    count(date(2025, 7, 2), Measure.READY, "25654"),
    count(date(2025, 7, 14), Measure.GIVEN, "27694", school="gone-school", level="x"),
]


def a_report(
    counts: list[Count] = COUNTS,
    reference: Reference = REFERENCE,
    *,
    station: int | None = None,
    closing: Closing = Closing.OPEN,
) -> Report:
    made = cells(counts, JULY, CHANGES)
    return reported(made, JULY, reference, MADE_ON, closing=closing, station=station)


def read(report: Report, reference: Reference = REFERENCE) -> Any:
    return docx.Document(io.BytesIO(document(report, reference)))


def texts(made: Any) -> str:
    cells_ = [c.text for table in made.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells_])


def test_the_document_says_the_figures_of_the_report() -> None:
    report = a_report()
    made = read(report)

    total = made.tables[1]
    told = [[int(c.text) for c in row.cells[1:]] for row in total.rows[1:]]
    assert told == [[a.before, a.adjusted, a.within, a.total] for a in report.total]
    sections = [section for section in report.sections if section.rows]
    for section, table in zip(sections, made.tables[3:], strict=True):
        names = 2 if section.by is By.UNIT else 1
        lines = [[int(c.text) for c in row.cells[names:]] for row in table.rows[2:]]
        expected = [[f for a in row.amounts for f in (a.within, a.total)] for row in section.rows]
        assert lines[:-1] == expected
        assert lines[-1] == [sum(column) for column in zip(*expected, strict=True)]


def test_the_document_has_the_look_of_papers_of_the_state() -> None:
    made = read(a_report())

    first, annex = made.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert (round(annex.page_width.mm), round(annex.page_height.mm)) == (297, 210)
    for section in made.sections:
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header.paragraphs[0]._p.xml
    left, right = made.tables[0].rows[0].cells
    assert [p.text for p in right.paragraphs][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert right.paragraphs[0].runs[0].font.size == Pt(12)
    assert right.paragraphs[1].runs[0].font.size == Pt(13)
    assert left.paragraphs[1].text == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    number, dated = made.tables[0].rows[1].cells
    assert number.text == "Số: ……/BC-SKHCN"
    assert dated.text == "Tây Ninh, ngày 05 tháng 9 năm 2025"


def test_a_points_own_report_bears_the_head_of_who_runs_it() -> None:
    made = read(a_report(station=12))

    assert REFERENCE.point(12, JULY.last).word() in texts(made)
    organisation = REFERENCE.point(12, JULY.last).organisation
    head = REFERENCE.letterhead(organisation, JULY.last)
    assert head.agency in made.tables[0].rows[0].cells[0].text


def test_a_document_is_vietnamese_whatever_is_spoken() -> None:
    report = a_report()
    with speaking("en"):
        english = texts(read(report))
    with speaking("vi"):
        assert english == texts(read(report))


def test_the_workbook_says_the_figures_of_the_report() -> None:
    report = a_report()
    book = load_workbook(io.BytesIO(workbook(report, REFERENCE)))

    first = book.worksheets[0]
    rows = [[c.value for c in row] for row in first.iter_rows()]
    figures = [row[1:5] for row in rows if isinstance(row[1], int)]
    assert figures == [[a.before, a.adjusted, a.within, a.total] for a in report.total]
    for section, sheet in zip(report.sections, book.worksheets[1:], strict=True):
        lines = [[c.value for c in row] for row in sheet.iter_rows(min_row=5)]
        numbers = [[v for v in line if isinstance(v, int)] for line in lines]
        expected = [[f for a in row.amounts for f in (a.within, a.total)] for row in section.rows]
        assert numbers[: len(expected)] == expected
        if expected:
            assert numbers[-1] == [sum(column) for column in zip(*expected, strict=True)]


def test_a_name_that_somebody_made_up_does_no_harm_in_either_file() -> None:
    school = REFERENCE.organisation("truong-th-go-dau", JULY.last)
    others = tuple(o for o in REFERENCE.every_organisation if o.id != school.id)
    bad = structs.replace(school, vi=HOSTILE, en=HOSTILE)
    reference = structs.replace(REFERENCE, every_organisation=(*others, bad))
    report = a_report(reference=reference)

    assert HOSTILE.replace("\x01", "") in texts(read(report, reference))
    book = load_workbook(io.BytesIO(workbook(report, reference)))
    kinds = {c.data_type for s in book for row in s.iter_rows() for c in row}
    assert "f" not in kinds


def test_every_line_is_named_and_what_is_unknown_stands_for_itself() -> None:
    use("en")
    told = {table.by: table for table in words.tables(a_report(), REFERENCE)}

    assert [row.name for row in told[By.UNIT].rows] == [
        "Phường 3 (until 30/06/2025)",
        "Phường Tân Ninh",
        REFERENCE.unit("25654", JULY.last).full_name,
        REFERENCE.unit("27694", JULY.last).full_name,
    ]
    assert [row.beside for row in told[By.UNIT].rows][:2] == ["Thành phố Tây Ninh"] * 2
    assert told[By.UNIT].rows[-1].beside == "—"
    assert [row.name for row in told[By.SCHOOL].rows] == [
        "gone-school",
        "Gò Dầu primary school",
        "Not one of the list",
    ]
    assert [row.name for row in told[By.DONOR_KIND].rows] == ["Organisations", "Persons"]
    assert [row.name for row in told[By.LEVEL].rows][-1] == "x"


@pytest.mark.parametrize("kind", PeriodKind)
def test_periods_are_spoken_of_as_people_do(kind: PeriodKind) -> None:
    use("en")
    period = of(kind, date(2026, 11, 3))
    spoken = {1: "Month 11/2026", 3: "Quarter IV of 2026", 6: "Second half of 2026"}

    assert words.period_name(period) == spoken.get(kind.months, "Year 2026")
    assert words.period_days(period).startswith("from ")
    assert words.kind_word(kind)
    assert words.file_name(a_report(), "docx") == "bao-cao-month-2025-07-14.docx"


def test_how_final_a_report_is_stands_in_it() -> None:
    use("en")
    said = {closing: words.closing_words(a_report(closing=closing)) for closing in Closing}

    assert "05/09/2025" in said[Closing.CLOSED]
    assert len(set(said.values())) == len(Closing)
    assert len(ALL) == len(list(words.lines_of_total(a_report())))


def test_levels_stand_in_the_order_of_school() -> None:
    given = [
        count(date(2025, 7, 1), Measure.GIVEN, "25459", level=level)
        for level in ("upper-secondary", "lower-secondary", "primary")
    ]
    with speaking("vi"):
        told = words.tables(a_report(given), REFERENCE)

    levels = next(table for table in told if table.by is By.LEVEL)
    assert [row.name for row in levels.rows] == ["Tiểu học", "THCS", "THPT"]
