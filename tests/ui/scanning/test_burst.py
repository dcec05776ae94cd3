from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.burst import MAX_GAP_MS, MIN_LENGTH, Burst

gaps = st.lists(st.integers(min_value=0, max_value=MAX_GAP_MS - 1), min_size=MIN_LENGTH)


@given(gaps)
def test_keys_without_a_pause_are_a_scan(gaps: list[int]) -> None:
    burst, at = Burst(), 1
    for gap in gaps:
        at += gap
        burst.add("0", at)

    assert burst.is_scan(at)
    assert burst.text == "0" * len(gaps)


@given(gaps, st.integers(min_value=MAX_GAP_MS))
def test_a_pause_begins_a_new_run(gaps: list[int], pause: int) -> None:
    burst, at = Burst(), 1
    for gap in gaps:
        at += gap
        burst.add("0", at)

    assert burst.add("1", at + pause)
    assert burst.text == "1"
    assert not burst.is_scan(at + pause)


def test_keys_without_a_time_are_no_scan() -> None:
    burst = Burst()
    for _ in range(20):
        burst.add("0", 0)

    assert not burst.is_scan(0)


def test_a_clock_that_runs_backwards_begins_a_new_run() -> None:
    burst = Burst()
    burst.add("12345", 1_000)

    assert burst.add("6", 999)
