"""Labels to PDF beside gLabels and WeasyPrint, and the first label of a day, in one run.

Told is the processor's time, which other programs do not change. Each peer draws a few labels and
many, each time as a whole process: the difference is what the labels take, without the start.
"""

import csv
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from labels.imposition import impose
from labels.printer import Language, Printer
from labels.speak import payloads
from labels.stocks import stock_named
from labels.symbols import code128_modules, qr_rows
from tests.bench.label_run import labels
from tests.figures import Figure

MANY = 10_000
TENTH = MANY // 10
FEW = 10
GLABELS_MANY, WEASYPRINT_MANY = 1_000, 100  # gLabels takes longer for each, the more there are
ROUNDS = 2
DEBIANS_PYTHON = Path("/usr/bin/python3")


def figures(folder: Path, command: str) -> Iterator[Figure]:
    """The best of a few runs each: what else the machine does is nobody's merit or fault."""
    file = folder / "labels.pdf"
    seconds, peak = min(_ours(MANY, file) for _ in range(ROUNDS))
    bytes_each = file.stat().st_size / MANY
    _, peak_of_a_tenth = min(_ours(TENTH, file) for _ in range(ROUNDS))
    ours = seconds / MANY
    yield Figure(f"{MANY} labels to PDF", seconds, "s", None, command)
    yield Figure("a label to PDF", ours * 1e3, "ms", None, command)
    yield Figure("a label in the PDF", bytes_each, "bytes", 3000.0, command)
    grown = peak - peak_of_a_tenth
    yield Figure(f"memory grown from {TENTH} to {MANY} labels", grown, "MB", 5.0, command)
    yield from _beside("gLabels", ours, 1.0, _glabels_each(folder), command)
    yield from _beside("WeasyPrint", ours, 0.1, _weasyprint_each(folder), command)
    for language in (Language.TSPL, Language.ZPL, Language.SYSTEM):
        name = f"first label as {language}, from its words to bytes"
        yield Figure(name, _first(language) * 1e3, "ms", 100.0, command)


def _beside(
    peer: str, ours: float, limit: float, each: float | None, command: str
) -> Iterator[Figure]:
    """Nothing where the peer is not installed."""
    if each is not None:
        yield Figure(f"a label to PDF by {peer}", each * 1e3, "ms", None, command)
        yield Figure(f"a label as a share of {peer}", ours / each, "x", limit, command)


def _ours(count: int, file: Path) -> tuple[float, float]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.label_run", str(count), str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    seconds, megabytes = ran.stdout.split()
    return float(seconds), float(megabytes)


def _first(language: Language) -> float:
    """The slowest of a few labels that nobody drew before."""
    stock, printer = stock_named("50x30"), Printer(language=language)
    taken = []
    for label in labels(ROUNDS):
        begun = time.perf_counter()
        payloads(impose([label], stock), stock, printer)
        taken.append(time.perf_counter() - begun)
    return max(taken)


def _glabels_each(folder: Path) -> float | None:
    template = Path(__file__).with_name("bench.glabels").read_text("utf-8")

    def run(count: int) -> None:
        merged, label = folder / f"{count}.csv", folder / f"{count}.glabels"
        with merged.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["CODE", "ADDRESS", "KIND", "NAME"])
            rows.writerows([one.code, one.qr, one.kind, one.name] for one in labels(count))
        label.write_text(template.replace("MERGED", str(merged)), "utf-8")
        _run("glabels-3-batch", f"--output={folder / 'glabels.pdf'}", str(label))

    return _each(run, GLABELS_MANY)


def _weasyprint_each(folder: Path) -> float | None:
    """As InvenTree prints: HTML with the symbols inside, which are not timed."""

    def run(count: int) -> None:
        page = folder / f"{count}.html"
        if not page.exists():
            page.write_text(_html(count), "utf-8")
        made = str(folder / "weasyprint.pdf")
        printed = f"import weasyprint; weasyprint.HTML({str(page)!r}).write_pdf({made!r})"
        _run(str(DEBIANS_PYTHON), "-c", printed)

    return _each(run, WEASYPRINT_MANY)


def _each(run: Callable[[int], None], many: int) -> float | None:
    """Seconds a label; None where the program is not installed."""
    try:
        run(FEW)
        few = min(_timed(run, FEW) for _ in range(ROUNDS))
        return (min(_timed(run, many) for _ in range(ROUNDS)) - few) / (many - FEW)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None


def _timed(run: Callable[[int], None], count: int) -> float:
    begun = os.times()
    run(count)
    ended = os.times()
    return sum(ended[2:4]) - sum(begun[2:4])  # of the processes that were started and have ended


def _run(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=True, timeout=600)


def _html(count: int) -> str:
    style = "@page { size: 50mm 30mm; margin: 1.5mm } div { page-break-after: always }"
    pages = "".join(
        f"<div><b>{escape(one.kind)}</b><br>{escape(one.name)}<br>"
        f"{_svg((code128_modules(one.code),), 22, 9)}{_svg(qr_rows(one.qr), 12, 12)}</div>"
        for one in labels(count)
    )
    head = f"<head><meta charset=utf-8><style>{style}</style></head>"
    return f"<html>{head}<body>{pages}</body></html>"


def _svg(rows: tuple[str, ...], width: float, height: float) -> str:
    """One path for each symbol, one rectangle for each run, as ours."""
    black = "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", row)
    )
    box = f'viewBox="0 0 {len(rows[0])} {len(rows)}" preserveAspectRatio="none"'
    return f'<svg width="{width}mm" height="{height}mm" {box}><path d="{black}"/></svg>'
