"""What a point's devices add to the figures, some at a time: counted as the service does."""

from collections.abc import Collection, Iterable

from msgspec import Struct, structs

from station.counting import CaseFacts, Count, communes, counted
from station.moves import History, as_it_happened
from station.ports import Store

AT_ONCE = 200  # devices: nobody's scan waits long behind them


class CountedSome(Struct, frozen=True):
    """The counts of some devices; `last` is the code to go on behind, "" where that was all."""

    counts: tuple[Count, ...]
    devices: int
    last: str


def count_next(after: str, store: Store, at_once: int = AT_ONCE) -> CountedSome:
    """Count the next devices behind this code; "" begins."""
    found = store.device_events(after=after, limit=at_once)
    histories = [as_it_happened(one.code, one.events) for one in found]
    facts = _facts(histories, store)
    commune = communes(store.reference)
    counts = [count for one in histories for count in counted(one, facts.get, commune)]
    last = found[-1].code if len(found) == at_once else ""
    return CountedSome(tuple(counts), len(found), last)


def count_all(store: Store) -> tuple[Count, ...]:
    """The counts of every device that the store knows."""
    counts: list[Count] = []
    after: str | None = None
    while after != "":
        some = count_next(after or "", store)
        counts += some.counts
        after = some.last
    return summed(counts)


def summed(counts: Iterable[Count]) -> tuple[Count, ...]:
    """The same figures in as few counts as can be."""
    sums: dict[Count, int] = {}
    for count in counts:
        cell = structs.replace(count, devices=0)
        sums[cell] = sums.get(cell, 0) + count.devices
    return tuple(structs.replace(cell, devices=sums[cell]) for cell in sums if sums[cell])


def _facts(histories: Collection[History], store: Store) -> dict[str, CaseFacts]:
    """What is known of the pupils who are named."""
    named = {move.case for one in histories for move in one.moves}
    known = store.cases_named({case for case in named if case})
    return {
        code: CaseFacts(case.level, case.school or "", case.unit or "")
        for code, case in known.items()
    }
