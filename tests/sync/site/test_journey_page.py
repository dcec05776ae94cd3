"""The page of a device: its way in words, never a person who did not want it, always the same."""

import secrets
from itertools import count
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, delete, insert

from station import codes
from station import events as e
from station.people import Content, Donor
from station.publication import checked
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import writing
from sync.central.feeds.people import Row
from sync.central.feeds.person_rows import keep_departments
from sync.central.programme.opened import row_of
from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import fresh_ledger
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess
from tests.sync.site.visitor import Visitor

PATIENCE_S = 30
CASE = "H9010000016"
_numbers = count(500)


@pytest.fixture
def ledger(process: ServiceProcess) -> MemoryLedger:
    return fresh_ledger(process)


def new_device() -> str:
    return codes.make(codes.CodeKind.DEVICE, 12, next(_numbers))


def tell(process: ServiceProcess, ledger: MemoryLedger, device: str, *said: e.Said) -> None:
    """Events about a device, sent and counted."""
    for one in said:
        ledger.record(device, one)
    with CentralService(process.address, ledger) as service:
        push(ledger, service)
    until(lambda: _stops(process, device) is not None)


def until(done: Any) -> None:
    deadline = monotonic() + PATIENCE_S
    while not done():
        assert monotonic() < deadline
        sleep(0.1)


def _stops(process: ServiceProcess, device: str) -> int | None:
    answer = httpx.get(f"{process.address}/v1/public/devices/{device}")
    return len(answer.json()["journey"].get("stops", ())) if answer.is_success else None


LIFE = (
    e.TakenToBench(),
    e.StorageErased(
        disk=e.DiskId(serial="WX71A345"), method="overwrite", passed=True, verified_permille=125
    ),
    e.WorkDone(work="add-memory"),
    e.PartFitted(item="ram-ddr3-4gb"),
    e.SystemInstalled(system="xubuntu", licence="free-system", first_boot_seen=True),
    e.Graded(grade="b"),
    e.MadeReady(policy="release-2021-09-10"),
    e.Reserved(case=CASE),
    e.HandedOver(to="pupil", case=CASE),
)


def test_a_device_tells_its_way_its_work_and_how_its_data_went(
    process: ServiceProcess, ledger: MemoryLedger, visitor: Visitor
) -> None:
    device = new_device()
    came = e.Received(
        kind="laptop", maker="Dell", model="Latitude E7450", serial="8XK2F32", donor_kind="person"
    )
    tell(process, ledger, device, came, *LIFE)

    visitor.get(f"/t/{device}?lang=en")
    assert visitor.status == 200
    assert visitor.heading == "Laptop Dell Latitude E7450"
    for words in (
        "Given to a pupil",
        "Overwrite",
        "12,5 %",
        "Add memory",
        "Xubuntu",
        "Handed over",
    ):
        assert words in visitor.text, words
    for secret in ("8XK2F32", "WX71A345", CASE, CASE[1:]):
        assert secret not in visitor.answer.text
    assert len(visitor.answer.content) < 60_000


def test_a_device_without_a_disk_does_not_wait_for_its_data_to_be_erased(
    process: ServiceProcess, ledger: MemoryLedger, visitor: Visitor
) -> None:
    device = new_device()
    tell(process, ledger, device, e.Received(kind="monitor"))

    visitor.get(f"/t/{device}?lang=en")
    assert "keeps no data" in visitor.text
    assert "Nothing was recorded of its data" not in visitor.text


def test_a_page_that_did_not_change_is_not_sent_again(
    process: ServiceProcess, ledger: MemoryLedger, visitor: Visitor
) -> None:
    device = new_device()
    tell(process, ledger, device, e.Received(kind="laptop"))
    visitor.get(f"/t/{device}")
    tag = visitor.answer.headers["ETag"]

    visitor.get(f"/t/{device}", **{"If-None-Match": tag})
    assert visitor.status == 304
    tell(process, ledger, device, e.TakenToBench())
    until(lambda: _stops(process, device) == 2)
    visitor.get(f"/t/{device}", **{"If-None-Match": tag})
    assert visitor.status == 200


@pytest.mark.parametrize(
    "code", ["0120009990", "0120000016", "H9010000016", "x", "%20", "point-012", "0" * 500, "đ"]
)
def test_a_code_that_nobody_took_in_and_one_that_is_none_look_alike(
    process: ServiceProcess, code: str, visitor: Visitor
) -> None:
    answer = httpx.get(f"{process.address}/v1/public/devices/{code}")
    unknown = httpx.get(f"{process.address}/v1/public/devices/9990000000")
    assert (answer.status_code, answer.content) == (404, unknown.content)

    pages = [visitor.ask("GET", f"/t/{c}", {}) for c in (code, "9990000000")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text.replace(code, "") for page in pages}) == 1
    assert visitor.ask("GET", f"/t/{code}/lich-su", {}).status_code == 404


def donor_row(engine: Engine, process: ServiceProcess, said: Content) -> e.Ref:
    """A people row of the Department."""
    own = opened_secrets(engine, read_key(process.key_file))
    row, ref = row_of(said, 1)
    keep_departments(engine, own.people, [row])
    return ref


@pytest.mark.parametrize("may_publish", [True, False])
def test_a_donor_is_named_only_who_agreed_to_it(
    process: ServiceProcess,
    ledger: MemoryLedger,
    engine: Engine,
    visitor: Visitor,
    *,
    may_publish: bool,
) -> None:
    device = new_device()
    donor = Donor("Công ty Sao Mai", organisation=True, may_process=True, may_publish=may_publish)
    ref = donor_row(engine, process, donor)
    tell(process, ledger, device, e.Received(kind="laptop", donor=ref, donor_kind="organisation"))

    assert ("Công ty Sao Mai" in visitor.get(f"/t/{device}").text) == may_publish


def test_a_name_is_gone_once_it_is_purged_or_its_consent_withdrawn(
    process: ServiceProcess, ledger: MemoryLedger, engine: Engine, visitor: Visitor
) -> None:
    device, other = new_device(), new_device()
    offer = codes.make(codes.CodeKind.OFFER, 901, next(_numbers))
    ref = donor_row(engine, process, Donor("Cô Hoa", may_process=True, may_publish=True))
    tell(process, ledger, other, e.Received(kind="laptop", donor=ref))
    tell(process, ledger, device, e.Received(kind="laptop", donor=ref, offer=offer))
    assert "Cô Hoa" in visitor.get(f"/t/{device}").text

    row = {
        "code": offer, "purpose": "publish", "by": "donor", "text_version": "1", "way": "form",
        "given_s": 1, "withdrawn_s": 2,
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(t.consent), [row])
    assert "Cô Hoa" not in visitor.get(f"/t/{device}").text
    assert "Cô Hoa" in visitor.get(f"/t/{other}").text

    own = opened_secrets(engine, read_key(process.key_file))
    keep_departments(engine, own.people, [Row(ref.id, 2, "donor", None)])
    assert "Cô Hoa" not in visitor.get(f"/t/{other}").text
    with writing(engine) as connection:
        connection.execute(delete(t.consent).where(t.consent.c.code == offer))


def test_a_name_that_looks_like_a_page_stays_a_name(
    process: ServiceProcess, ledger: MemoryLedger, engine: Engine, visitor: Visitor
) -> None:
    device = new_device()
    evil = f"<script>alert({secrets.randbelow(9)})</script>"
    ref = donor_row(engine, process, Donor(evil, may_process=True, may_publish=True))
    tell(process, ledger, device, e.Received(kind="laptop", donor=ref))

    visitor.get(f"/t/{device}")
    assert evil not in visitor.answer.text
    assert evil in visitor.text


def test_an_intake_by_mistake_says_so_and_nothing_else(
    process: ServiceProcess, ledger: MemoryLedger, visitor: Visitor
) -> None:
    device = new_device()
    came = e.Received(kind="laptop", maker="Dell", model="Latitude E7450")
    tell(process, ledger, device, came, e.EnteredByMistake())

    visitor.get(f"/t/{device}?lang=en")
    assert "used by mistake" in visitor.text
    assert "Dell" not in visitor.text


def test_its_signed_history_can_be_checked(
    process: ServiceProcess, ledger: MemoryLedger, engine: Engine
) -> None:
    device = new_device()
    tell(process, ledger, device, e.Received(kind="laptop"), *LIFE)
    own = opened_secrets(engine, read_key(process.key_file))

    answer = httpx.get(f"{process.address}/t/{device}/lich-su")
    found = checked(answer.content.splitlines(keepends=True), own.anchors)
    assert found.sound
    assert found.excerpt_of == device
