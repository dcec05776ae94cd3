"""Charts say their figures in words, stay within their frame, and take any word as text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sync.central.site.charts import HEIGHT, WIDTH, Series, bars

SVG = "{*}"


def drawn(labels: list[str], series: list[Series]) -> etree._Element:
    return etree.fromstring(str(bars("c", "Trao & nhận", "<b>", labels, series)))


@given(st.lists(st.integers(-2_000_000, 2_000_000), max_size=24))
def test_bars_of_any_figures_stay_within_the_chart(values: list[int]) -> None:
    labels = [f"{n:02d}/2026" for n in range(len(values))]
    chart = drawn(labels, [Series("Nhận", tuple(values)), Series("Trao", tuple(values))])

    drawn_bars = [r for r in chart.iter(f"{SVG}rect") if len(r)]
    assert len(drawn_bars) == 2 * len(values)
    for rect in chart.iter(f"{SVG}rect"):
        x, y, width, height = (float(rect.get(k)) for k in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + width <= WIDTH
        assert y >= 0
        assert height >= 0
        assert y + height <= HEIGHT


def test_a_chart_has_a_title_and_a_description_and_each_bar_its_figure() -> None:
    chart = drawn(["11/2026"], [Series("Nhận <i>", (1_234,))])

    assert chart.get("role") == "img"
    assert chart.get("aria-label") == "Trao & nhận"
    assert chart.get("aria-describedby") == chart[1].get("id")
    assert chart[0].text == "Trao & nhận"
    assert chart[1].text == "<b>"
    assert [t.text for t in chart.iter(f"{SVG}title")][1] == "11/2026: Nhận <i> – 1.234"


def test_higher_figures_are_higher_bars_and_labels_do_not_run_into_each_other() -> None:
    labels = [f"{n:02d}/2026" for n in range(1, 13)]
    chart = drawn(labels, [Series("Nhận", tuple(range(1, 13)))])

    heights = [float(r.get("height")) for r in chart.iter(f"{SVG}rect") if len(r)]
    assert heights == sorted(heights)
    told = [t for t in chart.iter(f"{SVG}text") if t.text and "/" in t.text]
    xs = [float(t.get("x")) for t in told]
    assert told[-1].text == "12/2026"
    assert all(b - a >= 45 for a, b in pairwise(xs))
