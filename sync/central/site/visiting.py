"""What can be seen: each page with where it stands, who may see it, and what it answers.

A module of pages is plain functions from a `Visit` to a `Shown`. What they declare here is all that
routing, rights and the checks of forms know of them. Nothing here needs a script in the browser.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct
from sqlalchemy import Engine

from station.reference import Reference
from sync.central.access.secrets import Secrets
from sync.central.observing.noting import Noted
from sync.central.officials.accounts import Official
from sync.central.officials.roles import OfficialRole
from sync.central.site.forms import Typed
from sync.central.web.asking import Central, Nowhere

Where = TypeVar("Where")
Roles = frozenset[OfficialRole]

LARGEST_FORM = 64 * 2**10
LANGUAGES = ("vi", "en")


class NoSuchPage(Exception):
    """Nothing stands here, or nothing that this visitor may know of."""


@dataclass(frozen=True)
class Visit(Generic[Where]):
    """One request for a page, read and checked."""

    central: Central
    where: Where  # places of the address, and what stands behind its `?`
    typed: Typed  # what a form holds; empty where none was sent
    now_s: int
    language: str
    address: str  # of who asks, as limits count
    form_token: str  # goes into each form
    noted: Noted
    session: str = field(default="", repr=False)  # what the browser holds
    by: Official | None = None

    @property
    def engine(self) -> Engine:
        """The service's database."""
        return self.central.engine

    @property
    def own(self) -> Secrets:
        """The service's own secrets."""
        return self.central.own

    @property
    def reference(self) -> Reference:
        """The programme's words as they stand now."""
        return self.central.words.now()

    @property
    def today(self) -> date:
        """The local day."""
        return self.reference.programme.day(self.now_s)

    @property
    def official(self) -> Official:
        """Who signed in; a page for everybody has nobody."""
        if self.by is None:
            raise NoSuchPage
        return self.by


@dataclass(frozen=True)
class Page:
    """A page made of a template of `resources/site/`.

    With a `version` it may be kept by whoever asked and is made again only where the version
    changed: everything the template is given must follow from it.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    version: str | None = None


@dataclass(frozen=True)
class GoTo:
    """Look there next: the answer to a form that was accepted. `session` is held from now on."""

    address: str
    session: str | None = None  # "": forget the one that is held


@dataclass(frozen=True)
class File:
    """Something to keep."""

    body: bytes | Iterator[bytes]
    media: str
    name: str  # plain ASCII
    version: str | None = None
    inline: bool = False


Shown = Page | GoTo | File
Showing = Callable[[Visit[Any]], Shown]


@dataclass(frozen=True)
class View:
    """Everything the service knows of one page."""

    method: str
    path: str
    show: Showing
    where: type[Struct]
    roles: Roles | None  # None: everybody's
    largest: int  # bytes of a form

    @property
    def name(self) -> str:
        """By which the log and the counts know it."""
        return f"page_{self.show.__name__}"


def shows(
    method: str,
    path: str,
    *,
    where: type[Struct] = Nowhere,
    roles: Roles | None = None,
    largest: int = LARGEST_FORM,
) -> Callable[[Callable[[Visit[Any]], Shown]], View]:
    """Make a page of the function that shows it."""

    def declared(show: Showing) -> View:
        return View(method, path, show, where, roles, largest)

    return declared
