"""A store of a point after twenty lives: 100,000 devices, 1,000,000 events, built in bulk.

The events are real entries of one chain; the projections are made by the real rebuild.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from station import events as e
from station import ledger
from station.checks import CheckResult, Measurement, Outcome
from station.codes import CodeKind, make
from station.ledger import Moment
from station.operators import Operator, Role
from station.people import Donor, OperatorName
from station.reference import load
from station.store import tables as t
from station.store import upkeep
from station.store.appender import lock_head
from station.store.engine import sqlite_url, writing
from station.store.entries import Origin
from station.store.keys import StatedKey
from station.store.store import SqlStore, create_store, open_store

STATION = 12
PASSWORD = "bench"
KEY = StatedKey(PASSWORD)
LEAD = Operator("op.1", Role.LEAD)
HANOI = timezone(timedelta(hours=7))
BEGAN = datetime(2021, 10, 1, 8, 0, tzinfo=HANOI)
MAKERS = ("Dell Latitude E7450", "HP ProBook 450 G2", "Asus X441", "Lenovo ThinkPad T440")
DONORS = ("Nguyễn Thị Hòa", "Trần Văn Đức", "Công ty TNHH Hòa Bình", "Lê Thị Ánh", "Phạm Quốc Việt")
# words a search finds many, some, one or no device of, as somebody types them
SEARCHES = ("l", "la", "latitude", "t440 sn0000", "sn00099999", "khong co may nay", "0120099")
STEP = 20_000  # rows in one executemany


def build(file: Path, devices: int) -> None:
    """Make the store file, ten events a device."""
    url = sqlite_url(file)
    when = Moment(BEGAN)
    with create_store(url, KEY, load(), station=STATION, by=LEAD, when=when) as store:
        store.add_operator(OperatorName(LEAD.id, "Lê Thị Lan", Role.LEAD))
        donors = _donors(store, max(devices // 20, 1))
        with writing(store.engine) as connection:
            head = lock_head(connection)
            rows: list[dict[str, Any]] = []
            last: dict[str, Any] = {}
            for entry in _entries(head.chain, head.seq, head.hash, devices, donors):
                rows.append(_row(entry))
                if len(rows) == STEP:
                    connection.execute(insert(t.log), rows)
                    rows.clear()
                last = {"seq": entry.header.seq, "hash": entry.hash}
            if rows:
                connection.execute(insert(t.log), rows)
            connection.execute(update(t.head).where(t.head.c.id == t.CURRENT), last)
        upkeep.rebuild(store.engine)


def opened(file: Path) -> SqlStore:
    """The big store, opened as the app opens it."""
    return open_store(sqlite_url(file), KEY, load())


def code_of(number: int) -> str:
    """The code of the n-th device."""
    return make(CodeKind.DEVICE, STATION, number)


def _donors(store: SqlStore, count: int) -> list[e.Ref]:
    kept = []
    with store.transaction(LEAD, Moment(BEGAN)) as work:
        for number in range(count):
            name = f"{DONORS[number % len(DONORS)]} {number}"
            kept.append(work.keep(Donor(name=name, phone=f"09{number:08d}", may_process=True)))
    return kept


def _entries(
    chain: ledger.ChainId, seq: int, prev: bytes, devices: int, donors: list[e.Ref]
) -> Iterator[ledger.Entry]:
    for number in range(1, devices + 1):
        at = Moment(BEGAN + timedelta(minutes=10 * number))
        at_ms, offset = ledger.in_time(at)
        seen, subject = b"", code_of(number)
        for said in _life(number, donors[number % len(donors)]):
            seq += 1
            header = ledger.Header(
                format=ledger.FORMAT,
                chain=chain,
                seq=seq,
                subject=subject,
                seen=seen,
                kind=type(said).__name__,
                at_ms=at_ms,
                offset_min=offset,
            )
            entry = ledger.write(header, e.encode(said), prev, secrets.token_bytes(16))
            seen = prev = entry.hash
            yield entry


def _life(number: int, donor: e.Ref) -> Iterator[e.Said]:
    by = LEAD.id
    maker, model = MAKERS[number % len(MAKERS)].split(" ", 1)
    serial = f"SN{number:08d}"
    disk = e.DiskFact(serial=f"WX{number:07d}", capacity_bytes=500_107_862_016, rotational=True)
    machine = e.MachineFact(maker=maker, model=model, serial=serial, memory_mib=3922, disks=(disk,))
    results = (
        CheckResult("id.identity", Outcome.PASS),
        CheckResult("mem.size", Outcome.WARN, measured=(Measurement("total_mib", 3922),)),
        CheckResult("sto.type", Outcome.WARN),
    )
    yield e.Received(by=by, kind="laptop", donor=donor, maker=maker, model=model, serial=serial)
    yield e.LabelPrinted(by=by)
    yield e.TakenToBench(by=by)
    yield e.ChecksRecorded(
        by=by,
        report=number.to_bytes(32),
        results=results,
        policy="judge-2021-09-10",
        machine=machine,
    )
    yield e.CheckEnteredByHand(by=by, result=CheckResult("kbd.matrix", Outcome.PASS))
    yield e.WorkDone(by=by, work="clean", stale=("phys.visual",))
    yield e.StorageErased(by=by, disk=e.DiskId(serial=disk.serial), method="overwrite", passed=True)
    yield e.SystemInstalled(by=by, system="xubuntu", licence="free-system", first_boot_seen=True)
    yield e.KitChecked(by=by, present=("charger",))
    yield e.Graded(by=by, grade="b")


def _row(entry: ledger.Entry) -> dict[str, Any]:
    header = entry.header
    return {
        "source": Origin.OWN,
        "subject": header.subject,
        "station": header.chain.station,
        "chain": header.chain.number,
        "seq": header.seq,
        "hash": entry.hash,
        "header": entry.header_bytes,
        "salt": entry.salt,
        "data": entry.data,
    }
