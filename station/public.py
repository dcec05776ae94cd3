"""What the public may see of an event: its header, and these fields of its data. Nothing else.

No person, no typed words, no serial number or address of a network adapter, nothing that leads from
a pupil's case to a device: neither `case`, nor the codes a paper is about (decision 0016). A kind
that is not in the table shows its header alone.

Of some events not even the header is shown, for a minute leads to a child as well as a name does:
see `Showing`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from station import events as e
from station.codes import BadCode, CodeKind, parse
from station.events import Event

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
    e.PaperMade: (),
    e.PaperReprinted: (),
    e.SignedCopyAttached: (),
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

BETWEEN_DEVICE_AND_PUPIL: Final[frozenset[str]] = frozenset(
    kind.__name__
    for kind in (
        e.Reserved, e.ReservationReleased, e.HandedOver, e.HandoverConfirmed, e.TakenBackForRepair,
        e.GivenBack, e.ReturnedToStock, e.Packed, e.Unpacked, e.GivenDirectly, e.Promised,
        e.PromiseReleased, e.DirectGiftWithdrawn, e.HandoverWithdrawn, e.LineReopened,
        e.DisputeSettled,  # mostly of a device that was kept for two
    )
)  # fmt: skip
"""Kinds that say when a device came to or from a pupil."""
CHANGES_ANOTHER: Final = frozenset({"Corrected", "ActWithdrawn"})
NEVER_SHOWN: Final = frozenset({CodeKind.CASE, CodeKind.OFFER, CodeKind.PAPER})
NAMES_AN_EVENT: Final = frozenset({"target"})  # by its hash, which stands at its place in the chain


class Showing(StrEnum):
    """How much of an event is public."""

    WHOLE = "whole"  # its header and its public fields
    MONTH = "month"  # that it happened to this device in this month, apart from its place and time
    NOTHING = "nothing"  # that some event stands here


def showing(event: Event, *, behind_a_pupil: bool = False) -> Showing:
    """How much is public of an event.

    `behind_a_pupil`: the event of this device before it is one between device and pupil. As `seen`
    names that by its hash, its place in the chain, and so its time, would be known.
    """
    kind = _kind_of(event.header.subject)
    if kind in NEVER_SHOWN:
        return Showing.NOTHING
    if kind is CodeKind.DEVICE and (behind_a_pupil or is_between_device_and_pupil(event)):
        return Showing.MONTH
    return Showing.WHOLE


def is_between_device_and_pupil(event: Event) -> bool:
    """Whether it says when a device came to or from a pupil, or changes what was said of that."""
    kind = event.header.kind
    if kind in CHANGES_ANOTHER and _kind_of(event.header.subject) is CodeKind.DEVICE:
        said = event.said
        if not isinstance(said, e.Corrected | e.ActWithdrawn):  # withheld, or purged
            return True
        return said.target_kind in BETWEEN_DEVICE_AND_PUPIL
    return kind in BETWEEN_DEVICE_AND_PUPIL


def _kind_of(subject: str) -> CodeKind | None:
    try:
        return parse(subject).kind
    except BadCode:
        return None


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
