import sys
from pathlib import Path

import pytest

from diagnostics.collect.security import read_firmware, read_firmware_settings
from diagnostics.endings import SourceMissing
from station.machine import Security
from tests.diagnostics.machine_tree import SECURE_BOOT, write, write_firmware

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def test_a_new_laptop_is_trusted_and_not_held(tmp_path: Path) -> None:
    write_firmware(tmp_path)

    part = read_firmware(tmp_path).part

    assert part.bios.uefi is True
    assert part.security == Security(
        tpm_version="2.0",
        secure_boot=True,
        computrace=False,
        amt=True,
        windows_key_in_firmware=True,
    )


def test_an_agent_of_the_owner_in_the_firmware_is_seen(tmp_path: Path) -> None:
    write_firmware(tmp_path)
    write(tmp_path / "sys/firmware/acpi/tables/WPBT", b"WPBT")

    assert read_firmware(tmp_path).part.security.computrace is True


@pytest.mark.parametrize(("value", "expected"), [(b"\6\0\0\0\0", False), (b"", None)])
def test_secure_boot_is_what_the_variable_says(
    tmp_path: Path, value: bytes, expected: bool | None
) -> None:
    write_firmware(tmp_path)
    write(tmp_path / "sys/firmware/efi/efivars" / SECURE_BOOT, value)

    assert read_firmware(tmp_path).part.security.secure_boot is expected


def test_an_old_machine_was_not_started_by_uefi(tmp_path: Path) -> None:
    (tmp_path / "sys/firmware/acpi").mkdir(parents=True)

    part = read_firmware(tmp_path).part

    assert part.bios.uefi is False
    assert part.security == Security(secure_boot=False)  # nothing else was there to ask


def test_no_chip_is_told_from_no_one_to_ask(tmp_path: Path) -> None:
    (tmp_path / "sys/firmware").mkdir(parents=True)
    (tmp_path / "sys/class/tpm").mkdir(parents=True)

    assert read_firmware(tmp_path).part.security.tpm_version == ""


@pytest.mark.parametrize(
    ("file", "text", "version"),
    [
        ("device/description", "TPM 2.0 Device\n", "2.0"),
        ("device/caps", "Manufacturer: 0x41434d45\nTCG version: 1.2\n", "1.2"),
        ("tpm_version_major", "1\n", "1.2"),
        ("tpm_version_major", "3\n", None),
    ],
)
def test_older_kernels_tell_the_version_elsewhere(
    tmp_path: Path, file: str, text: str, version: str | None
) -> None:
    (tmp_path / "sys/firmware").mkdir(parents=True)
    write(tmp_path / "sys/class/tpm/tpm0" / file, text)

    assert read_firmware(tmp_path).part.security.tpm_version == version


def test_passwords_of_the_firmware_are_told_by_their_role(tmp_path: Path) -> None:
    write_firmware(tmp_path)

    security = read_firmware_settings(tmp_path).part.security

    assert (security.bios_admin_password, security.bios_power_on_password) == (True, False)


def test_firmware_that_keeps_its_settings_to_itself_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_firmware_settings(tmp_path)
