"""The states of devices and cases in the database: taken under a lock, written back in one go.

A code nobody told anything of gets an empty row first, so that there is always a row to lock; both
the making and the locking go in the order of the codes.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import ARRAY, Connection, LargeBinary, Text, bindparam, select, text
from sqlalchemy.dialects import sqlite

from station import events as e
from sync.central import tables as t
from sync.central.judging.states import Device, State, is_case, is_device, packed, unpacked

_BEGUN = text(
    "INSERT INTO subject (code, state) SELECT code, '' FROM unnest(:codes) AS code"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("codes", type_=ARRAY(Text)))
_HELD = text(
    "SELECT code, state FROM subject WHERE code = ANY(:codes) ORDER BY code FOR UPDATE"
).bindparams(bindparam("codes", type_=ARRAY(Text)))
_WRITTEN = text(
    "UPDATE subject SET state = new.state FROM unnest(:codes, :states) AS new (code, state)"
    " WHERE subject.code = new.code"
).bindparams(bindparam("codes", type_=ARRAY(Text)), bindparam("states", type_=ARRAY(LargeBinary)))


def codes_of(events: Iterable[e.Event]) -> set[str]:
    """The codes whose states these events are judged by."""
    return {code for event in events for code in _codes(event)}


def held(connection: Connection, codes: Collection[str]) -> dict[str, State]:
    """Take these states, and those of the cases that their devices are kept for or given to."""
    states = _taken(connection, codes)
    behind = {code for state in states.values() for code in _cases_of(state)} - states.keys()
    return states | _taken(connection, behind)


def write(connection: Connection, states: Iterable[tuple[str, State]]) -> None:
    """Write changed states back."""
    rows = [(code, packed(state)) for code, state in states]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _write_each(connection, rows)
    else:
        codes, bodies = zip(*rows, strict=True)
        connection.execute(_WRITTEN, {"codes": list(codes), "states": list(bodies)})


def _codes(event: e.Event) -> Iterator[str]:
    subject = event.header.subject
    if is_device(subject):
        yield subject
        case = getattr(event.said, "case", None)
        if case is not None and is_case(case):
            yield case
    elif isinstance(event.said, e.CaseEntered) and is_case(subject):
        yield subject


def _cases_of(state: State) -> Iterator[str]:
    if isinstance(state, Device):
        holds = (*state.given, state.claim) if state.claim else state.given
        yield from (hold.case for hold in holds if is_case(hold.case))


def _taken(connection: Connection, codes: Collection[str]) -> dict[str, State]:
    if not codes:
        return {}
    if connection.dialect.name == "sqlite":  # a writer is alone there
        found = _found(connection, codes)
        return {code: unpacked(code, found.get(code, b"")) for code in codes}
    asked = {"codes": sorted(codes)}
    rows = connection.execute(_HELD, asked).all()
    if len(rows) < len(codes):
        connection.execute(_BEGUN, asked)
        rows = connection.execute(_HELD, asked).all()
    return {row.code: unpacked(row.code, row.state) for row in rows}


def _found(connection: Connection, codes: Collection[str]) -> dict[str, bytes]:
    wanted = select(t.subject).where(t.subject.c.code.in_(codes))
    return {row.code: row.state for row in connection.execute(wanted)}


def _write_each(connection: Connection, rows: list[tuple[str, bytes]]) -> None:
    insert = sqlite.insert(t.subject)
    upsert = insert.on_conflict_do_update(
        index_elements=["code"], set_={"state": insert.excluded.state}
    )
    connection.execute(upsert, [{"code": code, "state": state} for code, state in rows])
