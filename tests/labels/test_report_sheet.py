from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from labels.report_sheet import report_sheet_pdf
from station.checks import Outcome
from station.report_sheet import ReportSheet, SheetHeadings, SheetLine, SheetVerdict
from tests.labels.examples import one_line, page_texts, rendered, scanned

DIGEST = "0123456789abcdef" * 4
HEADINGS = SheetHeadings(
    title="PHIẾU KIỂM TRA MÁY TÍNH",
    to_do="Việc cần làm",
    verdicts="Kết quả",
    facts="Cấu hình",
    untested="Chưa thử",
    more="… và {count} mục nữa",
)
SHEET = ReportSheet(
    headings=HEADINGS,
    machine="Dell Latitude E7450",
    identity=(SheetLine("S/N", "8XK2F32"), SheetLine("Ngày", "11/10/2021")),
    outcome=Outcome.FAIL,
    answer="Chưa phù hợp để học trực tuyến",
    counted="1 mục không đạt",
    to_do=("Thêm RAM cho đủ 8 GB",),
    verdicts=(SheetVerdict(Outcome.FAIL, "Dung lượng RAM", "không đạt", "2 GB · ít RAM"),),
    facts=(SheetLine("Ổ cứng", "HDD 500 GB"), SheetLine("", "0 sector hỏng")),
    untested=("Bàn phím", "Camera"),
    foot=(SheetLine("Bộ ngưỡng", "judge-2021-09-10"),),
    digest=DIGEST,
)
LONG = "Ổ cứng ẤỄỘ " * 60
UNBROKEN = "W" * 900


def sheet(**changes: Any) -> ReportSheet:
    return structs.replace(SHEET, **changes)


def many(count: int, words: str = "dòng") -> dict[str, Any]:
    """Every list of the sheet this long."""
    return {
        "to_do": tuple(f"làm {n} {words}" for n in range(count)),
        "verdicts": tuple(
            SheetVerdict(Outcome.WARN, f"mục {n} {words}", words, words) for n in range(count)
        ),
        "facts": tuple(SheetLine(f"phần {n}", words) for n in range(count)),
        "untested": tuple(f"thử {n}" for n in range(count)),
    }


def test_the_page_says_everything_it_was_given() -> None:
    (text,) = page_texts(report_sheet_pdf(SHEET))

    lines = [SHEET.machine, SHEET.answer, SHEET.counted, *SHEET.to_do, *SHEET.untested]
    for fact in (*SHEET.identity, *SHEET.facts, *SHEET.foot):
        lines += [fact.name, fact.words]
    for verdict in SHEET.verdicts:
        lines += [verdict.title, verdict.verdict, verdict.why]
    lines += [f"SHA-256 {DIGEST}", HEADINGS.title, HEADINGS.to_do, HEADINGS.facts]
    assert [line for line in lines if one_line(line) not in text] == []
    assert "mục nữa" not in text


def test_the_qr_holds_the_reports_digest() -> None:
    (page,) = rendered(report_sheet_pdf(SHEET), 200)

    assert scanned(page) == [("QR Code", DIGEST)]


@pytest.mark.parametrize("words", ["dòng", LONG, UNBROKEN], ids=["short", "long", "unbroken"])
@pytest.mark.parametrize("count", [0, 1, 7, 30, 400])
def test_it_is_one_page_however_much_the_report_holds(count: int, words: str) -> None:
    full = sheet(**many(count, words), machine=words, answer=words, counted=words)

    pages = page_texts(report_sheet_pdf(full))

    assert len(pages) == 1
    assert DIGEST in pages[0]


def test_what_has_no_room_is_counted() -> None:
    (text,) = page_texts(report_sheet_pdf(sheet(**many(100))))

    for word, list_ in (("làm", "to_do"), ("mục", "verdicts"), ("phần", "facts"), ("thử", "x")):
        shown = sum(f"{word} {n} " in f"{text.replace(',', ' ')} " for n in range(100))
        assert 0 < shown < 100, list_
        assert f"… và {100 - shown} mục nữa" in text


def test_nothing_is_drawn_over_the_foot_or_beyond_the_margins() -> None:
    (page,) = rendered(report_sheet_pdf(sheet(**many(400, LONG))), 72)

    width, height = page.size
    millimetre = 72 / 25.4
    margin = int(14 * millimetre)
    edges = (
        (0, 0, margin, height),
        (width - margin, 0, width, height),
        (0, 0, width, margin),
        (0, height - margin, width, height),
    )
    foot_gap = (0, height - int(42 * millimetre), width, height - int(40 * millimetre))
    assert [page.crop(edge).getextrema()[0] for edge in (*edges, foot_gap)] == [255] * 5


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert report_sheet_pdf(SHEET) == report_sheet_pdf(SHEET)


@settings(max_examples=30)
@given(st.text(max_size=80), st.lists(st.text(max_size=300), max_size=5))
def test_no_text_of_a_machine_breaks_the_page(name: str, lines: list[str]) -> None:
    drawn = report_sheet_pdf(
        sheet(machine=name, to_do=tuple(lines), facts=tuple(SheetLine(name, x) for x in lines))
    )

    assert len(page_texts(drawn)) == 1
