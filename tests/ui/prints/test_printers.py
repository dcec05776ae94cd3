"""The file of this PC's printers."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.printer import Alignment, Language, Printer, Route
from ui.prints.printers import (
    NamedPrinter,
    Printers,
    UnreadablePrinters,
    printers_file,
    read_printers,
    write_printers,
)

XPRINTER = NamedPrinter(
    "Xprinter ở quầy",
    Printer(Route.TCP, "10.0.0.9", Language.TSPL, 203, "50x30", Alignment(0.5, -1), darkness=8),
    date(2021, 10, 12),
)
LASER = NamedPrinter("HP văn phòng", Printer(Route.SYSTEM, "HP_LaserJet"))


def test_without_a_file_everything_opens_in_the_viewer(tmp_path: Path) -> None:
    printers = read_printers(tmp_path / "printers.json")

    assert printers.labels.route is Route.VIEWER
    assert printers.papers.route is Route.VIEWER


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = printers_file(tmp_path / "settings.json")
    kept = Printers((XPRINTER, LASER), XPRINTER.name, LASER.name, "C:/tem.toml")

    write_printers(file, kept)

    assert file.name == "printers.json"
    assert read_printers(file) == kept
    assert (kept.labels, kept.papers) == (XPRINTER.printer, LASER.printer)


@pytest.mark.parametrize("said", ["", "[]", '{"printers": 1}', '{"printers": [{"name": 1}]}', "\0"])
def test_a_file_that_says_nothing_is_named_and_left_alone(tmp_path: Path, said: str) -> None:
    file = tmp_path / "printers.json"
    file.write_text(said)

    with pytest.raises(UnreadablePrinters) as refused:
        read_printers(file)

    assert refused.value.file == file
    assert file.read_text() == said


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, said: bytes
) -> None:
    file = tmp_path_factory.mktemp("printers") / "printers.json"
    file.write_bytes(said)

    with suppress(UnreadablePrinters):
        assert isinstance(read_printers(file), Printers)
    assert file.read_bytes() == said


def test_a_renamed_printer_keeps_what_is_printed_on_it() -> None:
    printers = Printers((XPRINTER, LASER), XPRINTER.name, LASER.name)
    renamed = NamedPrinter("Máy in tem", XPRINTER.printer)

    kept = printers.keep(XPRINTER.name, renamed)

    assert kept.labels_on == "Máy in tem"
    assert kept.papers_on == LASER.name
    assert kept.printers == (renamed, LASER)


def test_a_printer_that_is_forgotten_leaves_its_work_to_the_viewer() -> None:
    kept = Printers((XPRINTER, LASER), XPRINTER.name, LASER.name).without(XPRINTER.name)

    assert kept.printers == (LASER,)
    assert kept.labels.route is Route.VIEWER
    assert kept.papers == LASER.printer


def test_other_settings_are_not_proven() -> None:
    moved = XPRINTER.with_printer(Printer(Route.TCP, "10.0.0.10", Language.TSPL))

    assert moved.proven is None
    assert XPRINTER.with_printer(XPRINTER.printer).proven == XPRINTER.proven
