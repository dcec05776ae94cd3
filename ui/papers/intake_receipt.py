"""Phiếu tiếp nhận: what a donor brought, told the moment it was taken in."""

from msgspec import structs

from station import events as e
from station.codes import CodeKind, grouped, parse
from station.device import Device
from station.paper_facts import DeviceLine, ItemLine, PaperFacts
from station.ports import Store
from station.printed import Party
from station.reference import Reference, Table
from ui.papers import device_lines, persons
from ui.papers.disks import may_have_disks
from ui.papers.history import Happened, History, history
from ui.papers.notes import note
from ui.papers.occasion import occasion_of, point_party, slip_heading
from ui.papers.words import fact_words, word


def intake_receipt(store: Store, code: str) -> PaperFacts:
    """The receipt of a visit, by its lot or by any device that came with it.

    Raises NothingToSay.
    """
    if parse(code).kind is CodeKind.DEVICE:
        told = history(store, code)
        received = told.need(e.Received)
        if received.said.lot is None:
            return _receipt(store, code, received, (told,))
        code = received.said.lot
    told = history(store, code)
    visit = told.need(e.LotReceived)
    devices = tuple(history(store, device) for device in _received_in(told))
    receipt = _receipt(store, code, visit, devices)
    return structs.replace(receipt, items=refused_items(store, told))


def refused_items(store: Store, told: History) -> tuple[ItemLine, ...]:
    """What was not taken in, and why."""
    reference = store.reference
    return tuple(
        ItemLine(
            name=word(reference, Table.KINDS, one.said.kind),
            unit=fact_words().device_unit,
            quantity=one.said.count,
            remark=device_lines.joined(
                (word(reference, Table.REASONS, one.said.reason), note(store, one.said))
            ),
        )
        for one in told.all(e.Refused)
    )


def _receipt(
    store: Store,
    code: str,
    visit: Happened[e.LotReceived] | Happened[e.Received],
    devices: tuple[History, ...],
) -> PaperFacts:
    occasion, said = occasion_of(visit.row.event), visit.said
    who = persons.donor(store, said.donor.id if said.donor else None)
    donor = persons.donor_party(who, with_phone=True)
    return structs.replace(
        slip_heading(store, occasion, code if isinstance(said, e.LotReceived) else ""),
        donor=donor,
        anonymous=said.donor is None,
        giver=Party(person=donor.person),
        operator=point_party(store, occasion),
        form=word(store.reference, Table.FORMS, said.form),
        choices=persons.consents(who),
        tracking_address=store.reference.programme.tracking_address(code),
        devices=tuple(_line(store, told) for told in devices),
    )


def _received_in(lot: History) -> tuple[str, ...]:
    """Its devices in the order in which they were recorded."""
    return tuple(
        row.event.header.subject for row in lot.rows if isinstance(row.event.said, e.Received)
    )


def _line(store: Store, told: History) -> DeviceLine:
    received = told.need(e.Received)
    reference, said = store.reference, received.said
    device = told.device(received.at)
    return device_lines.device_line(
        device,
        reference,
        kit=device_lines.kit_words(said.kit, reference),
        data=_data_wish(device, said, reference),
        remark=device_lines.joined(
            (
                *(word(reference, Table.LOCKS, lock) for lock in said.locks),
                note(store, said),
                _came_with(told, received),
            )
        ),
        hopeless=word(reference, Table.HOPELESS_WISHES, said.if_hopeless),
    )


def _data_wish(device: Device, said: e.Received, reference: Reference) -> str:
    """What is to become of its data; a screen holds none."""
    if not may_have_disks(device, reference):
        return ""
    return word(reference, Table.DATA_WISHES, said.data_wish)


def _came_with(told: History, received: Happened[e.Received]) -> str:
    """The computer that it was taken in with as a set."""
    at = received.row.event.header.at
    joined = next((one for one in told.all(e.Joined) if one.row.event.header.at == at), None)
    return fact_words().head_of_set.format(code=grouped(joined.said.head)) if joined else ""
