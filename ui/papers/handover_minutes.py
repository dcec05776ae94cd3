"""Biên bản bàn giao: who gave what to whom, when and where."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs

from station import events as e
from station.case import Case
from station.device import Device
from station.paper_facts import DeviceLine, PaperFacts
from station.ports import Store
from station.printed import Party
from ui.papers import device_lines, persons
from ui.papers.handed import need_handed
from ui.papers.history import Happened, History, NothingToSay, history
from ui.papers.occasion import heading, occasion_of, point_party
from ui.papers.words import fact_words


class Given(Struct, frozen=True):
    """One device at the moment it was handed over."""

    device: Device
    act: Happened[e.HandedOver]
    told: History

    @property
    def case(self) -> str:
        """The case it is for."""
        return self.act.said.case or ""


def handover_minutes(store: Store, devices: Iterable[str], of: str) -> PaperFacts:
    """The minutes of these devices given for a case, or taken by a school as a batch.

    Raises NothingToSay.
    """
    handed = tuple(given(store, device, of) for device in devices)
    if not handed:
        raise NothingToSay(of)
    first = handed[0]
    if first.act.said.to == "school":
        return to_school(store, handed, of)
    return _to_pupil(store, handed, of)


def last_handover(store: Store, code: str) -> tuple[tuple[str, ...], str]:
    """What to ask `handover_minutes` for, to make the paper of a device's last hand-over."""
    last = given(store, code)
    batch = store.lot(last.act.said.batch) if last.act.said.batch else None
    if batch is not None:
        return batch.devices, batch.code
    return (code, *last.device.members), last.case


def given(store: Store, code: str, of: str = "") -> Given:
    """The last time this device was given (for this case or batch), and what it was then."""
    told = history(store, code)
    act = need_handed(told, of)
    return Given(told.device(act.at), act, told)


def to_school(store: Store, handed: tuple[Given, ...], batch: str, **more: Any) -> PaperFacts:
    """A school takes its pupils' devices: it signs for all of them, and no pupil is named."""
    first, occasion = handed[0], occasion_of(handed[0].act.row.event)
    school = persons.school_name(store.reference, first.act.said.school, occasion.day)
    taker = persons.person(store, first.act.said.receiver)
    return structs.replace(
        heading(store, occasion, batch),
        giver=point_party(store, occasion),
        receiver=Party(school, taker.name, taker.title),
        school=school,
        devices=tuple(line(store, one, case=one.case) for one in handed),
        **more,
    )


def line(store: Store, one: Given, **more: Any) -> DeviceLine:
    """A device as it was given."""
    kit = device_lines.kit_words(one.act.said.kit, store.reference)
    return device_lines.device_line(one.device, store.reference, kit=kit, **more)


def _to_pupil(store: Store, handed: tuple[Given, ...], of: str) -> PaperFacts:
    first, occasion = handed[0], occasion_of(handed[0].act.row.event)
    case = store.case(first.case)
    return structs.replace(
        heading(store, occasion, of),
        giver=point_party(store, occasion),
        receiver=_taker(store, first, case),
        devices=tuple(line(store, one) for one in handed),
        **({"pupil": persons.pupil_facts(store, case, occasion.day)} if case else {}),
    )


def _taker(store: Store, first: Given, case: Case | None) -> Party:
    """Who took the devices for the pupil."""
    taker, pupil = persons.person(store, first.act.said.receiver), persons.pupil(store, case)
    of_pupil = fact_words().capacity.format(relation=taker.title, pupil=pupil.name)
    title = of_pupil if taker.title and pupil.name else taker.title
    return Party(person=taker.name, title=title)
