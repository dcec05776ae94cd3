"""A page painted on a printer's own dots, black or white: no driver, no grey, no rounding."""

import math
from functools import lru_cache
from typing import Final

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from labels.fitting import FALL
from labels.fonts import label_font_file
from labels.imposition import LabelPage
from labels.label_layout import on_page
from labels.layout import POINT, Symbol, TextLine
from labels.resolution import Resolution
from labels.stock import Stock

FINER: Final = 4  # text is drawn this much finer, then each dot is black or white
BLACK: Final = 0
WHITE: Final = 255


class Bitmap(Struct, frozen=True):
    """Rows of dots from the top, padded to bytes; the highest bit is the left dot, 1 is black."""

    width: int
    height: int
    rows: bytes

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        return (self.width + 7) // 8


class Omit(Struct, frozen=True):
    """What the printer draws itself."""

    bars: bool = False
    qr: bool = False


NOTHING: Final = Omit()


def bitmap(page: LabelPage, stock: Stock, resolution: Resolution, omit: Omit = NOTHING) -> Bitmap:
    """Paint a page. What a printer's correction pushes over the edge is cut off."""
    size = resolution.dots(page.width), resolution.dots(page.height)
    sheet = Image.new("L", size, WHITE)
    for x, y, layout in on_page(page, stock, resolution):
        corner = resolution.dots(x), resolution.dots(y)
        for line in layout.texts:
            _paint_text(sheet, corner, line, resolution)
        if not omit.bars:
            _paint_symbol(sheet, corner, layout.bars, resolution)
        if layout.qr and not omit.qr:
            _paint_symbol(sheet, corner, layout.qr, resolution)
    return inked(sheet)


def inked(sheet: Image.Image) -> Bitmap:
    """What is black on a sheet of white."""
    ink = ImageOps.invert(sheet).convert("1", dither=Image.Dither.NONE)
    return Bitmap(*sheet.size, ink.tobytes())


def _paint_symbol(
    sheet: Image.Image, corner: tuple[int, int], symbol: Symbol, resolution: Resolution
) -> None:
    rows = [bytes(BLACK if module == "1" else WHITE for module in row) for row in symbol.rows]
    modules = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    size = resolution.dots(symbol.box.width), resolution.dots(symbol.box.height)
    place = _shifted(corner, symbol.box.x, symbol.box.y, resolution)
    sheet.paste(modules.resize(size, Image.Resampling.NEAREST), place)


def _paint_text(
    sheet: Image.Image, corner: tuple[int, int], line: TextLine, resolution: Resolution
) -> None:
    """Ink adds up: a box may touch the next line's where neither has any."""
    x, y = _shifted(corner, line.box.x, line.box.y, resolution)
    dots = _set(line.text, line.face, line.size, round(line.baseline - line.box.y, 6), resolution)
    there = sheet.crop((x, y, x + dots.width, y + dots.height))
    sheet.paste(ImageChops.darker(there, dots), (x, y))


@lru_cache(maxsize=256)
def _set(text: str, face: str, size: float, rise: float, resolution: Resolution) -> Image.Image:
    """A line of text in dots, its baseline so far below the upper edge; many labels share words."""
    em = size * POINT / resolution.dot
    font = _font(face, em * FINER)
    baseline = rise / resolution.dot * FINER
    width = math.ceil(font.getlength(text) / FINER) + 2
    height = math.ceil(rise / resolution.dot + em * FALL) + 1
    fine = Image.new("L", (width * FINER, height * FINER), WHITE)
    ImageDraw.Draw(fine).text((0, baseline), text, fill=BLACK, font=font, anchor="ls")
    return fine.reduce(FINER).point(lambda grey: WHITE if grey > WHITE // 2 else BLACK)


def _shifted(
    corner: tuple[int, int], x: float, y: float, resolution: Resolution
) -> tuple[int, int]:
    return corner[0] + resolution.dots(x), corner[1] + resolution.dots(y)


@lru_cache(maxsize=64)
def _font(face: str, size: float) -> ImageFont.FreeTypeFont:
    """Widths as the description has them: no kerning that it does not know of."""
    return ImageFont.truetype(label_font_file(face), size, layout_engine=ImageFont.Layout.BASIC)
