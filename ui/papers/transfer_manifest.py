"""Phiếu điều chuyển: what left together for another place."""

from collections.abc import Sequence

from msgspec import structs

from station import events as e
from station.paper_facts import DeviceLine, PaperFacts
from station.ports import Store
from station.printed import Party
from ui.papers import device_lines, persons
from ui.papers.history import Happened, History, NothingToSay, history
from ui.papers.occasion import heading, occasion_of, point_party


def transfer_manifest(store: Store, devices: Sequence[str], subject: str = "") -> PaperFacts:
    """The last departure of these devices, sets whole, as they left; raises NothingToSay."""
    sent = tuple(_sent(store, code) for code in devices)
    if not sent:
        raise NothingToSay(subject)
    (_told, first), *_others = sent
    occasion, reference = occasion_of(first.row.event), store.reference
    destination = persons.place_name(reference, first.said.place, occasion.day)
    return structs.replace(
        heading(store, occasion, subject or first.row.event.header.subject),
        giver=point_party(store, occasion),
        receiver=Party(organisation=destination),
        destination=destination,
        devices=tuple(_line(store, told, act) for told, act in sent),
    )


def left_together(store: Store, code: str) -> tuple[str, ...]:
    """A device and what went with it: its set, as one departure takes it whole."""
    device = history(store, code).device()
    head = history(store, device.head).device() if device.head else device
    return (head.code, *head.members)


def _sent(store: Store, code: str) -> tuple[History, Happened[e.SentTo]]:
    told = history(store, code)
    return told, told.need(e.SentTo)


def _line(store: Store, told: History, act: Happened[e.SentTo]) -> DeviceLine:
    device = told.device(act.at)
    return device_lines.device_line(
        device,
        store.reference,
        kit=device_lines.kit_words(device.kit, store.reference),
        remark=device_lines.of_set(device),
    )
