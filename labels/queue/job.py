"""A print job and its pages, and what state they are in."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from labels.printer import Printer, Route
from labels.transport import Reason

Kind = Literal["labels", "paper"]


class PageState(StrEnum):
    """What became of one page."""

    WAITING = "waiting"
    SENDING = "sending"  # on its way, or in the system's own queue by its ticket
    DONE = "done"
    UNCERTAIN = "uncertain"  # it broke off: only a person can tell whether it came out
    CANCELLED = "cancelled"


class JobState(StrEnum):
    """What a job is to whoever looks at the list."""

    WAITING = "waiting"
    SENDING = "sending"
    STOPPED = "stopped"  # a person has to act; nothing of the rest is sent
    UNCERTAIN = "uncertain"
    DONE = "done"
    CANCELLED = "cancelled"


class Page(Struct, frozen=True, omit_defaults=True):
    """One page: the codes on it, and the digest of the bytes that the printer is sent."""

    codes: tuple[str, ...]
    digest: str
    state: PageState = PageState.WAITING
    ticket: str = ""  # in the system's own queue
    noted: bool = False  # somebody wrote down that it came out


class Job(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Pages for one printer. Reason and detail are of the last trouble, attempts since a page."""

    id: str
    title: str
    kind: Kind
    printer: Printer
    pages: tuple[Page, ...]
    added_at: Annotated[datetime, Meta(tz=True)]
    reason: Reason | None = None
    detail: str = ""
    attempts: int = 0
    stopped: bool = False
    cancelled: bool = False  # somebody asked for it; a page on its way still ends

    @property
    def state(self) -> JobState:
        """The state of the page that matters most."""
        states = {page.state for page in self.pages}
        if PageState.UNCERTAIN in states:
            return JobState.UNCERTAIN
        if PageState.SENDING in states:
            return JobState.STOPPED if self.stopped else JobState.SENDING
        if PageState.WAITING in states:
            return JobState.STOPPED if self.stopped else JobState.WAITING
        return JobState.CANCELLED if PageState.CANCELLED in states else JobState.DONE

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in {JobState.DONE, JobState.CANCELLED}

    @property
    def can_go_on(self) -> bool:
        """Whether it may be sent without a person."""
        return self.state in {JobState.WAITING, JobState.SENDING}

    @property
    def next_page(self) -> int:
        """The page that is on its way, or the first that waits."""
        under_way = {PageState.SENDING, PageState.WAITING}
        return next(n for n, page in enumerate(self.pages) if page.state in under_way)

    @property
    def place(self) -> tuple[Route, str]:
        """Jobs for one place are printed one after the other."""
        return self.printer.route, self.printer.address

    def with_page(self, number: int, **changes: Any) -> "Job":
        """The job with one page changed."""
        page = structs.replace(self.pages[number], **changes)
        return structs.replace(self, pages=(*self.pages[:number], page, *self.pages[number + 1 :]))
