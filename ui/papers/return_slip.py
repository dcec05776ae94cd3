"""Phiếu trả lại, từ chối: what a donor takes home again."""

from msgspec import structs

from station import events as e
from station.codes import CodeKind, parse
from station.device import Stage
from station.paper_facts import PaperFacts
from station.ports import Store
from station.reference import Table
from ui.papers import device_lines, persons
from ui.papers.disks import disks_in_short
from ui.papers.history import History, NothingToSay, history
from ui.papers.intake_receipt import refused_items
from ui.papers.notes import note
from ui.papers.occasion import Occasion, occasion_of, point_party, slip_heading
from ui.papers.words import word

RETURNED = "returned-to-donor"


def went_back(told: History) -> bool:
    """Whether its donor has the device again."""
    last = told.last(e.Retired)
    return bool(last and last.said.reason == RETURNED and told.device().stage is Stage.RETIRED)


def return_slip(store: Store, code: str) -> PaperFacts:
    """What was not taken in with this lot, or a device that went back to its donor.

    Raises NothingToSay.
    """
    if parse(code).kind is CodeKind.DEVICE:
        return _device_back(store, code)
    told = history(store, code)
    refused = told.need(e.Refused)
    visit = told.last(e.LotReceived)
    ref = refused.said.donor or (visit.said.donor if visit else None)
    return structs.replace(
        _slip(store, occasion_of(refused.row.event), code, ref.id if ref else None),
        items=refused_items(store, told),
    )


def _device_back(store: Store, code: str) -> PaperFacts:
    told, reference = history(store, code), store.reference
    act = told.need(e.Retired)
    if act.said.reason != RETURNED:
        raise NothingToSay(code)
    device = told.device(act.at)
    line = device_lines.device_line(
        device,
        reference,
        kit=device_lines.kit_words(device.kit, reference),
        reason=word(reference, Table.REASONS, act.said.reason),
        remark=note(store, act.said),
        data=disks_in_short(device, reference),
    )
    slip = _slip(store, occasion_of(act.row.event), device.lot or "", device.donor)
    return structs.replace(slip, devices=(line,))


def _slip(store: Store, occasion: Occasion, code: str, donor: bytes | None) -> PaperFacts:
    return structs.replace(
        slip_heading(store, occasion, code),
        operator=point_party(store, occasion),
        receiver=persons.donor_party(persons.donor(store, donor)),
    )
