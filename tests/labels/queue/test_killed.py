"""A process killed while it prints: every promised page comes out once."""

import sys
from pathlib import Path
from random import Random

import pytest

from labels.printer import Printer, Route
from tests.labels.queue.killing import promised_until_killed, settled_by_looking, times_printed
from tests.labels.transport.network_printer import NetworkPrinter


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_every_promised_page_comes_out_once_however_often_the_process_is_killed(
    tmp_path: Path,
) -> None:
    random = Random()  # noqa: S311
    with NetworkPrinter() as paper:
        printer = Printer(Route.TCP, paper.address)
        promised = [
            page for _ in range(3) for page in promised_until_killed(tmp_path, printer, random)
        ]
        settled_by_looking(tmp_path, paper)

    printed = times_printed(paper)
    assert promised
    assert [printed[page] for page in promised] == [1] * len(promised)
    assert set(printed.values()) == {1}
