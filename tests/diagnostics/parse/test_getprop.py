import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.getprop import parse_getprop
from station.machine import Tablet
from tests.diagnostics import corpus

PRINTED = """[gsm.operator.alpha]: [Some Operator]
[ro.product.manufacturer]: [ACME]
[ro.product.model]: [Slate 8]
[ro.serialno]: [AC8X0001]
[ro.build.characteristics]: [tablet,nosdcard]
[ro.build.version.release]: [9]
[ro.build.version.security_patch]: [2019-08-05]
[ro.boot.verifiedbootstate]: [orange]
[ro.boot.flash.locked]: [0]
[ro.crypto.state]: [encrypted]
[ro.product.cpu.abilist]: [arm64-v8a,armeabi-v7a]
[ro.soc.model]: [AC0001]
[persist.sys.note]: [a [bracket] inside]
"""


def test_a_tablet_is_known_by_its_properties() -> None:
    machine = parse_getprop(PRINTED)

    assert (machine.system.manufacturer, machine.system.model) == ("ACME", "Slate 8")
    assert machine.system.serial_number == "AC8X0001"
    assert machine.system.chassis_type == "Tablet"
    assert (machine.cpus[0].name, machine.cpus[0].bits) == ("AC0001", 64)
    assert machine.security.disk_encrypted is True
    assert machine.tablet == Tablet(
        android_version="9",
        security_patch="2019-08-05",
        verified_boot="orange",
        bootloader_locked=False,
    )


def test_a_saved_file_says_the_same_as_the_command() -> None:
    rows = (line.strip("[]").split("]: [") for line in PRINTED.splitlines())
    saved = "# begin\n" + "\n".join(f"{key}={value}" for key, value in rows)

    assert parse_getprop(saved) == parse_getprop(PRINTED)


def test_a_newer_system_names_its_maker_by_partition() -> None:
    machine = parse_getprop("[ro.product.vendor.manufacturer]: [ACME]\n[ro.serialno]: [unknown]\n")

    assert machine.system.manufacturer == "ACME"
    assert machine.system.serial_number is None


def test_of_a_property_that_stands_twice_the_first_counts() -> None:
    assert parse_getprop("ro.product.model=One\nro.product.model=Two\n").system.model == "One"


@pytest.mark.parametrize("patch", ["", "2019-13", "soon", "[2019-08-05"])
def test_a_patch_level_is_a_day_or_nothing(patch: str) -> None:
    tablet = parse_getprop(f"ro.build.version.security_patch={patch}\nro.a=1").tablet

    assert tablet is not None
    assert tablet.security_patch is None


@pytest.mark.parametrize("text", ["", "error: no devices/emulators found", "[net.dns1]: [1]"])
def test_what_holds_no_property_of_android_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_getprop(text)


@pytest.mark.parametrize("case", corpus.cases("android-build-prop"))
def test_a_real_file_names_maker_model_and_version(case: dict[str, object]) -> None:
    machine = parse_getprop(corpus.text(case))

    assert machine.system.manufacturer
    assert machine.system.model
    assert machine.tablet
    assert machine.tablet.android_version
