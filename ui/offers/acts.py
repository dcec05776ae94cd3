"""What can be done about an announced offer, and which of it comes next."""

from enum import StrEnum
from typing import Final

from station.offer import OVER, Offer, PickUp
from station.reference import Reference, Table
from station.words import _, _c
from ui.coded_words import coded
from ui.theme import Tone


class OfferAct(StrEnum):
    """One act; its value names the button that does it."""

    RECEIVE = "offer_receive"
    AGREE = "offer_agree"
    UNREACHABLE = "offer_unreachable"
    MOVE = "offer_move"
    COLLECT = "offer_collect"
    ARRIVE = "offer_arrive"
    CANCEL = "offer_cancel"
    FETCH = "offer_fetch"
    CALL = "offer_call"
    PRINT = "offer_print"
    AMEND = "offer_amend"
    CLOSE = "offer_close"


A = OfferAct
STATES: Final = {
    A.UNREACHABLE: PickUp.UNREACHABLE,
    A.COLLECT: PickUp.COLLECTED,
    A.ARRIVE: PickUp.ARRIVED,
    A.CANCEL: PickUp.CANCELLED,
    A.FETCH: PickUp.NEW,
}
"""Acts that need nothing but the new state."""

SHORTCUTS: Final = {
    A.AGREE: "Alt+H",
    A.UNREACHABLE: "Alt+K",
    A.MOVE: "Alt+D",
    A.COLLECT: "Alt+N",
    A.ARRIVE: "Alt+V",
    A.CALL: "Alt+G",
    A.PRINT: "Ctrl+P",
    A.AMEND: "Ctrl+E",
    A.CLOSE: "Alt+Delete",
}

_NEXT: Final = {
    PickUp.NEW: A.AGREE,
    PickUp.UNREACHABLE: A.AGREE,
    PickUp.AGREED: A.COLLECT,
    PickUp.MOVED: A.COLLECT,
    PickUp.COLLECTED: A.ARRIVE,
    PickUp.ARRIVED: A.RECEIVE,
    PickUp.CANCELLED: A.AGREE,
}
_TONES: Final = {
    PickUp.NEW: Tone.WARN,
    PickUp.UNREACHABLE: Tone.FAIL,
    PickUp.AGREED: Tone.OK,
    PickUp.MOVED: Tone.WARN,
    PickUp.COLLECTED: Tone.OK,
    PickUp.ARRIVED: Tone.OK,
    PickUp.CANCELLED: Tone.UNKNOWN,
}


def next_act(offer: Offer) -> OfferAct:
    """The one act to propose."""
    return A.RECEIVE if offer.pick_up is None else _NEXT[offer.pick_up]


def possible(act: OfferAct, offer: Offer) -> bool:
    """Whether it can be done as the offer stands."""
    fetched = offer.pick_up
    if act in {A.RECEIVE, A.CALL, A.CLOSE}:
        return True
    if act is A.AMEND:
        return not offer.published and offer.lines is None  # a list is brought anew
    if act is A.MOVE:
        return fetched is None or fetched in {PickUp.AGREED, PickUp.MOVED}
    if act is A.FETCH:
        return fetched is None
    if fetched is None or (act is A.UNREACHABLE and fetched is PickUp.COLLECTED):
        return False
    if STATES.get(act) is fetched:  # that is how it stands
        return act is A.UNREACHABLE  # tried again
    if act is A.AGREE:
        return fetched in {PickUp.NEW, PickUp.UNREACHABLE, PickUp.CANCELLED}
    return fetched not in OVER or act is A.PRINT


def act_words(act: OfferAct) -> str:
    """Name the act as its button does."""
    return {
        A.RECEIVE: _("Receive from this donor"),
        A.AGREE: _("Agree on a day…"),
        A.UNREACHABLE: _("Could not be reached"),
        A.MOVE: _("Another day…"),
        A.COLLECT: _("Collected, on its way"),
        A.ARRIVE: _("Arrived at the point"),
        A.CANCEL: _("Cancel the pick-up"),
        A.FETCH: _("The point fetches it"),
        A.CALL: _("Call the donor…"),
        A.PRINT: _("Print the pick-up form"),
        A.AMEND: _("Correct what was entered…"),
        A.CLOSE: _("Nothing more comes…"),
    }[act]


def state_words(offer: Offer, reference: Reference) -> tuple[Tone, str]:
    """How bringing it stands, in a chip."""
    if offer.pick_up is None:
        return Tone.UNKNOWN, _c("offer", "Brought here")
    return _TONES[offer.pick_up], coded(Table.PICK_UPS, offer.pick_up, reference)
