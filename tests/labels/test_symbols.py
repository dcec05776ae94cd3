import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from labels.symbols import code128_modules, qr_rows
from station.codes import CodeKind, make
from tests.labels.examples import CODE


@pytest.mark.parametrize(
    ("code", "symbols"),
    [
        (CODE, 1 + 5 + 1),  # start, five pairs, check
        (make(CodeKind.PART, 12, 7), 1 + 1 + 1 + 5 + 1),  # the letter, and the change to pairs
        (make(CodeKind.PAPER, 12, 7), 1 + 2 + 1 + 5 + 1),
    ],
)
def test_digits_go_in_pairs_also_behind_a_prefix(code: str, symbols: int) -> None:
    assert len(code128_modules(code)) == symbols * 11 + 13


ADDRESSES = st.text(
    alphabet=st.characters(min_codepoint=ord("!"), max_codepoint=ord("~")), min_size=1, max_size=60
)


@given(content=ADDRESSES | st.just(f"https://maytinhcu.example/t/{CODE}"))
def test_a_qr_is_no_larger_than_another_makers_and_survives_more_where_that_costs_nothing(
    content: str,
) -> None:
    other = segno.make_qr(content, error="l", boost_error=False)

    rows = qr_rows(content)

    assert len(rows) <= len(other.matrix)
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}


def test_the_level_is_as_high_as_the_version_allows() -> None:
    written = {level: _level_of(qr_rows("0" * digits)) for level, digits in LEVELS.items()}

    assert written == {level: level for level in LEVELS}


LEVELS = {"H": 17, "Q": 27, "M": 34, "L": 41}  # what version 1 holds of digits


def _level_of(rows: tuple[str, ...]) -> str:
    """The two bits right of the upper left corner's bottom, under the standard's mask."""
    bits = int("".join(rows[8][:2]), 2) ^ 0b10
    return {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}[bits]


@pytest.mark.parametrize("content", ["", "x" * 3000])
def test_what_no_qr_holds_has_none(content: str) -> None:
    assert qr_rows(content) == ()
