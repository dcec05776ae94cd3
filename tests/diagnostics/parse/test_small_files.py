"""What the kernel's small files become: disks, sensors, sound cards, names, encryption."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.asound import parse_asound
from diagnostics.parse.block_device import is_disk, parse_block_device, parse_emmc
from diagnostics.parse.encryption import parse_encryption
from diagnostics.parse.id_names import Names, names_of
from diagnostics.parse.sensors import parse_chip, parse_zone
from station.machine import Temperature

IDS = "# list\nac01  ACME\n\t0001  One\n\t\tac01 0009  variant\nac02  Other\n\t0002  Two\n"


@pytest.mark.parametrize("name", ["sda", "vda", "nvme0n1", "mmcblk0", "hda", "xvda", "dasda"])
def test_disks_are_disks(name: str) -> None:
    assert is_disk(name)


@pytest.mark.parametrize(
    "name",
    ["zram0", "ram1", "loop0", "nbd3", "fd0", "md127", "dm-0", "sr0", "mmcblk0boot1", "nvme0c0n1"],
)
def test_memory_files_and_parts_of_chips_are_no_disks(name: str) -> None:
    assert not is_disk(name)


def test_a_disk_that_answers_zero_bytes_is_still_a_disk() -> None:
    disk = parse_block_device("sda", {"size": "0", "removable": "0"}, "")

    assert disk is not None
    assert disk.capacity_bytes is None


@pytest.mark.parametrize(
    ("said", "wwn"),
    [
        ("naa.5002538F00112233", "0x5002538f00112233"),
        ("eui.0025385a11b2c3d4", "eui.0025385a11b2c3d4"),
        ("t10.ATA     ACME SSD 256", None),
        ("naa.0000000000000000", None),
    ],
)
def test_a_wide_name_is_worded_as_lsblk_words_it(said: str, wwn: str | None) -> None:
    disk = parse_block_device("sda", {"size": "1", "device/wwid": said}, "")

    assert disk is not None
    assert disk.wwn == wwn


@pytest.mark.parametrize(
    ("life", "pre_eol", "expected"),
    [
        ("0x02 0x0b", "0x03", (11, 3)),
        ("0x00 0x00", "0x01", (None, 1)),  # a life time that is not defined
        ("0x01 0x00", "", (1, None)),
    ],
)
def test_an_emmc_chip_says_how_old_it_is(
    life: str, pre_eol: str, expected: tuple[int | None, int | None]
) -> None:
    disk = parse_emmc("mmcblk0", {"life_time": life, "pre_eol_info": pre_eol})

    assert disk is not None
    assert (disk.life_time_estimate, disk.pre_eol) == expected


@pytest.mark.parametrize("files", [{}, {"life_time": "0x00 0x00"}, {"life_time": "new"}])
def test_a_chip_that_does_not_say_has_no_health(files: dict[str, str]) -> None:
    assert parse_emmc("mmcblk0", files) is None


def lsblk(*kinds: str | None, type: str = "part") -> str:  # noqa: A002 -- lsblk's word
    children = [{"type": type, "fstype": kind} for kind in kinds]
    return json.dumps({"blockdevices": [{"type": "disk", "children": children}]})


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (lsblk("vfat", "BitLocker"), True),
        (lsblk("ext4", "crypto_LUKS"), True),
        (lsblk("vfat", "ntfs", None), False),
        (lsblk(None), None),
        (lsblk(), None),
        (lsblk("squashfs", type="loop"), None),
        ('{"blockdevices": []}', None),
    ],
)
def test_encryption_is_denied_only_where_volumes_were_recognised(
    listing: str, expected: bool | None
) -> None:
    assert parse_encryption(listing).disk_encrypted is expected


def test_a_listing_that_is_none_is_unreadable() -> None:
    with pytest.raises(UnreadableReport):
        parse_encryption("lsblk: no")


@pytest.mark.parametrize(
    ("maker", "device", "expected"),
    [
        ("ac01", "0001", Names("ACME", "One")),
        ("ac02", "0002", Names("Other", "Two")),
        ("ac01", "0002", Names("ACME", None)),  # a device of the next maker
        ("ac01", "0009", Names("ACME", None)),  # a variant is no device
        ("ac03", "0001", Names()),
        ("", "", Names()),
    ],
)
def test_a_number_is_named_within_its_maker(maker: str, device: str, expected: Names) -> None:
    assert names_of(IDS, maker, device) == expected


def test_a_list_that_begins_or_ends_with_the_maker_is_read_too() -> None:
    assert names_of("ac01  ACME", "ac01", "0001") == Names("ACME")


def test_a_thermometer_that_is_not_connected_says_nothing() -> None:
    temperatures, fans = parse_chip(
        {"name": "acme", "temp1_input": "-128000", "temp2_input": "x", "fan1_input": "0"}
    )

    assert temperatures == ()
    assert [fan.rpm for fan in fans] == [0]  # standing still is a fact


def test_frost_is_a_temperature() -> None:
    assert parse_zone({"type": "acme", "temp": "-4500"}) == Temperature("acme", -45)


def test_no_sound_cards_are_told_from_no_list() -> None:
    assert parse_asound("--- no soundcards ---\n", "").sound_cards == ()
    with pytest.raises(UnreadableReport):
        parse_asound("", "")


@given(
    st.dictionaries(st.sampled_from(["name", "temp1_input", "fan1_input", "temp1_crit"]), st.text())
)
def test_any_words_of_a_chip_are_read(files: dict[str, str]) -> None:
    temperatures, fans = parse_chip(files)

    assert len(temperatures) + len(fans) <= 2


@given(st.text(), st.text())
def test_any_text_is_sound_cards_or_unreadable(cards: str, pcm: str) -> None:
    with suppress(UnreadableReport):
        assert parse_asound(cards, pcm).sound_cards is not None


@given(st.text(), st.text("ac012"), st.text("ac012"))
def test_any_list_names_or_does_not(ids: str, maker: str, device: str) -> None:
    assert isinstance(names_of(ids, maker, device), Names)


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists, max_leaves=9))
def test_any_json_is_encryption_or_unreadable(value: object) -> None:
    text = json.dumps({"blockdevices": [{"fstype": value, "children": value}, value]})

    with suppress(UnreadableReport):
        assert parse_encryption(text).disk_encrypted in (True, False, None)


@given(st.dictionaries(st.sampled_from(["size", "removable", "device/model", "wwid"]), st.text()))
def test_any_words_of_a_disk_are_a_disk_or_none(files: dict[str, str]) -> None:
    disk = parse_block_device("sda", files, "/sys/devices")

    assert disk is None or disk.name == "sda"
