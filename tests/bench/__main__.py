"""`make bench`: measure, print, and leave out/bench.json. Nothing here is a timed test."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import (
    append,
    big_store,
    console,
    facts,
    first_label,
    ingest,
    labels,
    papers,
    parsing,
    public,
    reading,
    report,
    search,
    slow_line,
    start,
    tracking,
    working,
)
from tests.figures import Figure, write_figures

DEVICES = 100_000
COMMAND = "make bench"


def main() -> None:
    """Build the big store and measure everything beside its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=DEVICES)
    parser.add_argument("--out", type=Path, default=Path("out/bench.json"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = []
        for figure in _figures(Path(folder), asked.devices):
            limit = "" if figure.limit is None else f"  (at most {figure.limit:g})"
            print(f"{figure.name}: {figure.value:.2f} {figure.unit}{limit}", flush=True)  # noqa: T201
            measured.append(figure)
    write_figures(asked.out, measured)


def _figures(folder: Path, devices: int) -> Iterator[Figure]:
    yield from facts.figures(COMMAND)
    yield from parsing.figures(COMMAND)
    yield from labels.figures(folder, COMMAND)
    yield from papers.figures(COMMAND)
    yield from append.figures(folder, COMMAND)
    yield from first_label.figures(COMMAND)
    yield from ingest.figures(COMMAND)
    yield from slow_line.figures(folder, COMMAND)
    yield from tracking.figures(COMMAND)
    yield from report.figures(COMMAND)
    yield from public.figures(COMMAND)
    yield from console.figures(console.ROWS, COMMAND)
    yield from working.figures(folder, COMMAND)
    store = folder / "big.db"
    big_store.build(store, devices)
    yield Figure(f"store of {devices} devices", store.stat().st_size / 1e6, "MB", None, COMMAND)
    yield from reading.figures(store, devices, COMMAND)
    yield from search.figures(store, folder, COMMAND)
    yield from start.figures(store, folder, COMMAND)


main()
