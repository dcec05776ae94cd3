"""A paper's template: its blocks and every word of it, checked before anything is printed.

A template is `resources/papers/<id>.toml`: what the paper is, its blocks from top to bottom, and
under `[words]` every sentence, which an office may change. A block names a word by its key, or is
the text itself where it is but a field or two.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from labels import block_spec as b
from labels.document import Sheet
from labels.paper_fields import Fields
from labels.paper_words import (
    COMMON,
    SUFFIX,
    Places,
    TemplateWord,
    UnreadableTemplate,
    Words,
    as_words,
    check_keys,
    check_texts,
    check_words,
    file_of,
    raw_words,
    read_office_file,
    read_resource,
    read_toml,
)
from labels.phrase import Phrase, fields, parse
from labels.word_places import OPTIONAL, BadBlock, Place, common_places, places_of
from station.operators import Role
from station.paper_facts import PaperFacts

SAMPLE: Final = ".sample"
COPIES: Final = "copies"
"""The one thing in an office's file that is no text: how many copies of the paper are made."""
MOST_COPIES: Final = 20
NOTHING_CHANGED: Final[Mapping[str, object]] = {}
_WITH_ROWS: Final = (b.TableSpec, b.TextSpec)
_LOOKS_LIKE_A_KEY: Final = re.compile("[a-z_][a-z0-9_]*")


class UnknownPaper(LookupError):
    """No paper of this name."""

    code = "unknown_paper"

    def __init__(self, paper: str) -> None:
        self.paper = paper
        super().__init__(paper)


class Template(Struct, frozen=True, kw_only=True):
    """One paper, ready to be filled."""

    id: str
    vi: str
    en: str
    sheet: Sheet
    symbol: str
    copies: int
    roles: tuple[Role, ...]
    form_checked: bool
    blocks: tuple[b.BlockSpec, ...]
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


@cache
def papers() -> tuple[str, ...]:
    """The ids of all papers."""
    files = (file.name for file in resources.files("resources").joinpath("papers").iterdir())
    names = (name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX))
    return tuple(sorted(name for name in names if "." not in name and name != COMMON))


def template(paper: str, office: Path | None = None) -> Template:
    """A paper in the shipped words, or with those that the office's folder changes.

    Raises UnknownPaper, UnreadableTemplate or TemplateWord.
    """
    shipped = _shipped(paper)
    if office is None:
        return shipped
    own = read_office_file(paper, office)
    return worded(paper, own, read_office_file(COMMON, office))


def worded(
    paper: str, own: Mapping[str, object], common: Mapping[str, object] = NOTHING_CHANGED
) -> Template:
    """A paper in an office's words, as its two files tell them; in `own` also how many copies.

    Raises UnknownPaper or TemplateWord.
    """
    shipped = _shipped(paper)
    words = {**shipped_words(COMMON), **checked_words(COMMON, common)}
    words |= {**shipped_words(paper), **checked_words(paper, own)}
    return structs.replace(shipped, words=words, copies=_copies(shipped, own.get(COPIES)))


@cache
def asked_fields(paper: str) -> frozenset[str]:
    """What the shipped words of a paper say, by its facts' names; `rows.field` is said in rows.

    Raises UnknownPaper.
    """
    shape = template(paper)
    said = (
        (key, places, field.name)
        for key, places in _places(paper).items()
        for phrase in shape.phrases(key)
        for field in fields(phrase)
    )
    own = frozenset(f"rows.{name}" if _of_rows(places) else name for _key, places, name in said)
    return own | {block.rows for block in shape.blocks if isinstance(block, _WITH_ROWS)}


def _of_rows(places: Iterable[Fields]) -> bool:
    return all("row" in known for known in places)


def sample_facts(paper: str) -> PaperFacts:
    """Made-up content, to look at a paper. Raises UnknownPaper."""
    if paper not in papers():
        raise UnknownPaper(paper)
    return msgspec.toml.decode(read_resource(f"{paper}{SAMPLE}"), type=PaperFacts)


def shipped_words(paper: str) -> Words:
    """The words of one file as this program comes with them, in its order."""
    return as_words(paper, raw_words(paper))


def checked_words(paper: str, told: Mapping[str, object]) -> Words:
    """An office's words for one file, refused where the paper has no such word or field."""
    texts = {key: text for key, text in told.items() if key != COPIES or paper == COMMON}
    check_keys(paper, texts)
    words = as_words(paper, texts)
    check_words(paper, words, places_in(paper))
    return words


def places_in(paper: str) -> Places:
    """Where each word of a file stands, and so what it may name."""
    return _all_places() if paper == COMMON else _places(paper)


def least_copies(paper: str) -> int:
    """Of a paper that two sides sign, each keeps one."""
    return min(_shipped(paper).copies, 2)


def _copies(shipped: Template, told: object) -> int:
    if told is None:
        return shipped.copies
    if type(told) is not int or not least_copies(shipped.id) <= told <= MOST_COPIES:
        raise TemplateWord(file_of(shipped.id), COPIES)
    return told


def parse_template(paper: str, text: str) -> Template:
    """Read a template's file; raises UnreadableTemplate or TemplateWord."""
    told = dict(read_toml(text, file_of(paper)))
    words = {**shipped_words(COMMON), **as_words(paper, told.pop("words", {}))}
    try:
        shape = msgspec.convert(told, b.Shape)
        places = _gathered((*common_places(), *places_of(shape.blocks)))
    except (msgspec.ValidationError, BadBlock) as error:
        raise UnreadableTemplate(file_of(paper), str(error)) from error
    for key, known in places.items():
        if key in words or key not in OPTIONAL:
            _check_place(paper, key, words, known)
    return Template(id=paper, words=words, **structs.asdict(shape))


def _check_place(paper: str, key: str, words: Words, places: Iterable[Fields]) -> None:
    """Raise TemplateWord for a key of no word, or a field that a place does not know."""
    if key not in words and _LOOKS_LIKE_A_KEY.fullmatch(key):
        raise TemplateWord(file_of(paper), key)
    for known in places:
        check_texts(paper, key, words.get(key, (key,)), known)


@cache
def _shipped(paper: str) -> Template:
    if paper not in papers():
        raise UnknownPaper(paper)
    return parse_template(paper, read_resource(paper))


@cache
def _places(paper: str) -> Places:
    """Where each word of a paper stands: in its blocks, around them, and in dates."""
    return _gathered((*common_places(), *places_of(_shipped(paper).blocks)))


@cache
def _all_places() -> Places:
    """Where each word stands in any paper."""
    return _gathered(
        (key, known)
        for paper in papers()
        for key, places in _places(paper).items()
        for known in places
    )


def _gathered(told: Iterable[Place]) -> Places:
    places: dict[str, tuple[Fields, ...]] = {}
    for key, known in told:
        if known not in (had := places.get(key, ())):
            places[key] = (*had, known)
    return places
