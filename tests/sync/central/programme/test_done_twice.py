"""A form that is sent twice does nothing twice, and what came in is not taken from its point."""

from datetime import date

import pytest
from sqlalchemy import Engine, insert, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.officials import acts
from sync.central.programme import allotting, approving, assigning
from sync.central.programme.allotting import Wish
from sync.central.programme.approving import Decided
from sync.central.programme.assigning import DevicesCame
from sync.central.programme.deciding import By, ChangedMeanwhile
from tests.sync.central.programme.registered import (
    NOW_S,
    register_application,
    register_offer,
    some_details,
)

BY = By("an.nguyen", NOW_S)
SCHOOL = "truong-th-go-dau"
POINT, OTHER = 12, 21


def changed_s(engine: Engine, table: str, code: str) -> int:
    found = t.metadata.tables[table].c
    with reading(engine) as connection:
        wanted = select(found.changed_s).where(found.code == code)
        return int(connection.execute(wanted).scalar_one())


def test_the_same_press_allots_no_second_time(engine: Engine, own: Secrets) -> None:
    decision = Decided("12/QĐ-SGDĐT", date(2026, 9, 1))
    for name in ("Lê An", "Lê Bình", "Lê Chi"):
        code = register_application(engine, own, some_details(pupil=name)).code
        approving.approve(engine, code, decision, changed_s(engine, "application", code), BY)

    assert allotting.allot(engine, Wish(SCHOOL, POINT, 1, seen=0), BY) == 1
    with pytest.raises(ChangedMeanwhile):
        allotting.allot(engine, Wish(SCHOOL, POINT, 1, seen=0), BY)


def test_why_a_school_gets_more_than_its_quota_is_kept(engine: Engine, own: Secrets) -> None:
    decision = Decided("12/QĐ-SGDĐT", date(2026, 9, 1))
    code = register_application(engine, own).code
    approving.approve(engine, code, decision, changed_s(engine, "application", code), BY)
    allotting.set_quota(engine, SCHOOL, 0, BY)

    allotting.allot(engine, Wish(SCHOOL, POINT, 1, "flood"), BY)

    assert acts.listed(engine, about=code)[0].detail == f"{POINT:03d} flood"


def test_an_offer_whose_devices_came_stays_at_its_point(engine: Engine, own: Secrets) -> None:
    code = register_offer(engine, own).code
    assigning.assign(engine, code, POINT, changed_s(engine, "offer", code), BY)
    with writing(engine) as connection:
        came = {"code": "0120003457", "state": b"", "counts": b"", "offer": code}
        connection.execute(insert(t.journey), came)
    seen = changed_s(engine, "offer", code)

    with pytest.raises(DevicesCame):
        assigning.assign(engine, code, OTHER, seen, BY)
    with pytest.raises(DevicesCame):
        assigning.decline(engine, code, "not-needed", seen, BY)
    with pytest.raises(DevicesCame):
        assigning.take_back(engine, code, seen, BY)
