"""A part as a row of a paper's table."""

from station.codes import grouped
from station.paper_facts import ItemLine
from station.reference import Reference, Table
from ui.papers.words import fact_words, word


def part_line(item: str, remark: str, reference: Reference) -> ItemLine:
    """A counted part by its word, a labelled one by its code."""
    unit = fact_words().part_unit
    if item in reference.tables.parts:
        name = word(reference, Table.PARTS, item)
        return ItemLine(name=name, unit=unit, quantity=1, remark=remark)
    return ItemLine(name=grouped(item), unit=unit, quantity=1, code=item, remark=remark)
