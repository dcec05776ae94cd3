"""Papers with made-up facts, filled and drawn."""

from typing import Any

from msgspec import structs

from labels.document import Document, Issue
from labels.filling import fill
from labels.paper_pdf import paper_pdf
from labels.template import sample_facts, template
from station.codes import CodeKind, make
from station.paper_facts import DeviceLine, PaperFacts
from tests.labels.examples import page_texts

MINUTES = "handover-minutes"
PAPER_CODE = make(CodeKind.PAPER, 12, 1)
LONG_PERSON = "Công Tằng Tôn Nữ Nguyễn Thị Phương Thảo Nguyên Quỳnh Như Ý Mỹ"
LONG_SCHOOL = "Trường Phổ thông Dân tộc Nội trú Trung học cơ sở Nguyễn Bỉnh Khiêm"


def facts(paper: str = MINUTES, **changes: Any) -> PaperFacts:
    """The paper's made-up facts, some of them changed."""
    return structs.replace(sample_facts(paper), **changes)


def device(number: int, **changes: Any) -> DeviceLine:
    """A desktop of that number."""
    usual = {
        "code": make(CodeKind.DEVICE, 12, number),
        "kind": "Máy tính để bàn",
        "name": f"HP ProDesk {number}",
        "serial": f"SN{number:05d}",
        "configuration": "Intel Core i3-4130, RAM 8 GB, SSD 240 GB",
        "condition": "Loại B",
        "kit": "Chuột, bàn phím",
    }
    return DeviceLine(**{**usual, **changes})


def devices(count: int) -> tuple[DeviceLine, ...]:
    """That many desktops."""
    return tuple(map(device, range(1, count + 1)))


def document(paper: str = MINUTES, **changes: Any) -> Document:
    """A paper filled with its made-up facts, some of them changed."""
    return fill(template(paper), facts(paper, **changes), PAPER_CODE)


def minutes_pdf(**changes: Any) -> bytes:
    """Handover minutes with made-up facts, some of them changed."""
    return paper_pdf([(document(**changes), Issue())])


def minutes_text(**changes: Any) -> str:
    """Everything that the handover minutes say."""
    return " ".join(page_texts(minutes_pdf(**changes)))
