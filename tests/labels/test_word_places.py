"""What a template's file may hold, checked when it is read."""

import pytest

from labels.paper_words import TemplateWord, UnreadableTemplate
from labels.template import Template, parse_template

HEAD = 'vi = "Phiếu"\nen = "Slip"\n'
WORDS = '[words]\ntitle = "PHIẾU"\nclosing = "Hết"\nlist = ["một", "hai"]\n'
TABLE = """
[[blocks]]
kind = "table"
rows = "{rows}"
by = "{by}"
total = [{total}]
columns = [{{ title = "STT", cell = "{cell}", width = {width} }}]
"""


def read(blocks: str, words: str = WORDS) -> Template:
    return parse_template("slip", HEAD + blocks + "\n" + words)


def block(kind: str, **said: str) -> str:
    lines = "".join(f'{name} = "{value}"\n' for name, value in said.items())
    return f'[[blocks]]\nkind = "{kind}"\n{lines}'


def table(
    rows: str = "devices", by: str = "", total: str = "", cell: str = "{name}", width: float = 1
) -> str:
    return TABLE.format(rows=rows, by=by, total=total, cell=cell, width=width)


def test_a_template_that_is_right_is_read() -> None:
    blocks = [
        block("text", text="closing", when="giver.organisation", unless="devices"),
        block("text", text="{row}. {name}, {programme}", rows="members"),
        block("ticks", ticks="choices"),
        block("ticks", ticks="list", label="closing"),
        table(by="school_class", total='"Cộng"', cell="{row} {code:code} {value:money}"),
        block("qr", address="{tracking_address}"),
    ]

    assert len(read("".join(blocks)).blocks) == len(blocks)


@pytest.mark.parametrize(
    ("blocks", "text", "field"),
    [
        (block("text", text="closng"), "closng", None),
        (block("title", text="title", subject="subjekt"), "subjekt", None),
        (block("ticks", ticks="choises"), "choises", None),
        (block("text", text="{serial}"), "{serial}", "serial"),  # of a row
        (block("text", text="{row}"), "{row}", "row"),
        (block("text", text="{hash}"), "{hash}", "hash"),  # of the foot
        (block("text", text="{giver}"), "{giver}", "giver"),
        (block("text", text="{devices}"), "{devices}", "devices"),
        (block("text", text="{anonymous}"), "{anonymous}", "anonymous"),  # yes or no
        (block("text", text="{programme:money}"), "{programme:money}", "programme:money"),
        (block("text", text="{day:two}"), "{day:two}", "day:two"),
        (block("text", text="{day"), "{day", "{"),
        (table(cell="{programme}"), "{programme}", "programme"),  # of the paper
        (table(cell="{check}"), "{check}", "check"),  # of another kind of row
        (table(total='"{row}"'), "{row}", "row"),
        (block("text", text="{row} {check}", rows="members"), "{row} {check}", "check"),
    ],
)
def test_a_word_or_field_that_its_place_does_not_know_is_named(
    blocks: str, text: str, field: str | None
) -> None:
    with pytest.raises(TemplateWord) as refusal:
        read(blocks)

    assert (refusal.value.file, refusal.value.text) == ("slip.toml", text)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        (block("text", text="closing", when="organisation"), "organisation"),
        (block("text", text="closing", unless="giver"), "giver"),
        (block("text", text="closing", style="bold"), "bold"),
        (block("text", text="closing", rows="machines"), "machines"),
        (block("text", text="closing", size="3"), "size"),
        (block("texts", text="closing"), "texts"),
        (block("ticks", ticks="devices"), "devices"),
        (table(rows="machines"), "machines"),
        (table(rows="codes"), "codes"),
        (table(by="owner"), "owner"),
        (table(by="value"), "value"),
        (table(total='"a", "b"'), "2 totals"),
        (table(width=0), "0"),
        (block("signatures"), "places"),
        ('sheet = "a3"\n', "a3"),
        ("copies = 0\n" + block("head"), "1"),
    ],
)
def test_a_block_that_names_no_fact_or_is_none_is_refused(blocks: str, named: str) -> None:
    with pytest.raises(UnreadableTemplate, match=named):
        read(blocks)


@pytest.mark.parametrize(
    ("words", "text", "field"),
    [
        ('date = "{day:two}"', "date", "day:two"),
        ('date = "{programme}"', "date", "programme"),
        ('hour = "{day}"', "hour", "day"),
        ('to_fill_in = "{name}"', "to_fill_in", "name"),
        ('reprint = "{copies}"', "reprint", "copies"),
        ('foot = ["{row}"]', "foot", "row"),
        ('copy_names = ["{programme}"]', "copy_names", "programme"),
    ],
)
def test_the_words_around_the_blocks_know_what_they_are_about(
    words: str, text: str, field: str
) -> None:
    with pytest.raises(TemplateWord) as refusal:
        read(block("head"), f"[words]\n{words}\n")

    assert (refusal.value.text, refusal.value.field) == (text, field)
