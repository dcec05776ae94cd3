"""What attributes mean, by id and by the name that the drive database gives them."""

import pytest

from diagnostics.parse.smart_figures import (
    Attribute,
    attribute_fields,
    kind_word,
    rotates,
    with_wear,
)
from station.machine import Disk

SSD = Disk(rotational=False, interface="SATA")


def row(number: int, name: str, value: int = 100, raw: int | None = 0) -> Attribute:
    return Attribute(number, name, value, raw, None if raw is None else raw & 0xFFFF)


@pytest.mark.parametrize(
    ("number", "name", "field"),
    [
        (5, "Retired_Block_Count", "reallocated"),
        (187, "Uncorrectable_Error_Cnt", "reported_uncorrectable"),
        (197, "Current_Pending_ECC_Cnt", "pending"),
        (198, "Offline_Scan_UNC_SectCt", "uncorrectable"),
        (199, "SATA_CRC_Error_Count", "interface_crc_errors"),
    ],
)
def test_makers_name_the_same_figure_variously(number: int, name: str, field: str) -> None:
    assert attribute_fields([row(number, name, raw=6)])[field] == 6


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (5, "Not_In_Use"),
        (10, "Unknown_SSD_Attribute"),
        (184, "Error_Correction_Count"),
        (196, "Total_Erase_Failures"),
        (197, "Not_In_Use"),
        (188, "Unknown_Attribute"),
    ],
)
def test_another_name_makes_another_figure_of_it(number: int, name: str) -> None:
    fields = attribute_fields([row(number, name, raw=6)])

    assert {k: v for k, v in fields.items() if v != ()} == {}


def test_timeouts_are_counted_in_the_lowest_word() -> None:
    packed = row(188, "Command_Timeout", raw=(3 << 32) + (2 << 16) + 1)

    assert attribute_fields([packed])["command_timeouts"] == 1


@pytest.mark.parametrize(
    ("attribute", "left"),
    [
        (row(233, "Media_Wearout_Indicator", 43), 43),
        (row(177, "Wear_Leveling_Count", 78, 459), 78),
        (row(202, "Percent_Lifetime_Remain", 97, 3), 97),  # raw counts what is used
        (row(231, "SSD_Life_Left", 80, 80), 80),
        (row(231, "SSD_Life_Left", 100, 74), 74),
        (row(231, "SSD_Life_Left", 100, 0), 100),  # raw is not kept
        (row(169, "Remaining_Lifetime_Perc", 100, 93), 93),
        (row(233, "Remaining_Lifetime_Perc", 0, 0), 0),
        (row(173, "Wear_Leveling_Count", 165), None),  # graded beyond 100: no percentage
        (row(230, "Media_Wearout_Indicator", 1), None),  # WD counts up here
        (row(232, "Available_Reservd_Space", 100), None),
        (row(169, "Unknown_Attribute", 100, 95), None),
    ],
)
def test_wear_is_what_makers_say_is_left(attribute: Attribute, left: int | None) -> None:
    assert with_wear(SSD, [attribute]).wear_left_percent == left


def test_of_several_indicators_the_worst_is_believed() -> None:
    rows = [row(231, "SSD_Life_Left", 92, 92), row(233, "Media_Wearout_Indicator", 99)]
    used = Disk(rotational=False, interface="SATA", percentage_used=20)

    assert with_wear(used, rows).wear_left_percent == 80


def test_a_hard_disk_does_not_wear_like_flash() -> None:
    rotating = Disk(rotational=True)

    assert with_wear(rotating, [row(177, "Wear_Leveling_Count", 1)]) == rotating


SPINDLE = [row(3, "Spin_Up_Time"), row(10, "Spin_Retry_Count")]


@pytest.mark.parametrize(
    ("rpm", "said", "attributes", "rotational"),
    [
        (7200, ("SATA", "ACME", ""), [], True),
        (0, ("SATA", "ACME", ""), SPINDLE, False),
        (None, ("NVMe", "ACME", ""), [], False),
        (None, ("ATA", "ACME SSD PM8", "ATA/ATAPI-7"), SPINDLE, False),
        (None, ("ATA", "ACME", "ATA/ATAPI-7"), SPINDLE, True),
        (None, ("ATA", "ACME", "ATA/ATAPI-7"), SPINDLE[:1], None),  # SSDs list this one too
        (None, ("ATA", "ACME", "ATA/ATAPI-6 published"), [], True),
        (None, ("ATA", "ACME", "ACS-2"), [], None),
        (None, ("SCSI", "ACME", ""), [], None),
    ],
)
def test_what_rotates_is_said_or_shows(
    rpm: int | None,
    said: tuple[str, str, str],
    attributes: list[Attribute],
    rotational: bool | None,
) -> None:
    assert rotates(rpm, *said, attributes) is rotational


@pytest.mark.parametrize(("rotational", "word"), [(True, "hdd"), (False, "ssd"), (None, "disk")])
def test_the_medium_names_the_kind_before_the_source_does(
    rotational: bool | None, word: str
) -> None:
    assert kind_word(rotational, "disk") == word
