"""Having a chain believed: a one-time code or an enrolled chain of the same point says for it.

A chain's key is bound once. The same request again is answered as before, so a lost answer is
harmless; another key for the chain is refused.
"""

from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from station.ledger import NO_HASH, ChainId
from station.signing import granted, is_signed, vouching_statement
from sync.central import tables as t
from sync.central.access import one_time_codes
from sync.central.access.secrets import Secrets
from sync.central.database import writing
from sync.central.keeping.chains import writer
from sync.central.problems import refused
from sync.wire import Enrolled, EnrolRequest, enrol_statement


def enrol(engine: Engine, own: Secrets, request: EnrolRequest, now_s: int) -> Enrolled:
    """Give the service's word for a chain's key; raises Refused."""
    _require_the_key_is_held(request)
    with writing(engine) as connection:
        row = _locked(connection, request.chain)
        if row.key is None:
            _require_a_voucher(connection, own, request, now_s)
            _bind(connection, request, now_s)
        else:
            _require_the_same(row, request)
    granted_s = now_s if row.granted_s is None else row.granted_s
    grant = granted(own.signing, request.chain, request.key, granted_s)
    return Enrolled(grant, own.anchors)


def _require_the_key_is_held(request: EnrolRequest) -> None:
    station, number = request.station, request.number
    statement = enrol_statement(station, number, request.key, request.code or "")
    if not is_signed(statement, request.proof, request.key):
        raise refused("bad_signature")


def _locked(connection: Connection, chain: ChainId) -> Row[Any]:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    blank = {"seq": 0, "hash": NO_HASH, "delegated": False}
    row = {"station": chain.station, "chain": chain.number} | blank
    connection.execute(dialect.insert(t.chain).values(row).on_conflict_do_nothing())
    of_chain = and_(t.chain.c.station == chain.station, t.chain.c.chain == chain.number)
    return connection.execute(select(t.chain).where(of_chain).with_for_update()).one()


def _require_the_same(row: Row[Any], request: EnrolRequest) -> None:
    if row.key != request.key:
        raise refused("other_key")
    if row.delegated:  # a laptop speaks through the point that lent it the key
        raise refused("not_enrolled")
    if row.revoked is not None:
        raise refused("revoked", row.revoked_seq)


def _require_a_voucher(
    connection: Connection, own: Secrets, request: EnrolRequest, now_s: int
) -> None:
    if request.code is not None:
        one_time_codes.use(connection, own.codes, request.chain, request.code, now_s)
    elif request.old_number is not None and request.vouching is not None:
        _require_vouching(connection, request, request.old_number, request.vouching)
    else:
        raise refused("not_enrolled")


def _require_vouching(
    connection: Connection, request: EnrolRequest, old_number: int, vouching: bytes
) -> None:
    """The old chain goes on being believed: it may hold what was not sent yet."""
    old = writer(connection, ChainId(request.station, old_number))
    if old is None or old.delegated:  # a lent key makes no other one
        raise refused("not_enrolled")
    if not is_signed(vouching_statement(old.chain, request.chain, request.key), vouching, old.key):
        raise refused("bad_signature")
    if old.revoked is not None:
        raise refused("revoked", old.revoked_seq)


def _bind(connection: Connection, request: EnrolRequest, now_s: int) -> None:
    of_chain = and_(t.chain.c.station == request.station, t.chain.c.chain == request.number)
    bound = {"key": request.key, "granted_s": now_s, "old_chain": request.old_number}
    connection.execute(update(t.chain).where(of_chain), bound)
