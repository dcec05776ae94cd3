import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.dmi_sysfs import facts_of, parse_dmi
from diagnostics.parse.dmidecode import parse_dmidecode
from station.machine import Bios, Board, Machine, System
from tests.diagnostics.machine_tree import DMI
from tests.diagnostics.parse.dmidecode_samples import structure


def test_the_files_of_a_laptop_become_its_names() -> None:
    assert parse_dmi(DMI) == Machine(
        system=System(
            manufacturer="ACME Computers",
            model="Notebook 14",
            serial_number="AC-0001",
            chassis_type="Notebook",
        ),
        board=Board(manufacturer="ACME Computers", model="NB14-MB", serial_number="MB-0001"),
        bios=Bios(vendor="ACME Firmware", version="1.07", date="2016-02-29"),
    )


def test_a_saved_folder_is_read_as_the_folder_is() -> None:
    saved = {name: f"{value}\n" for name, value in DMI.items()} | {"chassis_version": None}

    assert facts_of(json.dumps(saved).encode()) == parse_dmi(DMI)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"bios_date": 1}',
        b"\xff\xfe",
        pytest.param(b'{"a":' * 100_000, id="deep"),
        pytest.param(b"[" * 100_000, id="deeper"),
    ],
)
def test_what_is_no_saved_folder_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        facts_of(data)


@pytest.mark.parametrize("code", ["2", "0", "99", "laptop", ""])
def test_an_unnamed_enclosure_is_not_said(code: str) -> None:
    assert parse_dmi({"chassis_type": code}).system.chassis_type is None


def test_the_kernel_and_dmidecode_name_an_enclosure_alike() -> None:
    printed = structure("Chassis Information", Type="Other", Asset_Tag="1")

    assert parse_dmi({"chassis_type": "1"}).system.chassis_type == "Other"
    assert parse_dmidecode(printed).system.chassis_type == "Other"


def test_a_lenovo_without_its_type_code_has_the_name_people_know() -> None:
    files = {"sys_vendor": "LENOVO\n", "product_name": "INVALID\n", "product_version": "ThinkPad"}

    assert parse_dmi(files).system.model == "ThinkPad"


def test_a_uuid_is_written_small_as_dmidecode_does() -> None:
    files = {"product_uuid": "4C4C4544-0001-4810-8057-B3C04F385A31"}

    assert parse_dmi(files).system.uuid == "4c4c4544-0001-4810-8057-b3c04f385a31"


@given(st.dictionaries(st.sampled_from(sorted(DMI)), st.text() | st.none() | st.integers()))
def test_any_json_is_a_machine_or_unreadable(files: dict[str, object]) -> None:
    with suppress(UnreadableReport):
        msgspec.json.encode(facts_of(json.dumps(files).encode()))


@given(st.binary())
def test_arbitrary_bytes_are_a_machine_or_unreadable(data: bytes) -> None:
    with suppress(UnreadableReport):
        facts_of(data)
