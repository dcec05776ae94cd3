"""Whoever keeps every state ever shown, and knows the rules but not the key, pins no small cell."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.central.numbers.holding_back import K, drawn, moved

Vector = tuple[int, ...]


class Adversary:
    """Reasons over whole numbers: which histories agree with everything that was shown.

    Knows the sum of all cells at each time, that nothing is taken back, and that nothing belongs to
    no cell: more than anybody knows. That a cell did not move says nothing, as this is drawn.
    """

    def __init__(self, cells: int) -> None:
        start = (0,) * cells
        self._possible: list[set[Vector]] = [{start}]
        self._shown: list[Vector] = [start]

    def sees(self, total: int, shown: Vector) -> None:
        """One more state, and how many there are in all."""
        before = self._shown[-1]
        self._possible.append(
            {
                later
                for values in self._possible[-1]
                for later in _grown(values, total - sum(values))
                if _agrees(before, later, shown)
            }
        )
        self._shown.append(shown)

    def knows(self) -> list[list[set[int]]]:
        """For each time, from the last one, and each cell the values it may have had."""
        possible = [self._possible[-1]]
        for earlier in reversed(self._possible[:-1]):
            later = possible[-1]
            possible.append({one for one in earlier if any(_after(one, two) for two in later)})
        cells = range(len(self._shown[0]))
        return [[{values[c] for values in states} for c in cells] for states in possible]


def _after(values: Vector, later: Vector) -> bool:
    return all(new >= old for old, new in zip(values, later, strict=True))


def _grown(values: Vector, more: int) -> Iterator[Vector]:
    if len(values) == 1:
        yield (values[0] + more,)
        return
    for here in range(more + 1):
        for rest in _grown(values[1:], more - here):
            yield (values[0] + here, *rest)


def _agrees(before: Vector, values: Vector, shown: Vector) -> bool:
    """Whether these values may have led from one shown state to the next."""
    if shown != before and sum(values) - sum(shown) < K:
        return False
    return all(
        new == old or (new == value and value - old >= K)
        for old, value, new in zip(before, values, shown, strict=True)
    )


def _history(steps: Sequence[Sequence[int]], cells: int) -> list[Vector]:
    values, told = [0] * cells, []
    for step in steps:
        for cell in step:
            values[cell % cells] += 1
        told.append(tuple(values))
    return told


def _shown(history: Sequence[Vector], key: bytes) -> list[Vector]:
    now: Mapping[str, int] = {}
    told = []
    for day, values in enumerate(history):
        now = moved(now, {f"c{n}": value for n, value in enumerate(values)}, 0, drawn(key, day))
        told.append(tuple(now[f"c{n}"] for n in range(len(values))))
    return told


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=3), min_size=1, max_size=12),
    cells=st.integers(2, 3),
    key=st.binary(min_size=1, max_size=4),
)
def test_no_cell_is_ever_known_to_be_one_to_four(
    steps: list[list[int]], cells: int, key: bytes
) -> None:
    history = _history(steps, cells)
    adversary = Adversary(cells)
    for values, shown in zip(history, _shown(history, key), strict=True):
        adversary.sees(sum(values), shown)

    for time, cells_known in enumerate(reversed(adversary.knows())):
        for cell, known in enumerate(cells_known):
            true = history[time - 1][cell] if time else 0
            assert true in known, "the adversary reasons wrongly"
            assert known.isdisjoint(range(1, K)) or len(known) > 1, (time, cell, known)


@given(
    true=st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30)), min_size=1),
    hidden=st.integers(0, 9),
    key=st.binary(min_size=1, max_size=4),
)
def test_what_is_shown_moves_by_five_at_least_and_never_down_to_one_to_four(
    true: list[dict[str, int]], hidden: int, key: bytes
) -> None:
    now: dict[str, int] = {}
    told = [now]
    for day, values in enumerate(true):
        now = moved(now, values, hidden, drawn(key, day))
        told.append(now)
        assert set(now.values()).isdisjoint(range(1, K))

    for old, new in pairwise(told):
        steps = {abs(new[cell] - old.get(cell, 0)) for cell in new}
        assert steps.isdisjoint(range(1, K))


def test_a_cell_waits_until_others_wait_with_it() -> None:
    days = range(64)
    alone = [moved({}, {"a": 40}, 0, drawn(b"k", day)) for day in days]
    beside = [moved({}, {"a": 40, "b": 5}, 0, drawn(b"k", day)) for day in days]

    assert {told["a"] for told in alone} == {0}
    assert {told["a"] for told in beside} == {0, 40}
    assert {told["a"] for told in beside if told["b"]} == {0}
