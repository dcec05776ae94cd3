"""Printing killed at a hundred moments, straight to a printer and through CUPS."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from labels.printer import Printer, Route
from tests.labels.queue.killing import promised_until_killed, settled_by_looking, times_printed
from tests.labels.transport.cups_server import CupsServer
from tests.labels.transport.network_printer import NetworkPrinter

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's"),
]
Record = Callable[[str, float, str, float | None], None]


def killed(folder: Path, printer: Printer, paper: NetworkPrinter, times: int) -> tuple[int, int]:
    """How many pages were promised, and how many a person had to look for."""
    random = Random()  # noqa: S311
    promised, uncertain = [], 0
    for _ in range(times):
        promised += promised_until_killed(folder, printer, random)
        uncertain += settled_by_looking(folder, paper)
    printed = times_printed(paper)
    assert [page for page in promised if printed[page] != 1] == []
    assert set(printed.values()) == {1}
    return len(promised), uncertain


def test_a_page_sent_straight_to_a_printer_comes_out_once(
    tmp_path: Path, record_figure: Record
) -> None:
    with NetworkPrinter() as paper:
        promised, uncertain = killed(tmp_path, Printer(Route.TCP, paper.address), paper, 100)

    record_figure("pages promised before 100 kills, all printed once", promised, "pages", None)
    record_figure("of them uncertain, and settled by a person", uncertain, "pages", 100)


def test_a_page_sent_through_cups_comes_out_once(
    tmp_path: Path, private_cups: CupsServer, record_figure: Record
) -> None:
    with NetworkPrinter() as paper:
        name = private_cups.add_queue("killed", f"socket://{paper.address}")
        promised, uncertain = killed(tmp_path, Printer(Route.CUPS, name), paper, 30)

    record_figure("pages promised through CUPS before 30 kills", promised, "pages", None)
    record_figure(
        "of them uncertain, and settled by a person, through CUPS", uncertain, "pages", 30
    )
