"""Offers and applications as rows of the service, for the pages that decide about them."""

from collections.abc import Mapping
from datetime import date
from time import time
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Engine, insert

from station.codes import CodeKind
from station.events import OfferedItem, Ref
from station.people import Content, Donor, Pupil
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import writing
from sync.central.feeds import person_rows
from sync.central.programme import finding
from sync.central.programme.applications import Details
from sync.central.programme.numbering import new_code
from sync.central.programme.opened import row_of, sealed_details

SCHOOL = "truong-th-go-dau"
NAME, PHONE = "Lê Thị Tặng", "0912 345 678"
CHILD = "Nguyễn Văn Bé"


def person(engine: Engine, own: Secrets, said: Content) -> Ref:
    """A row of the Department."""
    row, ref = row_of(said, 1)
    person_rows.keep_departments(engine, own.people, [row])
    return ref


def an_offer(engine: Engine, own: Secrets, **more: Any) -> str:
    """An offer that waits; its code."""
    donor = person(engine, own, Donor(name=more.pop("name", NAME), phone=PHONE, may_process=True))
    now_s = int(time())
    row = {
        "created_s": now_s,
        "changed_s": now_s,
        "channel": "form",
        "state": "waiting",
        "form": "point",
        "place": "point",
        "donor_kind": "person",
        "items": msgspec.msgpack.encode((OfferedItem("laptop", 2),)),
        "devices": 2,
        "donor": donor.id,
        "donor_digest": donor.digest,
        "unit": "25654",
        "secret_hash": b"",
        "name_key": finding.name_key(own.finding, NAME),
        "phone_key": finding.phone_key(own.finding, PHONE),
    }
    with writing(engine) as connection:
        return _insert(connection, t.offer, CodeKind.OFFER, row | more)


def an_application(
    engine: Engine, own: Secrets, child: str = CHILD, details: Mapping[str, Any] = {}, **more: Any
) -> str:
    """An application that waits; its code."""
    pupil = person(engine, own, Pupil(name=child, guardian="Trần Thị Mẹ", guardian_phone=PHONE))
    now_s = int(time())
    said = Details(pupil=child, born_on=date(2015, 5, 4), phone=PHONE, need="học")
    if details:
        said = structs.replace(said, **details)
    row = {
        "created_s": now_s,
        "changed_s": now_s,
        "channel": "form",
        "state": "waiting",
        "level": "primary",
        "school": SCHOOL,
        "unit": "25654",
        "relation": "parent",
        "pupil": pupil.id,
        "pupil_digest": pupil.digest,
        "public": False,
        "secret_hash": b"",
        "pupil_key": finding.name_key(own.finding, child),
        "phone_key": finding.phone_key(own.finding, PHONE),
    }
    with writing(engine) as connection:
        code = new_code(connection, CodeKind.CASE, t.application)
        sealed = {"sealed": sealed_details(own.people, code, said), "code": code}
        connection.execute(insert(t.application), row | sealed | more)
        for purpose, by in (("process", "child"), ("process", "representative")):
            consent = {
                "code": code,
                "purpose": purpose,
                "by": by,
                "text_version": "2026-01-01",
                "way": "form",
                "given_s": now_s,
            }
            connection.execute(insert(t.consent), consent)
    return code


def alike(engine: Engine, code: str, other: str, by: str = "number") -> None:
    """Two applications may be of one pupil."""
    row = {"code": code, "other": other, "by": by, "state": "open"}
    with writing(engine) as connection:
        connection.execute(insert(t.likeness), row)


def _insert(connection: Connection, table: Any, kind: CodeKind, row: dict[str, Any]) -> str:
    code = new_code(connection, kind, table)
    connection.execute(insert(table), row | {"code": code})
    return code
