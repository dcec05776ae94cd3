"""What the pages of officials share: who decides, where a list goes on, what was done."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from station.words import _
from sync.central.programme import listing
from sync.central.programme.deciding import By, ChangedMeanwhile, NothingThere
from sync.central.programme.listing import NoPlace, Place
from sync.central.site.rendering import linked
from sync.central.site.visiting import GoTo, NoSuchPage, Visit

DONE = "xong"  # stands in an address behind an act, coded: the page says what happened


class OfOne(Struct, frozen=True):
    """The page of one offer, application or request."""

    code: str
    xong: str = ""


Deciding = Callable[[], object]


def address(visit: Visit[Any], pattern: str, code: str) -> str:
    """The page of one row."""
    return linked(pattern.format(code=code), visit.language)


def by(visit: Visit[Any]) -> By:
    """Who decides, and when."""
    return By(visit.official.name, visit.now_s)


def place(text: str) -> Place | None:
    """Where a list goes on; raises NoSuchPage."""
    try:
        return listing.read(text)
    except NoPlace as error:
        raise NoSuchPage from error


def done(visit: Visit[Any], address: str, code: str, **query: str) -> GoTo:
    """Back to a page that says what was done."""
    return GoTo(linked(address, visit.language, query | {DONE: code}))


def whole(text: str, least: int = 0) -> int:
    """A number out of an address; what is none is the least there can be."""
    known = text.isascii() and text.isdecimal() and len(text) < 8
    return max(least, int(text)) if known else least


def seen(visit: Visit[Any]) -> int:
    """Which state of a row the form was shown for; what no page of ours sent is an old one."""
    typed = visit.typed.raw("seen")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else -1


def missed(visit: Visit[Any], error: NothingThere | ChangedMeanwhile) -> None:
    """Say that somebody was quicker; what is not there is no page."""
    if isinstance(error, NothingThere):
        raise NoSuchPage from error
    visit.typed.fail(
        "seen", _("Somebody else changed this meanwhile. Look at how it stands now, then decide.")
    )
