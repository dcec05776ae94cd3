"""Templates of papers: blocks and words as data, checked before anything is printed.

A template is `resources/papers/<id>.toml`: what the paper is, its blocks from top to bottom, and
under `[words]` every sentence. An office changes words and nothing else, in a file of the same name
in its own folder; `common.toml` holds the words of all papers. A block names a word by its key.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import msgspec
from msgspec import Struct, structs

from labels.document import Align, Sheet
from labels.phrase import FORMS, BadPhrase, Phrase, fields, parse
from station.paper_facts import PaperFacts

COMMON: Final = "common"
SUFFIX: Final = ".toml"
SAMPLE: Final = ".sample"

Words = Mapping[str, tuple[str, ...]]
"""Every word of a paper by its key; most are one text, some are several."""


class UnreadableTemplate(Exception):
    """The file is no TOML in UTF-8, or holds what no template has."""

    code = "unreadable_template"

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class TemplateWord(Exception):
    """A text is missing or unknown, is no text, or names a field that no paper has.

    `field` is None where the text itself is missing, unknown or no text.
    """

    code = "template_word"

    def __init__(self, file: str, text: str, field: str | None = None) -> None:
        self.file, self.text, self.field = file, text, field
        super().__init__(f"{file}: {text}" + (f" {{{field}}}" if field is not None else ""))


class UnknownPaper(LookupError):
    """No paper of this name."""

    code = "unknown_paper"

    def __init__(self, paper: str) -> None:
        self.paper = paper
        super().__init__(paper)


class _BlockSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every block may say: print it only when, or unless, this fact is known."""

    when: str = ""
    unless: str = ""


class HeadSpec(_BlockSpec, frozen=True, tag_field="kind", tag="head"):
    """Agency, number, and on a state paper nation, motto, place and day."""

    state: bool = True
    agency: bool = True  # not on a private person's paper


class TitleSpec(_BlockSpec, frozen=True, tag_field="kind", tag="title"):
    """The paper's name and what it is about."""

    text: str = "title"
    subject: str = ""


class TextSpec(_BlockSpec, frozen=True, tag_field="kind", tag="text"):
    """Paragraphs: one word, or each text of a list; with `rows` once for each row of the facts."""

    text: str
    style: str = "text"
    rows: str = ""
    fill: bool = False  # what is not known is left to be written by hand


class TicksSpec(_BlockSpec, frozen=True, tag_field="kind", tag="ticks"):
    """Boxes: the choices or kit of the facts, or a list of words to be ticked by hand."""

    ticks: str
    columns: int = 1
    label: str = ""


class ColumnSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: its title, and what stands in each row's cell, line by line."""

    title: str
    cell: str
    width: float
    align: Align = Align.LEFT
    barcode: bool = False


class TableSpec(_BlockSpec, frozen=True, tag_field="kind", tag="table"):
    """A table of the facts' rows. `by` begins a new table for each value of a field."""

    rows: str
    columns: tuple[ColumnSpec, ...]
    blank: int = 0  # rows at least, to be filled in by hand
    row_height: float = 0.0
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

    places: tuple[PlaceSpec, ...]
    closing: tuple[str, ...] = ()
    room: float = 30.0  # millimetres


class RecipientsSpec(_BlockSpec, frozen=True, tag_field="kind", tag="recipients"):
    """Nơi nhận."""

    title: str = "recipients_title"
    lines: str = "recipients"


class CodesSpec(_BlockSpec, frozen=True, tag_field="kind", tag="codes"):
    """The reserved codes as barcodes."""

    columns: int = 3


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


class _Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template's file but for its words."""

    vi: str
    en: str
    sheet: Sheet = Sheet.A4
    symbol: str = ""  # of the kind of paper, before the organisation's: BB; "" = no number
    copies: int = 1
    form_checked: bool = False  # whether its legal form was compared with a rule
    blocks: tuple[BlockSpec, ...]


class Template(Struct, frozen=True, kw_only=True):
    """One paper, ready to be filled."""

    id: str
    vi: str
    en: str
    sheet: Sheet
    symbol: str
    copies: int
    form_checked: bool
    blocks: tuple[BlockSpec, ...]
    words: Words

    def phrases(self, key: str) -> tuple[Phrase, ...]:
        """The word of that key, or the text itself where it is none, ready to be said."""
        return tuple(parse(text) for text in self.words.get(key, (key,) if key else ()))

    def phrase(self, key: str) -> Phrase:
        """The same for a word that is one text."""
        return next(iter(self.phrases(key)), ())

    def word(self, key: str) -> str:
        """A word that has no fields."""
        return "".join(self.words.get(key, ()))


def papers() -> tuple[str, ...]:
    """The ids of all papers."""
    files = (file.name for file in resources.files("resources").joinpath("papers").iterdir())
    names = (name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX))
    return tuple(sorted(name for name in names if "." not in name and name != COMMON))


def template(paper: str, office: Path | None = None) -> Template:
    """A paper in the shipped words, or with those that the office's folder changes.

    Raises UnknownPaper, UnreadableTemplate or TemplateWord.
    """
    shape, words = _shipped(paper)
    if office is not None:
        words = {**words, **office_words(COMMON, office), **office_words(paper, office)}
    return Template(id=paper, words=words, **structs.asdict(shape))


def sample_facts(paper: str) -> PaperFacts:
    """Made-up content, to look at a paper. Raises UnknownPaper."""
    if paper not in papers():
        raise UnknownPaper(paper)
    return msgspec.toml.decode(_resource(f"{paper}{SAMPLE}"), type=PaperFacts)


def shipped_words(paper: str) -> Words:
    """The words of one file as this program comes with them, in its order."""
    return _words(paper, _raw_words(paper))


def office_words(paper: str, office: Path) -> Words:
    """The words that an office changed in one file; none where there is no file."""
    file = office / f"{paper}{SUFFIX}"
    try:
        text = file.read_text("utf-8-sig")  # Notepad puts a mark in front
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except UnicodeDecodeError as error:
        raise UnreadableTemplate(file.name, error.reason) from error
    return checked_words(paper, _toml(text, file.name))


def checked_words(paper: str, told: Mapping[str, object]) -> Words:
    """An office's words for one file, refused where the paper has no such word or field."""
    shipped = _raw_words(paper)
    for key, value in told.items():
        if key not in shipped or (isinstance(value, list) and isinstance(shipped[key], str)):
            raise TemplateWord(paper, key)
    return _words(paper, told)


@cache
def _shipped(paper: str) -> tuple[_Shape, Words]:
    shape = _shape_of(paper)
    words = {**shipped_words(COMMON), **shipped_words(paper)}
    for key in _keys(shape):
        _check(paper, key, words.get(key, (key,)))
    return shape, words


@cache
def _raw_words(paper: str) -> Mapping[str, object]:
    """What stands in the shipped file: one text, or a list of them, by key."""
    told = _toml(_resource(paper), paper)
    return told if paper == COMMON else told.get("words", {})


@cache
def _shape_of(paper: str) -> _Shape:
    if paper not in papers():
        raise UnknownPaper(paper)
    told = dict(_toml(_resource(paper), paper))
    told.pop("words", None)
    try:
        return msgspec.convert(told, _Shape)
    except msgspec.ValidationError as error:
        raise UnreadableTemplate(paper, str(error)) from error


def _resource(paper: str) -> str:
    file = resources.files("resources").joinpath("papers", f"{paper}{SUFFIX}")
    return file.read_text("utf-8")


def _toml(text: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableTemplate(file, str(error)) from error


def _words(file: str, told: Mapping[str, object]) -> Words:
    """Texts by key, each checked."""
    words: dict[str, tuple[str, ...]] = {}
    for key, value in told.items():
        words[key] = tuple(_texts(file, key, value))
        _check(file, key, words[key])
    return words


def _texts(file: str, key: str, value: object) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if not isinstance(text, str):
            raise TemplateWord(file, key)
        yield text


def _check(file: str, key: str, texts: Iterable[str]) -> None:
    """Raise TemplateWord for a field or a way of writing that no paper has."""
    for text in texts:
        try:
            named = list(fields(parse(text)))
        except BadPhrase as error:
            raise TemplateWord(file, key, error.at) from error
        for field in named:
            if field.name not in _known_fields() or field.form not in FORMS:
                told = f"{field.name}:{field.form}" if field.form else field.name
                raise TemplateWord(file, key, told)


def _keys(shape: _Shape) -> Iterator[str]:
    """Everything in the blocks that names a word or is a text itself."""
    for block in shape.blocks:
        match block:
            case TitleSpec():
                yield from (block.text, block.subject)
            case TextSpec():
                yield block.text
            case TicksSpec():
                yield from (block.ticks, block.label)
            case TableSpec():
                yield from (block.heading, *block.total)
                for column in block.columns:
                    yield from (column.title, column.cell)
                yield from _place_keys(block.signatures)
            case SignaturesSpec():
                yield from block.closing
                yield from _place_keys(block.places)
            case RecipientsSpec():
                yield from (block.title, block.lines)
            case QrSpec():
                yield from (block.address, block.words)


def _place_keys(places: Iterable[PlaceSpec]) -> Iterator[str]:
    for place in places:
        yield from (place.title, place.hint)
        if place.name:
            yield f"{{{place.name}}}"


# What is known only while a paper is filled, drawn or printed.
_EXTRA: Final = frozenset(
    {"row", "group", "code", "number_symbol", "hash", "reprint", "acknowledgement"}
    | {"month", "year", "minute"}  # of the words for days and hours
)


@cache
def _known_fields() -> frozenset[str]:
    """Every name that a text may use: of the facts, of their parts, of a row, and a few more."""
    names = set(_names(PaperFacts))
    for row in _row_types():
        names |= set(_names(row))
    return frozenset(names | _EXTRA)


def _names(kind: type[Struct]) -> Iterator[str]:
    for name, hint in get_type_hints(kind).items():
        yield name
        parts = get_args(hint)
        if isinstance(hint, type) and issubclass(hint, Struct):
            yield from (f"{name}.{inner}" for inner in _names(hint))
        elif parts and parts[-1] is Ellipsis:
            yield f"{name}.count"
    yield from (name for name, own in vars(kind).items() if isinstance(own, property))


def _row_types() -> Iterator[type[Struct]]:
    for hint in get_type_hints(PaperFacts).values():
        parts = get_args(hint)
        if parts and parts[-1] is Ellipsis and issubclass(parts[0], Struct):
            yield parts[0]
