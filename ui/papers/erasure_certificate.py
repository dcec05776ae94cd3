"""Giấy xác nhận xóa dữ liệu: what became of each disk, said to whoever's data were on it."""

from msgspec import structs

from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import PaperFacts
from station.ports import Store
from ui.papers import device_lines, persons
from ui.papers.disks import disk_lines, disks_note
from ui.papers.history import history
from ui.papers.occasion import heading, occasion_now, point_party


def erasure_certificate(store: Store, code: str, by: Operator, when: Moment) -> PaperFacts:
    """Every disk as the ledger knows it now, the not erased and the not verified included.

    Raises NothingToSay.
    """
    told, reference = history(store, code), store.reference
    device, occasion = told.device(), occasion_now(store, by, when)
    line = device_lines.named_line(device, reference)
    return structs.replace(
        heading(store, occasion, code),
        donor=persons.donor_party(persons.donor(store, device.donor)),
        operator=point_party(store, occasion),
        devices=(structs.replace(line, serial=device.serial or ""),),
        disks=disk_lines(store, told, device),
        note=disks_note(device, reference),
    )
