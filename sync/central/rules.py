"""The rules of the whole programme, which no point can know alone. Facts are never refused."""

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from station import codes, events, ledger
from sync.central import tables as t

CASE_HAS_DEVICE = "case_has_device"


class Ruling(Struct, frozen=True):
    """What the rules say of one event."""

    outcome: str
    rule: str | None = None
    other: bytes = b""  # the event it contradicts


ACCEPTED = Ruling(events.ACCEPTED)


def judge(connection: Connection, entry: ledger.Entry) -> Ruling:
    """Rule on one new event, in the order of verdicts; what we cannot read is accepted unread."""
    event = events.read(entry)
    if not _names_a_device(event):
        return ACCEPTED
    match event.said:
        case events.Reserved(case=case):
            return _claim(connection, case, event)
        case events.ReservationReleased(case=case):
            _free(connection, event, t.reservation.c.case == case)
        case events.ReturnedToStock():
            _free(connection, event)
    return ACCEPTED


def _names_a_device(event: events.Event) -> bool:
    try:
        return codes.parse(event.header.subject).kind is codes.CodeKind.DEVICE
    except codes.BadCode:
        return False


def _claim(connection: Connection, case: str, event: events.Event) -> Ruling:
    """First accepted wins. The devices of one set are reserved by one chain for one case."""
    chain, device = event.header.chain, event.header.subject
    table = t.reservation.c
    another_chain = or_(table.station != chain.station, table.chain != chain.number)
    held = select(table.hash).where(table.case == case, table.device != device, another_chain)
    first = connection.execute(held.limit(1)).scalar()
    if first is not None:
        return Ruling(events.VOID, CASE_HAS_DEVICE, first)
    _free(connection, event, table.case == case)  # the same device again: the newer claim stands
    row = {"case": case, "device": device, "station": chain.station, "chain": chain.number}
    connection.execute(insert(t.reservation), row | {"hash": event.hash})
    return ACCEPTED


def _free(connection: Connection, event: events.Event, *which: ColumnElement[bool]) -> None:
    of_device = t.reservation.c.device == event.header.subject
    connection.execute(delete(t.reservation).where(and_(of_device, *which)))
