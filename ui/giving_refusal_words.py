"""What is said when something about giving is refused."""

from collections.abc import Callable, Mapping
from typing import Final

from station import refusals as r
from station.codes import grouped
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded


def _promised_to_other(_reference: Reference, device: str, case: str) -> str:
    return _(
        "{device} is a direct gift: its donor chose case {case}. The lead may release it, with a"
        " reason."
    ).format(device=grouped(device), case=grouped(case))


def _not_promised(_reference: Reference, device: str) -> str:
    return _("{device} is no direct gift: its donor chose nobody.").format(device=grouped(device))


def _not_a_direct_gift(_reference: Reference, device: str) -> str:
    return _("{device} was given through the point. Return it to stock instead.").format(
        device=grouped(device)
    )


def _packed_before(_reference: Reference, device: str) -> str:
    return _("{device} is packed already.").format(device=grouped(device))


def _not_packed_yet(_reference: Reference, device: str) -> str:
    return _("{device} is not packed.").format(device=grouped(device))


def _not_in_batch(_reference: Reference, device: str, batch: str) -> str:
    return _("{device} did not go with batch {batch}.").format(
        device=grouped(device), batch=grouped(batch)
    )


def _given_and_back(reference: Reference, result: str) -> str:
    return _("A device that came back cannot be “{result}”.").format(
        result=coded(Table.DELIVERIES, result, reference)
    )


def _line_said_since(_reference: Reference, device: str) -> str:
    return _(
        "How the line of {device} went was said meanwhile. Nothing was recorded; look at the list"
        " again, then confirm."
    ).format(device=grouped(device))


def _acted_since(_reference: Reference, device: str) -> str:
    return _(
        "Something was recorded of {device} since, so this cannot be undone any more. Correct it on"
        " the device's page."
    ).format(device=grouped(device))


def _not_withdrawable(_reference: Reference, _kind: str) -> str:
    return _("This kind of entry is not taken back. Correct it, or record what undoes it.")


def _withdrawn_before(_reference: Reference, device: str) -> str:
    return _("This entry of {device} was taken back already.").format(device=grouped(device))


GIVING: Final[Mapping[type[r.Refusal], Callable[..., str]]] = {
    r.PromisedToOther: _promised_to_other,
    r.NotPromised: _not_promised,
    r.NotADirectGift: _not_a_direct_gift,
    r.PackedBefore: _packed_before,
    r.NotPackedYet: _not_packed_yet,
    r.NotInBatch: _not_in_batch,
    r.GivenAndBroughtBack: _given_and_back,
    r.LineSaidSince: _line_said_since,
    r.ActedSince: _acted_since,
    r.NotWithdrawable: _not_withdrawable,
    r.WithdrawnBefore: _withdrawn_before,
}
