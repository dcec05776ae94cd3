"""What a page holds that nobody committed yet: sealed, for a power cut. No part of the ledger."""

from sqlalchemy import Connection, delete, select

from station.store import tables as t
from station.store.sealing import Sealer
from station.store.upsert import upsert


def read(connection: Connection, sealer: Sealer, place: str) -> bytes | None:
    """The draft of a place; None when there is none. Raises WrongKey."""
    sealed = connection.execute(select(t.draft.c.sealed).where(t.draft.c.place == place)).scalar()
    return sealer.open(_bound_to(place), sealed) if sealed else None


def keep(connection: Connection, sealer: Sealer, place: str, content: bytes) -> None:
    """Put it in the place of the older one."""
    row = {"place": place, "sealed": sealer.seal(_bound_to(place), content)}
    upsert(connection, t.draft, row)


def drop(connection: Connection, place: str) -> None:
    """Forget the draft of a place."""
    connection.execute(delete(t.draft).where(t.draft.c.place == place))


def _bound_to(place: str) -> bytes:
    return b"draft " + place.encode()
