"""How long the page of a device takes with a million of them, and how fast events are counted.

Real PostgreSQL, real workers, somebody who asks at a rate whether or not others were answered. The
journeys are made by the functions that make them and copied in; what is counted lies there as if
points had sent it.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from threading import local
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import structs
from sqlalchemy import Engine, insert

from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, make
from station.counting import CaseFacts, counted
from station.journey import Journey, told
from station.ledger import ChainId
from station.moves import as_it_happened
from station.people import Donor
from station.reference import load
from sync.central import schema
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import opened, writing
from sync.central.feeds.person_rows import keep_departments
from sync.central.keeping import ingest
from sync.central.numbers import projector
from sync.central.numbers.facts import mark_of
from sync.central.programme.opened import row_of
from sync.wire import DEPARTMENT, Answered
from tests.figures import Figure
from tests.postgres_server import running_server
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess

DEVICES = 1_000_000
POINTS = 10  # that have so many devices each
COUNTED = 20_000  # devices whose events are counted from nothing
WORKERS, PER_SECOND, SECONDS, CALLERS = 2, 200, 30, 64
DONORS = 1_000
MOST_MS = 30.0
FIRST_DAY = date(2021, 10, 1)
CASE = make(CodeKind.CASE, 901, 1)

_encoder = msgspec.msgpack.Encoder()


def figures(command: str, devices: int = DEVICES) -> Iterator[Figure]:
    """The page's wait at a rate, and events counted a second."""
    with (
        tempfile.TemporaryDirectory(prefix="station-bench-") as folder,
        running_server() as server,
    ):
        with server.fresh_database() as database:
            yield from _of_counting(database, command)
        with server.fresh_database() as database:
            yield from _of_the_page(database, Path(folder), devices, command)


# ---- one life, as events ----


def _life(number: int) -> Sequence[e.Said]:
    """What is said of one device from its donor to its pupil."""
    disk = e.DiskId(serial=f"WX{number:07d}")
    checks = ("id.identity", "sto.type", "mem.size", "bat.health", "kbd.matrix", "cam.frames")
    results = tuple(CheckResult(check, Outcome.PASS) for check in checks)
    return (
        e.Received(
            kind="laptop", maker="Dell", model="Latitude E7450", serial=f"SN{number:08d}",
            donor_kind="organisation",
        ),
        e.LabelPrinted(),
        e.TakenToBench(),
        e.ChecksRecorded(report=number.to_bytes(32), results=results, policy="judge-2021-09-10"),
        e.StorageErased(disk=disk, method="overwrite", passed=True, verified_permille=125),
        e.WorkDone(work="add-memory"),
        e.PartFitted(item="ram-ddr3-4gb"),
        e.SystemInstalled(system="xubuntu", licence="free-system", first_boot_seen=True),
        e.KitChecked(present=("charger",)),
        e.Graded(grade="b"),
        e.MadeReady(policy="release-2021-09-10"),
        e.Reserved(case=CASE),
        e.HandedOver(to="pupil", case=CASE),
    )  # fmt: skip


# ---- counting ----


def _of_counting(database: str, command: str) -> Iterator[Figure]:
    with opened(database) as engine:
        schema.migrate(engine)
        events = _sent(engine)
        began = time.perf_counter()
        counted_devices = projector.count_anew(engine, load())
        took = time.perf_counter() - began
        assert counted_devices == COUNTED
    yield Figure("events counted from nothing", events / took, "events/s", None, command)
    yield Figure("devices told from nothing", COUNTED / took, "devices/s", None, command)


def _sent(engine: Engine) -> int:
    """Events of a chain as the service keeps them, judged by nobody; how many they are."""
    ledger = MemoryLedger(ChainId(12, 1))
    for number in range(1, COUNTED + 1):
        device = make(CodeKind.DEVICE, 12, number)
        for said in _life(number):
            ledger.record(device, said)
    kept = (
        ingest.Kept(
            12, 1, entry.header.subject, entry.header_bytes, entry.salt, entry.data,
            Answered(entry.header.seq, entry.hash, e.ACCEPTED, entry.header.seq),
        )
        for entry in ledger.entries
    )  # fmt: skip
    last = ledger.entries[-1]
    chain = {"station": 12, "chain": 1, "seq": last.header.seq, "hash": last.hash}
    with writing(engine) as connection:
        connection.execute(insert(t.chain), [chain | {"delegated": False}])
        while page := list(islice(kept, 5_000)):
            ingest.keep(connection, page)
    return len(ledger.entries)


# ---- the page ----


def _of_the_page(database: str, folder: Path, devices: int, command: str) -> Iterator[Figure]:
    with opened(database) as engine:
        schema.migrate(engine)
    service = ServiceProcess(database, folder / "log", "--workers", str(WORKERS))
    service.stop()
    began = time.perf_counter()
    with opened(database) as engine:
        _fill(engine, service, devices)
    yield Figure(f"{devices} journeys copied in", time.perf_counter() - began, "s", None, command)
    service.start()
    try:
        _asked(service.address, devices, seconds=3)  # workers read their templates once
        waited = _asked(service.address, devices, seconds=SECONDS)
    finally:
        service.stop()
    name = f"page of one of {devices} devices at {PER_SECOND}/s"
    yield Figure(f"{name}, median", median(waited), "ms", None, command)
    yield Figure(f"{name}, p99", quantiles(waited, n=100)[98], "ms", MOST_MS, command)


def _fill(engine: Engine, service: ServiceProcess, devices: int) -> None:
    own = opened_secrets(engine, read_key(service.key_file))
    told_rows = [
        row_of(Donor(f"Công ty {n}", organisation=True, may_process=True, may_publish=True), 1)
        for n in range(DONORS)
    ]
    keep_departments(engine, own.people, [row for row, _ in told_rows])
    donors = [ref.id for _, ref in told_rows]
    mark = {"station": DEPARTMENT, "chain": 0, "seq": mark_of(load())}
    with writing(engine) as connection:
        connection.execute(insert(t.counted_chain), [mark])
        driver: Any = connection.connection.driver_connection
        columns = "code, state, counts, offer, donor, donor_of"
        with driver.cursor() as cursor, cursor.copy(f"COPY journey ({columns}) FROM STDIN") as copy:
            for number, (code, journey, counts) in enumerate(_journeys(devices)):
                donor = donors[number % DONORS]
                copy.write_row((code, journey, counts, make(CodeKind.OFFER, 901, 7), donor, 12))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE journey")


def _journeys(devices: int) -> Iterator[tuple[str, bytes, bytes]]:
    ledger = MemoryLedger(ChainId(12, 1))
    first = make(CodeKind.DEVICE, 12, 1)
    history = as_it_happened(first, [e.read(ledger.record(first, said)) for said in _life(1)])
    facts = CaseFacts("primary", "truong-th-go-dau", "25654")
    journey = told(first, history)
    assert isinstance(journey, Journey)
    counts = counted(history, lambda _case: facts, lambda _station, _day: "25654")
    for number in range(devices):
        later = timedelta(days=number % 900)
        moved = [structs.replace(count, day=FIRST_DAY + later) for count in counts]
        code = _code(number)
        yield code, _encoder.encode(structs.replace(journey, code=code)), _encoder.encode(moved)


def _code(number: int) -> str:
    return make(CodeKind.DEVICE, 1 + number % POINTS, 1 + number // POINTS)


def _asked(address: str, devices: int, *, seconds: int) -> list[float]:
    """Milliseconds of each answer from the moment it was due; anybody's device, in no order."""
    place = urlsplit(address)
    lines = local()
    drawn = random.Random(seconds)  # noqa: S311 -- no secret
    codes = [_code(drawn.randrange(devices)) for _ in range(PER_SECOND * seconds)]
    began = time.perf_counter()

    def ask(number: int, code: str) -> float:
        due = began + number / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(lines, "line"):
            lines.line = HTTPConnection(place.hostname or "", place.port, timeout=60)
        lines.line.request("GET", f"/t/{code}")
        answer = lines.line.getresponse()
        body = answer.read()
        if answer.status != HTTPStatus.OK:
            raise HTTPException(answer.status, body[:200])
        return (time.perf_counter() - due) * 1_000

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(ask, range(len(codes)), codes))


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else DEVICES
    for figure in figures("python -m tests.bench.tracking", asked):
        print(f"{figure.name}: {figure.value:.2f} {figure.unit}", flush=True)  # noqa: T201
