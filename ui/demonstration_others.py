"""What others do on the demonstration's day: the Department publishes, another point errs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from msgspec import Struct, json

from station import events as e
from station.codes import CodeKind, make
from station.documents import CASE, OFFER, AllottedCase, Offer
from station.events import OfferedItem
from station.ledger import Moment
from station.operators import Operator, Role
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import StatedKey
from station.store.store import create_store
from sync.course import Course
from sync.enrolling import enrol_by_code
from sync.service import CentralService
from ui.app import local_time
from ui.service_process import ServiceProcess

OTHER_STATION = 13
OFFERED = make(CodeKind.OFFER, 899, 1)


class Published(Struct, frozen=True):
    """One document and its name."""

    kind: str
    id: str
    body: Struct


def publish(service: ServiceProcess, station: int, folder: Path) -> None:
    """Publish an offer and two pupils' cases for a point."""
    for number, one in enumerate(_documents()):
        file = folder / f"document-{number}.json"
        file.write_bytes(json.encode(one.body))
        service.publish(station, one.kind, one.id, file)


def _documents() -> Iterator[Published]:
    soon = local_time().date() + timedelta(days=3)
    items = (OfferedItem(kind="laptop", count=6), OfferedItem(kind="desktop", count=2))
    yield Published(OFFER, OFFERED, Offer(items=items, expected_on=soon, pick_up=True))
    for number, level in enumerate(("primary", "lower-secondary"), start=1):
        case = AllottedCase(level=level, school="truong-th-go-dau", wants="laptop")
        yield Published(CASE, make(CodeKind.CASE, 899, number), case)


def receive_elsewhere(device: str, service: ServiceProcess, address: str, folder: Path) -> None:
    """Another point writes down, by a slip, that a donor brought it a device of ours."""
    by = Operator("op.1", Role.LEAD)
    url, keys = sqlite_url(folder / "other-point.db"), StatedKey("demonstration")
    when = Moment(local_time())
    with create_store(url, keys, load(), station=OTHER_STATION, by=by, when=when) as store:
        with CentralService(address, store) as line:
            enrol_by_code(store, line, service.one_time_code(OTHER_STATION))
        with store.transaction(by, when) as work:
            work.record(device, e.Received(kind="tablet", maker="Samsung"))
        Course(store, address).round()
