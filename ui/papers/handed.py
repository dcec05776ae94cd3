"""The hand-over a paper may speak of: one that was recorded by mistake is none."""

from station import events as e
from ui.papers.history import Happened, History, NothingToSay

LEFT_OUT = "left-out"


def handed(told: History, of: str = "") -> Happened[e.HandedOver] | None:
    """The latest hand-over, for this case or batch where one is named."""
    given = told.last(e.HandedOver, of=of)
    withdrawn = told.last(e.HandoverWithdrawn)
    if given is None or (withdrawn is not None and withdrawn.at > given.at):
        return None
    return given


def need_handed(told: History, of: str = "") -> Happened[e.HandedOver]:
    """The same; raises NothingToSay."""
    given = handed(told, of)
    if given is None:
        raise NothingToSay(told.code, of)
    return given


def stayed_here(told: History, act: Happened[e.HandedOver]) -> bool:
    """Whether the device was left out: it stands in the batch, and never left the point."""
    confirmed = told.last(e.HandoverConfirmed)
    return confirmed is not None and confirmed.at > act.at and confirmed.said.result == LEFT_OUT


def gift_of(told: History) -> Happened[e.GivenDirectly] | None:
    """What a donor gave past the point, unless it was entered by mistake."""
    return None if told.last(e.DirectGiftWithdrawn) else told.last(e.GivenDirectly)
