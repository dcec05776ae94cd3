"""Batches grow on a good line, shrink on a bad one, and never leave their bounds."""

from hypothesis import given
from hypothesis import strategies as st

from sync.pace import QUICK_S, SLOW_S, Pace

STEPS = st.lists(
    st.tuples(st.sampled_from(["went", "failed", "too_much"]), st.floats(0, 60), st.floats(0, 1))
)


def test_quick_answers_let_batches_grow_to_the_most() -> None:
    pace = Pace(250, 1_000)

    sizes = []
    for _ in range(4):
        sizes.append(pace.size)
        pace.went(pace.size, QUICK_S / 2)

    assert sizes == [250, 500, 1_000, 1_000]


def test_a_small_rest_says_nothing_of_the_line() -> None:
    pace = Pace(250, 1_000)

    pace.went(3, 0.01)

    assert pace.size == 250


def test_slow_answers_and_failures_halve_a_batch() -> None:
    pace = Pace(200, 1_000)

    pace.went(200, SLOW_S + 1)
    pace.failed(pace.size)

    assert pace.size == 50


def test_what_was_too_much_is_not_tried_again() -> None:
    pace = Pace(400, 1_000)

    pace.too_much(400)
    for _ in range(5):
        pace.went(pace.size, 0.1)

    assert pace.size == 200


@given(steps=STEPS, begin=st.integers(1, 2_000), most=st.integers(1, 1_000))
def test_a_batch_is_never_empty_and_never_too_large(
    steps: list[tuple[str, float, float]], begin: int, most: int
) -> None:
    pace = Pace(begin, most)
    for step, took_s, part in steps:
        size = max(1, round(pace.size * part))
        if step == "went":
            pace.went(size, took_s)
        else:
            getattr(pace, step)(size)
        assert 1 <= pace.size <= most
