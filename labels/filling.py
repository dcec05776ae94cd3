"""Facts and a template become a document: every sentence said, every row set, nothing drawn."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct, structs

from labels import block_spec as b
from labels import document as d
from labels.phrase import Find, Phrase, Value, Written, say
from labels.template import Template
from station.paper_facts import Choice, PaperFacts

REPRINT: Final = "reprint"
ACKNOWLEDGEMENT: Final = "foot_acknowledgement"


class TooFewCopies(ValueError):
    """Each side of the paper keeps a copy; `least` says how many there are at least."""

    code = "too_few_copies"

    def __init__(self, copies: int, least: int) -> None:
        super().__init__(copies)
        self.copies, self.least = copies, least


def fill(template: Template, facts: PaperFacts, code: str) -> d.Document:
    """The paper of these facts, under its own code."""
    copies = facts.copies or template.copies
    if copies < min(template.copies, 2):
        raise TooFewCopies(copies, min(template.copies, 2))
    filler = _Filler(template, structs.replace(facts, copies=copies), code)
    return d.Document(
        paper=template.id,
        code=code,
        sheet=template.sheet,
        blocks=tuple(filler.blocks()),
        foot=tuple(filler.texts("foot")),
        copy_names=template.words.get("copy_names", ()),
    )


def issue(template: Template, *, reprint: int = 0, acknowledgement: str = "") -> d.Issue:
    """What is said of one print: which reprint it is, and what the service answered."""
    written = _written(template)
    told = {"reprint": reprint, "acknowledgement": acknowledgement}
    mark = say(template.phrase(REPRINT), told.get, written) if reprint else ""
    line = say(template.phrase(ACKNOWLEDGEMENT), told.get, written)
    return d.Issue(mark, (line,) if line else ())


class _Filler:
    """One paper being filled."""

    def __init__(self, template: Template, facts: PaperFacts, code: str) -> None:
        self._template, self._facts, self._code = template, facts, code
        self._written = _written(template)

    def blocks(self) -> Iterator[d.Block]:
        """Every block that has something to say, from top to bottom."""
        for spec in self._template.blocks:
            if self._wanted(spec):
                yield from self._block(spec)

    def texts(self, key: str, *, fill: bool = False) -> Iterator[str]:
        """Each text of a word, with the facts; those that say nothing are left out."""
        for phrase in self._template.phrases(key):
            if text := self._say(phrase, fill=fill):
                yield text

    def _wanted(self, spec: b.BlockSpec) -> bool:
        known = {name: self._find(name) for name in (spec.when, spec.unless) if name}
        return not (
            (spec.when and not _says(known[spec.when]))
            or (spec.unless and _says(known[spec.unless]))
        )

    def _block(self, spec: b.BlockSpec) -> Iterator[d.Block]:  # noqa: C901, PLR0912 -- a line each
        match spec:
            case b.HeadSpec():
                yield self._head(spec)
            case b.TitleSpec():
                yield d.Title(self._text(spec.text), self._text(spec.subject))
            case b.TextSpec():
                for text in self._paragraphs(spec):
                    yield d.Text(text, spec.style)
            case b.TicksSpec():
                if ticks := tuple(self._ticks(spec.ticks)):
                    yield d.Ticks(ticks, spec.columns, self._text(spec.label))
            case b.TableSpec():
                yield from self._tables(spec)
            case b.SignaturesSpec():
                closing = tuple(text for key in spec.closing for text in self.texts(key))
                yield d.Signatures(self._places(spec.places), closing, spec.room)
            case b.RecipientsSpec():
                yield d.Recipients(self._text(spec.title), tuple(self.texts(spec.lines)))
            case b.CodesSpec():
                if self._facts.codes:
                    yield d.Labels(self._facts.codes, spec.columns)
            case b.QrSpec():
                if address := self._text(spec.address):
                    yield d.Qr(address, tuple(self.texts(spec.words)))
            case b.NewPageSpec():
                yield d.NewPage()

    def _head(self, spec: b.HeadSpec) -> d.Head:
        head = d.Head()
        if spec.agency:
            head = d.Head(
                parent_agency=self._text("parent_agency"),
                agency=self._text("agency"),
                number=self._text("number") if self._template.symbol else "",
            )
        if not spec.state:
            title, subject = self._text(spec.title), self._text(spec.subject)
            return structs.replace(head, title=title, subject=subject)
        return structs.replace(
            head,
            nation=self._text("nation"),
            motto=self._text("motto"),
            place_and_day=self._text("place_and_day") or self._facts.letterhead.place,
        )

    def _paragraphs(self, spec: b.TextSpec) -> Iterator[str]:
        if not spec.rows:
            yield from self.texts(spec.text, fill=spec.fill)
            return
        for number, row in enumerate(getattr(self._facts, spec.rows), 1):
            find = self._finder({"row": number, **structs.asdict(row)})
            for phrase in self._template.phrases(spec.text):
                if text := say(phrase, find, self._written, fill=spec.fill):
                    yield text

    def _ticks(self, source: str) -> Iterator[d.Tick]:
        chosen = getattr(self._facts, source, None)
        if isinstance(chosen, tuple):
            for choice in chosen:
                if isinstance(choice, Choice):
                    yield d.Tick(choice.words, choice.chosen)
            return
        for text in self.texts(source):
            yield d.Tick(text)

    # ---- tables ----

    def _tables(self, spec: b.TableSpec) -> Iterator[d.Block]:
        rows: Sequence[Struct] = getattr(self._facts, spec.rows)
        if not spec.by:
            if rows or spec.blank:
                yield self._grid(spec, rows)
            return

        def group_of(row: Struct) -> str:
            return str(getattr(row, spec.by))

        ordered = sorted(rows, key=lambda row: _as_counted(group_of(row)))
        groups = groupby(ordered, key=group_of)
        for number, (group, members) in enumerate(groups):
            if number and spec.page_each:
                yield d.NewPage()
            yield from self._group(spec, group, tuple(members))

    def _group(self, spec: b.TableSpec, group: str, rows: Sequence[Struct]) -> Iterator[d.Block]:
        find = self._finder({"group": group, f"{spec.rows}.count": len(rows)})
        for phrase in self._template.phrases(spec.heading):
            if text := say(phrase, find, self._written):
                yield d.Text(text, d.TextStyle.HEADING)
        yield self._grid(spec, rows)
        if spec.signatures:
            yield d.Signatures(self._places(spec.signatures))

    def _grid(self, spec: b.TableSpec, rows: Sequence[Struct]) -> d.Grid:
        cells = [self._template.phrase(column.cell) for column in spec.columns]
        columns = (
            d.Column(self._text(column.title), column.width, column.align, column.barcode)
            for column in spec.columns
        )
        filled = [self._row(cells, row, number) for number, row in enumerate(rows, 1)]
        numbers = range(len(filled) + 1, spec.blank + 1)
        empty = [self._row(cells, None, number) for number in numbers]
        total = tuple(self._text(key) for key in spec.total)
        return d.Grid(tuple(columns), (*filled, *empty), spec.row_height, total)

    def _row(
        self, cells: Sequence[Phrase], row: Struct | None, number: int
    ) -> tuple[tuple[str, ...], ...]:
        own = {"row": number, **(structs.asdict(row) if row else {})}
        return tuple(tuple(self._lines(cell, own)) for cell in cells)

    def _lines(self, cell: Phrase, own: dict[str, Value]) -> Iterator[str]:
        """The lines of a cell; what a row does not know is simply not there."""
        for line in say(cell, own.get, structs.replace(self._written, blank="")).split("\n"):
            if line := " ".join(filter(None, line.split(" "))):
                yield line

    # ---- words ----

    def _places(self, places: Sequence[b.PlaceSpec]) -> tuple[d.Signature, ...]:
        return tuple(
            d.Signature(
                self._text(place.title),
                self._text(place.hint),
                self._text(f"{{{place.name}}}") if place.name else "",
            )
            for place in places
        )

    def _text(self, key: str) -> str:
        return next(self.texts(key), "") if key else ""

    def _say(self, phrase: Phrase, *, fill: bool = False) -> str:
        return say(phrase, self._find, self._written, fill=fill)

    def _find(self, name: str) -> Value:
        return self._finder({})(name)

    def _finder(self, more: dict[str, Value]) -> Find:
        """Where a field is looked up: what is known here alone, then the facts."""
        own: dict[str, Value] = {
            "code": self._code,
            "number_symbol": self._number_symbol(),
            "hash": "{hash}",  # known when it is drawn: the document's own
            **more,
        }

        def find(name: str) -> Value:
            return own[name] if name in own else fact(self._facts, name)

        return find

    def _number_symbol(self) -> str:
        """BB-SKHCN: kind of paper, then who issues it."""
        symbol, body = self._template.symbol, self._facts.letterhead.number_symbol
        return "-".join(filter(None, (symbol, body)))


def _written(template: Template) -> Written:
    day, hour = template.phrase("date"), template.phrase("hour")
    return Written(day, hour, template.word("to_fill_in"))


def fact(facts: PaperFacts, name: str) -> Value:
    """What a field of that name stands for; None where it is not known."""
    value: Value = facts
    for part in name.split("."):
        counted = part == "count" and isinstance(value, tuple)
        value = len(value) if counted and isinstance(value, tuple) else getattr(value, part, None)
    return value


def _as_counted(text: str) -> list[tuple[int, str]]:
    """Sorted by this, class 4A2 stands before class 10A1."""
    pieces = re.split(r"(\d+)", text)  # every second one is a number
    return [(int(piece), "") if at % 2 else (-1, piece) for at, piece in enumerate(pieces)]


def _says(value: Value) -> bool:
    return value is not None and value not in ("", (), 0)
