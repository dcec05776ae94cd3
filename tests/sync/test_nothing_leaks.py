"""After a month of three points nothing that anybody can reach tells of a person or a machine."""

from collections.abc import Iterator
from time import sleep, time

import pytest
from sqlalchemy import select

from station.codes import grouped
from station.reference import load
from station.store.engine import sqlite_url
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.application import QUESTIONS
from sync.central.database import opened
from sync.central.keeping import ledger_files
from sync.central.numbers import case_list, showing
from sync.central.site.views import VIEWS
from tests.postgres_server import PostgresServer
from tests.sync.conftest import LONG_ON_BOTH
from tests.sync.demonstration_month import STATIONS, demonstration_month
from tests.sync.leaks import (
    Body,
    Secrets,
    crawled,
    devices_beside_cases,
    leaks,
    secrets_of,
)
from tests.sync.points import Point
from tests.sync.programme import Programme
from tests.sync.service_process import command
from tests.sync.site.wishes import an_application, an_offer

DAY_S = 86_400
APPLICATIONS = 40
PHONE = "0276 990 0417"
COUNTED_S = 60  # until the service read everything
ADDRESSES = tuple(view.path for view in VIEWS if view.roles is None and "{" not in view.path)
ASKED = tuple(q.address for q in QUESTIONS if q.method == "GET" and "{" not in q.path)


@pytest.fixture(scope="module", params=LONG_ON_BOTH)
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Programme, dict[int, Point], Secrets]]:
    """Forty days of three points, applications and offers beside them, everything published."""
    folder = tmp_path_factory.mktemp("leaks")
    if request.param == "sqlite":
        with demonstration_month(sqlite_url(folder / "central.sqlite"), folder) as told:
            yield *told, published(*told)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        assert command("migrate", "--database", url).returncode == 0
        with demonstration_month(url, folder) as told:
            yield *told, published(*told)


def published(programme: Programme, points: dict[int, Point]) -> Secrets:
    """Whatever waits to be counted, shown and written is; and what of all this is secret."""
    secrets = secrets_of(points.values())
    process = programme.process
    with opened(process.database) as engine:
        own = opened_secrets(engine, read_key(process.key_file))
        for n in range(APPLICATIONS):
            child, donor = f"Đỗ Thị Bí Mật {n}", f"Phan Văn Giấu {n}"
            details = {"phone": PHONE, "registrant": f"Đỗ Văn Kín {n}", "school_class": "9A17"}
            an_application(engine, own, child, details, state="approved", public=True)
            an_offer(engine, own, name=donor)
            secrets.add("pupil", child)
            secrets.add("donor", donor)
            secrets.add("guardian", f"Đỗ Văn Kín {n}")
        secrets.add("phone", PHONE)
        secrets.add("class", "9A17")
        secrets.rows.update(people_rows(programme))
        until_counted(programme)
        for day in range(1, 6):
            later_s = int(time()) + day * DAY_S
            showing.renew(engine, own, load(), later_s)
            case_list.renew(engine, load(), later_s)
        today = load().programme.day(int(time()))
        where = ledger_files.folder(str(engine.url), process.cache)
        for old in where.glob("*.jsonl"):
            old.unlink()
        while ledger_files.renew(engine, own.signing, where, today):
            sleep(0)
    return secrets


def people_rows(programme: Programme) -> list[bytes]:
    with programme.engine.connect() as connection:
        return list(connection.scalars(select(t.person.c.id)))


def until_counted(programme: Programme) -> None:
    read, said = t.counted_chain.c, t.chain.c
    behind = select(said.station).where(
        said.seq > 0,
        ~select(read.seq)
        .where(read.station == said.station, read.chain == said.chain, read.seq >= said.seq)
        .exists(),
    )
    for _ in range(COUNTED_S):
        with programme.engine.connect() as connection:
            if connection.execute(behind).first() is None:
                return
        sleep(1)
    raise AssertionError("the service counts no further")


def devices_of(points: dict[int, Point]) -> list[str]:
    with_codes = (point.own() for point in points.values())
    return sorted(
        {
            entry.header.subject
            for entries in with_codes
            for entry in entries
            if entry.header.subject.isdigit()
        }
    )


@pytest.fixture(scope="module")
def everything(lived: tuple[Programme, dict[int, Point], Secrets]) -> list[Body]:
    """Each answer that anybody gets who follows all links and knows every code of a device."""
    programme, points, _ = lived
    devices = devices_of(points)
    begin = [
        *ADDRESSES,
        *(f"{address}?lang=en" for address in ADDRESSES),
        *ASKED,
        *(f"/so-cai/tai-ve/{station}" for station in (0, *STATIONS)),
        *(f"/t/{code}" for code in devices),
        *(f"/t/{code}/lich-su" for code in devices),
        *(f"/v1/public/devices/{code}" for code in devices),
    ]
    return crawled(programme.process.address, begin)


def test_the_crawler_reaches_pages_files_and_answers_and_the_seeker_knows_much(
    lived: tuple[Programme, dict[int, Point], Secrets], everything: list[Body]
) -> None:
    _, points, secrets = lived
    read = {body.address for body in everything if body.status == 200}

    assert {f"/t/{code}" for code in devices_of(points)} & read
    assert {"/so-cai/tai-ve/0", "/danh-sach/tai-ve/csv", "/v1/public/cases"} <= read
    assert any(address.startswith("/so-lieu?thang=") for address in read)
    kinds = {
        "pupil",
        "donor",
        "guardian",
        "phone",
        "address",
        "serial",
        "disk serial",
        "operator id",
    }
    assert kinds <= {what for what, words in secrets.words.items() if words}


def test_the_seeker_finds_what_is_there(
    lived: tuple[Programme, dict[int, Point], Secrets],
) -> None:
    _, _, secrets = lived
    pupil = next(iter(secrets.words["pupil"]))
    row = next(iter(secrets.rows)).hex()
    page = f"<main><p>{pupil.upper()} {row} 00:1A:2b:3c:4d:5e</p></main>".encode()

    assert len(leaks([Body("/x", "text/html", 200, page)], secrets)) >= 3


def test_nothing_tells_of_a_person_or_a_machine(
    lived: tuple[Programme, dict[int, Point], Secrets], everything: list[Body]
) -> None:
    _, _, secrets = lived

    assert leaks(everything, secrets) == []


def test_nothing_leads_from_a_device_to_a_case(
    lived: tuple[Programme, dict[int, Point], Secrets], everything: list[Body]
) -> None:
    _, points, _ = lived
    cases = {
        grouped(entry.header.subject)
        for point in points.values()
        for entry in point.own()
        if entry.header.subject.startswith("H")
    }

    assert devices_beside_cases(everything, devices_of(points)) == []
    assert cases
    told = [body.address for body in everything if any(case in body.text for case in cases)]
    assert told == []


def test_nobody_is_let_in_behind_the_desk(everything: list[Body]) -> None:
    behind = [body for body in everything if body.address.startswith("/dieu-phoi")]

    assert {body.status for body in behind if "dang-nhap" not in body.address} <= {303}
