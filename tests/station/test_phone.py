"""Telephone numbers: one form for those that can be called, a named refusal for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.phone import phone_number
from station.text import NotAPhone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "0912 345 678"),
        (" +84 912-345-678 ", "0912 345 678"),
        ("0276.3.822.222", "0276 3822 222"),
        ("(0276) 3822222", "0276 3822 222"),
        ("+49 151 23456789", "+49 1512 3456789"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert phone_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "123",
        "0912345",
        "3822222",  # no area code
        "0162 345 6789",  # of a plan that ended in 2018
        "Lan 0912345678",
        "0912345678 chị Lan",
        "0912345678 / 0276 3822222",
        "x" * 5_000,
        "+",
    ],
)
def test_what_cannot_be_called_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        phone_number(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    try:
        kept = phone_number(typed)
    except NotAPhone:
        return
    assert phone_number(kept) == kept
