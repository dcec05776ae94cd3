"""A report as a Word document that an office goes on writing in: the look of Nghị định 30/2020.

Vietnamese whatever is spoken, for it is a paper of the State. The total stands on the first page,
upright; the tables by heading follow as an annex, lying.
"""

import io
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from msgspec import Struct

from station.printed import Letterhead
from station.reference import OrganisationKind, Reference, UnknownReference
from station.report import Amount, Report
from station.words import _, speaking
from station.written_dates import day_figures, month_figures
from sync.report import words
from sync.report.word_table import Cell, Line, Side, table
from sync.report.words import Told

FONT: Final = "Times New Roman"
LONG, SHORT = 297, 210  # millimetres of A4
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
HEAD_WIDTHS: Final = (70, 95)  # millimetres: the agency, the nation
NAME_WIDTH, BESIDE_WIDTH = 52, 30
TEXT, NOTE = 13, 11  # points
SYMBOL: Final = "BC"  # báo cáo, before the agency's own symbol
NUMBER: Final = "Số: ……/{symbol}"


def document(report: Report, reference: Reference) -> bytes:
    """The bytes of the .docx file."""
    with speaking("vi"):
        return _Writer(report, reference).written()


class Formula(Struct, frozen=True):
    """What stands at the top of papers of the State."""

    nation: str
    motto: str
    date: str


@cache
def formula() -> Formula:
    """As on all papers."""
    text = resources.files("resources").joinpath("papers", "common.toml").read_text("utf-8")
    read = tomllib.loads(text)
    return Formula(read["nation"], read["motto"], read["date"])


def letterhead(report: Report, reference: Reference) -> Letterhead:
    """Of the agency whose report it is: the point's, or the first Department that has one."""
    day = report.period.last
    if report.station is None:
        for organisation in reference.organisations(OrganisationKind.DEPARTMENT, day):
            if organisation.letterhead is not None:
                return reference.letterhead(organisation.id, day)
        return Letterhead("", reference.programme.name(), "", "")
    try:
        return reference.letterhead(reference.point(report.station, day).organisation, day)
    except UnknownReference:
        return Letterhead("", words.point_name(report.station, day, reference), "", "")


class _Writer:
    """Writes one document, part after part."""

    def __init__(self, report: Report, reference: Reference) -> None:
        import docx  # noqa: PLC0415 -- slow to import, needed only here

        self._report, self._reference = report, reference
        self._made = docx.Document()
        self._set_style()
        self._set_properties()

    def written(self) -> bytes:
        """The whole of it."""
        self._page(self._made.sections[0])
        self._number_pages(self._made.sections[0])
        self._head()
        self._title()
        self._total()
        self._notes()
        self._signatures()
        self._annex()
        file = io.BytesIO()
        self._made.save(file)
        return file.getvalue()

    # ---- the sheet ----

    def _set_style(self) -> None:
        from docx.oxml.ns import qn  # noqa: PLC0415 -- the same
        from docx.shared import Pt  # noqa: PLC0415 -- the same

        style = self._made.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(TEXT)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0

    def _set_properties(self) -> None:
        properties = self._made.core_properties
        properties.author = properties.last_modified_by = ""
        properties.title = f"{words.title()}, {words.period_name(self._report.period)}"
        properties.language = "vi-VN"
        properties.comments = ""

    def _page(self, section: Any, *, lying: bool = False) -> None:
        from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- the same
        from docx.shared import Mm  # noqa: PLC0415 -- the same

        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (
            Mm(LONG if lying else SHORT),
            Mm(SHORT if lying else LONG),
        )
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.header_distance = Mm(10)

    def _number_pages(self, section: Any) -> None:
        """In the upper margin, and none on the first page."""
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        _centre(paragraph)
        run = paragraph.add_run()
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run._r.append(_field_part(kind, text))  # noqa: SLF001 -- no other way to a field

    # ---- the first page ----

    def _head(self) -> None:
        head, say = letterhead(self._report, self._reference), formula()
        places = self._made.add_table(rows=2, cols=2)
        _widths(places, HEAD_WIDTHS)
        left, right = places.rows[0].cells
        _paragraph(left, head.parent_agency, 12, centred=True, first=True)
        _paragraph(left, head.agency, 12, bold=True, centred=True)
        _rule(left, 25)
        _paragraph(right, say.nation, 12, bold=True, centred=True, first=True)
        _paragraph(right, say.motto, 13, bold=True, centred=True)
        _rule(right, 20)
        symbol = "-".join(filter(None, (SYMBOL, head.number_symbol)))
        left, right = places.rows[1].cells
        _paragraph(left, NUMBER.format(symbol=symbol), 13, centred=True, first=True)
        made_on = self._report.made_on
        day = say.date.format(
            day=day_figures(made_on), month=month_figures(made_on), year=made_on.year
        )
        place_and_day = f"{head.place}, {day}" if head.place else day
        _paragraph(right, place_and_day, 13, italic=True, centred=True, first=True)

    def _title(self) -> None:
        period = self._report.period
        made = self._made
        _paragraph(made, _("REPORT"), 14, bold=True, centred=True, before=12)
        _paragraph(made, words.title(), 14, bold=True, centred=True)
        when = f"{words.period_name(period)} ({words.period_days(period)})"
        _paragraph(made, when, 14, bold=True, centred=True, after=6)
        _paragraph(made, words.whose(self._report, self._reference), TEXT, centred=True)
        said = words.closing_words(self._report)
        _paragraph(made, said, TEXT, italic=True, centred=True, after=6)

    def _total(self) -> None:
        heads = (_("Figure"), *words.column_words())
        lines = [Line(tuple(Cell(head, Side.CENTRE, bold=True) for head in heads), head=True)]
        for name, one in words.lines_of_total(self._report):
            figures = (one.before, one.adjusted, one.within, one.total)
            lines.append(Line((Cell(name), *map(_figure, figures))))
        self._put(table((65, 25, 25, 25, 25), lines))

    def _notes(self) -> None:
        _paragraph(self._made, _("Notes:"), NOTE, italic=True, bold=True, before=6)
        for number, note in enumerate(words.notes(self._report), start=1):
            _paragraph(self._made, f"({number}) {note}", NOTE, italic=True, before=2)

    def _signatures(self) -> None:
        places = self._made.add_table(rows=1, cols=2)
        _widths(places, (80, 85))
        left, right = places.rows[0].cells
        _paragraph(left, _("Recipients:"), 12, bold=True, italic=True, first=True, before=12)
        for line in (_("- …………………;"), _("- Kept: records office.")):
            _paragraph(left, line, 11)
        signer = _("HEAD OF THE AGENCY") if self._report.station is None else _("HEAD OF THE POINT")
        _paragraph(right, signer, 13, bold=True, centred=True, first=True, before=12)
        hint = _("(Signature, full name, stamp)")
        _paragraph(right, hint, 12, italic=True, centred=True, after=60)

    # ---- the annex ----

    def _annex(self) -> None:
        from docx.enum.section import WD_SECTION  # noqa: PLC0415 -- the same

        self._page(self._made.add_section(WD_SECTION.NEW_PAGE), lying=True)
        self._made.sections[-1].different_first_page_header_footer = False
        _paragraph(self._made, _("ANNEX"), 14, bold=True, centred=True)
        for told in words.tables(self._report, self._reference):
            if told.rows:
                self._section(told)

    def _section(self, told: Told) -> None:
        paragraph = _paragraph(self._made, told.title, TEXT, bold=True, before=12, after=6)
        paragraph.paragraph_format.keep_with_next = True
        lines = [*_heads(told)]
        for row in told.rows:
            beside = (Cell(row.beside),) if told.beside else ()
            lines.append(Line((Cell(row.name), *beside, *_both(row.amounts))))
        total = Cell(_("Total"), bold=True, over=2 if told.beside else 1)
        lines.append(Line((total, *_both(told.total, bold=True))))
        named = (NAME_WIDTH, BESIDE_WIDTH) if told.beside else (NAME_WIDTH,)
        count = 2 * len(told.figures)
        width = min((LONG - LEFT - RIGHT - sum(named)) / count, 30)
        self._put(table((*named, *[width] * count), lines))

    def _put(self, made: Any) -> None:
        """A table at the end, and a line after it, for two tables would become one."""
        paragraph = _paragraph(self._made, "", 6)
        paragraph._p.addprevious(made)  # noqa: SLF001 -- no other way for a table of one's own


def _heads(told: Told) -> Iterator[Line]:
    """Two lines: a figure above, the period and up to its end below."""
    _before, _adjusted, within, total = words.column_words()
    named = (told.first, told.beside) if told.beside else (told.first,)
    upper = [Cell(text, Side.CENTRE, bold=True, begins=True) for text in named]
    upper += [Cell(figure, Side.CENTRE, bold=True, over=2) for figure in told.figures]
    yield Line(tuple(upper), head=True)
    lower = [Cell("", goes_on=True) for _text in named]
    lower += [Cell(text, Side.CENTRE) for _figure in told.figures for text in (within, total)]
    yield Line(tuple(lower), head=True)


def _figure(value: int, *, bold: bool = False) -> Cell:
    """12.345, as Vietnamese papers write it."""
    return Cell(f"{value:,}".replace(",", "."), Side.RIGHT, bold=bold)


def _both(amounts: tuple[Amount, ...], *, bold: bool = False) -> Iterator[Cell]:
    for amount in amounts:
        yield _figure(amount.within, bold=bold)
        yield _figure(amount.total, bold=bold)


# ---- what python-docx leaves to be said by hand ----


def _paragraph(
    within: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    first: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    """A paragraph; the first of a cell is there already."""
    from docx.shared import Pt  # noqa: PLC0415 -- slow to import, needed only here

    paragraph = within.paragraphs[0] if first else within.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    if centred:
        _centre(paragraph)
    return paragraph


def _rule(within: Any, beside: float) -> None:
    """A line under words; so many millimetres are left free on either side of it."""
    from docx.shared import Mm  # noqa: PLC0415 -- slow to import, needed only here

    paragraph = _paragraph(within, "", 4, centred=True)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(beside)
    line = _element("w:top", val="single", sz="6", space="1", color="000000")
    border = _element("w:pBdr")
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 -- no other way to a line
        border, "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _centre(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 -- the same

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _widths(made: Any, widths: Sequence[float]) -> None:
    from docx.shared import Mm  # noqa: PLC0415 -- slow to import, needed only here

    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _element(name: str, **said: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow to import, needed only here
    from docx.oxml.ns import qn  # noqa: PLC0415 -- the same

    made = OxmlElement(name)
    for key, value in said.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _field_part(kind: str, text: str) -> Any:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow to import, needed only here

    if kind:
        return _element("w:fldChar", fldCharType=kind)
    part = _element("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = text
    return part
