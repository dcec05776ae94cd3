"""What follows from new events, in the transaction that keeps them.

They are judged; laptops are believed or not; disputes open, clear and end; whoever follows a
device gets its events, and the people rows they name; points hear of later answers and tasks.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from station import events as e
from sync.central.feeds import documents, feed, people
from sync.central.feeds.documents import Order
from sync.central.judging import rules, subjects
from sync.central.judging.states import Docket, Ruling, is_device
from sync.central.keeping import chains, disputes, following, ingest, verdicts
from sync.central.keeping.batch import Arrived
from sync.central.keeping.chains import Writer
from sync.central.keeping.following import Copy
from sync.wire import Answered

REVOKED = "revoked"  # why a delegation ended: the only reason for which its chain is not believed


class Judged(Struct, frozen=True):
    """A batch and what the rules say of it."""

    writer: Writer
    fresh: Sequence[Arrived]
    events: Sequence[e.Event]
    rulings: Sequence[Ruling]
    docket: Docket


def judged_and_kept(
    connection: Connection, writer: Writer, fresh: Sequence[Arrived]
) -> tuple[Answered, ...]:
    """Append these events to a chain that is locked; the answers, in their order."""
    read = [event.read() for event in fresh]
    _believe_laptops(connection, writer, read)
    judged = _judged(connection, writer, fresh, read)
    own = {event.hash for event in fresh}
    opened = tuple(_opened(judged))
    disputes.note(connection, opened)  # a chain that comes once more may settle them itself
    settled = _settled(connection, writer, read)
    cleared = disputes.end(
        connection, [told for told in judged.docket.cleared if told[1] not in own], disputes.CLEARED
    )
    closed = disputes.end(
        connection, [told for told in judged.docket.closed if told[1] not in own], disputes.ENDED
    )
    accepted = [row for row in cleared if row.outcome == e.DISPUTED]
    orders = [
        *disputes.tasks(opened),
        *settled,
        *disputes.taken_back(row for row in (*cleared, *closed) if row.settled is None),
    ]
    last = verdicts.take(connection, len(fresh) + len(accepted))
    answers = tuple(_answers(judged, last))
    feed.lock(connection, {*_followers(judged), *_stations(orders), *_stations(accepted)})
    ingest.keep(connection, tuple(_kept(judged, answers)))
    _send_copies(connection, judged, answers)
    feed.put(connection, disputes.accept(connection, accepted, last + len(fresh)))
    documents.put(connection, orders)
    people.note_named(connection, writer.chain.station, _refs(read))
    return answers


def _judged(
    connection: Connection, writer: Writer, fresh: Sequence[Arrived], read: Sequence[e.Event]
) -> Judged:
    """Judge one after another; what the batch itself clears was never disputed."""
    states = subjects.held(connection, subjects.codes_of(read))
    docket = Docket(states, late=writer.delegated)
    rulings: dict[bytes, Ruling] = {}
    for event in read:
        ruling = rules.judge(docket, event)
        rulings[event.hash] = ruling
        rules.fold(docket, event, ruling)
    for _, cleared in docket.cleared:
        if cleared in rulings:
            rulings[cleared] = rules.ACCEPTED
    subjects.write(connection, docket.changes())
    return Judged(writer, fresh, read, tuple(rulings.values()), docket)


def _believe_laptops(connection: Connection, writer: Writer, read: Iterable[e.Event]) -> None:
    """A point's own chain lends its right to a laptop, and takes it back."""
    if writer.delegated:
        return
    for event in read:
        match event.said:
            case e.LaptopDelegated(chain=chain, key=key) if chain.station == writer.chain.station:
                chains.insert_delegated(connection, chain, key)
            case e.DelegationEnded(chain=chain, reason="revoked", last_seq=last):
                if chain.station == writer.chain.station:
                    chains.revoke_delegated(connection, chain, REVOKED, last)


def _settled(connection: Connection, writer: Writer, read: Iterable[e.Event]) -> list[Order]:
    return [
        order
        for event in read
        if isinstance(event.said, e.DisputeSettled)
        for order in disputes.settle(
            connection,
            event.header.subject,
            event.said.target,
            event.said.decision,
            writer.chain.station,
        )
    ]


def _opened(judged: Judged) -> Iterator[disputes.Opened]:
    closed = {event for _, event in judged.docket.closed}
    for event, ruling in zip(judged.events, judged.rulings, strict=True):
        if ruling.outcome == e.ACCEPTED or event.hash in closed:
            continue
        header = event.header
        yield disputes.Opened(
            station=header.chain.station,
            event=event.hash,
            chain=header.chain.number,
            seq=header.seq,
            kind=header.kind,
            subject=header.subject,
            outcome=ruling.outcome,
            rule=ruling.rule or "",
            other=ruling.other,
            other_station=ruling.station,
        )


def _answers(judged: Judged, last: int) -> Iterator[Answered]:
    pairs = zip(judged.events, judged.rulings, strict=True)
    for number, (event, ruling) in enumerate(pairs, last + 1):
        yield Answered(
            event.header.seq, event.hash, ruling.outcome, number, ruling.rule, ruling.other
        )


def _kept(judged: Judged, answers: Sequence[Answered]) -> Iterator[ingest.Kept]:
    chain = judged.writer.chain
    for event, answered in zip(judged.fresh, answers, strict=True):
        yield ingest.Kept(
            chain.station,
            chain.number,
            event.header.subject,
            event.header_bytes,
            event.salt,
            event.data,
            answered,
        )


# ---- who follows a device ----


def _followers(judged: Judged) -> set[int]:
    """Every point that gets something of this batch."""
    devices = {ev.header.subject for ev in judged.events if is_device(ev.header.subject)}
    return {station for code in devices for station in judged.docket.device(code).followers}


def _send_copies(connection: Connection, judged: Judged, answers: Sequence[Answered]) -> None:
    """Past events go to who follows a device from now on, new ones to who did before."""
    joined = judged.docket.followed
    following.note(connection, joined)
    copies = (*_new_copies(judged, answers), *following.past(connection, joined))
    following.send(connection, copies)


def _new_copies(judged: Judged, answers: Sequence[Answered]) -> Iterator[Copy]:
    joined = set(judged.docket.followed)
    for event, answered in zip(judged.events, answers, strict=True):
        code, chain = event.header.subject, event.header.chain
        if not is_device(code):
            continue
        for station in judged.docket.device(code).followers:
            if station != chain.station and (code, station) not in joined:
                of = (chain.station, chain.number, event.header.seq)
                yield Copy(answered.number, station, of, following.refs_of(event))


def _refs(read: Iterable[e.Event]) -> tuple[e.Ref, ...]:
    return tuple(ref for event in read for ref in following.refs_of(event))


def _stations(of: Iterable[Any]) -> set[int]:
    return {one.station for one in of}
