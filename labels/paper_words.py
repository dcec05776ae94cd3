"""The words of papers: what an office may write, and what is refused by its name.

Every sentence stands under `[words]` in the paper's own file; `common.toml` holds those of all
papers. An office changes any of them in a file of the same name in its own folder.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from labels.paper_fields import Fields, fault, paper_fields
from labels.phrase import BadPhrase, parse

COMMON: Final = "common"
SUFFIX: Final = ".toml"
FROM_THE_PROGRAMME: Final = "of-the-programme"
"""The folder within the office's, with words that the service sent: the office's own come first."""

Words = Mapping[str, tuple[str, ...]]
"""Every word of a paper by its key; most are one text, some are several."""

Places = Mapping[str, tuple[Fields, ...]]
"""The places where each word stands, by what a text may name there."""


class UnreadableTemplate(Exception):
    """The file is no TOML in UTF-8, or holds what no template has."""

    code = "unreadable_template"

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class TemplateWord(Exception):
    """A text is missing or unknown, is no text, or names a field that its place does not know.

    `field` is None where the text itself is missing, unknown or no text.
    """

    code = "template_word"

    def __init__(self, file: str, text: str, field: str | None = None) -> None:
        self.file, self.text, self.field = file, text, field
        super().__init__(f"{file}: {text}" + (f" {{{field}}}" if field is not None else ""))


def file_of(paper: str) -> str:
    """The name of a paper's file."""
    return f"{paper}{SUFFIX}"


def read_resource(name: str) -> str:
    """A file that this program comes with."""
    return resources.files("resources").joinpath("papers", file_of(name)).read_text("utf-8")


def read_toml(text: str, file: str) -> Mapping[str, Any]:
    """What a file holds; raises UnreadableTemplate."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableTemplate(file, str(error)) from error


@cache
def raw_words(paper: str) -> Mapping[str, object]:
    """What stands in the shipped file: one text, or a list of them, by key."""
    told = read_toml(read_resource(paper), file_of(paper))
    words: Mapping[str, object] = told if paper == COMMON else told.get("words", {})
    return words


def read_office_file(paper: str, office: Path) -> Mapping[str, object]:
    """What an office wrote for one file, else what the programme sent; nothing without either."""
    for folder in (office, office / FROM_THE_PROGRAMME):
        if told := _read_changed(folder / file_of(paper)):
            return told
    return {}


def _read_changed(file: Path) -> Mapping[str, object]:
    try:
        text = file.read_text("utf-8-sig")  # Notepad puts a mark in front
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except UnicodeDecodeError as error:
        raise UnreadableTemplate(file.name, error.reason) from error
    return read_toml(text, file.name)


def as_words(paper: str, told: Mapping[str, object]) -> Words:
    """Texts by key; raises TemplateWord for what is no text."""
    return {key: tuple(_texts(paper, key, value)) for key, value in told.items()}


def check_keys(paper: str, told: Mapping[str, object]) -> None:
    """Raise TemplateWord for a word that the paper does not have, or has as one text only."""
    shipped = raw_words(paper)
    for key, value in told.items():
        if key not in shipped or (isinstance(value, list) and isinstance(shipped[key], str)):
            raise TemplateWord(file_of(paper), key)


def check_words(paper: str, words: Words, places: Places) -> None:
    """Raise TemplateWord for a field that the place of its text does not know."""
    for key, texts in words.items():
        for known in places.get(key, (paper_fields(),)):
            check_texts(paper, key, texts, known)


def check_texts(paper: str, key: str, texts: Iterable[str], known: Fields) -> None:
    """The same for texts in one place."""
    for text in texts:
        try:
            wrong = fault(parse(text), known)
        except BadPhrase as error:
            raise TemplateWord(file_of(paper), key, error.at) from error
        if wrong is not None:
            raise TemplateWord(file_of(paper), key, wrong)


def _texts(paper: str, key: str, value: object) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if not isinstance(text, str):
            raise TemplateWord(file_of(paper), key)
        yield text
