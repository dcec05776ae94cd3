"""What the dialog of papers asks the store: what can be made of a thing, and what was made."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from labels.document import decode
from labels.filling import issue
from labels.template import template
from station import events as e
from station import refusals
from station.device import Device, Stage
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.paper import Paper
from station.people import PaperContent
from station.ports import DeviceFilter, PointStore
from ui.papers.describing import Wanted
from ui.papers.extras import Extras
from ui.papers.handed import handed
from ui.papers.history import history
from ui.papers.making import acknowledgement, again, require_role
from ui.papers.offers import offers
from ui.papers.paper_set import PaperSet, Print
from ui.paperwork.names import OF_A_BATCH, WHOLE_BATCH
from ui.paperwork.scans import scan_as_pdf

MOST_RETIRED = 500
OF_SEVERAL = "disposal-minutes"
"""Offered for the point, of devices that a person ticks."""
NOTHING = Extras()


class MadePaper(Struct, frozen=True):
    """One paper that was made, and by whom."""

    paper: Paper
    by: str  # a name, or the id of somebody no longer known
    at: datetime | None


class Offered(Struct, frozen=True):
    """A paper that can be made now, and of what."""

    paper: str
    about: str


class PapersOf(Struct, frozen=True):
    """What can be made of a code now, and what was made, the newest first."""

    offered: tuple[Offered, ...]
    made: tuple[MadePaper, ...]


def papers_of(about: str, store: PointStore) -> PapersOf:
    """Everything the dialog shows."""
    offered = tuple(Offered(paper, about) for paper in offers(store, about))
    if any(each.paper == "signing-list" for each in offered):
        offered = (Offered(WHOLE_BATCH, _batch_of(store, about)), *offered)
    if about.startswith(POINT) and retired_devices(store):
        offered = (*offered, Offered(OF_SEVERAL, about))
    names = _names(store)
    made = (_made(store, paper, names) for paper in store.papers_about(about))
    newest = sorted(made, key=lambda one: one.paper.code, reverse=True)
    return PapersOf(offered, tuple(newest))


def made_paper(code: str, store: PointStore) -> MadePaper:
    """One paper by its own code; raises UnknownPaper."""
    paper = store.paper(code)
    if paper is None or not paper.known:
        raise refusals.UnknownPaper(code)
    return _made(store, paper, _names(store))


def wanted_of(paper: str, about: tuple[str, ...], extras: Extras = NOTHING) -> tuple[Wanted, ...]:
    """What to describe for a line of the dialog; the whole batch is three kinds."""
    kinds = OF_A_BATCH if paper == WHOLE_BATCH else (paper,)
    return tuple(Wanted(paper=kind, about=about, extras=extras) for kind in kinds)


def kept_print(
    code: str, office: Path | None, by: Operator, store: PointStore, *, reprint: bool = False
) -> Print:
    """A paper as it was made, to be looked at, or as its next reprint will be.

    Raises UnknownPaper, NotYourRole or PaperPurged.
    """
    paper = made_paper(code, store).paper
    require_role(paper.paper, by)
    content = store.content(paper.content)
    if not isinstance(content, PaperContent):
        raise refusals.PaperPurged(code)
    words, told = template(paper.paper, office), acknowledgement(store, code)
    copy = paper.reprints + 1 if reprint else 0
    return decode(content.document), issue(words, reprint=copy, acknowledgement=told)


def print_again(
    code: str, office: Path | None, store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    """The same paper, marked as printed again."""
    return (PaperSet((again(store, by, when, code, office),)),)


def kept_scan(code: str, number: int, by: Operator, store: PointStore) -> bytes:
    """A signed copy as a PDF, opened in memory; raises as `kept_print` does."""
    paper = made_paper(code, store).paper
    require_role(paper.paper, by)
    copy = paper.signed[number]
    data = store.attachment(copy.scan)
    if data is None:
        raise refusals.PaperPurged(code)
    return scan_as_pdf(data, copy.media)


def retired_devices(store: PointStore) -> tuple[Device, ...]:
    """Devices that were written off and stand in no disposal minutes yet."""
    rows = store.devices(DeviceFilter(stages=(Stage.RETIRED,)), limit=MOST_RETIRED)
    return tuple(row.device for row in rows if not _is_disposed(store, row.device.code))


def _batch_of(store: PointStore, code: str) -> str:
    """The batch itself, or the one in which a device was last given."""
    given = handed(history(store, code))
    return (given.said.batch if given else None) or code


def _is_disposed(store: PointStore, code: str) -> bool:
    return any(paper.paper == OF_SEVERAL for paper in store.papers_about(code))


def _made(store: PointStore, paper: Paper, names: dict[str, str]) -> MadePaper:
    events = (row.event for row in store.timeline(paper.code))
    made = next((event for event in events if isinstance(event.said, e.PaperMade)), None)
    if made is None or made.said is None:
        return MadePaper(paper, "", None)
    return MadePaper(paper, names.get(made.said.by, made.said.by), made.header.at)


def _names(store: PointStore) -> dict[str, str]:
    return {known.id: known.name for known in store.operators()}
