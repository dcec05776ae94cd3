"""How many events the service takes from fifty points, beside the limit and beside what others do.

Real processes, real PostgreSQL, clients on the same cores. What points send is signed and packed
beforehand, as fifty PCs would have done it.
"""

import base64
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from sqlalchemy import func, select, text

from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, make
from station.ledger import ChainId
from sync import packing, wire
from sync.central import schema
from sync.central import tables as t
from sync.central.database import opened, reading, writing
from sync.central.keeping import ingest
from sync.service import CentralService
from sync.wire import Answered
from tests.figures import Figure
from tests.postgres_server import running_server
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess

POINTS = 50
WORKERS = 2
BATCH, BATCHES = 500, 8  # of each point, at saturation
STEADY_BATCH, STEADY_PER_S, STEADY_S = 100, 20, 20  # 2,000 events a second
ALONE = 20  # requests of each point with one event each
MOST_MB, MOST_MS, LEAST = 250.0, 150.0, 10_000.0
PATIENCE_S = 30


class Push(Struct, frozen=True):
    """One request as it goes over the line."""

    point: int
    path: str
    headers: dict[str, str]
    body: bytes


class Done(Struct, frozen=True):
    """How long all of it took, and each request."""

    seconds: float
    each_ms: tuple[float, ...]


def figures(command: str) -> Iterator[Figure]:
    """Events a second at saturation, the wait at a steady rate, memory, and both comparisons."""
    with (
        tempfile.TemporaryDirectory(prefix="station-bench-") as folder,
        running_server() as server,
        server.fresh_database() as database,
    ):
        with opened(database) as engine:
            schema.migrate(engine)
        service = ServiceProcess(database, Path(folder) / "log", "--workers", str(WORKERS))
        try:
            yield from _of_the_service(service, database, command)
        finally:
            service.stop()


def _of_the_service(service: ServiceProcess, database: str, command: str) -> Iterator[Figure]:
    ledgers = _enrolled(service)
    tokens = _tokens(service.address, ledgers)
    steady = _pushes(ledgers, tokens, STEADY_BATCH, STEADY_PER_S * STEADY_S // POINTS)
    saturating = _pushes(ledgers, tokens, BATCH, BATCHES)
    waited = _at_a_rate(service.address, steady)
    done = _at_once(service.address, saturating)
    ours = len(saturating) * BATCH / done.seconds
    yield Figure("ingest from 50 points", ours, "events/s", None, command)
    # a figure's limit is what it may be at most, so the least is asked as time for 10,000 events
    yield Figure("ingest of 10,000 events", 10_000 / ours, "s", 10_000 / LEAST, command)
    p99 = quantiles(waited.each_ms, n=100)[98]
    yield Figure("push of 100 events at 2,000 events/s, p99", p99, "ms", MOST_MS, command)
    memory = max(_worker_memory_mb(service))
    yield Figure("memory of a worker of the service, peak", memory, "MB", MOST_MB, command)
    limit = _raw_copy(database)
    yield Figure("the same rows by raw COPY", limit, "events/s", None, command)
    yield Figure("raw COPY / ingest", limit / ours, "ratio", None, command)
    with _plain_endpoint(database) as address:
        many, one = _plain(address, ledgers, BATCH, 1), _plain(address, ledgers, 1, ALONE)
    yield Figure("a plain JSON endpoint, 500 rows a request", many, "events/s", None, command)
    yield Figure("ingest / 500 rows a request", ours / many, "ratio", None, command)
    yield Figure("a plain JSON endpoint, one row a request", one, "events/s", None, command)
    yield Figure("ingest / one row a request", ours / one, "ratio", None, command)


# ---- points ----


def _enrolled(service: ServiceProcess) -> list[MemoryLedger]:
    ledgers = [MemoryLedger(ChainId(100 + number, 1)) for number in range(POINTS)]
    for ledger in ledgers:
        service.enrol(ledger)
    return ledgers


def _tokens(address: str, ledgers: Sequence[MemoryLedger]) -> list[str]:
    tokens = []
    for ledger in ledgers:
        with CentralService(address, ledger) as service:
            tokens.append(service.session().token)
    return tokens


def _pushes(
    ledgers: Sequence[MemoryLedger], tokens: Sequence[str], batch: int, count: int
) -> list[Push]:
    """So many batches of each point, in turns, ready to go."""
    made: list[list[Push]] = []
    for number, (ledger, token) in enumerate(zip(ledgers, tokens, strict=True)):
        first = ledger.seq
        while ledger.seq < first + batch * count:
            _live(ledger, number)
        del ledger.entries[first + batch * count :]
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": wire.CONTENT_TYPE,
            "Content-Encoding": packing.CODING,
            "Accept-Encoding": packing.CODING,
        }
        made.append(
            [
                Push(number, f"/{wire.VERSION}/push", headers, _packed(ledger, at, batch))
                for at in range(first, first + batch * count, batch)
            ]
        )
    return [push for turn in zip(*made, strict=True) for push in turn]


def _packed(ledger: MemoryLedger, at: int, batch: int) -> bytes:
    return packing.packed(wire.write(ledger.request(ledger.entries[at : at + batch])))


def _live(ledger: MemoryLedger, point: int) -> None:
    """One device's days at the point."""
    number = ledger.seq % 999_000 + 1
    device = make(CodeKind.DEVICE, ledger.chain.station, number)
    disk = e.DiskId(serial=f"WX{number:07d}")
    results = tuple(CheckResult(check, Outcome.PASS) for check in ("id.identity", "sto.type"))
    machine = e.MachineFact(maker="Dell", model=f"Latitude {point}", memory_mib=3_922)
    for said in (
        e.Received(kind="laptop", maker="Dell", serial=f"SN{number:08d}"),
        e.LabelPrinted(),
        e.TakenToBench(),
        e.ChecksRecorded(
            report=number.to_bytes(32), results=results, policy="judge-1", machine=machine
        ),
        e.CheckEnteredByHand(result=CheckResult("kbd.matrix", Outcome.PASS)),
        e.StorageErased(disk=disk, method="overwrite", passed=True),
        e.SystemInstalled(system="xubuntu", licence="free-system", first_boot_seen=True),
        e.KitChecked(present=("charger",)),
        e.Graded(grade="b"),
        e.MadeReady(policy="release-1"),
    ):
        ledger.record(device, said)


# ---- ways to send ----


def _at_once(address: str, pushes: Sequence[Push]) -> Done:
    """Every point sends as soon as its last push was answered."""
    began = time.perf_counter()
    with ThreadPoolExecutor(POINTS) as pool:
        of_point = [[push for push in pushes if push.point == point] for point in range(POINTS)]
        took = list(pool.map(lambda own: _sent(address, own), of_point))
    return Done(time.perf_counter() - began, tuple(ms for one in took for ms in one))


def _at_a_rate(address: str, pushes: Sequence[Push]) -> Done:
    """One push after another when its time has come, whether or not others were answered."""
    began = time.perf_counter()

    def send(place: int, push: Push) -> float:
        due = began + place / STEADY_PER_S
        time.sleep(max(0.0, due - time.perf_counter()))
        _sent(address, [push])
        return (time.perf_counter() - due) * 1_000

    with ThreadPoolExecutor(POINTS) as pool:
        each = list(pool.map(send, range(len(pushes)), pushes))
    return Done(time.perf_counter() - began, tuple(each))


def _sent(address: str, pushes: Sequence[Push]) -> list[float]:
    place = urlsplit(address)
    line = HTTPConnection(place.hostname or "", place.port, timeout=120)
    took = []
    for push in pushes:
        began = time.perf_counter()
        line.request("POST", push.path, push.body, push.headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != HTTPStatus.OK:
            raise HTTPException(answer.status, said)
        took.append((time.perf_counter() - began) * 1_000)
    line.close()
    return took


# ---- beside it ----


def _worker_memory_mb(service: ServiceProcess) -> Iterator[float]:
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue  # it ended
        if int(lines["PPid"]) == service.pid and "VmHWM" in lines:
            yield int(lines["VmHWM"].split()[0]) * 1_024 / 1e6


def _raw_copy(database: str) -> float:
    """Rows a second by COPY alone, into the same table and indexes, with the same commits."""
    with opened(database) as engine:
        with reading(engine) as connection:
            kept = [
                ingest.Kept(
                    row.station, row.chain, row.subject, row.header, row.salt, row.data,
                    Answered(row.seq, row.hash, row.outcome, row.number, row.rule, row.other),
                )
                for row in connection.execute(select(t.event))
            ]  # fmt: skip
        with writing(engine) as connection:
            connection.execute(text("TRUNCATE event"))
        began = time.perf_counter()
        for at in range(0, len(kept), BATCH):
            with writing(engine) as connection:
                ingest.keep(connection, kept[at : at + BATCH])
        took = time.perf_counter() - began
        with reading(engine) as connection:
            count = connection.execute(select(func.count()).select_from(t.event)).scalar_one()
    return int(count) / took


def _plain(address: str, ledgers: Sequence[MemoryLedger], batch: int, count: int) -> float:
    pushes = [
        Push(number, "/events", {"Content-Type": "application/json"}, _json(ledger, at, batch))
        for at in range(BATCH * (batch == 1), BATCH * (batch == 1) + batch * count, batch)
        for number, ledger in enumerate(ledgers)
    ]
    return len(pushes) * batch / _at_once(address, pushes).seconds


def _json(ledger: MemoryLedger, at: int, batch: int) -> bytes:
    return msgspec.json.encode(
        [
            {
                "subject": entry.header.subject,
                "kind": entry.header.kind,
                "hash": base64.b64encode(entry.hash),
                "data": base64.b64encode(entry.data or b""),
            }
            for entry in ledger.entries[at : at + batch]
        ]
    )


@contextmanager
def _plain_endpoint(database: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "tests.bench.plain_endpoint", database, str(port)]
    with subprocess.Popen(program) as process:
        try:
            _wait_for(lambda: socket.create_connection(("127.0.0.1", port)).close())
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(answer: Callable[[], None]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return answer()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    for figure in figures("python -m tests.bench.ingest"):
        print(f"{figure.name}: {figure.value:.2f} {figure.unit}", flush=True)  # noqa: T201
