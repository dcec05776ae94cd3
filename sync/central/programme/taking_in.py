"""A registration is taken once, whoever brings it; what a program brings goes on to its point.

An offer of the open form waits for an official: nobody knows yet whether it is meant.
"""

from msgspec import structs
from sqlalchemy import Connection, Engine

from station.reference import Reference
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import written
from sync.central.programme import point_rules
from sync.central.programme.assigning import assign_within
from sync.central.programme.checking import NewApplication, NewOffer
from sync.central.programme.deciding import taken
from sync.central.programme.once import Asking, once
from sync.central.programme.registering import (
    Registered,
    register_application,
    register_offer,
    suggested,
)


def take_offer(
    engine: Engine, own: Secrets, reference: Reference, new: NewOffer, asking: Asking,
    *, assigns: bool = False,
) -> Registered:  # fmt: skip
    """Register an offer, and give it to its point where that is clear.

    Raises NotRegistered, ConsentMissing, BadText or KeyReused.
    """
    rules = point_rules.rules(engine) if assigns else {}

    def work(connection: Connection) -> Registered:
        def register() -> Registered:
            registered = register_offer(connection, own, reference, new, asking.now_s)
            day = reference.programme.day(asking.now_s)
            station = suggested(reference, rules, new, day) if assigns else None
            if station is not None:
                row = taken(connection, t.offer, registered.code)
                assign_within(connection, row, station, asking.now_s)
            return structs.replace(registered, station=station)

        return once(connection, own, asking, register, Registered)

    return written(engine, work)


def take_application(
    engine: Engine, own: Secrets, reference: Reference, new: NewApplication, asking: Asking
) -> Registered:
    """Register a pupil; raises NotRegistered, ConsentMissing, BadText or KeyReused."""

    def work(connection: Connection) -> Registered:
        def register() -> Registered:
            return register_application(connection, own, reference, new, asking.now_s)

        return once(connection, own, asking, register, Registered)

    return written(engine, work)
