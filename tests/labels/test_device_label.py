from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.device_label import (
    BAR_QUIET,
    DOT,
    POINT,
    Box,
    LabelLayout,
    LabelTooSmall,
    Role,
    fit,
    lay_out,
)
from labels.fonts import LABEL_TEXT, text_width
from labels.stock import STOCKS, Stock
from station.codes import CodeKind, make
from tests.labels.examples import CODE, LONGEST_NAME, label_for

SMALL, USUAL = STOCKS["35x22"], STOCKS["50x30"]
PART = make(CodeKind.PART, 899, 999_999)


def shown(layout: LabelLayout) -> dict[Role, str]:
    return {line.role: line.text for line in layout.texts}


def assert_nothing_overlaps(layout: LabelLayout) -> None:
    symbols = [symbol for symbol in (layout.bars, layout.qr) if symbol]
    inked = [line.box for line in layout.texts] + [symbol.box for symbol in symbols]
    paper = Box(0, 0, layout.width, layout.height)
    for one, other in combinations(inked, 2):
        assert not one.overlaps(other), (one, other)
    for box in [*inked, *(symbol.clear for symbol in symbols)]:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= paper.right
        assert box.bottom <= paper.bottom
    for symbol in symbols:
        for box in inked:
            assert box == symbol.box or not box.overlaps(symbol.clear), (box, symbol.clear)


def test_a_label_says_the_code_in_groups_the_kind_the_name_and_the_programme() -> None:
    layout = lay_out(label_for(), USUAL)

    assert shown(layout) == {
        Role.CODE: "012 000345 7",
        Role.KIND: "Máy tính xách tay",
        Role.NAME: "Dell Latitude E6420",
        Role.PROGRAMME: "Máy tính cũ – Công dân số mới",
    }


@pytest.mark.parametrize("stock", STOCKS.values(), ids=lambda stock: stock.name)
@pytest.mark.parametrize("name", ["", "Dell", LONGEST_NAME, "W" * 10_000])
def test_nothing_overlaps_whatever_the_name_is(stock: Stock, name: str) -> None:
    assert_nothing_overlaps(lay_out(label_for(name=name), stock))


@given(
    kind=st.text(max_size=80),
    name=st.text(max_size=80),
    programme=st.text(max_size=80),
    code=st.sampled_from([CODE, PART]),
    address=st.integers(min_value=0, max_value=60),
)
def test_nothing_overlaps_whatever_is_written(
    kind: str, name: str, programme: str, code: str, address: int
) -> None:
    url = "https://a.example/" + "x" * address + "/" + code
    label = label_for(code, kind=kind, name=name, programme=programme, tracking_url=url)

    assert_nothing_overlaps(lay_out(label, USUAL))


@pytest.mark.parametrize("code", [CODE, PART])
def test_bars_are_whole_dots_wide_and_keep_their_quiet_zones(code: str) -> None:
    bars = lay_out(label_for(code), USUAL).bars

    assert bars.module == 2 * DOT
    assert bars.box.x % DOT == bars.box.y % DOT == bars.box.height % DOT == 0
    assert bars.clear.x == bars.box.x - BAR_QUIET
    assert bars.clear.right == bars.box.right + BAR_QUIET
    assert BAR_QUIET == 10 * bars.module


def test_ten_digits_take_ninety_modules() -> None:
    (modules,) = lay_out(label_for(), USUAL).bars.rows

    assert len(modules) == 90  # start, five pairs, check, stop: Code128-C from the first digit on


def test_the_qr_keeps_four_modules_of_quiet_zone() -> None:
    qr = lay_out(label_for(), USUAL).qr

    assert qr is not None
    assert qr.box.width == len(qr.rows) * qr.module
    assert qr.box.x - qr.clear.x == 4 * qr.module == qr.clear.bottom - qr.box.bottom


def test_a_longer_address_gets_smaller_modules() -> None:
    url = "https://maytinhcu.sokhoahoccongnghe.tayninh.example/tra-cuu/"
    qr = lay_out(label_for(tracking_url=url + CODE), USUAL).qr

    assert qr is not None
    assert qr.module == 3 * DOT


def test_the_qr_is_left_out_where_it_does_not_fit() -> None:
    url = "https://maytinhcu.example/" + "x" * 300 + "/" + CODE

    assert lay_out(label_for(tracking_url=url), USUAL).qr is None


def test_a_small_stock_leaves_out_the_name_and_the_qr_but_never_the_code() -> None:
    layout = lay_out(label_for(), SMALL)

    assert layout.qr is None
    assert Role.NAME not in shown(layout)
    assert shown(layout)[Role.CODE] == "012 000345 7"


def test_a_stock_without_room_for_the_code_is_refused() -> None:
    with pytest.raises(LabelTooSmall, match="35x22"):
        lay_out(label_for(PART), SMALL)
    with pytest.raises(LabelTooSmall, match="low"):
        lay_out(label_for(), Stock("low", 50, 10))


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = shown(lay_out(label_for(name=LONGEST_NAME), USUAL))[Role.NAME]
    start, end = name.split("…")

    assert LONGEST_NAME.startswith(start)
    assert LONGEST_NAME.endswith(end)
    assert min(len(start), len(end)) > 5


@given(
    text=st.text(alphabet="aiWMđế .-", min_size=1, max_size=200),
    width=st.floats(min_value=10, max_value=60),
)
def test_fitted_text_is_never_wider_than_its_room(text: str, width: float) -> None:
    lay_out(label_for(), USUAL)  # registers the fonts
    fitted, size = fit(text, LABEL_TEXT, 7.5, 6, width)

    assert text_width(fitted, LABEL_TEXT, size) * POINT <= width
    assert 6 <= size <= 7.5
    assert fitted == text or "…" in fitted
