"""Every stock × every output × 200 codes × every wear, at both resolutions."""

import random
from collections.abc import Callable

import pytest

from labels.imposition import impose
from labels.resolution import RESOLUTIONS
from labels.stocks import stocks
from tests.labels.examples import random_label
from tests.labels.outputs import OUTPUTS
from tests.labels.scanning import Reading
from tests.labels.wear import WEAR

CODES = 200
DRAWN = 2021


@pytest.mark.proof
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_no_label_of_any_stock_is_misread(
    dpi: int, record_figure: Callable[[str, float, str, float | None], None]
) -> None:
    drawn = random.Random(DRAWN)  # noqa: S311 -- the same codes on each run
    reading = Reading()
    misread = []
    for stock in stocks():
        pages = impose([random_label(drawn) for _ in range(CODES)], stock)
        misread += [(stock.id, *failure) for failure in reading.failures(pages, stock, dpi)]

    labels = len(stocks()) * len(OUTPUTS) * CODES * len(WEAR)
    record_figure(f"labels read at {dpi} dpi, new and worn", labels, "labels", None)
    record_figure(f"labels misread at {dpi} dpi", len(misread), "labels", 0)
    second, third = (reading.looks[look] / reading.looks[1] * 100 for look in (2, 3))
    record_figure(f"labels that need a second look at {dpi} dpi", second, "%", None)
    record_figure(f"labels that need a third look at {dpi} dpi", third, "%", 0.1)
    name = f"reads that a reader made up at {dpi} dpi, all refused by the check digit"
    record_figure(name, reading.made_up, "reads", None)
    assert misread == []
    assert third <= 0.1
