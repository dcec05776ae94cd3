"""A printer as it was set up, and the way to it."""

from pathlib import Path

import pytest

from labels.printer import Language, Printer, Route
from labels.transport import NothingSent, Reason, SystemQueue
from labels.transport.ways import transport_for
from tests.labels.transport.network_printer import READY, NetworkPrinter


def test_a_printer_on_the_network_is_asked_in_its_language() -> None:
    with NetworkPrinter(answers=(READY,)) as printer:
        set_up = Printer(route=Route.TCP, address=printer.address, language=Language.TSPL)

        assert transport_for(set_up).ask().ready


def test_a_folder_takes_files_named_for_their_language(tmp_path: Path) -> None:
    transport_for(Printer(Route.FILE, str(tmp_path), Language.ZPL)).send(b"^XA^XZ", "label")

    assert [file.suffix for file in tmp_path.iterdir()] == [".zpl"]


@pytest.mark.parametrize("route", [Route.CUPS, Route.SPOOLER])
def test_the_systems_own_queues_give_tickets(route: Route) -> None:
    assert isinstance(transport_for(Printer(route, "labels")), SystemQueue)


@pytest.mark.parametrize("route", [Route.SYSTEM, Route.VIEWER])
def test_what_the_window_prints_is_no_way_of_bytes(route: Route) -> None:
    with pytest.raises(NothingSent) as refused:
        transport_for(Printer(route=route, address="Brother"))

    assert refused.value.reason is Reason.NOT_HERE
