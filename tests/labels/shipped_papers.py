"""The papers that the program comes with, filled with much and with little."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct, structs

from labels.document import Document
from labels.filling import fill, issue
from labels.paper_pdf import paper_pdf
from labels.template import sample_facts, template
from station.codes import CodeKind, make
from station.paper_facts import DeviceLine, PaperFacts
from tests.labels.paper_examples import PAPER_CODE


def sample(paper: str, **changes: Any) -> PaperFacts:
    """The facts that show a paper's layout, some of them changed."""
    return structs.replace(sample_facts(paper), **changes)


def bare(paper: str) -> PaperFacts:
    """The least that is known of any paper, with one row of what the sample has rows of."""
    full = sample(paper)
    rows: dict[str, Any] = {
        name: tuple(type(row)(**_required(row)) for row in value[:1])
        for name, value in structs.asdict(full).items()
        if isinstance(value, tuple) and value and isinstance(value[0], Struct)
    }
    return PaperFacts(letterhead=full.letterhead, programme=full.programme, day=full.day, **rows)


def document(paper: str, facts: PaperFacts) -> Document:
    """The paper filled with these facts."""
    return fill(template(paper), facts, PAPER_CODE)


def printed(paper: str, facts: PaperFacts) -> bytes:
    """The paper as PDF."""
    return paper_pdf([(document(paper, facts), issue(template(paper)))])


def pupils(count: int, classes: int, name: str = "Nguyễn Văn An") -> tuple[DeviceLine, ...]:
    """Devices for that many pupils, spread over classes."""
    return tuple(
        DeviceLine(
            code=make(CodeKind.DEVICE, 12, number),
            kind="Máy tính xách tay",
            name=f"Dell Latitude {number}",
            serial=f"SN{number:05d}",
            kit="Bộ sạc, chuột USB",
            case=make(CodeKind.CASE, 12, number),
            pupil=f"{name} {number}",
            school_class=f"{number % classes + 8}A",
        )
        for number in range(1, count + 1)
    )


def said(document: Document) -> Iterator[str]:
    """Every text of a document, block after block."""
    yield from _texts(msgspec.to_builtins(document.blocks))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("type", "style", "align"):
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _required(row: Struct) -> dict[str, Any]:
    fields = structs.fields(type(row))
    return {field.name: getattr(row, field.name) for field in fields if field.required}
