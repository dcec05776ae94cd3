"""One-time codes: 16 digits by which a lead has a chain believed. Only keyed hashes are kept."""

import hmac
import secrets
from hashlib import sha256

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update

from station.ledger import ChainId
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.problems import refused

DIGITS = 16
HOUR_S = 3_600
KEPT_S = 30 * 24 * HOUR_S  # after it ran out, so that a lead who tries it hears why


def give(engine: Engine, key: bytes, station: int, hours: int, now_s: int) -> tuple[str, int]:
    """A new code for a point and when it runs out. It is said once."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    expires_s = now_s + hours * HOUR_S
    table = t.enrolment_code
    with writing(engine) as connection:
        old = and_(table.c.station == station, table.c.expires_s < now_s - KEPT_S)
        connection.execute(delete(table).where(old))
        row = {"station": station, "code_hash": hashed(key, code), "expires_s": expires_s}
        connection.execute(insert(table), row)
    return code, expires_s


def point_of(engine: Engine, key: bytes, code: str, now_s: int) -> int:
    """Which point a code is for; a used one says it too, as its answer may have been lost."""
    table = t.enrolment_code.c
    with reading(engine) as connection:
        wanted = select(table.station, table.expires_s).where(table.code_hash == hashed(key, code))
        row = connection.execute(wanted).first()
    if row is None:
        raise refused("wrong_code")
    if row.expires_s <= now_s:
        raise refused("expired_code")
    return int(row.station)


def use(connection: Connection, key: bytes, chain: ChainId, code: str, now_s: int) -> None:
    """Use a code up for one chain; raises Refused."""
    table = t.enrolment_code
    of_code = and_(table.c.station == chain.station, table.c.code_hash == hashed(key, code))
    row = connection.execute(select(table).where(of_code).with_for_update()).first()
    if row is None:
        raise refused("wrong_code")
    if row.used_by is not None:
        raise refused("used_code")
    if row.expires_s <= now_s:
        raise refused("expired_code")
    connection.execute(update(table).where(of_code), {"used_by": chain.number})


def hashed(key: bytes, code: str) -> bytes:
    """Keyed: 16 digits alone could be tried through by whoever copied the database."""
    return hmac.new(key, code.encode(), sha256).digest()
