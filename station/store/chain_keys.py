"""The keys of own chains, sealed, and the service's word for each.

A key is bound to its chain: one that is moved into another chain's row does not open.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from station.ledger import ChainId
from station.ports import Enrolment
from station.signing import ChainGrant, SigningKey
from station.store import tables as t
from station.store.sealing import Sealer

ANCHORS = "anchors"  # the note of the keys the service signs with


class ChainKeys:
    """Makes, keeps and opens keys."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def find(self, connection: Connection, chain: ChainId) -> SigningKey | None:
        """The key of a chain; None where none was made yet. Raises WrongKey."""
        sealed = connection.execute(select(t.chain_key.c.sealed).where(_of(chain))).scalar()
        return SigningKey(self._sealer.open(_bound_to(chain), sealed)) if sealed else None

    def make(self, connection: Connection, chain: ChainId) -> SigningKey:
        """A key that nobody had before, for a chain that has none."""
        return self.keep(connection, chain, SigningKey.new())

    def keep(self, connection: Connection, chain: ChainId, key: SigningKey) -> SigningKey:
        """Seal a key under its chain."""
        row = {"station": chain.station, "chain": chain.number, "public": key.public}
        sealed = self._sealer.seal(_bound_to(chain), key.private)
        connection.execute(insert(t.chain_key), row | {"sealed": sealed})
        return key


def note_grant(connection: Connection, grant: ChainGrant, anchors: Sequence[bytes]) -> None:
    """Keep the service's word for a chain whose key is here, and the keys it signs with."""
    packed = msgspec.msgpack.encode(grant)
    kept = update(t.chain_key).where(_of(grant.chain), t.chain_key.c.public == grant.key)
    connection.execute(kept.values({"grant": packed}))
    note_anchors(connection, anchors)


def note_anchors(connection: Connection, anchors: Sequence[bytes]) -> None:
    """Keep the keys the service signs with."""
    value = msgspec.msgpack.encode(tuple(anchors))
    found = connection.execute(update(t.meta).where(t.meta.c.name == ANCHORS).values(value=value))
    if found.rowcount == 0:
        connection.execute(insert(t.meta), {"name": ANCHORS, "value": value})


def enrolment_of(connection: Connection, chain: ChainId) -> Enrolment:
    """What the service said of a chain, and the keys it signs with."""
    packed = connection.execute(select(t.chain_key.c.grant).where(_of(chain))).scalar()
    grant = msgspec.msgpack.decode(packed, type=ChainGrant) if packed else None
    return Enrolment(grant, anchors_of(connection))


def anchors_of(connection: Connection) -> tuple[bytes, ...]:
    """The keys the service signs with; none before the first enrolment."""
    noted = connection.execute(select(t.meta.c.value).where(t.meta.c.name == ANCHORS)).scalar()
    return msgspec.msgpack.decode(noted, type=tuple[bytes, ...]) if noted else ()


def newest_grant(connection: Connection) -> ChainGrant | None:
    """The newest word for a chain this store wrote itself; a laptop's vouches for nothing."""
    written = and_(t.head.c.station == t.chain_key.c.station, t.head.c.chain == t.chain_key.c.chain)
    wanted = select(t.chain_key.c.grant).join(t.head, written)
    wanted = wanted.where(t.chain_key.c.grant.is_not(None), t.head.c.delegated.is_(False))
    grants = [
        msgspec.msgpack.decode(packed, type=ChainGrant)
        for packed in connection.execute(wanted.order_by(t.head.c.id)).scalars()
    ]
    return max(grants, key=lambda grant: grant.granted_s, default=None)


def _of(chain: ChainId) -> ColumnElement[bool]:
    table = t.chain_key.c
    return and_(table.station == chain.station, table.chain == chain.number)


def _bound_to(chain: ChainId) -> bytes:
    return b"chain key\0" + str(chain).encode()
