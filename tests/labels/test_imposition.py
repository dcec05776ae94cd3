from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.imposition import LabelPage, NoSuchPlace, OffThePage, impose
from labels.printer import Alignment
from labels.stock import Stock
from labels.stocks import stock_named, stocks
from station.codes import CodeKind, make
from tests.labels.examples import label_for

ROLL, ROW, SHEET = (stock_named(name) for name in ("50x30", "35x22-3up-110", "a4-tomy-145"))
SLIGHTLY = 1e-6
LABELS = [label_for(make(CodeKind.DEVICE, 12, number)) for number in range(1, 200)]


def corners(page: LabelPage) -> list[tuple[float, float]]:
    return [(placed.x, placed.y) for placed in page.labels]


def test_a_roll_of_single_labels_has_a_page_for_each() -> None:
    pages = impose(LABELS[:3], ROLL)

    assert [page.codes for page in pages] == [(label.code,) for label in LABELS[:3]]
    assert [(page.width, page.height, page.free) for page in pages] == [(50, 30, 0)] * 3


def test_a_row_is_filled_from_the_left_and_says_how_many_labels_stay_blank() -> None:
    full, part = impose(LABELS[:4], ROW)

    assert corners(full) == [(0.5, 0), (37.5, 0), (74.5, 0)]
    assert corners(part) == [(0.5, 0)]
    assert (full.free, part.free) == (0, 2)


def test_copies_lie_beside_each_other() -> None:
    first, second = impose(LABELS[:2], ROW, copies=2)

    one, two = (label.code for label in LABELS[:2])
    assert [placed.label.code for placed in first.labels] == [one, one, two]
    assert first.codes == (one, two)
    assert second.codes == (two,)


def test_a_sheet_begins_at_its_first_free_label_and_only_the_first_does() -> None:
    first, second = impose(LABELS[:65], SHEET, start=64)

    assert len(first.labels) == 2
    assert corners(first)[0] == pytest.approx((4.75 + 3 * 40.6, 10.7 + 12 * 21.2))
    assert corners(second)[0] == pytest.approx((4.75, 10.7))
    assert (first.free, second.free) == (0, 2)


@pytest.mark.parametrize("start", [0, -1, 66])
def test_a_place_that_the_sheet_has_not_is_refused(start: int) -> None:
    with pytest.raises(NoSuchPlace):
        impose(LABELS[:1], SHEET, start=start)


def test_a_printers_correction_moves_every_label_and_stretches_the_pitch() -> None:
    (straight,) = impose(LABELS[:65], SHEET)
    (moved,) = impose(
        LABELS[:65], SHEET, alignment=Alignment(x=0.5, y=-1, pitch_x=0.1, pitch_y=0.2)
    )

    last = corners(straight)[-1]
    assert corners(moved)[0] == pytest.approx((5.25, 9.7))
    assert corners(moved)[-1] == pytest.approx((last[0] + 0.5 + 0.4, last[1] - 1 + 2.4))


@pytest.mark.parametrize("shift", [{"x": 1.1}, {"x": -1.1}, {"y": 1.1}, {"y": -1.1}])
def test_a_correction_that_would_cut_labels_off_is_refused(shift: dict[str, float]) -> None:
    with pytest.raises(OffThePage, match="50x30"):
        impose(LABELS[:1], ROLL, alignment=Alignment(**shift))


def test_no_labels_make_no_page() -> None:
    assert impose([], SHEET) == ()


@given(
    count=st.integers(min_value=0, max_value=len(LABELS)),
    copies=st.integers(min_value=1, max_value=3),
    start=st.integers(min_value=1, max_value=100),
    stock=st.sampled_from(stocks()),
)
def test_every_copy_has_one_place_of_its_own_in_the_order_asked_for(
    count: int, copies: int, start: int, stock: Stock
) -> None:
    start = min(start, stock.places)

    pages = impose(LABELS[:count], stock, start=start, copies=copies)

    printed = [placed.label for page in pages for placed in page.labels]
    assert printed == [label for label in LABELS[:count] for _ in range(copies)]
    for number, page in enumerate(pages):
        used_up = start - 1 if number == 0 else 0
        assert len(page.labels) + page.free == stock.places - used_up
        assert page.free == 0 or page is pages[-1]
        assert len(set(corners(page))) == len(page.labels)
        for one, other in pairwise(corners(page)):
            beside = other[0] - one[0] >= stock.width - SLIGHTLY
            assert beside or other[1] - one[1] >= stock.height - SLIGHTLY
