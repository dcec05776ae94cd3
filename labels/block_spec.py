"""The blocks of a template as its file writes them; each becomes a block of the document."""

from typing import Annotated

from msgspec import Meta, Struct

from labels.document import Align, Sheet, TextStyle
from station.operators import Role

Count = Annotated[int, Meta(ge=1)]
Width = Annotated[float, Meta(gt=0)]
Size = Annotated[float, Meta(ge=0)]


class _BlockSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every block may say: print it only when, or unless, this fact is known."""

    when: str = ""
    unless: str = ""


class HeadSpec(_BlockSpec, frozen=True, tag_field="kind", tag="head"):
    """Agency, number, and on a state paper nation, motto, place and day."""

    state: bool = True
    agency: bool = True  # not on a private person's paper
    title: str = ""  # beside the agency, on a slip
    subject: str = ""


class TitleSpec(_BlockSpec, frozen=True, tag_field="kind", tag="title"):
    """The paper's name and what it is about."""

    text: str = "title"
    subject: str = ""


class TextSpec(_BlockSpec, frozen=True, tag_field="kind", tag="text"):
    """Paragraphs: one word, or each text of a list; with `rows` once for each row of the facts."""

    text: str
    style: TextStyle = TextStyle.TEXT
    rows: str = ""
    fill: bool = False  # what is not known is left to be written by hand


class TicksSpec(_BlockSpec, frozen=True, tag_field="kind", tag="ticks"):
    """Boxes: the choices or kit of the facts, or a list of words to be ticked by hand."""

    ticks: str
    columns: Count = 1
    label: str = ""


class ColumnSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: its title, and what stands in each row's cell, line by line."""

    title: str
    cell: str
    width: Width
    align: Align = Align.LEFT
    barcode: bool = False


class TableSpec(_BlockSpec, frozen=True, tag_field="kind", tag="table"):
    """A table of the facts' rows. `by` begins a new table for each value of a field."""

    rows: str
    columns: Annotated[tuple[ColumnSpec, ...], Meta(min_length=1)]
    blank: Annotated[int, Meta(ge=0)] = 0  # rows at least, to be filled in by hand
    row_height: Size = 0.0
    total: tuple[str, ...] = ()
    by: str = ""
    heading: str = ""  # above each table of a group; {group} is its value
    page_each: bool = False
    signatures: tuple["PlaceSpec", ...] = ()  # below each table of a group


class PlaceSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place to sign."""

    title: str
    hint: str = "signature_hint"
    name: str = ""


class SignaturesSpec(_BlockSpec, frozen=True, tag_field="kind", tag="signatures"):
    """Places to sign beside each other, and the closing sentences that stay with them."""

    places: Annotated[tuple[PlaceSpec, ...], Meta(min_length=1)]
    closing: tuple[str, ...] = ()
    room: Size = 30.0  # millimetres


class RecipientsSpec(_BlockSpec, frozen=True, tag_field="kind", tag="recipients"):
    """Nơi nhận."""

    title: str = "recipients_title"
    lines: str = "recipients"


class CodesSpec(_BlockSpec, frozen=True, tag_field="kind", tag="codes"):
    """The reserved codes as barcodes."""

    columns: Count = 3


class QrSpec(_BlockSpec, frozen=True, tag_field="kind", tag="qr"):
    """An address as QR, and what it is for."""

    address: str
    words: str = ""


class NewPageSpec(_BlockSpec, frozen=True, tag_field="kind", tag="new-page"):
    """What follows begins on a page of its own."""


BlockSpec = (
    HeadSpec
    | TitleSpec
    | TextSpec
    | TicksSpec
    | TableSpec
    | SignaturesSpec
    | RecipientsSpec
    | CodesSpec
    | QrSpec
    | NewPageSpec
)


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template's file but for its words."""

    vi: str
    en: str
    sheet: Sheet = Sheet.A4
    symbol: str = ""  # of the kind of paper, before the organisation's: BB; "" = no number
    copies: Count = 1
    roles: tuple[Role, ...] = ()  # who prints and reads it, and the lead; () = everybody
    form_checked: bool = False  # whether its legal form was compared with a rule
    blocks: tuple[BlockSpec, ...]
