"""Who may record what: the roles of each kind of event, for use cases, corrections and screens."""

from collections.abc import Mapping
from typing import Final

from station import events as e
from station.operators import Operator, Role

# The lead may do all of it. A kind that is not named is anybody's: a hold, a label, a paper.
DUTIES: Final[Mapping[type[e.Said], tuple[Role, ...]]] = {
    e.Received: (Role.INTAKE,),
    e.LotReceived: (Role.INTAKE,),
    e.Refused: (Role.INTAKE,),
    e.EnteredByMistake: (Role.INTAKE,),
    e.OfferEntered: (Role.INTAKE,),
    e.PickUpNoted: (Role.INTAKE,),
    e.OfferClosed: (Role.INTAKE,),
    e.OfferReopened: (Role.INTAKE,),
    e.AppointmentMade: (Role.INTAKE,),
    e.CallPlanned: (Role.INTAKE, Role.BENCH),
    e.CallMade: (Role.INTAKE, Role.BENCH),
    e.SecretGiven: (Role.INTAKE, Role.BENCH),
    e.GivenDirectly: (Role.INTAKE, Role.HANDOVER),
    e.DirectGiftWithdrawn: (Role.INTAKE, Role.HANDOVER),
    e.Promised: (Role.INTAKE, Role.HANDOVER),
    e.PromiseReleased: (),  # the donor chose: the lead alone decides otherwise
    e.HandoverWithdrawn: (Role.HANDOVER,),
    e.LineReopened: (Role.HANDOVER,),
    e.Described: (Role.INTAKE, Role.BENCH),
    e.PartsReceived: (Role.INTAKE, Role.BENCH),
    e.TakenToBench: (Role.BENCH,),
    e.TakenOver: (Role.BENCH,),
    e.DefectFound: (Role.INTAKE, Role.BENCH),
    e.DefectGone: (Role.BENCH,),
    e.ChecksRecorded: (Role.BENCH,),
    e.CheckEnteredByHand: (Role.BENCH,),
    e.ReportLinked: (Role.BENCH,),
    e.ReportDismissed: (Role.BENCH,),
    e.StorageErased: (Role.BENCH,),
    e.StorageRemoved: (Role.BENCH,),
    e.SystemInstalled: (Role.BENCH,),
    e.WorkDone: (Role.BENCH,),
    e.PartTaken: (Role.BENCH,),
    e.PartFitted: (Role.BENCH,),
    e.Graded: (Role.BENCH,),
    e.Counted: (Role.BENCH,),  # counted stock; that a device was seen may be said by anybody
    e.MadeReady: (Role.BENCH,),
    e.Retired: (Role.BENCH,),
    e.WasteGiven: (Role.BENCH, Role.HANDOVER),
    e.CodesReserved: (Role.INTAKE,),
    e.ItemLabelled: (Role.INTAKE, Role.BENCH),
    e.ItemPaired: (Role.INTAKE, Role.BENCH, Role.HANDOVER),
    e.SignedCopyAttached: (Role.INTAKE, Role.HANDOVER),
    e.KitChecked: (Role.INTAKE, Role.BENCH, Role.HANDOVER),
    e.Joined: (Role.INTAKE, Role.BENCH, Role.HANDOVER),
    e.Parted: (Role.INTAKE, Role.BENCH, Role.HANDOVER),
    e.SentTo: (Role.INTAKE, Role.HANDOVER),
    e.ArrivedFrom: (Role.INTAKE, Role.HANDOVER),
    e.CaseEntered: (Role.HANDOVER,),
    e.Reserved: (Role.HANDOVER,),
    e.Packed: (Role.HANDOVER,),
    e.Unpacked: (Role.HANDOVER,),
    e.ReservationReleased: (Role.HANDOVER,),
    e.HandedOver: (Role.HANDOVER,),
    e.BatchTakenOut: (Role.HANDOVER,),
    e.HandoverConfirmed: (Role.HANDOVER,),
    e.ReturnedToStock: (Role.HANDOVER,),
    e.TakenBackForRepair: (Role.INTAKE, Role.BENCH, Role.HANDOVER),
    e.GivenBack: (Role.BENCH, Role.HANDOVER),
    e.AttachmentReleased: (Role.BENCH,),
    e.PersonPurged: (),
    e.DisputeSettled: (),
    e.LaptopDelegated: (Role.HANDOVER,),
    e.DelegationEnded: (Role.HANDOVER,),
}


def require_duty(by: Operator, kind: type[e.Said]) -> None:
    """Raise NotYourRole unless recording this is the operator's work."""
    if kind in DUTIES:
        by.require(*DUTIES[kind])


def is_anybodys(said: e.Said) -> bool:
    """That a device was seen may be said by anybody, and put right."""
    return isinstance(said, e.Counted) and said.quantity is None
