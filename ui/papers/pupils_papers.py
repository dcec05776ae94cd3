"""Papers about a device that is a pupil's: taken in for repair, or fetched by somebody else."""

from msgspec import structs

from station import events as e
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import Choice, PaperFacts, PupilFacts
from station.ports import Store
from station.printed import Party
from station.reference import Table
from ui.papers import device_lines, persons
from ui.papers.history import NothingToSay, history
from ui.papers.occasion import heading, occasion_now, occasion_of, point_party
from ui.papers.words import fact_words, word


def repair_receipt(store: Store, code: str) -> PaperFacts:
    """Phiếu nhận bảo hành – sửa chữa, as the device was taken in; raises NothingToSay.

    One copy lies beside it on the bench, so the case's code stands for the pupil.
    """
    told = history(store, code)
    act = told.need(e.TakenBackForRepair)
    occasion, reference = occasion_of(act.row.event), store.reference
    device = told.device(act.at)
    handed = [one for one in told.all(e.HandedOver) if one.at < act.at]
    guardian = persons.person(store, act.said.erasure_consent)
    kit = device_lines.kit_words(device.kit, reference)
    agreed = act.said.erasure_consent is not None
    return structs.replace(
        heading(store, occasion, code),
        giver=Party(person=guardian.name, title=guardian.title),
        receiver=point_party(store, occasion),
        operator=point_party(store, occasion),
        pupil=PupilFacts(case=act.said.case),
        reason=word(reference, Table.REASONS, act.said.reason),
        choices=(Choice(fact_words().erasure_consent, agreed),),
        devices=(device_lines.device_line(device, reference, kit=kit),),
        began=handed[-1].row.event.header.day if handed else None,
        tracking_address=reference.programme.tracking_address(code),
    )


def proxy_letter(store: Store, case: str, by: Operator, when: Moment) -> PaperFacts:
    """Giấy ủy quyền nhận thay: the guardian lets somebody else fetch what is kept for the case.

    Raises NothingToSay.
    """
    known = store.case(case)
    if known is None or not known.known:
        raise NothingToSay(case)
    occasion, reference = occasion_now(store, by, when), store.reference
    pupil = persons.guardian_facts(store, known, occasion.day)
    devices = (history(store, code).device() for code in known.devices)
    return structs.replace(
        heading(store, structs.replace(occasion, hour=None), case),
        giver=Party(person=pupil.guardian, title=pupil.relation),
        pupil=pupil,
        school=pupil.school,
        devices=tuple(device_lines.named_line(device, reference) for device in devices),
    )
