"""Some weeks of an invented point, told through the real use cases."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from random import Random
from typing import Final

from msgspec import Struct

from diagnostics.judge.policy import load as load_judge
from diagnostics.shelf import Shelf
from station import events as e
from station import intake, labelling, stock
from station.labelled import ItemRole
from station.ledger import Entry, Moment
from station.ports import PointStore
from station.reference import Reference
from ui.demo.calendar import Calendar, Life
from ui.demo.coming import Coming
from ui.demo.giving import Giving
from ui.demo.invented import Model, models, office, person, serial
from ui.demo.people import CLERK, LEAD, STAFF, acting
from ui.demo.refurbishing import Now, Workshop

DAYS: Final = 76
STILL_WAITING: Final = 3  # records
ANSWERED_AFTER: Final = timedelta(hours=3)
MOST_EVENTS: Final = 100_000
AT_ONCE: Final = 500
WORK_OF_TODAY: Final = ((11, Now.WAITS), (17, Now.BEGUN), (21, Now.NEARLY))
PARTS: Final = {
    "ram-ddr3-4gb": 7, "ram-ddr3-2gb": 11, "ssd-240gb": 5, "charger-65w": 3, "webcam-usb": 4,
    "headset": 6, "wifi-usb": 2, "battery-cmos": 14, "mouse-usb": 9, "power-cord": 8,
}  # fmt: skip


class Told(Struct, frozen=True):
    """How much is told; one seed tells the same each time."""

    devices: int = 400
    days: int = DAYS
    lots: int = 12
    cases_a_week: int = 32
    kept_back: int = 34  # devices that stand on the shelf for whoever comes
    seed: int = 2021


def tell(store: PointStore, reports: Shelf, now: datetime, reference: Reference) -> None:
    """Fill a new store: who works there, what came, what became of it; the service heard most."""
    live(store, reports, now, reference, Told())
    _answer(store, now)


def live(
    store: PointStore, reports: Shelf, now: datetime, reference: Reference, told: Told
) -> None:
    """The same, with nothing said to any service yet."""
    for name in STAFF:
        store.add_operator(name)
    rng = Random(told.seed)  # noqa: S311 -- the same story each time
    began = (now - timedelta(days=told.days)).replace(hour=8, minute=5)
    calendar = Calendar(store, now, rng)
    workshop = Workshop(calendar, reference, reports, load_judge())
    workshop.shelves = _furnish(store, Moment(began))
    for life in _lives(calendar, workshop, began, told):
        calendar.begin(life)
    calendar.run()


def _lives(calendar: Calendar, workshop: Workshop, began: datetime, told: Told) -> Iterator[Life]:
    giving = Giving(calendar, told.kept_back)
    yield giving.cases(began, each_week=told.cases_a_week)
    yield giving.keeping(began + timedelta(days=9))
    yield giving.schools(began + timedelta(days=14))
    yield giving.gifts(began + timedelta(days=20))
    yield from Coming(calendar).lives()
    lots = _sizes(calendar.rng, told.lots)
    for place, size in enumerate(lots):
        at = calendar.later(began, 0.2 + place * (told.days - 2) / told.lots)
        yield _office(calendar, workshop, place, size, at)
    singles = max(told.devices - sum(lots), 0)
    for place in range(singles):
        share = place / singles
        at = calendar.later(began + timedelta(days=share * (told.days - 1)), 0.1)
        yield _walk_in(calendar, workshop, at, _now(singles - place))


def _brought() -> tuple[Model, ...]:
    """What walks in: mostly laptops."""
    return (*models("laptop") * 3, *models("tablet"), *models("aio"))


def _sizes(rng: Random, lots: int) -> tuple[int, ...]:
    return tuple(rng.choice((8, 12, 16, 20, 26)) for _ in range(lots))


def _now(after: int) -> Now | None:
    """How far a device is of which so many are the last that came; None: wherever its life went."""
    return next((now for most, now in WORK_OF_TODAY if after <= most), None)


def _walk_in(calendar: Calendar, workshop: Workshop, at: datetime, now: Now | None) -> Life:
    model, number = calendar.rng.choice(_brought()), serial(calendar.rng)
    command = intake.ReceiveDevice(
        device=_new(calendar.rng, model, number), donor=person(calendar.rng)
    )
    received = yield at, acting(CLERK), partial(intake.receive_device, command)
    code = received.header.subject
    if now is None:
        calendar.begin(workshop.life(code, model, number, at))
    else:
        calendar.begin(workshop.unfinished(code, model, number, at, now))


def _office(calendar: Calendar, workshop: Workshop, place: int, size: int, at: datetime) -> Life:
    """Desktops with their monitors, as an office clears a room."""
    rng = calendar.rng
    model, screen = rng.choice(models("desktop")), rng.choice(models("monitor"))
    made = [(screen if nth % 2 else model, serial(rng)) for nth in range(size)]
    devices = tuple(
        _new(rng, one, number, belongs_to=nth - 1 if nth % 2 else None)
        for nth, (one, number) in enumerate(made)
    )
    command = intake.ReceiveLot(
        devices=devices, donor=office(rng, place), form="organisation-pickup"
    )
    lot = yield at, acting(CLERK), partial(intake.receive_lot, command)
    for code, (one, number) in zip(lot.devices, made, strict=True):
        calendar.begin(workshop.life(code, one, number, at, in_set=True))
    if place % 3 == 0:
        refused = intake.RefuseItem(kind="monitor", reason="too-broken", count=2)
        yield calendar.soon(at), acting(CLERK), partial(intake.refuse_item, refused)


def _new(rng: Random, model: Model, number: str, belongs_to: int | None = None) -> intake.NewDevice:
    charged = model.kind in {"laptop", "tablet"} and rng.random() < 0.8
    return intake.NewDevice(
        kind=model.kind,
        maker=model.maker,
        model=model.model,
        serial=number,
        serial_known_by="second-scan" if rng.random() < 0.9 else "scan",
        condition=rng.choice(("good", "good", "scratched", "scratched", "broken")),
        kit=("charger",) if charged else ("power-cord",) if model.kind == "desktop" else (),
        locks=("google-account",) if model.kind == "tablet" and rng.random() < 0.15 else (),
        if_hopeless=rng.choice(("parts", "return", "recycle", None)),
        belongs_to=belongs_to,
    )


def _furnish(store: PointStore, when: Moment) -> tuple[str, ...]:
    """Shelves with names, and counted parts in drawers."""
    by = acting(LEAD)
    for item, count in PARTS.items():
        stock.receive_parts(item, count, store, by, when)
    shelves = []
    for name in ("A1", "A2", "B1", "B2", "C1"):
        command = labelling.LabelItem(role=ItemRole.SHELF, name=f"Kệ {name}")
        shelves.append(labelling.label_item(command, store, by, when).header.subject)
    return tuple(shelves)


def _answer(store: PointStore, now: datetime) -> None:
    """The service heard all but the last hours; two of its answers leave something to settle."""
    number, entries = 0, list(_old(store, now))
    wrong = _doubted(entries)
    for begin in range(0, len(entries), AT_ONCE):
        verdicts = []
        for entry in entries[begin : begin + AT_ONCE]:
            number += 1
            outcome, rule = wrong.get(entry.hash, (e.ACCEPTED, None))
            verdicts.append(e.Verdict(entry.hash, outcome, number, rule))
        store.note_verdicts(verdicts)


def _old(store: PointStore, now: datetime) -> tuple[Entry, ...]:
    """In the order of the chain, as they are sent: no answer overtakes another."""
    entries = store.unanswered(MOST_EVENTS)[:-STILL_WAITING]  # a quiet evening has some too
    return tuple(takewhile(lambda one: now - one.header.at > ANSWERED_AFTER, entries))


def _doubted(entries: Sequence[Entry]) -> dict[bytes, tuple[str, str]]:
    """The last claim does not count, and one device was received somewhere else too."""
    last: dict[str, bytes] = {one.header.kind: one.hash for one in entries}
    doubted = {}
    if "Reserved" in last:
        doubted[last["Reserved"]] = (e.VOID, "case_has_device")
    if "Received" in last:
        doubted[last["Received"]] = (e.DISPUTED, "device_received_twice")
    return doubted
