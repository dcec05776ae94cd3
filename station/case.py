"""A pupil's case (hồ sơ), as the fold over what happened to it."""

from datetime import date
from typing import Any

from msgspec import Struct, structs

from station import documents
from station import events as e
from station.ledger import ChainId


class Case(Struct, frozen=True, omit_defaults=True):
    """One approved pupil and the device or set kept for or given to them. No personal data."""

    code: str
    level: str = ""
    school: str | None = None
    unit: str | None = None  # as of `entered_on`: codes are given to other places
    entered_on: date | None = None
    wants: str | None = None
    pupil: bytes | None = None  # people row
    devices: tuple[str, ...] = ()
    claims: tuple[tuple[str, bytes], ...] = ()  # device, hash of its reservation
    given: bool = False
    in_repair: tuple[str, ...] = ()  # devices at a point for repair
    known: bool = False
    allotted: bool = False  # the Department gave it to this point, and may take it back
    approved: bool = True  # the Department did not say otherwise
    lent_to: ChainId | None = None  # a laptop took it along
    gifts: tuple[str, ...] = ()  # devices whose donors chose this pupil
    count: int = 0
    last: bytes = b""

    @property
    def waiting(self) -> bool:
        """Nothing is kept for this pupil yet, and something may be."""
        return self.approved and not self.devices

    @property
    def shown(self) -> bool:
        """Whether it stands in the lists: not when it was taken back before anything was kept."""
        return self.known and (self.waiting or bool(self.devices))


def fold(case: Case, event: e.Event, said: e.Said | None) -> Case:
    """The case after one more event that is about it or names it."""
    own = event.header.subject == case.code
    changes = _changes(case, event, said)
    if own:
        changes |= {"count": case.count + 1, "last": event.hash}
    return structs.replace(case, **changes) if changes else case


def fold_verdict(case: Case, verdict: e.Verdict) -> Case:
    """The case after the service's answer: a void reservation no longer holds a device."""
    void = [device for device, claim in case.claims if claim == verdict.event]
    if verdict.outcome != e.VOID or not void:
        return case
    return structs.replace(case, **_without(case, void[0]))


def fold_document(case: Case, document: documents.Document) -> Case:
    """The case as the Department has it; its word counts more than what was entered here."""
    said = documents.read(document)
    if document.body is None:
        return structs.replace(case, approved=False)
    if not isinstance(said, documents.AllottedCase):  # a newer version's
        return case
    return structs.replace(
        case,
        known=True,
        allotted=True,
        approved=said.approved,
        level=said.level,
        school=said.school,
        unit=said.unit,
        wants=said.wants,
        pupil=said.pupil.id if said.pupil else case.pupil,
    )


def _changes(case: Case, event: e.Event, said: e.Said | None) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 -- one line a kind
    device = event.header.subject
    match said:
        case e.CaseEntered():
            pupil = said.pupil.id if said.pupil else None
            if case.allotted:
                return {"pupil": case.pupil or pupil, "entered_on": event.header.day}
            entered: dict[str, Any] = {
                "level": said.level,
                "school": said.school,
                "unit": said.unit,
            }
            entered |= {"wants": said.wants, "entered_on": event.header.day}
            return entered | {"pupil": pupil, "known": True}
        case e.Reserved():
            return {
                "devices": _with(case.devices, device),
                "claims": (*case.claims, (device, event.hash)),
            }
        case e.Received() | e.Promised():
            return {"gifts": _with(case.gifts, device)}
        case e.PromiseReleased():
            return {"gifts": _but(case.gifts, device)}
        case e.ReservationReleased():
            return _without(case, device)
        case e.GivenDirectly():
            return {"devices": _with(case.devices, device), "given": True}
        case e.HandedOver():
            given = case.given or said.to == "pupil"
            return {"devices": _with(case.devices, device), "claims": (), "given": given}
        case e.HandoverConfirmed():
            given = case.given or said.result in {"signed", "proxy"}
            return {"devices": _with(case.devices, device), "given": given}
        case e.LineReopened():
            return {"given": False}
        case e.LaptopDelegated():
            return {"lent_to": said.chain}
        case e.DelegationEnded():
            return {"lent_to": None if case.lent_to == said.chain else case.lent_to}
        case e.TakenBackForRepair():
            return {"in_repair": _with(case.in_repair, device)}
        case e.GivenBack():
            return {"in_repair": _but(case.in_repair, device)}
        case e.HandoverWithdrawn():
            claims = ((device, said.claim),) if said.claim else ()
            given = case.given and any(d != device for d in case.devices)
            return {"given": given, "claims": (*case.claims, *claims)}
        case e.ReturnedToStock() | e.DirectGiftWithdrawn():
            left = _without(case, device)
            given = case.given and bool(left["devices"])
            return left | {"given": given, "in_repair": _but(case.in_repair, device)}
    return {}


def _with(devices: tuple[str, ...], device: str) -> tuple[str, ...]:
    return devices if device in devices else (*devices, device)


def _but(devices: tuple[str, ...], device: str) -> tuple[str, ...]:
    return tuple(kept for kept in devices if kept != device)


def _without(case: Case, device: str) -> dict[str, Any]:
    return {
        "devices": _but(case.devices, device),
        "claims": tuple(claim for claim in case.claims if claim[0] != device),
    }
