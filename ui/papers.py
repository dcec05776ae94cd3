"""What labels and papers say, put together from what the store knows.

Papers of the programme are in Vietnamese whatever language the screen speaks. The minutes are
described from the ledger as it stood at the hand-over, so that a reprint says what the first
print said; only the service's number may have come since.
"""

from collections.abc import Iterable
from datetime import time

from msgspec import Struct

from station import events as e
from station.case import Case
from station.device import Device
from station.fold import refold
from station.paper_facts import DeviceLine, PaperFacts, PupilFacts
from station.people import OperatorName, Person, Pupil
from station.ports import Store, TimelineRow
from station.printed import Label, Party
from station.reference import Reference, Table
from ui.minutes_facts import MinutesFacts, minutes_facts
from ui.sizes import PAPER, disk_figure, memory_figure


class NeverHandedOver(LookupError):
    """No such hand-over stands in the ledger; `device` and `of` say which was asked for."""

    code = "never_handed_over"

    def __init__(self, device: str, of: str) -> None:
        super().__init__(f"{self.code}: {device} for {of}")
        self.device, self.of = device, of


class DescribedPaper(Struct, frozen=True):
    """A paper before it is put into words; what may differ from print to print stands beside it."""

    paper: str
    code: str
    facts: PaperFacts
    acknowledgement: str
    reprint: int = 0


class _Given(Struct, frozen=True):
    """One device at the moment it was handed over."""

    device: Device
    row: TimelineRow
    said: e.HandedOver


def device_label(device: Device, reference: Reference) -> Label:
    """What the label on a device says."""
    return Label(
        code=device.code,
        qr=reference.programme.tracking_address(device.code),
        kind=reference.word(Table.KINDS, device.kind),
        name=device.name,
        programme=reference.programme.short(),
    )


def handover_minutes(
    store: Store, devices: tuple[str, ...], of: str, *, reprint: int = 0
) -> DescribedPaper:
    """The minutes of these devices given for a case, or taken by a school as a batch."""
    words = minutes_facts()
    given = [_given(store, device, of) for device in devices]
    first = given[0]
    header = first.row.event.header
    point = store.reference.point(header.chain.station, header.day)
    unit = store.reference.unit(point.unit, header.day).full_name
    case = store.case(first.said.case) if first.said.to == "pupil" and first.said.case else None
    programme = store.reference.programme
    facts = PaperFacts(
        letterhead=store.reference.letterhead(point.organisation, header.day),
        programme=programme.name(),
        day=header.day,
        hour=_hour(first.row.event),
        point=point.word(),
        place=words.place.format(point=point.word(), unit=unit),
        giver=_giver(store, first, words),
        receiver=_receiver(store, first, case, words),
        pupil=_pupil_facts(store, first, case) if case else PupilFacts(),
        devices=tuple(_handed(one, store.reference, words) for one in given),
        copies=programme.copies,
    )
    return DescribedPaper("handover-minutes", of, facts, _acknowledgement(given, words), reprint)


def last_handover(store: Store, code: str) -> tuple[tuple[str, ...], str]:
    """What to ask `handover_minutes` for, to print the paper of a device's last hand-over again."""
    given = _given(store, code)
    batch = store.lot(given.said.batch) if given.said.batch else None
    if batch is not None:
        return batch.devices, batch.code
    return (code, *given.device.members), given.said.case or ""


def _given(store: Store, code: str, of: str = "") -> _Given:
    """The last time this device was given (for this case or batch), and what it was then."""
    rows = store.timeline(code)
    for at in range(len(rows) - 1, -1, -1):
        said = rows[at].event.said
        own = rows[at].event.header.subject == code
        if own and isinstance(said, e.HandedOver) and of in ("", *said.mentions()):
            device = refold(code, (row.event for row in rows[: at + 1]))
            if isinstance(device, Device):
                return _Given(device, rows[at], said)
    raise NeverHandedOver(code, of)


def _hour(event: e.Event) -> time | None:
    """The local time of day, where anybody knows it."""
    occurred = event.header.occurred
    if occurred is None:
        return event.header.at.time().replace(second=0, microsecond=0)
    return time(*divmod(occurred.minute, 60)) if occurred.minute is not None else None


def _giver(store: Store, first: _Given, facts: MinutesFacts) -> Party:
    header = first.row.event.header
    point = store.reference.point(header.chain.station, header.day)
    organisation = store.reference.organisation(point.organisation, header.day).word()
    operator = _operator(store, first.row.by)
    if operator is None:
        return Party(organisation=organisation)
    return Party(organisation=organisation, person=operator.name, title=facts.titles[operator.role])


def _operator(store: Store, id_: str) -> OperatorName | None:
    return next((known for known in store.operators() if known.id == id_), None)


def _receiver(store: Store, first: _Given, case: Case | None, facts: MinutesFacts) -> Party:
    """Who took the devices; what nobody recorded is left to be filled in by hand."""
    person = store.content(first.said.receiver.id) if first.said.receiver else None
    named = person if isinstance(person, Person) else Person(name="")
    if case is None:
        return Party(
            organisation=_school(store.reference, first, first.said.school),
            person=named.name,
            title=named.title,
            phone=named.phone,
        )
    pupil = _pupil(store, case)
    of_pupil = facts.capacity.format(relation=named.title, pupil=pupil.name)
    title = of_pupil if named.title and pupil.name else named.title
    return Party(person=named.name, title=title, phone=named.phone)


def _pupil(store: Store, case: Case) -> Pupil:
    content = store.content(case.pupil) if case.pupil else None
    return content if isinstance(content, Pupil) else Pupil(name="")


def _pupil_facts(store: Store, first: _Given, case: Case) -> PupilFacts:
    pupil = _pupil(store, case)
    school = _school(store.reference, first, case.school)
    return PupilFacts(name=pupil.name, school_class=pupil.school_class, school=school)


def _school(reference: Reference, first: _Given, school: str | None) -> str:
    return reference.organisation(school, first.row.event.header.day).word() if school else ""


def _handed(given: _Given, reference: Reference, facts: MinutesFacts) -> DeviceLine:
    device = given.device
    return DeviceLine(
        code=device.code,
        kind=reference.word(Table.KINDS, device.kind),
        name=device.name,
        serial=device.serial or "",
        configuration=_joined(_configuration(device, facts)),
        condition=_condition(device, reference, facts),
        kit=_joined(reference.kit_item(item).word() for item in given.said.kit),
        case=_whose(given.said),
    )


def _whose(said: e.HandedOver) -> str:
    """On a school's paper, the case that each device is for."""
    return said.case if said.to == "school" and said.case else ""


def _configuration(device: Device, facts: MinutesFacts) -> Iterable[str]:
    """Processor, memory and the disks that are still inside, as a report measured them."""
    machine = device.machine or e.MachineFact()
    yield machine.processor or ""
    if machine.memory_mib:
        yield facts.memory.format(gib=memory_figure(machine.memory_mib, PAPER))
    for disk in machine.disks or ():
        if disk.capacity_bytes and not _was_removed(device, disk):
            yield _disk_words(disk.rotational, facts).format(gb=disk_figure(disk.capacity_bytes))


def _was_removed(device: Device, disk: e.DiskFact) -> bool:
    return any(
        known.removed and known.is_disk(disk.serial, disk.wwn) for known in device.disks or ()
    )


def _disk_words(rotational: bool | None, facts: MinutesFacts) -> str:
    if rotational is None:
        return facts.disk
    return facts.hdd if rotational else facts.ssd


def _condition(device: Device, reference: Reference, facts: MinutesFacts) -> str:
    looks = reference.word(Table.CONDITIONS, device.condition) if device.condition else ""
    grade = reference.word(Table.GRADES, device.grade) if device.grade else ""
    words = _joined((looks, facts.grade.format(grade=grade) if grade else ""))
    return words[:1].upper() + words[1:]


def _acknowledgement(given: list[_Given], facts: MinutesFacts) -> str:
    """The service's number of its last answer about these devices, once it answered for all."""
    verdicts = [one.row.verdict for one in given]
    numbers = [verdict.number for verdict in verdicts if verdict is not None]
    return str(max(numbers)) if len(numbers) == len(verdicts) else facts.waiting


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
