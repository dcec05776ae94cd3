"""Forms that are printed before anything happens, to be filled in by hand under reserved codes."""

from collections.abc import Sequence

from msgspec import structs

from station import labelling
from station.codes import CodeKind
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import DeviceLine, PaperFacts
from station.people import Donor
from station.ports import Store
from ui.papers import persons
from ui.papers.history import NothingToSay
from ui.papers.occasion import heading, occasion_now


def pick_up_form(
    store: Store, donor: Donor | None, codes: Sequence[str], by: Operator, when: Moment
) -> PaperFacts:
    """Bộ phiếu nhận tại nhà: codes are the lot's, then its devices'.

    Whoever drives there must find and call the donor: address and telephone stand on it.
    """
    who = persons.donor_party(donor, with_address=True, with_phone=True)
    return structs.replace(emergency_form(store, codes, by, when), donor=who)


def emergency_form(store: Store, codes: Sequence[str], by: Operator, when: Moment) -> PaperFacts:
    """Phiếu dự phòng for a power cut: nothing but the point and its codes is known yet."""
    if not codes:
        raise NothingToSay("")
    lot, *devices = codes
    occasion = structs.replace(occasion_now(store, by, when), hour=None)
    return structs.replace(
        heading(store, occasion, lot),
        devices=tuple(DeviceLine(code=code) for code in devices),
        codes=(lot,),
    )


def set_aside(
    store: Store, devices: int, purpose: str, by: Operator, when: Moment
) -> tuple[str, ...]:
    """Codes for one form, the lot's before its devices'; they are never given out again."""
    of_lot = labelling.ReserveCodes(of=CodeKind.LOT, count=1, purpose=purpose)
    of_devices = labelling.ReserveCodes(of=CodeKind.DEVICE, count=devices, purpose=purpose)
    return tuple(
        code
        for command in (of_lot, of_devices)
        for code in labelling.reserve_codes(command, store, by, when)
    )
