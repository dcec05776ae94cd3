"""What happened around a donor: what was announced, fetched, asked and told. One sentence each."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from station import events as e
from station.codes import grouped
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded, listed
from ui.day_words import day_words


def _offer_entered(said: e.OfferEntered, reference: Reference) -> str:
    items = listed(
        f"{item.count} × {coded(Table.KINDS, item.kind, reference)}" for item in said.items
    )
    return _("Announced: {items}").format(items=items)


def _pick_up(said: e.PickUpNoted, reference: Reference) -> str:
    state = coded(Table.PICK_UPS, said.state, reference)
    if said.on is None:
        return _("Pick-up: {state}").format(state=state)
    return _("Pick-up: {state}, {day}").format(state=state, day=day_words(said.on))


def _closed(said: e.OfferClosed, reference: Reference) -> str:
    reason = coded(Table.REASONS, said.reason, reference)
    return _("Nothing more is expected: {reason}").format(reason=reason)


def _appointment(said: e.AppointmentMade, _reference: Reference) -> str:
    if said.on is None:
        return _("No day is agreed any more")
    return _("The donor brings it on {day}").format(day=day_words(said.on))


def _call_planned(said: e.CallPlanned, reference: Reference) -> str:
    about = coded(Table.CALL_TOPICS, said.about, reference)
    return _("The donor is to be called: {about}").format(about=about)


def _call_made(said: e.CallMade, reference: Reference) -> str:
    return _("Donor called, {about}: {result}").format(
        about=coded(Table.CALL_TOPICS, said.about, reference),
        result=coded(Table.CALL_RESULTS, said.result, reference),
    )


def _secret_given(said: e.SecretGiven, reference: Reference) -> str:
    of = coded(Table.SECRETS, said.of, reference)
    return _("The donor told a password: {of}").format(of=of)


def _given_directly(said: e.GivenDirectly, reference: Reference) -> str:
    return _("Given directly by the donor, not checked: {kind}, case {case}").format(
        kind=coded(Table.KINDS, said.kind, reference), case=grouped(said.case)
    )


def _promised(said: e.Promised, _reference: Reference) -> str:
    return _("A direct gift: its donor chose case {case}").format(case=grouped(said.case))


def _promise_released(said: e.PromiseReleased, reference: Reference) -> str:
    return _("No longer kept for case {case}, which its donor chose: {reason}").format(
        case=grouped(said.case), reason=coded(Table.REASONS, said.reason, reference)
    )


def _gift_withdrawn(said: e.DirectGiftWithdrawn, _reference: Reference) -> str:
    return _("The direct gift to case {case} was entered by mistake").format(
        case=grouped(said.case)
    )


DONOR_SENTENCES: Final[Mapping[type[e.Said], Callable[[Any, Reference], str]]] = {
    e.OfferEntered: _offer_entered,
    e.PickUpNoted: _pick_up,
    e.OfferClosed: _closed,
    e.OfferReopened: lambda _said, _r: _("Something is expected after all"),
    e.AppointmentMade: _appointment,
    e.CallPlanned: _call_planned,
    e.CallMade: _call_made,
    e.SecretGiven: _secret_given,
    e.GivenDirectly: _given_directly,
    e.Promised: _promised,
    e.PromiseReleased: _promise_released,
    e.DirectGiftWithdrawn: _gift_withdrawn,
    e.EnteredByMistake: lambda _said, _r: _("The intake was taken back: entered by mistake"),
}
