from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from labels.bitmap import Bitmap, bitmap
from labels.imposition import impose
from labels.label_layout import lay_out
from labels.layout import Box
from labels.png import png
from labels.printer import Alignment
from labels.resolution import DPI_203, RESOLUTIONS, Resolution
from labels.stock import Stock
from labels.stocks import stock_named, stocks
from station.printed import Label
from tests.labels.examples import CODE, LONGEST_NAME, charger_label, label_for

WHITE, BLACK = 255, 0
USUAL = stock_named("50x30")


def picture(dots: Bitmap) -> Any:
    ink = Image.frombytes("1", (dots.width, dots.height), dots.rows).convert("L")
    return ink.point(lambda grey: WHITE - grey)


def alone(label: Label, stock: Stock, resolution: Resolution) -> Any:
    """The label cut out of the first place of its page."""
    page = impose([label], stock)[0]
    x, y = (resolution.dots(edge) for edge in (page.labels[0].x, page.labels[0].y))
    right = x + resolution.dots(stock.width)
    bottom = y + resolution.dots(stock.height)
    return picture(bitmap(page, stock, resolution)).crop((x, y, right, bottom))


def in_dots(box: Box, resolution: Resolution, more: int = 0) -> tuple[int, int, int, int]:
    left, top, right, bottom = map(resolution.dots, (box.x, box.y, box.right, box.bottom))
    return left - more, top - more, right + more, bottom + more


@pytest.mark.parametrize("resolution", RESOLUTIONS.values(), ids=str)
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_a_page_has_the_printers_dots_and_rows_of_whole_bytes(
    stock: Stock, resolution: Resolution
) -> None:
    dots = bitmap(impose([label_for()], stock)[0], stock, resolution)

    assert dots.width * resolution.dot == pytest.approx(stock.page_width, abs=resolution.dot / 2)
    assert dots.height * resolution.dot == pytest.approx(stock.page_height, abs=resolution.dot / 2)
    assert len(dots.rows) == dots.stride * dots.height
    padding = dots.stride * 8 - dots.width
    assert all(
        dots.rows[end - 1] & (1 << padding) - 1 == 0
        for end in range(dots.stride, len(dots.rows) + 1, dots.stride)
    )


@pytest.mark.parametrize("resolution", RESOLUTIONS.values(), ids=str)
@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
@pytest.mark.parametrize(
    "label",
    [label_for(name=LONGEST_NAME), charger_label("V0120003458", CODE)],
    ids=["device", "charger"],
)
def test_ink_lies_in_its_boxes_and_each_module_is_as_wide_as_described(
    label: Label, stock: Stock, resolution: Resolution
) -> None:
    layout = lay_out(label, stock, resolution)
    page = alone(label, stock, resolution)

    for symbol in filter(None, (layout.bars, layout.qr)):
        left, top, right, bottom = in_dots(symbol.box, resolution)
        module = resolution.dots(symbol.module)
        drawn = page.crop((left, top, right, bottom))
        assert drawn.width == len(symbol.rows[0]) * module
        for row, modules in enumerate(symbol.rows):
            y = row * drawn.height // len(symbol.rows)
            dots = [drawn.getpixel((x, y)) for x in range(drawn.width)]
            assert dots == [
                BLACK if one == "1" else WHITE for one in modules for _ in range(module)
            ]
        page.paste(WHITE, in_dots(symbol.box, resolution))
    for line in layout.texts:
        box = in_dots(line.box, resolution, more=1)
        assert page.crop(box).getextrema() == (BLACK, WHITE), line
        page.paste(WHITE, box)
    assert page.getextrema() == (WHITE, WHITE)


def test_a_correction_moves_the_ink_by_whole_dots() -> None:
    straight, moved = (
        picture(bitmap(impose([label_for()], USUAL, alignment=by)[0], USUAL, DPI_203))
        for by in (Alignment(), Alignment(x=0.25, y=-0.5))
    )

    box = straight.point(lambda grey: WHITE - grey).getbbox()
    other = moved.point(lambda grey: WHITE - grey).getbbox()
    assert (other[0] - box[0], other[1] - box[1]) == (2, -4)


def test_a_picture_knows_its_size_on_paper() -> None:
    page = impose([label_for()], USUAL)[0]

    shown = Image.open(BytesIO(png(bitmap(page, USUAL, DPI_203), DPI_203)))

    assert (shown.mode, shown.size) == ("1", (400, 240))
    assert shown.info["dpi"] == pytest.approx((203.2, 203.2), abs=0.01)
