from pathlib import Path

import pytest

from diagnostics.collect.dmi import read_dmi
from diagnostics.endings import SourceMissing
from station.machine import Reading, System
from tests.diagnostics.machine_tree import write_laptop


def test_the_files_of_a_laptop_become_its_names(tmp_path: Path) -> None:
    answer = read_dmi(write_laptop(tmp_path))

    assert answer.reading is Reading.OK
    assert answer.facts == System(
        maker="ACME Computers",
        model="Notebook 14",
        serial="AC-0001",
        chassis="notebook",
        board_maker="ACME Computers",
        board_model="NB14-MB",
        board_serial="MB-0001",
        bios_vendor="ACME Firmware",
        bios_version="1.07",
        bios_date="2016-02-29",
    )


def test_a_machine_without_tables_has_no_such_source(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)


def test_an_empty_folder_is_no_source_either(tmp_path: Path) -> None:
    (tmp_path / "sys/class/dmi/id").mkdir(parents=True)

    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)
