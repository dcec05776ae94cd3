"""What docs/papers.md tells an office is what the program does."""

import re
from pathlib import Path

from labels.document import Sheet
from labels.paper_fields import paper_fields, row_fields, row_types
from labels.template import papers, template

DOC = (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")
SHEETS = {
    Sheet.A4: "A4",
    Sheet.A4_LANDSCAPE: "A4 ngang",
    Sheet.A5: "A5",
    Sheet.A5_LANDSCAPE: "A5 ngang",
    Sheet.TWO_ON_A4: "hai liên trên một tờ A4",
}


def section(title: str) -> list[list[str]]:
    """The rows of the table below a heading."""
    text = DOC.split(f"{title}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def names(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


def test_each_paper_is_told_with_its_sheet_and_whether_its_form_was_checked() -> None:
    told = {names(row[1])[0]: row for row in section("## Có những giấy nào")}

    assert sorted(told) == sorted(papers())
    for paper in papers():
        known = template(paper)
        name, _id, purpose, signers, sheet, checked = told[paper]
        assert (name, sheet) == (known.vi, SHEETS[known.sheet])
        assert (purpose != "", signers != "") == (True, True)
        assert checked.startswith("có: " if known.form_checked else "chưa: ")


def test_each_field_of_a_paper_is_told_and_no_other() -> None:
    told = [name for row in section("### Dữ liệu của cả tờ giấy") for name in names(row[0])]

    assert sorted(told) == sorted(paper_fields())


def test_each_field_of_a_row_is_told_and_no_other() -> None:
    told = {
        rows: {*names(row[1]), "row"}
        for row in section("### Dữ liệu của một dòng")
        for rows in names(row[0])
    }

    assert told == {rows: set(row_fields(rows)) for rows in row_types()}
