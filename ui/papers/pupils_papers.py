"""Papers about a device that is a pupil's: taken in for repair, or fetched by somebody else."""

from msgspec import structs

from station import events as e
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import Choice, DeviceLine, PaperFacts, PupilFacts
from station.ports import Store
from station.printed import Party
from station.reference import Table
from ui.papers import device_lines, persons
from ui.papers.history import Happened, History, NothingToSay, history
from ui.papers.notes import note
from ui.papers.occasion import heading, occasion_now, occasion_of, point_party, slip_heading
from ui.papers.words import fact_words, word


def repair_receipt(store: Store, code: str) -> PaperFacts:
    """Phiếu nhận bảo hành – sửa chữa, as the device was taken in; raises NothingToSay.

    It says whose device it is by name, and whom to call; class and school do not mend it.
    """
    told = history(store, code)
    act = told.need(e.TakenBackForRepair)
    occasion = occasion_of(act.row.event)
    pupil = persons.pupil(store, store.case(act.said.case))
    guardian = persons.person(store, act.said.erasure_consent)
    return structs.replace(
        slip_heading(store, occasion, code),
        giver=Party(person=guardian.name, title=guardian.title, phone=guardian.phone),
        operator=point_party(store, occasion),
        pupil=PupilFacts(name=pupil.name, case=act.said.case),
        choices=_about_its_data(act.said),
        devices=(_broken(store, told, act),),
    )


def _broken(store: Store, told: History, act: Happened[e.TakenBackForRepair]) -> DeviceLine:
    device, reference = told.device(act.at), store.reference
    return device_lines.device_line(
        device,
        reference,
        kit=device_lines.kit_words(device.kit, reference),
        condition=word(reference, Table.CONDITIONS, device.condition),
        reason=word(reference, Table.REASONS, act.said.reason),
        remark=note(store, act.said),
    )


def _about_its_data(said: e.TakenBackForRepair) -> tuple[Choice, ...]:
    """A recorded consent stands; without one, the paper asks."""
    if said.erasure_consent is None:
        return ()
    return (Choice(fact_words().may_erase, True), Choice(fact_words().may_not_erase, False))


def proxy_letter(store: Store, case: str, by: Operator, when: Moment) -> PaperFacts:
    """Giấy ủy quyền nhận thay: the guardian lets somebody else fetch what is kept for the case.

    Raises NothingToSay.
    """
    known = store.case(case)
    if known is None or not known.known:
        raise NothingToSay(case)
    occasion, reference = occasion_now(store, by, when), store.reference
    pupil = persons.pupil_facts(store, known, occasion.day)
    devices = tuple(history(store, code).device() for code in known.devices)
    return structs.replace(
        heading(store, structs.replace(occasion, hour=None), case),
        giver=persons.guardian_party(store, known),
        pupil=pupil,
        school=pupil.school,
        devices=tuple(
            structs.replace(
                device_lines.named_line(device, reference),
                kit=device_lines.kit_words(device.kit, reference),
            )
            for device in devices
        ),
    )
