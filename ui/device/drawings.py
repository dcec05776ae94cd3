"""Plain drawings of each kind of device, cut into the zones of which a defect can be told.

A view is 100 wide and 70 high. A zone later in the list lies over the earlier ones.
"""

from dataclasses import dataclass
from typing import Final

from station.words import _

WIDTH, HEIGHT = 100.0, 70.0


@dataclass(frozen=True)
class Shape:
    """A place of the device: a rounded rectangle in the units of the view."""

    zone: str
    x: float
    y: float
    width: float
    height: float
    round: float = 2.0
    mark: tuple[float, float] | None = None  # where marks stand, where its middle is covered
    keys: bool = False  # drawn with rows of keys


@dataclass(frozen=True)
class View:
    """One side of the device."""

    name: str
    shapes: tuple[Shape, ...]


def _closed() -> View:
    lid = (Shape("lid", 8, 6, 84, 54, 4), Shape("hinge", 24, 2, 52, 5, 2))
    sides = (Shape("left-side", 1, 10, 6, 46, 1), Shape("right-side", 93, 10, 6, 46, 1))
    return View("closed", (*lid, *sides))


def _open() -> View:
    top = (Shape("bezel", 16, 1, 68, 36, 3, (18, 6)), Shape("screen", 20, 4, 60, 29, 1))
    base = (
        Shape("hinge", 24, 37, 52, 4, 1),
        Shape("palm-rest", 10, 41, 80, 28, 3, (24, 62.5)),
        Shape("keyboard", 16, 43, 68, 13, 1, keys=True),
        Shape("touchpad", 39, 58, 22, 9, 1),
    )
    return View("open", (*top, *base))


def _laptop_bottom() -> View:
    return View(
        "bottom",
        (
            Shape("back", 12, 1, 76, 6, 1),
            Shape("bottom", 8, 8, 84, 52, 4, (50, 52)),
            Shape("inside", 24, 18, 52, 26, 2),
            Shape("front", 12, 61, 76, 6, 1),
        ),
    )


def _tower() -> tuple[View, ...]:
    return (
        View("front", (Shape("front", 32, 2, 36, 66, 3),)),
        View(
            "side",
            (
                Shape("left-side", 10, 2, 62, 66, 2, (41, 7)),
                Shape("inside", 18, 12, 46, 46, 2),
                Shape("right-side", 75, 2, 10, 66, 1),
            ),
        ),
        View("back", (Shape("back", 32, 2, 36, 66, 3),)),
    )


def _screen_on_stand(*, computer: bool) -> tuple[View, ...]:
    face = (Shape("bezel", 8, 1, 84, 52, 3, (50, 50)), Shape("screen", 12, 5, 76, 42, 1))
    sides = (Shape("left-side", 1, 5, 6, 44, 1), Shape("right-side", 93, 5, 6, 44, 1))
    stand = (Shape("stand", 34, 55, 32, 13, 2),)
    inside = (Shape("inside", 30, 12, 40, 26, 2),) if computer else ()
    rear = (Shape("back", 8, 1, 84, 52, 3, (50, 45)), *inside, *stand)
    return View("front", (*face, *sides, *stand)), View("back", rear)


def _tablet() -> tuple[View, ...]:
    face = (Shape("bezel", 14, 4, 72, 62, 5, (50, 64)), Shape("screen", 21, 9, 58, 52, 1))
    sides = (Shape("left-side", 6, 10, 6, 50, 1), Shape("right-side", 88, 10, 6, 50, 1))
    rear = (Shape("back", 14, 4, 72, 62, 5, (50, 58)), Shape("inside", 32, 20, 36, 30, 2))
    return View("front", (*face, *sides)), View("back", rear)


VIEWS: Final[dict[str, tuple[View, ...]]] = {
    "laptop": (_closed(), _open(), _laptop_bottom()),
    "desktop": _tower(),
    "aio": _screen_on_stand(computer=True),
    "tablet": _tablet(),
    "monitor": _screen_on_stand(computer=False),
}


def views_of(kind: str) -> tuple[View, ...]:
    """The drawings of a kind; none for one that a newer version knows."""
    return VIEWS.get(kind, ())


def zones_of(kind: str) -> tuple[str, ...]:
    """Every zone that is drawn, in the order the keys go through them."""
    shapes = (shape.zone for view in views_of(kind) for shape in view.shapes)
    return tuple(dict.fromkeys(shapes))


def view_words(view: View) -> str:
    """What stands under a drawing."""
    return {
        "closed": _("Closed"),
        "open": _("Open"),
        "bottom": _("From below"),
        "front": _("From the front"),
        "side": _("From the side, open"),
        "back": _("From behind"),
    }[view.name]
