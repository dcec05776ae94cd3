"""Phiếu điều chuyển: what left together for another place."""

from msgspec import structs

from station import events as e
from station.codes import CodeKind, parse
from station.paper_facts import DeviceLine, PaperFacts
from station.ports import Store
from station.printed import Party
from ui.papers import device_lines, persons
from ui.papers.history import Happened, History, history
from ui.papers.occasion import occasion_of, point_party, slip_heading
from ui.papers.together import left_together


def transfer_manifest(store: Store, code: str) -> PaperFacts:
    """The last departure of a device or of a whole batch, sets whole, as they left.

    Raises NothingToSay.
    """
    devices, subject = left_together(store, code, e.SentTo)
    sent = tuple(_sent(store, device, subject) for device in devices)
    (_told, first), *_others = sent
    occasion, reference = occasion_of(first.row.event), store.reference
    destination = persons.place_name(reference, first.said.place, occasion.day)
    return structs.replace(
        slip_heading(store, occasion, subject),
        giver=point_party(store, occasion),
        receiver=Party(organisation=destination),
        destination=destination,
        devices=tuple(_line(store, told, act) for told, act in sent),
    )


def _sent(store: Store, code: str, subject: str) -> tuple[History, Happened[e.SentTo]]:
    told = history(store, code)
    in_batch = parse(subject).kind is CodeKind.LOT
    return told, told.need(e.SentTo, of=subject if in_batch else "")


def _line(store: Store, told: History, act: Happened[e.SentTo]) -> DeviceLine:
    device = told.device(act.at)
    return device_lines.device_line(
        device,
        store.reference,
        kit=device_lines.kit_words(device.kit, store.reference),
        remark=device_lines.of_set(device),
    )
