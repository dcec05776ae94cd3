"""In which order things happened, when they did not arrive in that order.

The log holds items in the order they came here; another point's events may come long after what
followed from them. Nothing is reordered by a clock: an event comes after the one before it in its
chain, after the one its writer had seen, and an arrival after its departure; a verdict comes after
its event. What nothing ties together stays as it came here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from station import events
from station.documents import Document
from station.ledger import ChainId

POINT = "point-"  # what the ids of points begin with

Item = events.Event | events.Verdict | Document
"""What is folded: own and foreign events, verdicts, and documents about a case."""

Way = tuple[str, str, str]  # device, from, to
Causes = Mapping[int, Sequence[int]]  # by index


def point_id(station: int) -> str:
    """The id of a point as a place."""
    return f"{POINT}{station:03d}"


def in_causal_order(items: Sequence[Item]) -> list[Item]:
    """The items, each after what it follows from; else as they came.

    What is added at the end stays there unless something that is here already follows from it.
    """
    return [items[index] for index in causal_order(items)]


def causal_order(items: Sequence[Item]) -> list[int]:
    """The places of the items in the order they happened."""
    causes = _causes(items)
    if all(cause < index for index, found in causes.items() for cause in found):
        return list(range(len(items)))  # they came as they happened: nearly always
    return list(_causes_first(len(items), causes))


def _causes_first(count: int, causes: Causes) -> Iterator[int]:
    """Each after its causes, which come right before it; a circle is cut where it was entered."""
    entered: set[int] = set()
    for first in range(count):
        if first in entered:
            continue
        entered.add(first)
        way = [(first, iter(sorted(causes.get(first, ()))))]
        while way:
            index, left = way[-1]
            cause = next((one for one in left if one not in entered), None)
            if cause is None:
                way.pop()
                yield index
            else:
                entered.add(cause)
                way.append((cause, iter(sorted(causes.get(cause, ())))))


def _causes(items: Sequence[Item]) -> Causes:
    at = {item.hash: i for i, item in enumerate(items) if isinstance(item, events.Event)}
    causes: defaultdict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        known = None
        if isinstance(item, events.Event):
            known = at.get(item.header.seen)
        elif isinstance(item, events.Verdict):
            known = at.get(item.event)
        if known is not None and known != index:
            causes[index].append(known)
    chains = _by_chain(items)
    for chain in chains.values():
        for before, after in pairwise(chain):
            causes[after].append(before)
    in_order = tuple(_causes_first(len(items), causes))  # without journeys between points
    for arrival, departure in _departures(items, in_order, chains):
        causes[arrival].append(departure)
    return causes


def _by_chain(items: Sequence[Item]) -> Mapping[ChainId, list[int]]:
    """The places of each chain's events, in the order of the chain."""
    chains: defaultdict[ChainId, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        if isinstance(item, events.Event):
            chains[item.header.chain].append(index)
    for chain in chains.values():
        chain.sort(key=lambda index: _seq(items[index]))
    return chains


def _seq(item: Item) -> int:
    return item.header.seq if isinstance(item, events.Event) else 0


def _departures(
    items: Sequence[Item], in_order: Sequence[int], chains: Mapping[ChainId, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Each arrival with its departure: the k-th from A to B is that of the k-th from A at B.

    Of an arrival whose departure did not come yet, what the other point did before counts.
    """
    gone: defaultdict[Way, list[int]] = defaultdict(list)
    come: defaultdict[Way, list[int]] = defaultdict(list)
    for index in in_order:
        item = items[index]
        if not isinstance(item, events.Event):
            continue
        here = point_id(item.header.chain.station)
        if isinstance(item.said, events.SentTo):
            gone[item.header.subject, here, item.said.place].append(index)
        elif isinstance(item.said, events.ArrivedFrom):
            come[item.header.subject, item.said.place, here].append(index)
    left = {(way[0], way[1]) for way in gone}
    for way, arrivals in come.items():
        yield from zip(arrivals, gone.get(way, ()), strict=False)
        if way not in gone and (way[0], way[2]) not in left:
            yield from ((arrivals[0], last) for last in _last_of(chains, way[1]))


def _last_of(chains: Mapping[ChainId, Sequence[int]], place: str) -> Iterable[int]:
    """The last event of each chain of a point."""
    return (chain[-1] for id_, chain in chains.items() if point_id(id_.station) == place)
