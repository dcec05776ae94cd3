"""What the Department's programs ask: documents, disputes and what is decided about them."""

from typing import Annotated

from msgspec import Meta, Struct

from sync import wire
from sync.central.feeds import documents
from sync.central.keeping import disputes
from sync.central.problems import refused
from sync.central.web.asking import Asked, Nowhere, asks
from sync.wire import Scope

AnyStation = Annotated[int, Meta(ge=0, le=899)]
HexHash = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]


class BehindDispute(Struct, frozen=True):
    """Whose disputes (0: all points'), and behind which one of the page before."""

    station: AnyStation = 0
    after_station: AnyStation = 0
    after_event: HexHash = ""


@asks(
    "POST",
    "/documents",
    reads=wire.DocumentRequest,
    answers=wire.DocumentAnswer,
    scopes=(Scope.DOCUMENTS,),
    refusals=("bad_document",),
    largest=2 * 2**20,
)
def publish(asked: Asked[wire.DocumentRequest, Nowhere]) -> wire.DocumentAnswer:
    """Publish a document to a point or to all, or take it back."""
    return wire.DocumentAnswer(documents.publish(asked.engine, asked.message))


@asks(
    "GET",
    "/disputes",
    where=BehindDispute,
    answers=wire.OpenDisputes,
    scopes=(Scope.SETTLE, Scope.PULL),
)
def open_disputes(asked: Asked[None, BehindDispute]) -> wire.OpenDisputes:
    """List what nobody settled yet: a point sees its own, a program everybody's."""
    caller, where = asked.caller, asked.where
    station = where.station or None
    if not caller.is_program:
        if station not in {None, caller.station}:
            raise refused("wrong_scope")
        station = caller.station
    after = (where.after_station, bytes.fromhex(where.after_event))
    return disputes.listed(asked.engine, station, after)


@asks(
    "POST",
    "/decisions",
    reads=wire.Decision,
    answers=None,
    scopes=(Scope.SETTLE,),
    refusals=("unknown_event", "bad_decision"),
    largest=4_096,
)
def decide(asked: Asked[wire.Decision, Nowhere]) -> None:
    """Decide what is to be done about a disputed or void event."""
    disputes.decide(asked.engine, asked.message)


QUESTIONS = (publish, open_disputes, decide)
