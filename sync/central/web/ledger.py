"""The ledger: batches come in, copies of chains and the next items of feeds go out."""

from collections import Counter
from typing import Annotated

from msgspec import Meta, Struct

from station.ledger import ChainId
from sync import wire
from sync.central.feeds import feed
from sync.central.keeping import keeper
from sync.central.problems import refused
from sync.central.web.asking import Asked, Nowhere, asks
from sync.wire import ChainNumber, Scope, StationNumber

PUSH_REFUSALS = (
    "unreadable_entry", "misplaced_event", "changed_event", "gap", "fork", "not_enrolled",
    "bad_signature", "revoked",
)  # fmt: skip


class OfChain(Struct, frozen=True):
    """Which chain."""

    station: StationNumber
    number: ChainNumber

    @property
    def chain(self) -> ChainId:
        """Its name."""
        return ChainId(self.station, self.number)


class BehindSeq(OfChain, frozen=True):
    """Which chain, and from where."""

    after: wire.Place = 0


class BehindCursor(Struct, frozen=True):
    """How far both feeds were read, and how many items of each are wanted."""

    own: wire.Place = 0
    common: wire.Place = 0
    limit: Annotated[int, Meta(ge=1, le=wire.MAX_EVENTS)] = 200


@asks(
    "POST",
    "/push",
    reads=wire.PushRequest,
    answers=wire.PushAnswer,
    scopes=(Scope.PUSH,),
    refusals=PUSH_REFUSALS,
)
def push(asked: Asked[wire.PushRequest, Nowhere]) -> wire.PushAnswer:
    """Keep a batch of events and answer with a verdict on each."""
    request = asked.message
    asked.caller.require_station(request.station)
    asked.noted.said["pushed_chain"] = request.number
    answer = keeper.keep(asked.engine, request, asked.caller.number)
    outcomes = Counter(answered.outcome for answered in answer.verdicts)
    asked.noted.said |= {"first_seq": request.first_seq, **outcomes}
    for outcome, count in outcomes.items():
        asked.central.metrics.events.labels(outcome).inc(count)
    return wire.brief(answer)


@asks(
    "GET",
    "/chains/{station}/{number}",
    where=OfChain,
    answers=wire.ChainHead,
    scopes=(Scope.PUSH,),
    refusals=("unknown_chain",),
)
def chain_head(asked: Asked[None, OfChain]) -> wire.ChainHead:
    """Say how far the service's copy of a chain goes."""
    asked.caller.require_station(asked.where.station)
    head = keeper.head_of(asked.engine, asked.where.chain)
    if head is None:
        raise refused("unknown_chain")
    return head


@asks(
    "GET",
    "/chains/{station}/{number}/events",
    where=BehindSeq,
    answers=wire.Held,
    scopes=(Scope.PULL,),
)
def chain_events(asked: Asked[None, BehindSeq]) -> wire.Held:
    """Hand out the service's copy of a chain, a page at a time."""
    asked.caller.require_station(asked.where.station)
    return wire.Held(keeper.entries_of(asked.engine, asked.where.chain, asked.where.after))


@asks("GET", "/pull", where=BehindCursor, answers=wire.PullPage, scopes=(Scope.PULL,))
def pull(asked: Asked[None, BehindCursor]) -> wire.PullPage:
    """Hand out what is new in the point's own feed and in the one for every point."""
    cursor = feed.Cursor(asked.where.own, asked.where.common)
    page = feed.page(asked.engine, asked.caller.station, cursor, asked.where.limit)
    for kind, count in Counter(item.kind for item in (*page.items, *page.shared)).items():
        asked.noted.said[f"{kind}s"] = count
        asked.central.metrics.pulled.labels(kind).inc(count)
    return page


QUESTIONS = (push, chain_head, chain_events, pull)
