"""Forms that are printed before anything happens, to be filled in by hand under reserved codes."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from station import labelling
from station.codes import CodeKind
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import Choice, DeviceLine, PaperFacts
from station.people import Donor
from station.ports import Store
from station.printed import Party
from station.reference import Reference, Table
from ui.papers import persons
from ui.papers.history import NothingToSay
from ui.papers.occasion import heading, occasion_now, point_party
from ui.papers.words import fact_words


def pick_up_form(
    store: Store, donor: Donor | None, codes: Sequence[str], by: Operator, when: Moment
) -> PaperFacts:
    """Bộ phiếu nhận tại nhà: codes are the lot's, then its devices'.

    The driver must find and call the donor, so the address and the telephone stand on it.
    """
    form = _form(store, codes, by, when)
    party = persons.donor_party(donor, reachable=True)
    choices = (*_by_hand(store.reference, Table.DATA_WISHES), *_agreed(donor))
    return structs.replace(form, donor=party, giver=party, choices=choices)


def emergency_form(store: Store, codes: Sequence[str], by: Operator, when: Moment) -> PaperFacts:
    """Phiếu dự phòng for a power cut: nothing but the point and its codes is known yet."""
    form = _form(store, codes, by, when)
    return structs.replace(
        form, choices=(*_by_hand(store.reference, Table.DATA_WISHES), *_agreed(None))
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


def _form(store: Store, codes: Sequence[str], by: Operator, when: Moment) -> PaperFacts:
    if not codes:
        raise NothingToSay("")
    lot, *devices = codes
    occasion = occasion_now(store, by, when)
    return structs.replace(
        heading(store, structs.replace(occasion, hour=None), lot),
        receiver=Party(organisation=point_party(store, occasion).organisation),
        kit=_by_hand(store.reference, Table.KIT_ITEMS),
        devices=tuple(DeviceLine(code=code) for code in devices),
        codes=tuple(codes),
    )


def _by_hand(reference: Reference, table: Table) -> tuple[Choice, ...]:
    return tuple(Choice(entry.word()) for entry in reference.entries(table))


def _agreed(donor: Donor | None) -> Iterable[Choice]:
    """Consents stand as the donor gave them; what is done at the door is ticked there."""
    return (*persons.consents(donor), Choice(fact_words().signed_out))
