import msgspec
import pytest

from station.checks import Outcome
from station.machine import Disk
from tests.diagnostics.judge.judged import GB, found, machine, told

SSD = Disk(name="sda", capacity_bytes=128 * GB, rotational=False, removable=False, bus="sata")
HDD = Disk(name="sdb", capacity_bytes=500 * GB, rotational=True, removable=False, bus="sata")
STICK = Disk(name="sdc", capacity_bytes=256 * GB, rotational=False, removable=True, bus="usb")


@pytest.mark.parametrize(
    ("disks", "expected"),
    [
        ([SSD], (Outcome.PASS, "")),
        ([HDD], (Outcome.WARN, "disk_rotates")),
        ([HDD, SSD], (Outcome.PASS, "")),
        ([msgspec.structs.replace(SSD, capacity_bytes=119 * GB)], (Outcome.WARN, "disk_small")),
        ([msgspec.structs.replace(SSD, capacity_bytes=31 * GB)], (Outcome.WARN, "disk_small")),
        ([msgspec.structs.replace(SSD, capacity_bytes=16 * GB)], (Outcome.FAIL, "disk_small")),
        ([msgspec.structs.replace(HDD, capacity_bytes=20 * GB)], (Outcome.FAIL, "disk_small")),
        ([msgspec.structs.replace(SSD, rotational=None)], (Outcome.UNKNOWN, "media_not_said")),
        ([msgspec.structs.replace(SSD, capacity_bytes=None)], (Outcome.UNKNOWN, "not_said")),
        # An external disk of the larger kind does not call itself removable.
        ([msgspec.structs.replace(STICK, removable=False)], (Outcome.UNKNOWN, "disk_not_seen")),
        ([STICK], (Outcome.UNKNOWN, "disk_not_seen")),
        ([], (Outcome.UNKNOWN, "disk_not_seen")),
    ],
)
def test_the_best_internal_disk_counts(disks: list[Disk], expected: tuple[Outcome, str]) -> None:
    assert told(found("sto.type", machine(storage=tuple(disks)))) == expected
