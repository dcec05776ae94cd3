"""Believing a chain no more: a PC was stolen, a copy went astray. What it said stays."""

from sqlalchemy import Engine, select, update

from station.ledger import ChainId
from sync.central import tables as t
from sync.central.database import writing
from sync.central.problems import refused


def revoke(engine: Engine, chain: ChainId, reason: str) -> int:
    """Revoke behind the last event that came; its seq. The first revocation stands."""
    table = t.chain
    of_chain = (table.c.station == chain.station, table.c.chain == chain.number)
    with writing(engine) as connection:
        row = connection.execute(select(table).where(*of_chain).with_for_update()).first()
        if row is None:
            raise refused("unknown_chain")
        if row.revoked is not None:
            return int(row.revoked_seq)
        said = {"revoked": reason, "revoked_seq": row.seq}
        connection.execute(update(table).where(*of_chain), said)
    return int(row.seq)
