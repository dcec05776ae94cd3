import json
import re
from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.lsblk import parse_lsblk
from station.machine import Disk
from tests.diagnostics import corpus

NO_DISK = re.compile(r"mtdblock.*|mmcblk[0-9]+(boot.|rpmb)|sr[0-9]")  # others list them as storage


def listed(**device: object) -> str:
    return json.dumps({"blockdevices": [{"name": "sda", "type": "disk", **device}]})


@pytest.mark.parametrize("case", corpus.cases("lsblk-json"))
def test_every_disk_that_others_saw_and_lsblk_listed_is_ours_too(case: dict[str, Any]) -> None:
    text = corpus.text(case)
    ours = {disk.name: disk for disk in parse_lsblk(text)}

    for expected in case["expected"]["storage"]:
        if NO_DISK.fullmatch(expected["name"]) or f'"{expected["name"]}"' not in text:
            continue
        disk = ours[expected["name"]]
        # lsblk was not asked for model, serial and bus in the shorter listings: not said.
        asked = {"model": disk.model, "serial_number": disk.serial, "bus": disk.transport}
        said = {key: value for key, value in asked.items() if value is not None}
        assert not corpus.wrong(expected, said)


def test_one_disk_is_read_in_full() -> None:
    text = listed(
        kname="sda",
        size=240057409536,
        rota=False,
        rm=False,
        tran="sata",
        model="ACME SSD",
        serial="A1",
        wwn="0x50026b7",
    )

    assert parse_lsblk(text) == (
        Disk("sda", "ACME SSD", "A1", "0x50026b7", 240057409536, False, False, "sata"),
    )


def test_older_versions_write_numbers_and_truths_as_text() -> None:
    (disk,) = parse_lsblk(listed(size="500107862016", rota="1", rm="0"))

    assert (disk.capacity_bytes, disk.rotational, disk.removable) == (500107862016, True, False)


def test_a_size_for_people_is_not_said() -> None:
    (disk,) = parse_lsblk(listed(size="238.5G"))

    assert disk.capacity_bytes is None


def test_a_disk_that_answers_zero_bytes_is_still_a_disk() -> None:
    (disk,) = parse_lsblk(listed(size=0, rm=False))

    assert disk == Disk("sda", removable=False)


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
    ],
)
def test_what_is_no_disk_is_left_out(device: dict[str, object]) -> None:
    assert parse_lsblk(listed(**device)) == ()


def test_an_emmc_chip_has_its_bus_from_its_name() -> None:
    (disk,) = parse_lsblk(listed(name="mmcblk0", size=31268536320))

    assert disk.transport == "mmc"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"blockdevices": 5}', "lsblk: not found", "[" * 9999]
)
def test_output_without_devices_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_lsblk(text)
