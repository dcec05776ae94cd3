import json
from pathlib import Path
from typing import Any

import pytest

from diagnostics.collect.dmi import read_dmi
from diagnostics.endings import SourceMissing
from diagnostics.parse.dmi_sysfs import parse_dmi
from station.machine import Reading, System
from tests.diagnostics import corpus
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


@pytest.mark.parametrize("case", corpus.cases("dmi-sysfs"))
def test_a_real_machine_is_named_as_others_name_it(case: dict[str, Any]) -> None:
    system = parse_dmi(json.loads(corpus.data(case)))

    expected = case["expected"]
    assert not corpus.wrong(
        expected["system"],
        {
            "manufacturer": system.maker,
            "model": system.model,
            "serial_number": system.serial,
            "sku": system.sku,
            "uuid": system.uuid,
        },
    )
    bios = {"vendor": system.bios_vendor, "version": system.bios_version, "date": system.bios_date}
    assert not corpus.wrong(expected["bios"], bios)
    board = {"manufacturer": system.board_maker, "model": system.board_model}
    assert not corpus.wrong(expected["board"], {**board, "serial_number": system.board_serial})
    assert (expected["system"]["chassis_type_code"], system.chassis) == ("23", "rack_mount")


@pytest.mark.parametrize("written", ["13/13/2020", "2020-01-01", "", "02/30/2016", "01/01/0000"])
def test_a_date_that_cannot_be_is_not_said(written: str) -> None:
    assert parse_dmi({"bios_date": written}).bios_date is None


@pytest.mark.parametrize("code", ["1", "2", "0", "99", "laptop", ""])
def test_an_unnamed_chassis_is_not_said(code: str) -> None:
    assert parse_dmi({"chassis_type": code}).chassis is None


def test_a_machine_without_tables_has_no_such_source(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)


def test_an_empty_folder_is_no_source_either(tmp_path: Path) -> None:
    (tmp_path / "sys/class/dmi/id").mkdir(parents=True)

    with pytest.raises(SourceMissing):
        read_dmi(tmp_path)
