"""What the public may see of an event: its header, and these fields of its data. Nothing else.

No person, no typed words, no serial number or address of a network adapter, nothing that leads from
a pupil's case to a device: neither `case`, nor the codes a paper is about (decision 0016). A kind
that is not in the table shows its header alone.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from station import events as e

FIELDS: Final[Mapping[type[e.Said], tuple[str, ...]]] = {
    e.ChainStarted: ("reason",),
    e.LotReceived: ("form",),
    e.Received: ("kind", "form", "maker", "model", "condition", "kit", "donor_kind"),
    e.Refused: ("kind", "reason", "count"),
    e.Described: ("kind", "maker", "model", "condition"),
    e.LabelPrinted: ("reprint",),
    e.CodesReserved: (),
    e.ItemLabelled: (),
    e.ItemPaired: (),
    e.PutOnShelf: (),
    e.PaperMade: ("paper", "digest"),
    e.PaperReprinted: ("copy",),
    e.SignedCopyAttached: ("scan", "media", "pages"),
    e.PhotoTaken: ("photo",),
    e.TakenToBench: (),
    e.ChecksRecorded: ("report", "policy", "results"),
    e.CheckEnteredByHand: ("result",),
    e.ReportLinked: ("report",),
    e.ReportDismissed: ("report", "reason"),
    e.StorageErased: ("method", "passed", "verified_permille", "evidence"),
    e.StorageRemoved: ("destiny",),
    e.SystemInstalled: ("system", "licence", "first_boot_seen"),
    e.WorkDone: ("work",),
    e.PartTaken: ("item", "into"),
    e.PartFitted: ("item", "out_of"),
    e.PartsReceived: ("count",),
    e.KitChecked: ("present", "missing"),
    e.PutOnHold: ("reason",),
    e.Resumed: (),
    e.Graded: ("grade", "reason"),
    e.MadeReady: ("policy", "overrides", "met_by_kit"),
    e.Joined: ("head",),
    e.Parted: ("head",),
    e.CaseEntered: (),
    e.Reserved: (),
    e.ReservationReleased: ("reason",),
    e.HandedOver: ("to", "kit"),
    e.HandoverConfirmed: ("result", "back"),
    e.TakenBackForRepair: ("reason",),
    e.GivenBack: (),
    e.ReturnedToStock: ("reason",),
    e.SentTo: ("place",),
    e.ArrivedFrom: ("place", "here", "kind"),
    e.BatchTakenOut: ("devices",),
    e.Retired: ("reason",),
    e.WasteGiven: (),
    e.Counted: ("found", "quantity"),
    e.AttachmentReleased: ("attachment", "use", "media"),
    e.PersonPurged: ("reason",),
    e.DisputeSettled: ("target", "decision"),
    e.LaptopDelegated: ("chain", "expires_s"),
    e.DelegationEnded: ("chain", "reason", "last_seq"),
    e.OfferEntered: (),
    e.PickUpNoted: (),
    e.OfferClosed: (),
    e.OfferReopened: (),
    e.AppointmentMade: (),
    e.CallPlanned: (),
    e.CallMade: (),
    e.SecretGiven: (),
    e.DefectFound: ("defect", "zone", "severity"),
    e.DefectGone: ("defect", "zone"),
    e.TakenOver: (),
    e.Noted: (),
    e.Packed: ("kit",),
    e.Unpacked: (),
    e.GivenDirectly: ("kind", "maker", "model", "donor_kind"),
    e.EnteredByMistake: (),
    e.Promised: (),
    e.PromiseReleased: ("reason",),
    e.DirectGiftWithdrawn: (),
    e.HandoverWithdrawn: (),
    e.LineReopened: (),
    e.ActWithdrawn: ("target", "target_kind"),
    e.Corrected: ("target", "target_kind", "reason"),
}


def public_form(said: e.Said | None) -> dict[str, Any]:
    """The public fields as plain values, those at their default left out.

    Of a correction the fields that it replaces, as far as they are public at the corrected kind.
    """
    if said is None:
        return {}
    shown = _shown(said)
    if isinstance(said, e.Corrected):
        shown["fields"] = _corrected(said)
    return shown


def _shown(said: e.Said) -> dict[str, Any]:
    whole = msgspec.to_builtins(said, builtin_types=(bytes,))
    allowed = FIELDS.get(type(said), ())
    return {name: _plain(whole[name]) for name in allowed if name in whole}


def _corrected(said: e.Corrected) -> dict[str, Any]:
    kind = e.KINDS.get(said.target_kind)
    try:
        changed = msgspec.msgpack.decode(said.fields, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    allowed = FIELDS.get(kind, ()) if kind else ()
    return {name: _plain(changed[name]) for name in allowed if name in changed}


def _plain(value: Any) -> Any:
    """Digests are said in hex, as people compare them."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
