import sys
from pathlib import Path

import pytest

from diagnostics.collect.disks import read_block_devices, read_disks, read_emmc
from diagnostics.collect.sources import linux_sources
from diagnostics.endings import TimedOut, UnreadableReport
from station.machine import Disk, Machine, Reading
from tests.diagnostics.machine_tree import LSBLK, write_disks
from tests.diagnostics.tools import write_tool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")

SSD = Disk(
    name="sda",
    model="ACME SSD 256",
    firmware="1.02",
    capacity_bytes=256060514304,
    sector_bytes=512,
    rotational=False,
    removable=False,
    bus="sata",
)
EMMC = Disk(
    name="mmcblk0",
    model="ACM32G",
    serial_number="0x1234abcd",
    capacity_bytes=31268536320,
    removable=False,
    bus="mmc",
)


def test_the_kernel_lists_disks_and_no_card_reader_without_a_card(tmp_path: Path) -> None:
    write_disks(tmp_path)

    assert read_block_devices(tmp_path).part.storage == (EMMC, SSD)


def test_each_disk_is_asked_for_its_health_by_itself(tmp_path: Path) -> None:
    write_disks(tmp_path)

    asked = [s.name for s in linux_sources(tmp_path) if s.section == "smart"]

    assert asked == ["/sys/block/mmcblk0", "smartctl sda"]


def test_the_worse_half_of_an_emmc_chip_is_its_age(tmp_path: Path) -> None:
    write_disks(tmp_path)

    answer = read_emmc(tmp_path, "mmcblk0")

    assert answer.reading is Reading.OK
    assert answer.part.storage == (
        Disk(name="mmcblk0", smart=Reading.OK, life_time_estimate=3, pre_eol=1),
    )


def test_a_card_without_a_health_report_has_none(tmp_path: Path) -> None:
    answer = read_emmc(tmp_path, "mmcblk1")

    assert answer.reading is Reading.MISSING
    assert answer.part.storage == (Disk(name="mmcblk1", smart=Reading.MISSING),)


def test_one_listing_tells_disks_and_what_is_encrypted(tmp_path: Path) -> None:
    tool = write_tool(tmp_path, "lsblk", f"echo '{LSBLK}'")

    answer = read_disks(str(tool), 5)

    assert [disk.serial_number for disk in answer.part.storage] == ["SSD-0001"]
    assert answer.part.security.disk_encrypted is True
    assert [raw.name for raw in answer.raw] == ["lsblk-json.json"]


def test_a_machine_without_any_disk_is_read(tmp_path: Path) -> None:
    assert read_disks(str(write_tool(tmp_path, "lsblk", "exit 32")), 5).part == Machine()


def test_a_listing_that_was_killed_is_no_listing(tmp_path: Path) -> None:
    tool = write_tool(tmp_path, "lsblk", f"echo '{LSBLK}'", "kill -9 $$")

    with pytest.raises(UnreadableReport, match="-9"):
        read_disks(str(tool), 5)


def test_a_hanging_listing_ends_in_time(tmp_path: Path) -> None:
    with pytest.raises(TimedOut):
        read_disks(str(write_tool(tmp_path, "lsblk", "sleep 60")), 0.3)
