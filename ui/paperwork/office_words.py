"""The office's own words of one file: read, checked text by text, kept where they differ."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from labels.document import NO_CODE, Document, Issue
from labels.filling import fact, fill, issue
from labels.paper_fields import paper_fields
from labels.paper_words import (
    COMMON,
    TemplateWord,
    UnreadableTemplate,
    check_keys,
    file_of,
    raw_words,
    read_office_file,
)
from labels.phrase import Written, write
from labels.template import (
    COPIES,
    checked_words,
    papers,
    places_in,
    sample_facts,
    template,
    worded,
)
from station.files import put_file
from station.text import BadText, clean

Word = str | list[str]
"""One text, or several that stand below each other."""

SAMPLE_OF_ALL: Final = "handover-minutes"
"""The paper that shows the words which all papers share."""

LONGEST: Final = 2_000  # characters of one text
OWN_CODE: Final = "BB0120000018"
"""Such as a paper has."""

FILES: Final = (COMMON, *papers())


class FileWords(Struct, frozen=True):
    """The words of one file as they stand now; `fault` says why the office's cannot be read."""

    file: str
    shipped: Mapping[str, Word]
    changed: Mapping[str, Word]
    copies: int | None = None
    fault: Exception | None = None

    def word(self, key: str) -> Word:
        """What stands there now."""
        return self.changed.get(key, self.shipped[key])

    def with_word(self, key: str, word: Word) -> "FileWords":
        """Changed by one word; the shipped one is no change."""
        changed = {name: text for name, text in self.changed.items() if name != key}
        if word != self.shipped[key]:
            changed[key] = word
        return structs.replace(self, changed=changed)

    @property
    def told(self) -> Mapping[str, object]:
        """What the office's file says."""
        return self.changed if self.copies is None else {COPIES: self.copies, **self.changed}


def read_words(file: str, home: Path) -> FileWords:
    """What the office says in one file. Nothing is raised: a fault is part of the answer."""
    shipped: dict[str, Word] = dict(_words(raw_words(file)))
    try:
        told = dict(read_office_file(file, home))
    except (UnreadableTemplate, OSError) as error:
        return FileWords(file, shipped, {}, fault=error)
    copies = told.pop(COPIES, None) if file != COMMON else None
    try:
        check_keys(file, told)
        if copies is not None and type(copies) is not int:
            raise TemplateWord(file_of(file), COPIES)
    except TemplateWord as error:
        return FileWords(file, shipped, {}, fault=error)
    return FileWords(file, shipped, dict(_words(told)), copies if type(copies) is int else None)


def save_words(words: FileWords, home: Path) -> None:
    """Keep what differs; a file that says nothing goes. Raises TemplateWord, BadText or OSError."""
    words = structs.replace(words, changed={k: tidy(w) for k, w in words.changed.items()})
    checked_words(words.file, words.told)
    if words.file != COMMON:
        worded(words.file, words.told)  # the number of copies too
    file = home / file_of(words.file)
    if words.told:
        put_file(file, "".join(_lines(words.told)).encode())
    else:
        file.unlink(missing_ok=True)


def set_aside(file: str, home: Path) -> Path:
    """Move a file that cannot be read out of the way; it is kept beside."""
    damaged = home / file_of(file)
    for number in range(1, 1000):
        kept = damaged.with_name(f"{file}.cu-{number}")
        if not kept.exists():
            damaged.rename(kept)
            return kept
    raise FileExistsError(str(damaged))


def tidy(word: Word) -> Word:
    """As it is kept: composed, without spaces around it; raises BadText."""
    if isinstance(word, str):
        return clean(word, LONGEST, multiline=True)
    return [clean(text, LONGEST, multiline=True) for text in word]


def fault_in(file: str, key: str, word: Word) -> TemplateWord | BadText | None:
    """What is wrong with one text; None when nothing is."""
    try:
        checked_words(file, {key: tidy(word)})
    except (TemplateWord, BadText) as error:
        return error
    return None


def sample(file: str, words: FileWords, home: Path) -> tuple[Document, Issue]:
    """A made-up paper in these words. Raises TemplateWord or UnreadableTemplate."""
    if file == COMMON:
        paper = SAMPLE_OF_ALL
        office = worded(paper, read_office_file(paper, home), words.told)
    else:
        paper = file
        office = worded(paper, words.told, read_office_file(COMMON, home))
    return fill(office, sample_facts(paper), NO_CODE), issue(office)


def examples(file: str, key: str) -> Mapping[str, str]:
    """The fields that a text may name, each with what it says on the sample; nothing else."""
    paper = SAMPLE_OF_ALL if file == COMMON else file
    known = places_in(file).get(key, (paper_fields(),))
    names = set(known[0]).intersection(*known[1:])
    shipped, facts = template(paper), sample_facts(paper)
    written = Written(shipped.phrase("date"), shipped.phrase("hour"), "")
    rows = [row for block in shipped.blocks for row in getattr(facts, _rows(block), ())[:1]]
    found: dict[str, str] = {}
    of_rows = all("row" in each for each in known)
    for name in sorted(names):
        if name == "code" and not of_rows:
            found[name] = OWN_CODE
            continue
        value = fact(facts, name) or next((getattr(row, name, None) for row in rows), None)
        if value and not isinstance(value, tuple):
            found[name] = write(value, "", written)
    return found


def _rows(block: object) -> str:
    return getattr(block, "rows", "") or "codes"


def _words(told: Mapping[str, object]) -> Iterator[tuple[str, Word]]:
    for key, value in told.items():
        yield key, list(map(str, value)) if isinstance(value, list) else str(value)


def _lines(told: Mapping[str, object]) -> Iterator[str]:
    """TOML: its strings are written as JSON's are."""
    for key, value in told.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
