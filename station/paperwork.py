"""Giấy tờ: papers get a code, are kept as they were made, printed again, and come back signed.

A paper's own code stands in its description, so the description is made last: `bind` gets the code
and answers with the bytes that are sealed, hashed and drawn.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind, parse
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.people import PaperContent
from station.ports import Store, Work

LARGEST_SCAN: Final = 20 * 2**20  # bytes
MOST_PAGES: Final = 1_000
_BEGINS: Final = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}

Bind = Callable[[int, str], bytes]
"""From a paper's place among those made together, and its code, to its whole description."""


class NewPaper(Struct, frozen=True, kw_only=True):
    """A paper to be made: which template, and the codes it will speak of."""

    paper: str
    about: tuple[str, ...] = ()


class MadePaper(Struct, frozen=True):
    """A paper that was made: its code, and the description to draw."""

    code: str
    document: bytes


class Reprint(Struct, frozen=True):
    """What to draw again; `copy` is 1 on the first reprint."""

    document: bytes
    copy: int


class AttachSignedCopy(Struct, frozen=True, kw_only=True):
    """A scan of the paper with its signatures."""

    code: str
    scan: bytes
    media: str  # pdf, jpeg, png
    pages: int = 1


def make_papers(
    papers: tuple[NewPaper, ...], bind: Bind, store: Store, by: Operator, when: Moment
) -> tuple[MadePaper, ...]:
    """Make papers, one or a batch's five hundred: all of them, or none."""
    require_duty(by, e.PaperMade)
    if not papers:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        return tuple(_make(work, paper, place, bind) for place, paper in enumerate(papers))


def reprint_paper(code: str, store: Store, by: Operator, when: Moment) -> Reprint:
    """Record that a paper is printed once more, and give back what it says."""
    require_duty(by, e.PaperReprinted)
    with store.transaction(by, when) as work:
        paper = work.paper(code)
        content = work.content(paper.content)
        if not isinstance(content, PaperContent):
            raise refusals.PaperPurged(code)
        copy = paper.reprints + 1
        work.record(code, e.PaperReprinted(copy=copy))
        return Reprint(content.document, copy)


def attach_signed_copy(
    command: AttachSignedCopy, store: Store, by: Operator, when: Moment
) -> e.Event:
    """Keep a scan of a signed paper; there may be several of one paper."""
    require_duty(by, e.SignedCopyAttached)
    _guard_scan(command)
    guards.guard_count(command.pages, least=1, most=MOST_PAGES)
    with store.transaction(by, when) as work:
        paper = work.paper(command.code)
        scan = sha256(command.scan).digest()
        if any(copy.scan == scan for copy in paper.signed):
            raise refusals.AlreadyAttached(paper.code)
        said = e.SignedCopyAttached(
            scan=work.attach(command.scan), media=command.media, pages=command.pages
        )
        return work.record(paper.code, said)


def _make(work: Work, new: NewPaper, place: int, bind: Bind) -> MadePaper:
    about = tuple(dict.fromkeys(new.about))
    if len(about) > e.MOST_ABOUT:
        raise refusals.TooManyOnOnePaper(len(about), e.MOST_ABOUT)
    for code in about:
        _guard_about(work, code)
    own = work.next_code(CodeKind.PAPER)
    document = bind(place, own)
    content = work.keep(PaperContent(document))
    digest = sha256(document).digest()
    work.record(own, e.PaperMade(paper=new.paper, about=about, content=content, digest=digest))
    return MadePaper(own, document)


def _guard_about(work: Work, code: str) -> None:
    """A paper speaks of what is known here, or of codes set aside for it. Raises BadCode."""
    parse(code)
    if work.is_new(code) and not work.is_set_aside(code):
        raise refusals.NotOnAPaper(code)


def _guard_scan(command: AttachSignedCopy) -> None:
    if len(command.scan) > LARGEST_SCAN:
        raise refusals.ScanTooLarge(len(command.scan), LARGEST_SCAN)
    if command.media not in _BEGINS or not command.scan.startswith(_BEGINS[command.media]):
        raise refusals.NotAScan(command.media)
