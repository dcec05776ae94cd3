"""Reading on: what was said since is folded into journeys and counts, page by page.

A page is one transaction with the places up to which each chain was read, so it may end anywhere.
A device that anything was said about is told anew from everything that was ever said about it: so
the same events give the same rows, in whatever order they came, and one that is read twice changes
nothing. One worker reads at a time; the row that it holds tells by which points was counted.
"""

from collections.abc import Collection, Iterator, Sequence
from time import time
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from station.counting import UnitOf, communes
from station.reference import Reference
from sync.central import tables as t
from sync.central.database import reading, writing, written
from sync.central.feeds.words import Words
from sync.central.judging.states import is_case, is_device
from sync.central.numbers import arrivals, noticing, rows, telling
from sync.central.numbers.facts import mark_of
from sync.wire import DEPARTMENT

PAGE = 2_000  # events read at once, and devices told at once
RIGHT = {"station": DEPARTMENT, "chain": 0}  # whose row is held while reading


class _Behind(NamedTuple):
    station: int
    chain: int
    read: int
    seq: int  # of the last event there is


def read_on(engine: Engine, words: Words) -> bool:
    """Read one page, unless another worker does; whether there may be more."""
    reference = words.now()
    if not is_behind(engine, mark_of(reference)):
        return False
    _make_right(engine)
    cases = written(engine, lambda connection: _cases_anew(connection, reference))
    events = written(engine, lambda connection: _page(connection, reference))
    return cases + events > 0


def is_behind(engine: Engine, mark: int) -> bool:
    """Whether anything is not counted yet."""
    with reading(engine) as connection:
        return (
            _mark(connection) != mark
            or bool(_chains_behind(connection, 1))
            or connection.execute(select(t.to_count.c.code).limit(1)).first() is not None
        )


def count_anew(engine: Engine, reference: Reference) -> int:
    """Count everything from nothing, all or nothing of it; how many devices there are."""
    unit_of = communes(reference)
    _make_right(engine)
    with writing(engine) as connection:
        taken(connection, wait=True)
        ends = _ends(connection)
        rows.forget_all(connection)
        devices = 0
        for codes in _every_device(connection):
            rows.replace(connection, telling.devices_told(connection, codes, unit_of))
            devices += len(codes)
        connection.execute(delete(t.counted_chain).where(t.counted_chain.c.station != DEPARTMENT))
        _note_read(connection, ends)
        _set_mark(connection, mark_of(reference))
    return devices


# ---- one page ----


def _page(connection: Connection, reference: Reference) -> int:
    """Read what came behind the places that were read; how many events that was."""
    if not taken(connection):
        return 0
    _begin_anew_where_counted_otherwise(connection, mark_of(reference))
    subjects: set[str] = set()
    read: list[_Behind] = []
    left = PAGE
    for chain in _chains_behind(connection, PAGE):
        last = min(chain.seq, chain.read + left)
        subjects.update(_subjects(connection, chain, last))
        read.append(chain._replace(read=last))
        left -= last - chain.read
        if left <= 0:
            break
    devices = {code for code in subjects if is_device(code)}
    devices |= _devices_of(connection, [code for code in subjects if is_case(code)])
    told = _told_anew(connection, devices, communes(reference))
    now_s = int(time())
    arrivals.settle(connection, told, now_s)  # offers before notices, as officials take them
    noticing.tell(connection, told, now_s)
    _note_read(connection, read)
    return PAGE - left


def _cases_anew(connection: Connection, reference: Reference) -> int:
    """Count the devices of cases that changed; how many cases these were.

    In a transaction of its own, which waits for nobody: whoever changed one may hold other locks.
    """
    if not taken(connection):
        return 0
    table = t.to_count
    free = select(table.c.code).order_by(table.c.code).limit(PAGE)
    free = free.with_for_update(skip_locked=True)
    due = delete(table).where(table.c.code.in_(free)).returning(table.c.code)
    cases = connection.execute(due).scalars().all()
    _told_anew(connection, _devices_of(connection, cases), communes(reference))
    return len(cases)


def _told_anew(
    connection: Connection, codes: Collection[str], unit_of: UnitOf
) -> tuple[telling.Told, ...]:
    if not codes:
        return ()
    told = telling.devices_told(connection, codes, unit_of)
    rows.replace(connection, told)
    return told


def _chains_behind(connection: Connection, most: int) -> Sequence[_Behind]:
    chain, counted = t.chain.c, t.counted_chain.c
    read = func.coalesce(counted.seq, 0)
    joined = t.chain.outerjoin(
        t.counted_chain, and_(counted.station == chain.station, counted.chain == chain.chain)
    )
    wanted = select(chain.station, chain.chain, read, chain.seq).select_from(joined)
    wanted = wanted.where(chain.seq > read).order_by(chain.station, chain.chain).limit(most)
    return [_Behind(*row) for row in connection.execute(wanted)]


def _subjects(connection: Connection, chain: _Behind, last: int) -> Sequence[str]:
    table = t.event.c
    of_chain = (table.station == chain.station, table.chain == chain.chain)
    wanted = select(table.subject).where(*of_chain, table.seq > chain.read, table.seq <= last)
    return connection.execute(wanted.distinct()).scalars().all()


def _devices_of(connection: Connection, cases: Collection[str]) -> set[str]:
    """The devices whose counts hold facts of these cases."""
    table = t.counted_case.c
    wanted = select(table.device).where(table.code.in_(cases))
    return set(connection.execute(wanted).scalars()) if cases else set()


def _every_device(connection: Connection) -> Iterator[Collection[str]]:
    """All codes of devices, in pages; digits alone, however the database sorts."""
    table, last = t.event.c, ""
    while True:
        behind = (table.subject > last, table.subject.between("0", "9999999999"))
        wanted = select(table.subject).where(*behind).distinct().order_by(table.subject)
        found = connection.execute(wanted.limit(PAGE)).scalars().all()
        if not found:
            return
        last = found[-1]
        yield [code for code in found if is_device(code)]


# ---- how far was read ----


def taken(connection: Connection, *, wait: bool = False) -> bool:
    """Take the right to read on; False where another worker has it."""
    table = t.counted_chain.c
    its = select(table.seq).where(table.station == DEPARTMENT, table.chain == 0)
    return connection.execute(its.with_for_update(skip_locked=not wait)).first() is not None


def _make_right(engine: Engine) -> None:
    """In a transaction of its own, so that nobody waits for whoever reads for the first time."""
    with reading(engine) as connection:
        there = _mark(connection) is not None
    if not there:
        written(engine, _insert_right)


def _insert_right(connection: Connection) -> None:
    made = _insert(connection, t.counted_chain).on_conflict_do_nothing()
    connection.execute(made, [RIGHT | {"seq": 0}])


def _mark(connection: Connection) -> int | None:
    table = t.counted_chain.c
    its = select(table.seq).where(table.station == DEPARTMENT, table.chain == 0)
    return connection.execute(its).scalar()


def _set_mark(connection: Connection, mark: int) -> None:
    table = t.counted_chain.c
    its = (table.station == DEPARTMENT, table.chain == 0)
    connection.execute(update(t.counted_chain).where(*its), {"seq": mark})


def _begin_anew_where_counted_otherwise(connection: Connection, mark: int) -> None:
    """All devices are told anew, page by page: until then each is counted as it was."""
    if _mark(connection) != mark:
        connection.execute(delete(t.counted_chain).where(t.counted_chain.c.station != DEPARTMENT))
        _set_mark(connection, mark)


def _ends(connection: Connection) -> list[_Behind]:
    table = t.chain.c
    wanted = select(table.station, table.chain, table.seq, table.seq).where(table.seq > 0)
    return [_Behind(*row) for row in connection.execute(wanted)]


def _note_read(connection: Connection, read: Sequence[_Behind]) -> None:
    if read:
        made = _insert(connection, t.counted_chain)
        behind = made.on_conflict_do_update(
            index_elements=["station", "chain"], set_={"seq": made.excluded.seq}
        )
        connection.execute(
            behind, [{"station": r.station, "chain": r.chain, "seq": r.read} for r in read]
        )


def _insert(connection: Connection, table: Any) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
