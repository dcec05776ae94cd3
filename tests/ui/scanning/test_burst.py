import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.burst import MAX_GAP_MS, MIN_LENGTH, STALL_MS, SURE_MS, Burst

gaps = st.lists(st.integers(min_value=0, max_value=MAX_GAP_MS - 1), min_size=MIN_LENGTH)


@given(gaps)
def test_keys_without_a_pause_are_a_scan(gaps: list[int]) -> None:
    burst, at = Burst(), 1
    for gap in gaps:
        at += gap
        burst.add("0", at)

    assert burst.is_scan(at)
    assert burst.text == "0" * len(gaps)


@given(gaps, st.integers(min_value=STALL_MS))
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


@pytest.mark.parametrize(
    ("gap", "keys", "goes_on"),
    [(SURE_MS - 1, MIN_LENGTH, True), (SURE_MS - 1, MIN_LENGTH - 1, False), (34, 12, False)],
)
def test_a_scanner_may_stall_once_it_is_known_to_be_one(gap: int, keys: int, goes_on: bool) -> None:
    burst, at = Burst(), 1
    for _key in range(keys):
        at += gap
        burst.add("0", at)

    assert burst.goes_on(at + STALL_MS - 1) is goes_on


def test_what_an_input_method_takes_back_is_gone_and_told() -> None:
    burst = Burst()
    burst.add("a12", 100)
    burst.erase(105)
    burst.add("345", 106)

    assert burst.text == "a1345"
    assert burst.is_rewritten_code
    burst.add("0", 900)
    assert not burst.is_rewritten
