import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.lsblk import block_devices, facts_of, parse_lsblk
from station.machine import Disk
from tests.diagnostics import corpus


def listed(**device: object) -> str:
    return json.dumps({"blockdevices": [{"name": "sda", "type": "disk", **device}]})


def disk(text: str) -> Disk:
    (found,) = parse_lsblk(text).storage
    return found


def test_one_disk_is_read_in_full() -> None:
    text = listed(
        kname="sda", size=240057409536, rota=False, rm=False, tran="sata", model="ACME SSD",
        serial="A1", wwn="0x50026b7", rev="1.07 ", **{"log-sec": 512},
    )  # fmt: skip

    assert disk(text) == Disk(
        name="sda",
        model="ACME SSD",
        serial_number="A1",
        wwn="0x50026b7",
        firmware="1.07",
        capacity_bytes=240057409536,
        sector_bytes=512,
        rotational=False,
        removable=False,
        bus="sata",
        device_type="disk",
    )


def test_older_versions_write_numbers_and_truths_as_text() -> None:
    found = disk(listed(size="500107862016", rota="1", rm="0"))

    assert (found.capacity_bytes, found.rotational, found.removable) == (500107862016, True, False)


def test_a_size_for_people_is_not_said() -> None:
    assert disk(listed(size="238.5G")).capacity_bytes is None


def test_a_disk_that_answers_zero_bytes_is_still_a_disk() -> None:
    found = disk(listed(size=0, rm=False))

    assert found == Disk(name="sda", removable=False, device_type="disk")


@pytest.mark.parametrize(
    "device",
    [
        {"type": "rom", "name": "sr0"},
        {"type": "loop", "name": "loop0"},
        {"name": "zram0"},
        {"name": "mmcblk0boot0"},
        {"name": "mtdblock3"},
        {"rm": True, "size": 0},  # a card reader without a card
        {"name": None},
        {"type": None},
    ],
)
def test_what_is_no_disk_is_left_out(device: dict[str, object]) -> None:
    assert parse_lsblk(listed(**device)).storage == ()


def test_an_emmc_chip_has_its_bus_from_its_name() -> None:
    assert disk(listed(name="mmcblk0", size=31268536320)).bus == "mmc"


NESTED = {
    "blockdevices": [
        {
            "name": "sda",
            "type": "disk",
            "children": [{"name": "sda1", "type": "part", "children": [{"name": "md0"}]}],
        },
        {"name": "sdb", "type": "disk", "children": [{"name": "md0", "type": "raid1"}]},
        {"name": "sr0", "type": "rom", "model": "ACME-DVD", "rm": True},
    ]
}


def test_every_device_is_listed_once_however_deep_it_stands() -> None:
    names = [device.name for device in block_devices(json.dumps(NESTED))]

    assert names == ["sda", "sda1", "md0", "sdb", "sr0"]


def test_of_nested_devices_the_app_takes_the_disks_alone() -> None:
    names = [device.name for device in parse_lsblk(json.dumps(NESTED)).storage]

    assert names == ["sda", "sdb"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"blockdevices": 5}', "lsblk: not found", "[" * 9999]
)
def test_output_without_devices_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_lsblk(text)


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.integers())


@given(st.lists(st.dictionaries(st.sampled_from(["name", "type", "size", "rm", "tran"]), JUNK)))
def test_any_values_make_disks_that_have_a_name(devices: list[dict[str, Any]]) -> None:
    machine = parse_lsblk(json.dumps({"blockdevices": devices}))

    assert all(found.name and found.device_type == "disk" for found in machine.storage)


@pytest.mark.parametrize("case", corpus.cases("lsblk-json"))
def test_every_device_that_others_saw_and_lsblk_listed_is_ours_too(case: dict[str, Any]) -> None:
    text = corpus.text(case)
    ours = {device.name: device for device in facts_of(corpus.data(case)).storage}

    for expected in case["expected"]["storage"]:
        if f'"{expected["name"]}"' not in text:
            continue  # the listing was made on another day than the oracle's
        found = ours[expected["name"]]
        # lsblk was not asked for model, serial and bus in the shorter listings: not said.
        asked = {"model": found.model, "serial_number": found.serial_number, "bus": found.bus}
        said = {key: value for key, value in asked.items() if value is not None}
        assert not corpus.wrong(expected, said)
