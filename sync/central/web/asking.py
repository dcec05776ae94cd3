"""What can be asked of the service: each question with what it reads, answers and may refuse.

A module of questions is plain functions from an `Asked` to a message. What they declare here is all
that routing, reading, scopes and the OpenAPI document know of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct
from sqlalchemy import Engine

from sync import wire
from sync.central.access.callers import Caller
from sync.central.access.secrets import Secrets
from sync.central.feeds.words import Words
from sync.central.limits import Limits
from sync.central.observing.metrics import Metrics
from sync.central.observing.noting import Noted
from sync.central.problems import refused
from sync.wire import Scope

Message = TypeVar("Message")
Where = TypeVar("Where")
Answer = Struct | bytes | None

MSGPACK, JSON, BYTES, TEXT = (
    wire.CONTENT_TYPE,
    "application/json",
    "application/octet-stream",
    "text/plain; version=0.0.4; charset=utf-8",
)


@dataclass(frozen=True)
class Header:
    """A header that belongs to a question: one visible word of plain characters."""

    name: str
    meaning: str

    PATTERN = r"^[!-~]{1,128}$"


@dataclass(frozen=True)
class Central:
    """What every question may use."""

    engine: Engine
    own: Secrets
    limits: Limits
    metrics: Metrics
    words: Words


@dataclass(frozen=True)
class Asked(Generic[Message, Where]):
    """One question as a function answers it: read, checked, and from whom."""

    central: Central
    message: Message  # of the body; None where it has none
    where: Where  # places of the address, and what stands behind its `?`
    now_s: int  # by the service's clock, the only one that counts
    noted: Noted  # what the log says of it
    by: Caller | None
    headers: Mapping[str, str] = field(default_factory=dict)  # those that belong to it

    def header(self, header: Header) -> str:
        """What a header says; nothing where it is missing. Raises Refused."""
        said = self.headers.get(header.name, "")
        if said and not re.fullmatch(Header.PATTERN, said):
            raise refused("unreadable_request")
        return said

    @property
    def engine(self) -> Engine:
        """The service's database."""
        return self.central.engine

    @property
    def own(self) -> Secrets:
        """The service's own secrets."""
        return self.central.own

    @property
    def caller(self) -> Caller:
        """Who asks; a question without scopes has nobody."""
        if self.by is None:
            raise refused("no_token")
        return self.by


class Nowhere(Struct, frozen=True):
    """An address without places."""


@dataclass(frozen=True)
class Question:
    """Everything the service knows of one question."""

    method: str
    path: str  # below the version; places in braces
    answer: Callable[[Asked[Any, Any]], Answer]
    answers: type | None  # a message, bytes, or nothing
    reads: type | None  # a message, bytes, or no body
    where: type[Struct]
    scopes: tuple[Scope, ...]  # one of them; none: anybody may ask
    refusals: tuple[str, ...]  # beside those that every question may meet
    largest: int  # bytes of its body
    as_text: str | None  # an answer of this kind of text, whatever is accepted
    headers: tuple[Header, ...] = ()

    @property
    def name(self) -> str:
        """By which it is found in code and in the OpenAPI document."""
        return self.answer.__name__

    @property
    def address(self) -> str:
        """Its whole path."""
        return self.path[1:] if self.path.startswith("//") else f"/{wire.VERSION}{self.path}"

    @property
    def is_personal(self) -> bool:
        """Whether a chain that was revoked meanwhile may not even read."""
        return bool(self.scopes) and self.scopes != (Scope.PUSH,)


Answering = Callable[[Asked[Any, Any]], Answer]


def asks(
    method: str,
    path: str,
    *,
    answers: type | None,
    reads: type | None = None,
    where: type[Struct] = Nowhere,
    scopes: tuple[Scope, ...] = (),
    refusals: tuple[str, ...] = (),
    largest: int = wire.MAX_BODY,
    as_text: str | None = None,
    headers: tuple[Header, ...] = (),
) -> Callable[[Callable[[Asked[Any, Any]], Any]], Question]:
    """Make a question of the function that answers it."""

    def declared(answer: Answering) -> Question:
        return Question(
            method, path, answer, answers, reads, where, scopes, refusals, largest, as_text,
            headers,
        )  # fmt: skip

    return declared
