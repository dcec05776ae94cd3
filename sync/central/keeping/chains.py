"""Whose keys the service believes: the row of each chain, and who may append to it."""

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from station import ledger
from station.ledger import ChainId
from sync.central import tables as t


class Writer(Struct, frozen=True):
    """A chain as the service holds it, and the key it believes."""

    chain: ChainId
    key: bytes
    seq: int  # of the last event
    hash: bytes
    delegated: bool = False
    revoked: str | None = None  # the reason
    revoked_seq: int = 0  # what it said up to here stays

    def may_say(self, seq: int) -> bool:
        """Whether an event at this place is still believed."""
        return self.revoked is None or seq <= self.revoked_seq


def writer(connection: Connection, chain: ChainId, *, lock: bool = False) -> Writer | None:
    """The key of a chain; None when nobody enrolled it. `lock` takes the right to append."""
    wanted = select(t.chain).where(_of(chain))
    row = connection.execute(wanted.with_for_update() if lock else wanted).first()
    if row is None or row.key is None:
        return None
    return Writer(
        chain, row.key, row.seq, row.hash, row.delegated, row.revoked, row.revoked_seq or 0
    )


def insert_delegated(connection: Connection, chain: ChainId, key: bytes) -> None:
    """Believe a laptop's key by the word of its point; a chain that is known already stays."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {
        "station": chain.station,
        "chain": chain.number,
        "seq": 0,
        "hash": ledger.NO_HASH,
        "key": key,
        "delegated": True,
    }
    connection.execute(dialect.insert(t.chain).values(row).on_conflict_do_nothing())


def revoke_delegated(connection: Connection, chain: ChainId, reason: str, last_seq: int) -> None:
    """Believe a laptop no more, by the word of its point; what came home stays."""
    held = connection.execute(select(t.chain.c.seq).where(_of(chain)).with_for_update()).scalar()
    last = max(held or 0, last_seq)
    its = and_(_of(chain), t.chain.c.delegated, t.chain.c.revoked.is_(None))
    connection.execute(update(t.chain).where(its), {"revoked": reason, "revoked_seq": last})


def _of(chain: ChainId) -> ColumnElement[bool]:
    return and_(t.chain.c.station == chain.station, t.chain.c.chain == chain.number)
