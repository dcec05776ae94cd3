"""What must hold once everybody said everything: read from the tables of both ends, by plain rules.

Nothing here asks the code that is on trial, but for reading bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from sqlalchemy import Engine, select

from station import documents, ledger
from station import events as e
from station.device import Device
from station.ledger import ChainId, Entry
from station.store import tables as t
from station.store.entries import Origin
from station.store.verifying import verify
from sync.central import tables as c
from tests.sync.points import Point

NUMBERED = dict[bytes, int]


class Kept(Struct, frozen=True):
    """One event as the service keeps it."""

    entry: Entry
    event: e.Event
    outcome: str
    number: int
    rule: str | None
    other: bytes


class Acknowledged:
    """What the service ever confirmed to a point, with its first answer's number."""

    def __init__(self, lost: "Acknowledged | None" = None) -> None:
        self.numbers: NUMBERED = {}
        self.by_a_lost_service: set[bytes] = set()
        if lost:
            self.by_a_lost_service = lost.numbers.keys() | lost.by_a_lost_service

    def read(self, point: Point) -> None:
        """An event that was answered before got the same answer again."""
        for hash_, number in first_answers(point).items():
            if hash_ in self.by_a_lost_service:
                continue
            assert self.numbers.setdefault(hash_, number) == number, "answered twice, differently"


def first_answers(point: Point) -> NUMBERED:
    """The number of the first answer on each own event."""
    found: NUMBERED = {}
    own = {entry.hash for entry in point.own()}
    for verdict in point.verdicts():
        if verdict.event in own:
            found.setdefault(verdict.event, verdict.number)
    return found


def kept_by(engine: Engine) -> list[Kept]:
    """Every event at the service, in the order in which it was answered."""
    with engine.connect() as connection:
        rows = connection.execute(select(c.event).order_by(c.event.c.number)).all()
    kept = []
    for row in rows:
        entry = ledger.from_header_bytes(row.header, row.salt, row.data)
        assert entry.hash == row.hash
        assert (row.station, row.chain, row.seq) == (*_chain(entry), entry.header.seq)
        event = e.read(entry)
        kept.append(Kept(entry, event, row.outcome, row.number, row.rule, row.other))
    return kept


def told_apart(kept: Iterable[Kept]) -> Counter[str]:
    """How many events, claims, arrivals, and answers by each rule."""
    found: Counter[str] = Counter()
    for one in kept:
        found["events"] += 1
        found[one.event.header.kind] += 1
        found[one.rule or one.outcome] += 1
    return found


def assert_once_and_in_order(kept: Iterable[Kept]) -> None:
    """Every chain is whole, every event there once, every number given once."""
    of_chain: defaultdict[ChainId, list[Entry]] = defaultdict(list)
    numbers: Counter[int] = Counter()
    for one in sorted(kept, key=lambda one: one.event.header.seq):
        of_chain[one.event.header.chain].append(one.entry)
        numbers[one.number] += 1
    assert max(numbers.values(), default=1) == 1, "a number was given twice"
    for entries in of_chain.values():
        prev = ledger.NO_HASH
        for seq, entry in enumerate(entries, 1):
            assert (entry.header.seq, entry.prev) == (seq, prev)
            prev = entry.hash


def assert_all_arrived(
    points: Iterable[Point], kept: Iterable[Kept], acknowledged: Acknowledged, restored: set[int]
) -> None:
    """What a point recorded or was told to be safe is at the service, byte for byte."""
    there = {one.entry.hash: one for one in kept}
    assert acknowledged.by_a_lost_service <= there.keys(), "an acknowledged event was lost"
    for hash_, number in acknowledged.numbers.items():
        assert there[hash_].number == number, "an acknowledged event was lost"
    for point in points:
        answered = first_answers(point)
        for entry in point.own():
            if entry.hash not in answered:
                # an old copy that was worked on: its place in the chain was taken
                assert point.station in restored, "an event has no answer"
                continue
            found = there[entry.hash].entry
            assert (found.header_bytes, found.prev) == (entry.header_bytes, entry.prev)


def assert_outcomes(kept: Iterable[Kept]) -> None:
    """Facts are never refused; only claims can be void; whatever is not accepted says why."""
    for one in kept:
        allowed = {e.ACCEPTED, e.VOID if isinstance(one.event.said, e.CLAIMS) else e.DISPUTED}
        assert one.outcome in allowed, one
        assert (one.rule is not None) == (one.outcome != e.ACCEPTED), one


def assert_one_winner(kept: Iterable[Kept]) -> None:
    """In the order of answers no case and no device has two live claims of two chains."""
    there = list(kept)
    known = {one.entry.hash for one in there}
    holder: dict[str, tuple[str, ChainId]] = {}  # case → device and chain
    for one in there:
        device, chain = one.event.header.subject, one.event.header.chain
        if one.other:
            assert one.other in known
        match one.event.said:
            case e.Reserved(case=case) if one.outcome == e.ACCEPTED:
                held = holder.get(case)
                assert held is None or chain == held[1] or device == held[0], "two winners"
                others = [c for c, (d, by) in holder.items() if (d, by) != (device, chain)]
                assert all(holder[c][0] != device or c == case for c in others), "kept twice"
                holder[case] = (device, chain)
            case e.ReservationReleased(case=case) | e.HandedOver(case=case) if case:
                if holder.get(case, ("", chain))[0] == device:
                    holder.pop(case, None)
            case e.ReturnedToStock():
                for case in [case for case, (kept_, _) in holder.items() if kept_ == device]:
                    del holder[case]


def open_disputes(engine: Engine) -> dict[bytes, set[int]]:
    """What nobody settled yet, and the points that must see it.

    Who sent a device is not asked for a departure that did not come yet: nothing is wrong so far.
    """
    wanted = select(c.dispute).where(c.dispute.c.settled.is_(None))
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    return {
        row.event: {row.station}
        if row.rule == "departure_missing"
        else {row.station, row.other_station or row.station}
        for row in rows
    }


def assert_disputes_are_tasks(engine: Engine, points: Mapping[int, Point]) -> None:
    """Whoever must settle something sees it.

    Else there are only things to be noted: decisions, and own claims that were void and that the
    point gave up before it knew.
    """
    expected: dict[int, set[bytes]] = {station: set() for station in points}
    for event, stations in open_disputes(engine).items():
        for station in expected.keys() & stations:
            expected[station].add(event)
    for station, point in points.items():
        tasks = {task.event: task for task in point.store.tasks()}
        assert expected[station] <= tasks.keys(), (station, "a dispute that nobody sees")
        beyond = [task for event, task in tasks.items() if event not in expected[station]]
        to_note = [
            task for task in beyond if task.decision or (task.own and task.outcome == e.VOID)
        ]
        assert beyond == to_note, (station, "a task that is settled", beyond)


def states(point: Point) -> dict[str, tuple[Device, frozenset[bytes]]]:
    """Each known device, and which events about it this point has."""
    entries: defaultdict[str, set[bytes]] = defaultdict(set)
    for entry in point.log(Origin.OWN, Origin.FOREIGN):
        entries[entry.header.subject].add(entry.hash)
    found = {}
    for code, hashes in entries.items():
        if code.isdigit() and (device := point.store.device(code)) is not None:
            found[code] = (device, frozenset(hashes))
    return found


def assert_followers_agree(
    engine: Engine, points: Mapping[int, Point], kept: Iterable[Kept], restored: set[int]
) -> int:
    """Whoever follows a device has all events about it, and all of them see it alike."""
    of: defaultdict[str, set[bytes]] = defaultdict(set)
    contested = set()
    for one in kept:
        of[one.event.header.subject].add(one.entry.hash)
        if one.outcome != e.ACCEPTED:
            contested.add(one.event.header.subject)
    with engine.connect() as connection:
        followers = connection.execute(select(c.follower)).all()
    seen = {station: states(point) for station, point in points.items()}
    alike: dict[str, Device] = {}
    for code, station in followers:
        if station in points and station not in restored and of[code]:
            device, hashes = seen[station].get(code, (None, frozenset()))
            assert hashes == of[code], (code, station, "not the same events")
            if device is not None and code not in contested:
                assert alike.setdefault(code, device) == device, (code, station)
    return len(alike)


def assert_people_where_needed(
    engine: Engine, points: Mapping[int, Point], kept: Iterable[Kept]
) -> None:
    """A row is where it was written and where an event or document names it, and nowhere else."""
    said = [one.event.said for one in kept]
    purged = {one.person.id for one in said if isinstance(one, e.PersonPurged)}
    with engine.connect() as connection:
        at_service = {row.id: row for row in connection.execute(select(c.person))}
    for point in points.values():
        named = _named(point)
        with point.store.engine.connect() as connection:
            rows = connection.execute(select(t.people)).all()
        for row in rows:
            assert row.station in {None, point.station} or row.id in named, "a row too many"
            assert (row.sealed is None) == (row.id in purged), (row.id.hex(), point.station)
        missing = (named & at_service.keys()) - {row.id for row in rows} - purged
        assert not missing, (point.station, [id_.hex() for id_ in missing])
    for id_ in purged & at_service.keys():
        assert at_service[id_].sealed is None, "the service kept a purged row"


def _named(point: Point) -> set[bytes]:
    events = map(e.read, point.log(Origin.OWN, Origin.FOREIGN))
    refs = [ref for event in events if event.said for ref in e.refs(event.said)]
    for kind in (documents.CASE, documents.OFFER):
        for document in point.store.documents(kind):
            said = documents.read(document)
            values = (getattr(said, field) for field in said.__struct_fields__) if said else ()
            refs += [value for value in values if isinstance(value, e.Ref)]
    return {ref.id for ref in refs}


def assert_stores_are_sound(points: Iterable[Point]) -> None:
    """Every byte is right, and a rebuild gives the same tables."""
    for point in points:
        findings = verify(point.store.engine)
        assert findings.sound, (point.station, findings)


def _chain(entry: Entry) -> tuple[int, int]:
    chain = entry.header.chain
    return chain.station, chain.number
