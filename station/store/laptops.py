"""Laptops that were given a chain of their own: which are out, and what they wrote."""

from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from station import events
from station.fold import Item
from station.ledger import ChainId
from station.store import tables as t
from station.store.upsert import upsert


class Laptops:
    """Keeps the table of delegations in step with the log."""

    def __init__(self, connection: Connection, chain: ChainId) -> None:
        self._connection, self._chain = connection, chain
        self._known: frozenset[int] | None = None

    def apply_event(self, position: int, event: events.Event) -> None:
        """Note a delegation of this point, or its end."""
        if event.header.chain.station != self._chain.station:
            return
        match event.said:
            case events.LaptopDelegated():
                upsert(self._connection, t.delegation, _row(position, event.said))
                self._known = None
            case events.DelegationEnded():
                chain = event.said.chain
                table = t.delegation.c
                ended = update(t.delegation).where(
                    table.station == chain.station, table.chain == chain.number
                )
                self._connection.execute(ended.values(ended=event.said.reason))

    def wrote(self, chain: ChainId) -> bool:
        """Whether a chain that came home is a laptop's."""
        if chain == self._chain or chain.station != self._chain.station:
            return False
        if self._known is None:
            wanted = select(t.delegation.c.chain)
            self._known = frozenset(self._connection.execute(wanted).scalars())
        return chain.number in self._known

    def is_own_delegation(self, item: Item) -> bool:
        """Whether this store is the laptop's: what was lent to it may be worked on here."""
        said = item.said if isinstance(item, events.Event) else None
        return isinstance(said, events.LaptopDelegated) and said.chain == self._chain


def _row(position: int, said: events.LaptopDelegated) -> dict[str, Any]:
    return {
        "station": said.chain.station,
        "chain": said.chain.number,
        "position": position,
        "key": said.key,
        "expires_s": said.expires_s,
        "ended": None,
        "about": msgspec.msgpack.encode(said.about),
    }
