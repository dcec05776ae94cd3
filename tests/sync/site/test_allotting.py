"""Cases are allotted within quotas, whoever allots at the same time; points and disputes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from station import events
from station.ledger import ChainId
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import opened
from sync.central.officials.roles import OfficialRole
from sync.central.programme import allotting, points_seen
from sync.central.programme.allotting import OverQuota, Wish
from sync.central.programme.deciding import By
from sync.push import push
from sync.service import CentralService
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import NOW_S, SignIn
from tests.sync.site.wishes import an_application

SCHOOLS = iter(("truong-thcs-go-dau", "truong-thpt-go-dau", "truong-th-thanh-duc") * 9)
BY = By("somebody", NOW_S)


@pytest.fixture
def school(engine: Engine) -> str:
    """A school without applications."""
    name = next(SCHOOLS)
    with engine.begin() as connection:
        connection.execute(t.application.delete().where(t.application.c.school == name))
        connection.execute(t.quota.delete().where(t.quota.c.code == name))
    return name


def approved(engine: Engine, own: Secrets, school: str, count: int) -> list[str]:
    return [an_application(engine, own, state="approved", school=school) for _ in range(count)]


def allotted(engine: Engine, school: str) -> int:
    with engine.connect() as connection:
        table = t.application.c
        wanted = select(func.count()).where(table.school == school, table.station.is_not(None))
        return int(connection.execute(wanted).scalar_one())


def test_a_quota_holds_and_a_named_reason_goes_over_it(
    signed_in: SignIn, engine: Engine, own: Secrets, school: str
) -> None:
    approved(engine, own, school, 3)
    official = signed_in(OfficialRole.DEPARTMENT)
    page = f"/dieu-phoi/phan-bo/truong/{school}?lang=en"
    official.get(page).send({"quota": "2"}, action="chi-tieu")

    official.send({"cases": "3", "station": "12"}, action="giao")
    assert (official.status, allotted(engine, school)) == (409, 0)
    assert "may be given 2 more" in official.text
    official.get(page).send(
        {"cases": "3", "station": "12", "override": "urgent-need"}, action="giao"
    )

    assert "3 cases were given" in official.text
    assert allotted(engine, school) == 3


def test_cases_come_back_where_nothing_is_kept(
    signed_in: SignIn, engine: Engine, own: Secrets, school: str
) -> None:
    approved(engine, own, school, 2)
    official = signed_in(OfficialRole.DEPARTMENT)
    official.get(f"/dieu-phoi/phan-bo/truong/{school}?lang=en")
    official.send({"cases": "2", "station": "12"}, action="giao")

    official.send({"from": "12"}, action="thu-hoi")

    assert "2 cases were taken back" in official.text
    assert allotted(engine, school) == 0


def test_officials_who_allot_at_once_never_overrun_a_quota(
    process: ServiceProcess, engine: Engine, own: Secrets, school: str
) -> None:
    approved(engine, own, school, 6)
    allotting.set_quota(engine, school, 3, BY)

    def allot(station: int) -> int:
        try:
            return allotting.allot(services, Wish(school, station, 1), BY)
        except OverQuota:
            return 0

    with opened(process.database) as services, ThreadPoolExecutor(6) as threads:
        given = sum(threads.map(allot, [11, 12, 13, 11, 12, 13]))

    assert given == allotted(engine, school) == 3


def test_the_list_of_schools_counts_what_waits(
    signed_in: SignIn, engine: Engine, own: Secrets, school: str
) -> None:
    approved(engine, own, school, 2)

    official = signed_in(OfficialRole.DEPARTMENT).get("/dieu-phoi/phan-bo?lang=en")

    assert official.all(f"//a[contains(@href, '{school}')]")


def test_points_stand_with_their_stock_and_who_was_not_heard_of(signed_in: SignIn) -> None:
    official = signed_in(OfficialRole.VIEWER).get("/dieu-phoi/diem?lang=en")

    assert "012" in official.text
    assert "ring them" in official.text


def test_a_laptop_is_out_until_its_point_took_it_back(
    process: ServiceProcess, engine: Engine
) -> None:
    ledger = MemoryLedger(ChainId(23, 88_001))
    process.enrol(ledger)
    laptop = ChainId(23, 88_002)
    lent = events.LaptopDelegated(chain=laptop, key=bytes(32), expires_s=2**31, about=())
    ledger.record("point-023", lent)

    def out() -> int:
        with CentralService(process.address, ledger) as service:
            push(ledger, service)
        seen = points_seen.points(engine, [23], date(2026, 1, 1))
        return next(one.laptops for one in seen if one.station == 23)

    assert out() == 1
    ledger.record("point-023", events.DelegationEnded(chain=laptop, reason="returned"))
    assert out() == 0
