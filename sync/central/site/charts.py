"""Charts drawn on the server as SVG: bars side by side, and words for whoever does not see them.

A chart never stands alone: the table beside it holds the same figures.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from sync.central.site.rendering import number

WIDTH, HEIGHT = 440, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 6, 26, 26  # around the bars
STEPS = (1, 2, 5)  # what a line of the scale may stand for, times a power of ten
LINES = 4  # of the scale, at most
LABEL_WIDTH = 50  # so that none runs into the next
SHARE = 0.72  # of its place that a group of bars takes
CLASSES = ("bar", "bar2")  # as the style sheet colours them


class Series(Struct, frozen=True):
    """Figures of one kind, one for each label."""

    word: str
    values: tuple[int, ...]


def bars(
    id_: str, title: str, description: str, labels: Sequence[str], series: Sequence[Series]
) -> Markup:
    """Bars by label, one or two kinds side by side; `id_` is unique in the page."""
    highest = max((value for one in series for value in one.values), default=0)
    lowest = min((value for one in series for value in one.values), default=0)
    scale = _Scale(min(lowest, 0), max(highest, 0))
    inside = Markup("").join(
        (*_lines(scale), *_labels(labels), *_bars(scale, labels, series), *_legend(series))
    )
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="{title}" aria-describedby="{id}-desc">'
        '<title>{title}</title><desc id="{id}-desc">{description}</desc>'
        "{inside}</svg>"
    ).format(
        width=WIDTH, height=HEIGHT, id=id_, title=title, description=description, inside=inside
    )


class _Scale:
    """From figures to heights; zero is always among them."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.step = _step(highest - lowest)
        self.low = lowest // self.step * self.step
        self.high = max(-(-highest // self.step) * self.step, self.low + self.step)

    def y(self, value: int) -> float:
        """How far down a figure lies."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def marks(self) -> range:
        """The figures at which a line is drawn."""
        return range(self.low, self.high + 1, self.step)


def _step(span: int) -> int:
    power = 1
    while True:
        for step in STEPS:
            if step * power * LINES >= span:
                return step * power
        power *= 10


def _lines(scale: _Scale) -> Iterator[Markup]:
    for mark in scale.marks():
        y = scale.y(mark)
        yield Markup('<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
            LEFT, y, WIDTH - RIGHT, y
        )
        yield Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
            LEFT - 6, y + 4, number(mark)
        )


def _place(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(count, 1)


def _labels(labels: Sequence[str]) -> Iterator[Markup]:
    place = _place(len(labels))
    every = -(-LABEL_WIDTH // max(int(place), 1))
    last = len(labels) - 1
    for index, label in enumerate(labels):
        if (last - index) % every == 0:  # the newest is always named
            x = round(LEFT + (index + 0.5) * place, 1)
            yield Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
                x, HEIGHT - 8, label
            )


def _bars(scale: _Scale, labels: Sequence[str], series: Sequence[Series]) -> Iterator[Markup]:
    place, zero = _place(len(labels)), scale.y(0)
    width = place * SHARE / max(len(series), 1)
    for nth, one in enumerate(series):
        for index, value in enumerate(one.values):
            x = LEFT + index * place + place * (1 - SHARE) / 2 + nth * width
            y = scale.y(value)
            yield Markup(
                '<rect class="{}" x="{}" y="{}" width="{}" height="{}">'
                "<title>{}: {} – {}</title></rect>"
            ).format(
                CLASSES[nth % len(CLASSES)],
                round(x, 1),
                min(y, zero),
                round(width, 1),
                round(abs(y - zero), 1),
                labels[index],
                one.word,
                number(value),
            )


def _legend(series: Sequence[Series]) -> Iterator[Markup]:
    x = LEFT
    for nth, one in enumerate(series):
        yield Markup('<rect class="{}" x="{}" y="4" width="11" height="11"/>').format(
            CLASSES[nth % len(CLASSES)], x
        )
        yield Markup('<text x="{}" y="14">{}</text>').format(x + 16, escape(one.word))
        x += 34 + 7 * len(one.word)
