"""Tables for spreadsheets: nothing somebody typed is ever run, and every figure comes back."""

import csv
import io
from datetime import date
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from station.sheets import FORMULA, Sheet, as_csv, as_xlsx

ATTACKS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")')
CELLS = st.one_of(st.integers(-(10**9), 10**9), st.dates(), st.text(max_size=9), st.none())


def test_no_typed_cell_becomes_a_formula_in_a_workbook() -> None:
    made = as_xlsx([Sheet("=Tên", ATTACKS, [ATTACKS], above=ATTACKS[:1], below=ATTACKS[1:2])])

    sheet = load_workbook(io.BytesIO(made)).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}
    with ZipFile(io.BytesIO(made)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@settings(max_examples=40, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=5))
def test_figures_and_days_come_back_from_a_workbook(line: list[int | date | str | None]) -> None:
    made = as_xlsx([Sheet("Số liệu", ["h"] * len(line), [line], total=True)])

    cells = next(iter(load_workbook(io.BytesIO(made)).active.iter_rows(min_row=2, max_row=2)), ())
    for cell, value in zip(cells, line, strict=False):
        if isinstance(value, date):
            assert cell.value.date() == value
        elif isinstance(value, int):
            assert cell.value == value


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_no_cell_of_a_csv_is_run_but_figures_stay_figures(
    line: list[int | date | str | None],
) -> None:
    made = as_csv(Sheet("x", ["h"] * len(line), [line])).decode("utf-8-sig")

    _heads, cells = csv.reader(io.StringIO(made, newline=""), delimiter=";")
    for cell, value in zip(cells, line, strict=True):
        if isinstance(value, int):
            assert cell == str(value)
        else:
            assert not cell.startswith(FORMULA)


def test_a_sheet_tells_what_stands_above_its_table() -> None:
    book = as_xlsx(
        [
            Sheet("Một", ["a", "b"], [["x", 1], ["Tổng", 1]], above=["Báo cáo"], total=True),
            Sheet("Hai", ["a"], []),
        ]
    )

    read = load_workbook(io.BytesIO(book))
    assert read.sheetnames == ["Một", "Hai"]
    one = read["Một"]
    assert [[c.value for c in row] for row in one.iter_rows()] == [
        ["Báo cáo", None],
        ["a", "b"],
        ["x", 1],
        ["Tổng", 1],
    ]
    assert one["A4"].font.bold
    assert not one["A3"].font.bold
    assert one.freeze_panes == "A3"
