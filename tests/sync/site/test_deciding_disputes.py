"""What two points recorded that cannot both be: told in words, decided, and both are told."""

from itertools import count

import pytest
from sqlalchemy import Engine, select

from station import events
from station.codes import CodeKind, make
from station.ledger import ChainId
from sync.central import tables as t
from sync.central.officials.roles import OfficialRole
from sync.push import push
from sync.service import CentralService
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import SignIn

_numbers = count(500_000)
_chains = count(70_000)


@pytest.fixture
def received_twice(process: ServiceProcess) -> str:
    """A device that two points took in."""
    device = make(CodeKind.DEVICE, 12, next(_numbers))
    for station in (12, 11):
        ledger = MemoryLedger(ChainId(station, next(_chains)))
        process.enrol(ledger)
        ledger.record(device, events.Received(kind="laptop", maker="Dell"))
        with CentralService(process.address, ledger) as service:
            push(ledger, service)
    return device


def settled(engine: Engine, device: str) -> tuple[str | None, str | None]:
    with engine.connect() as connection:
        table = t.dispute.c
        wanted = select(table.decision, table.settled).where(table.subject == device)
        row = connection.execute(wanted).one()
        return row.decision, row.settled


def test_both_sides_are_told_in_words_and_the_departments_word_reaches_both_points(
    signed_in: SignIn, engine: Engine, received_twice: str
) -> None:
    official = signed_in(OfficialRole.DEPARTMENT)
    page = official.get("/dieu-phoi/tranh-chap?lang=en")
    link = next(
        a.get("href")
        for a in page.all("//h2/a")
        if "".join(a.text_content().split()) == received_twice
    )
    official.get(link)
    assert official.text.count("took the device in") == 2
    assert "received at two points" in official.text

    official.send({"decision": "recover"})
    assert settled(engine, received_twice) == ("recover", None)
    official.get(link).send({"decision": "leave"})

    assert settled(engine, received_twice) == ("leave", "decided")
    assert official.get(link).status == 404  # nothing is open any more
    with engine.connect() as connection:
        tasks = select(t.document.c.station).where(
            t.document.c.kind == "task", t.document.c.body.is_not(None)
        )
        assert {11, 12} <= set(connection.execute(tasks).scalars())


def test_a_decision_is_one_of_three(signed_in: SignIn, received_twice: str) -> None:
    official = signed_in(OfficialRole.DEPARTMENT).get("/dieu-phoi/tranh-chap?lang=en")
    official.get(official.all("//h2/a")[0].get("href"))

    assert official.send({"decision": "burn"}).status == 422
    assert received_twice
