from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from labels.label_layout import LabelTooSmall, lay_out
from labels.layout import Box, LabelLayout, Role
from labels.resolution import DPI_203, DPI_300, Resolution
from labels.stock import Stock
from labels.stocks import stock_named, stocks
from station.codes import LAST_NUMBER, LAST_POINT, CodeKind, grouped, make
from station.printed import Label
from tests.labels.examples import CODE, LONGEST_NAME, charger_label, label_for

SMALL, USUAL = stock_named("35x22"), stock_named("50x30")
PART = make(CodeKind.PART, 899, 999_999)
CHARGER = charger_label(PART, CODE)
CODED = [CodeKind.DEVICE, CodeKind.PART, CodeKind.LOT]
WORDS = {Role.KIND, Role.NAME, Role.PROGRAMME}
SLIGHTLY = 1e-6


def shown(layout: LabelLayout) -> dict[Role, str]:
    return {line.role: line.text for line in layout.texts}


def overlap(one: Box, other: Box) -> bool:
    """Whether the two share more than an edge."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > SLIGHTLY and down > SLIGHTLY


def assert_nothing_overlaps(layout: LabelLayout) -> None:
    symbols = [symbol for symbol in (layout.bars, layout.qr) if symbol]
    inked = [line.box for line in layout.texts] + [symbol.box for symbol in symbols]
    paper = Box(0, 0, layout.width, layout.height)
    for one, other in combinations(inked, 2):
        assert not overlap(one, other), (one, other)
    for box in [*inked, *(symbol.clear for symbol in symbols)]:
        assert min(box.x, box.y) >= -SLIGHTLY
        assert box.right <= paper.right + SLIGHTLY
        assert box.bottom <= paper.bottom + SLIGHTLY
    for symbol in symbols:
        for box in inked:
            assert box == symbol.box or not overlap(box, symbol.clear), (box, symbol.clear)


def test_a_label_says_the_code_in_groups_the_kind_the_name_and_the_programme() -> None:
    layout = lay_out(label_for(), USUAL)

    assert shown(layout) == {
        Role.CODE: "012 000345 7",
        Role.KIND: "Máy tính xách tay",
        Role.NAME: "Dell Latitude E6420",
        Role.PROGRAMME: "Máy tính cũ – Công dân số mới",
    }


@pytest.mark.parametrize("resolution", [DPI_203, DPI_300], ids=lambda one: str(one.dpi))
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
@pytest.mark.parametrize("name", ["", "Dell", LONGEST_NAME, "W" * 10_000])
def test_nothing_overlaps_whatever_the_name_is(
    stock: Stock, name: str, resolution: Resolution
) -> None:
    for label in (label_for(name=name), structs.replace(CHARGER, name=name)):
        assert_nothing_overlaps(lay_out(label, stock, resolution))


@given(
    words=st.tuples(*[st.text(max_size=80)] * 3),
    codes=st.sampled_from([(CODE, ""), (PART, ""), (PART, CODE)]),
    address=st.integers(min_value=0, max_value=60),
    stock=st.sampled_from(stocks()),
    resolution=st.sampled_from([DPI_203, DPI_300]),
)
def test_nothing_overlaps_whatever_is_written(
    words: tuple[str, str, str],
    codes: tuple[str, str],
    address: int,
    stock: Stock,
    resolution: Resolution,
) -> None:
    code, owner = codes
    url = "https://a.example/" + "x" * address + "/" + code

    layout = lay_out(Label(code, url, *words, owner), stock, resolution)

    assert_nothing_overlaps(layout)
    assert grouped(code) in shown(layout)[Role.CODE]
    assert grouped(owner) in shown(layout).get(Role.OWNER, "")


@given(
    kind=st.sampled_from(CODED),
    point=st.integers(1, LAST_POINT),
    number=st.integers(1, LAST_NUMBER),
)
def test_every_code_stands_whole_on_the_smallest_labels(
    kind: CodeKind, point: int, number: int
) -> None:
    code = make(kind, point, number)
    label = Label(code, code, "Máy", "Máy", "Máy", make(CodeKind.DEVICE, point, number))

    for stock in stocks():
        layout = lay_out(label, stock)
        assert shown(layout)[Role.CODE] == grouped(code)
        assert grouped(label.owner) in shown(layout)[Role.OWNER]
        assert "…" not in shown(layout)[Role.CODE] + shown(layout)[Role.OWNER]


@pytest.mark.parametrize("code", [CODE, PART])
@pytest.mark.parametrize("resolution", [DPI_203, DPI_300])
def test_symbols_lie_on_whole_dots_and_keep_their_quiet_zones(
    code: str, resolution: Resolution
) -> None:
    layout = lay_out(label_for(code), USUAL, resolution)
    assert layout.qr is not None

    for symbol in (layout.bars, layout.qr):
        for length in (symbol.module, symbol.box.x, symbol.box.y, symbol.box.width):
            dots = length / resolution.dot
            assert dots == pytest.approx(round(dots), abs=0.001)
    assert layout.bars.module >= 0.25
    assert layout.bars.box.x - layout.bars.clear.x == pytest.approx(10 * layout.bars.module)
    assert layout.bars.clear.right - layout.bars.box.right == pytest.approx(10 * layout.bars.module)
    assert layout.qr.box.width == pytest.approx(len(layout.qr.rows) * layout.qr.module)
    assert layout.qr.box.x - layout.qr.clear.x == pytest.approx(4 * layout.qr.module)
    assert layout.qr.clear.bottom - layout.qr.box.bottom == pytest.approx(4 * layout.qr.module)


def test_ten_digits_take_ninety_modules() -> None:
    (modules,) = lay_out(label_for(), USUAL).bars.rows

    assert len(modules) == 90  # start, five pairs, check, stop: Code128-C from the first digit on


def test_a_longer_address_gets_smaller_modules() -> None:
    url = "https://maytinhcu.sokhoahoccongnghe.tayninh.example/tra-cuu/"
    qr = lay_out(label_for(qr=url + CODE), USUAL).qr

    assert qr is not None
    assert qr.module == 0.375


def test_the_qr_is_left_out_where_it_does_not_fit() -> None:
    url = "https://maytinhcu.example/" + "x" * 300 + "/" + CODE

    assert lay_out(label_for(qr=url), USUAL).qr is None


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_every_stock_carries_the_tracking_address_of_a_device(stock: Stock) -> None:
    for resolution in (DPI_203, DPI_300):
        qr = lay_out(label_for(name=LONGEST_NAME), stock, resolution).qr
        assert qr is not None
        assert qr.module > 0.33


@pytest.mark.parametrize(
    ("height", "left_out", "carries_qr"),
    [
        (30, set(), True),
        (18, {Role.NAME}, True),
        (16, {Role.NAME, Role.PROGRAMME}, True),
        (13, {Role.NAME, Role.PROGRAMME, Role.KIND}, False),
    ],
)
def test_the_name_is_left_out_first_and_the_qr_last(
    height: float, left_out: set[Role], *, carries_qr: bool
) -> None:
    layout = lay_out(label_for(), structs.replace(USUAL, height=height))

    assert {Role.CODE, *WORDS} - set(shown(layout)) == left_out
    assert (layout.qr is not None) == carries_qr


def test_text_becomes_smaller_before_anything_is_left_out() -> None:
    usual, small = (
        {line.role: line.size for line in lay_out(label_for(), stock).texts}
        for stock in (USUAL, SMALL)
    )

    assert usual.keys() == small.keys() == {Role.CODE, *WORDS}
    assert all(small[role] < usual[role] for role in usual)


def test_a_chargers_label_says_its_device_as_long_as_there_is_room() -> None:
    usual, small = (shown(lay_out(CHARGER, stock))[Role.OWNER] for stock in (USUAL, SMALL))

    assert (usual, small) == ("Đi với máy 012 000345 7", "Máy 012 000345 7")


def test_a_code_that_is_wider_than_usual_bars_allow_gets_finer_ones() -> None:
    layout = lay_out(label_for(PART), stock_named("35x22-3up-104"), DPI_300)

    assert layout.bars.module == pytest.approx(2 * DPI_300.dot)


def test_a_stock_without_room_for_the_code_is_refused() -> None:
    with pytest.raises(LabelTooSmall, match="narrow"):
        lay_out(label_for(PART), structs.replace(USUAL, id="narrow", width=30, height=22))
    with pytest.raises(LabelTooSmall, match="low"):
        lay_out(label_for(), structs.replace(USUAL, id="low", height=8))


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = shown(lay_out(label_for(name=LONGEST_NAME), USUAL))[Role.NAME]
    start, end = name.split("…")

    assert LONGEST_NAME.startswith(start)
    assert LONGEST_NAME.endswith(end)
    assert min(len(start), len(end)) > 5
