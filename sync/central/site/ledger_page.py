"""The public ledger: what it is, how anybody checks it, and its files."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from station.reference import Point
from sync.central.keeping import ledger_files
from sync.central.site.visiting import File, NoSuchPage, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

LINES = "application/jsonl"


class OfPoint(Struct, frozen=True):
    """Of which point; 0 is all of them."""

    station: Annotated[int, Meta(ge=0, le=899)]


@shows("GET", "/so-cai")
def public_ledger(visit: Visit[Nowhere]) -> Shown:
    """Say what it is and how it is checked."""
    where = _folder(visit)
    whole = ledger_files.newest(where, None)
    names = [(point.number, point.word(visit.language)) for point in _points(visit)]
    points = [(n, name) for n, name in names if ledger_files.newest(where, n) is not None]
    anchor = visit.own.signing.public.hex()
    values = {"anchor": anchor, "day": whole[1] if whole else None, "points": points}
    version = f"ledger {whole[1] if whole else ''} {len(points)} {visit.today}"
    return Page("ledger.html", values, version=version)


@shows("GET", "/so-cai/tai-ve/{station}", where=OfPoint)
def public_ledger_file(visit: Visit[OfPoint]) -> Shown:
    """Hand a file out as it lies there."""
    station = visit.where.station or None
    found = ledger_files.newest(_folder(visit), station)
    if found is None:
        raise NoSuchPage
    file, day = found
    name = f"so-cai-{'chung' if station is None else f'{station:03d}'}-{day.isoformat()}.jsonl"
    return File(ledger_files.pieces(file), LINES, name, version=f"ledger {name}")


def _folder(visit: Visit[Nowhere] | Visit[OfPoint]) -> Path:
    return ledger_files.folder(str(visit.engine.url))


def _points(visit: Visit[Nowhere]) -> tuple[Point, ...]:
    return visit.reference.points(visit.today)


VIEWS = (public_ledger, public_ledger_file)
