"""Believing a chain no more: a PC was stolen, a copy went astray. What it said stays."""

from sqlalchemy import Connection, Engine, select, update

from station.documents import REVOCATION, Revocation, encode
from station.ledger import ChainId
from sync.central import tables as t
from sync.central.database import written
from sync.central.feeds import documents
from sync.central.problems import refused


def revoke(engine: Engine, chain: ChainId, reason: str) -> int:
    """Revoke behind the last event that came; its seq. The first revocation stands."""
    return written(engine, lambda connection: _revoke(connection, chain, reason))


def _revoke(connection: Connection, chain: ChainId, reason: str) -> int:
    table = t.chain
    of_chain = (table.c.station == chain.station, table.c.chain == chain.number)
    row = connection.execute(select(table).where(*of_chain).with_for_update()).first()
    if row is None:
        raise refused("unknown_chain")
    if row.revoked is not None:
        return int(row.revoked_seq)
    said = {"revoked": reason, "revoked_seq": row.seq}
    connection.execute(update(table).where(*of_chain), said)
    body = encode(Revocation(chain, row.seq, reason))  # the point's other PCs are told
    name = f"{chain.station:03d}-{chain.number}"
    documents.put(connection, [documents.Order(chain.station, REVOCATION, name, body)])
    return int(row.seq)
