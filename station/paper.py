"""A paper with a code of its own, as the fold over its events. What it says lies sealed."""

from datetime import date
from typing import Any, Final

from msgspec import Struct, structs

from station import events as e

COME_BACK: Final = frozenset(
    {
        "handover-minutes",
        "batch-minutes",
        "signing-list",
        "transfer-manifest",
        "disposal-minutes",
        "e-waste-minutes",
    }
)
"""Templates by which a device leaves: the copy that others signed is the point's only proof."""


class SignedCopy(Struct, frozen=True):
    """A scan of the paper with its signatures; the file lies in the attachments."""

    scan: bytes  # hash
    media: str  # pdf, jpeg, png
    pages: int
    on: date


class Paper(Struct, frozen=True, omit_defaults=True):
    """One paper: what it is about, how often it was printed, which signed copies came back."""

    code: str
    paper: str = ""  # the template
    about: tuple[str, ...] = ()
    content: bytes = b""  # people row of the sealed description
    digest: bytes = b""  # of the description
    reprints: int = 0
    signed: tuple[SignedCopy, ...] = ()
    on: date | None = None
    count: int = 0
    last: bytes = b""
    known: bool = False

    @property
    def is_awaited(self) -> bool:
        """It proves nothing before it comes back signed, and it did not."""
        return self.known and self.paper in COME_BACK and not self.signed


def fold(paper: Paper, event: e.Event, said: e.Said | None) -> Paper:
    """The paper after one more event; what merely names it changes nothing."""
    if event.header.subject != paper.code:
        return paper
    changes = _changes(paper, event, said) | {"count": paper.count + 1, "last": event.hash}
    return structs.replace(paper, **changes)


def _changes(paper: Paper, event: e.Event, said: e.Said | None) -> dict[str, Any]:
    match said:
        case e.PaperMade():
            made: dict[str, Any] = {"paper": said.paper, "about": said.about, "known": True}
            made |= {"content": said.content.id, "digest": said.digest}
            return made | {"on": event.header.day}
        case e.PaperReprinted():
            return {"reprints": paper.reprints + 1}
        case e.SignedCopyAttached():
            copy = SignedCopy(said.scan, said.media, said.pages, event.header.day)
            return {"signed": (*paper.signed, copy)}
    return {}
