"""Biên bản loại bỏ, biên bản giao chất thải điện tử: devices that will not be given to anybody."""

from collections.abc import Sequence

from msgspec import structs

from station import events as e
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import DeviceLine, PaperFacts
from station.ports import Store
from station.reference import Table
from ui.papers import device_lines
from ui.papers.disks import disks_in_short
from ui.papers.history import History, NothingToSay, history
from ui.papers.occasion import heading, occasion_now, point_party
from ui.papers.words import word


def disposal_minutes(
    store: Store, devices: Sequence[str], by: Operator, when: Moment
) -> PaperFacts:
    """Retired devices, why each is written off, and what became of its data.

    Raises NothingToSay for one that was not retired.
    """
    retired = tuple(_retired(store, code) for code in devices)
    occasion, reference = occasion_now(store, by, when), store.reference
    return structs.replace(
        heading(store, occasion, _only(devices)),
        giver=point_party(store, occasion),
        operator=point_party(store, occasion),
        devices=tuple(_line(store, *one) for one in retired),
        items=device_lines.counted_kinds((device for _told, device in retired), reference),
    )


def e_waste_minutes(store: Store, devices: Sequence[str], by: Operator, when: Moment) -> PaperFacts:
    """Retired devices that go to whoever handles electronic waste; who that is, people say."""
    return disposal_minutes(store, devices, by, when)


def _retired(store: Store, code: str) -> tuple[History, Device]:
    told = history(store, code)
    return told, told.device(told.need(e.Retired).at)


def _line(store: Store, told: History, device: Device) -> DeviceLine:
    reference, act = store.reference, told.need(e.Retired)
    return device_lines.device_line(
        device,
        reference,
        reason=word(reference, Table.REASONS, act.said.reason),
        data=disks_in_short(device, reference),
    )


def _only(codes: Sequence[str]) -> str:
    """The code of a paper about one thing."""
    if not codes:
        raise NothingToSay("")
    return codes[0] if len(codes) == 1 else ""
