"""What becomes of a label: turned in front of the scanner, faded, worn, printed by a tired head."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image, ImageFilter

WHITE = 255
SPECKS = 0.05
_ONE_IN_TWENTY = bytes(WHITE if byte < SPECKS * 256 else 0 for byte in range(256))
BLUR_DOTS = 0.8
CONTRAST = 0.6
FINER = 2  # a camera sees more than the printer's dots: what is turned is turned at this scale


def turned(page: Any, degrees: float) -> Any:
    finer = page.resize((page.width * FINER, page.height * FINER), Image.Resampling.NEAREST)
    return finer.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=WHITE)


def faded(page: Any) -> Any:
    """Black that is only 60 % darker than the paper."""
    return page.point(lambda grey: WHITE - round((WHITE - grey) * CONTRAST))


def worn(page: Any) -> Any:
    """White specks on one dot in twenty, and edges that run."""
    drawn = random.Random(page.tobytes())  # noqa: S311 -- each label its own, the same on each run
    specks = drawn.randbytes(page.width * page.height).translate(_ONE_IN_TWENTY)
    page = page.copy()
    page.paste(WHITE, mask=Image.frombytes("L", page.size, specks))
    return page.filter(ImageFilter.GaussianBlur(BLUR_DOTS))


WEAR: Mapping[str, Callable[[Any], Any]] = {
    "new": lambda page: page,
    "turned left": lambda page: turned(page, 5),
    "turned right": lambda page: turned(page, -5),
    "faded": faded,
    "worn": worn,
}
