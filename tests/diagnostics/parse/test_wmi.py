import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.cim import parse_cim, report_of
from diagnostics.parse.wmi import facts_of, parse_wmi
from diagnostics.parse.wmi_machine import WANTED
from diagnostics.parse.wmi_storage import drive_name_of
from station.machine import Bios, Machine, Reading, Security
from tests.diagnostics import corpus
from tests.diagnostics.parse.windows_samples import CLASSES, as_dump, as_json


def test_the_json_and_the_dump_of_a_machine_say_the_same() -> None:
    from_json = parse_cim(as_json())

    assert parse_wmi(as_dump("=")) == from_json
    assert parse_wmi(as_dump("   : ")) == from_json


def test_a_laptop_is_known_by_its_classes() -> None:
    machine = parse_cim(as_json())

    assert machine.system.version == "Travelmate Five"
    assert machine.system.serial_number == "AC-0001"
    assert machine.system.sku is None
    assert machine.system.chassis_type == "Notebook"
    assert machine.bios == Bios("ACME Firmware", "A12", "2016-05-19", uefi=True)
    assert (machine.cpus[0].stepping, machine.cpus[0].speed_mhz) == ("6-78-3", 2400)
    assert machine.logical_processors == 4
    assert [(m.type, m.capacity_mib, m.serial_number) for m in machine.memory] == [
        ("DDR4", 4096, None),
        ("DDR4", 4096, None),
    ]
    assert (machine.memory_slots, machine.memory_max_mib) == (2, 32768)
    assert machine.kernel_errors.disk_io == 3
    assert machine.kernel_errors.machine_checks == 0


@pytest.mark.parametrize(
    ("said", "manufacturer", "maker"),
    [
        ("80AD000080AD", "80AD000080AD", "SK Hynix"),
        ("ACME", "ACME", "ACME"),
        ("Unknown", None, None),
    ],
)
def test_a_module_has_its_maker_by_name_also_where_windows_gives_a_number(
    said: str, manufacturer: str | None, maker: str | None
) -> None:
    module = {"Capacity": 4_294_967_296, "Manufacturer": said, "DeviceLocator": "A"}

    machine = parse_cim(as_json({"Win32_PhysicalMemory": module}))

    assert machine.memory[0].manufacturer == manufacturer
    assert machine.memory[0].maker == maker


def test_a_disk_of_both_classes_is_one_disk_with_the_serial_of_its_label() -> None:
    nvme, stick = parse_cim(as_json()).storage

    assert (nvme.name, nvme.serial_number, nvme.wwn) == (
        "PhysicalDrive0",
        "S3X0001",
        "eui.0025385201b01d7b",
    )
    assert (nvme.manufacturer, nvme.device_type, nvme.bus) == (None, "SSD", "nvme")
    assert nvme.capacity_bytes == 256_060_514_304
    assert (stick.name, stick.usb_bridged) == ("PhysicalDrive1", True)


def test_the_classes_of_one_battery_are_one_battery() -> None:
    machine = parse_cim(as_json())

    (battery,) = machine.batteries
    assert (battery.design_capacity_mwh, battery.full_capacity_mwh) == (50_000, 31_000)
    assert (battery.cycles, battery.charge_percent, battery.status) == (412, 50, "charging")
    assert (battery.chemistry, battery.manufacture_date) == ("LION", "2018-04-17")
    assert machine.on_mains is True


def test_figures_without_a_unit_are_no_capacity() -> None:
    static = {**CLASSES["BatteryStaticData"], "Capabilities": 0x40000000}

    machine = parse_cim(as_json({**CLASSES, "BatteryStaticData": static}))

    assert machine.batteries[0].design_capacity_mwh is None
    assert machine.batteries[0].full_capacity_mwh is None
    assert machine.batteries[0].charge_percent == 50


def test_what_nobody_measured_is_no_capacity() -> None:
    full = {**CLASSES["BatteryFullChargedCapacity"], "FullChargedCapacity": 0xFFFFFFFF}

    machine = parse_cim(as_json({**CLASSES, "BatteryFullChargedCapacity": full}))

    assert machine.batteries[0].full_capacity_mwh is None


def test_drivers_without_hardware_are_no_devices() -> None:
    machine = parse_cim(as_json())

    assert [gpu.pci_id for gpu in machine.gpus] == ["8086:1916"]
    assert [(a.name, a.wireless, a.driver) for a in machine.network] == [
        ("Wi-Fi", True, "acmewlan")
    ]
    assert [camera.usb_id for camera in machine.cameras] == ["04f2:b221"]
    assert [display.connector for display in machine.displays] == ["eDP-1"]
    assert machine.displays[0].product_code == 0x43


def test_what_was_not_asked_of_the_owner_is_not_known() -> None:
    machine = parse_cim(as_json())

    assert machine.security == Security(
        tpm_version="2.0",
        secure_boot=True,
        domain_joined=False,
        mdm_enrolled=False,
        windows_key_in_firmware=True,
    )


def test_a_class_that_asks_for_an_administrator_is_said_to_be_missed() -> None:
    report = report_of(as_json())

    assert report.reading_of(["Win32_Tpm", "Win32_PnPEntity"]) is Reading.NOT_PERMITTED
    assert report.reading_of(["Win32_BIOS"]) is Reading.OK
    assert report.reading_of(["Win32_Unheard"]) is Reading.MISSING


def test_a_class_that_older_windows_lacks_is_no_loss() -> None:
    report = report_of(as_json(missed={"MSFT_PhysicalDisk": "missing"}))

    assert report.reading_of(["MSFT_PhysicalDisk", "Win32_DiskDrive"]) is Reading.OK


def test_what_few_machines_tell_is_no_loss_to_the_section() -> None:
    refused = {"MSStorageDriver_FailurePredictStatus": "not_permitted"}

    report = report_of(as_json(missed=refused))

    assert report.reading_of(WANTED["storage"]) is Reading.OK


@pytest.mark.parametrize(("foretold", "passed"), [("True", False), ("False", None)])
def test_a_drive_that_foretells_its_end_fails_and_its_silence_is_no_health(
    foretold: str, passed: bool | None
) -> None:
    dump = (
        "__CLASS=Win32_DiskDrive\nPNPDeviceID=IDE\\DISKACME\\4&1\nModel=ACME\n\n"
        "__CLASS=MSStorageDriver_FailurePredictStatus\n"
        f"InstanceName=ide\\diskacme\\4&1_0\nPredictFailure={foretold}\n"
    )

    (disk,) = parse_wmi(dump).storage

    assert disk.smart_passed is passed
    assert disk.smart is None


def test_a_serial_of_old_windows_is_put_right() -> None:
    swapped = "CA0-0010".ljust(20).encode().hex()

    machine = parse_wmi(f"CreationClassName=Win32_DiskDrive\nSerialNumber={swapped}\n")

    assert machine.storage[0].serial_number == "AC-00001"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_a_dump_is_read_in_any_of_windows_encodings(encoding: str) -> None:
    data = as_dump().encode(encoding)

    assert facts_of(data) == parse_wmi(as_dump())


def test_a_stray_nul_is_not_part_of_a_serial() -> None:
    data = b"__CLASS=Win32_BIOS\r\nSerialNumber=AC-0001\0\0\r\n"

    assert facts_of(data).system.serial_number == "AC-0001"


def test_lines_that_wmic_ends_twice_are_no_ends_of_blocks() -> None:
    doubled = as_dump().replace("\r\n", "\r\r\n")

    assert parse_wmi(doubled) == parse_wmi(as_dump())


@pytest.mark.parametrize("text", ["", "No Instance(s) Available.", "Node - X\nERROR:", "a=b"])
def test_a_dump_without_a_known_object_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_wmi(text)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": 2}', "[" * 100_000])
def test_json_that_is_not_ours_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_cim(text)


@pytest.mark.parametrize(
    ("device", "name"),
    [
        ("/dev/sda", "PhysicalDrive0"),
        ("/dev/sdz", "PhysicalDrive25"),
        ("/dev/sdaa", "PhysicalDrive26"),
        ("/dev/nvme0", None),
        ("/dev/csmi0,0", None),
    ],
)
def test_a_letter_of_smartctl_is_the_number_of_a_drive(device: str, name: str | None) -> None:
    assert drive_name_of(device) == name


def test_a_report_that_says_nothing_is_an_empty_machine() -> None:
    assert parse_cim(as_json({}, {})) == Machine()


@pytest.mark.parametrize("case", corpus.cases("wmi-dump"))
def test_a_real_dump_gives_disks_modules_and_processors(case: dict[str, object]) -> None:
    machine = facts_of(corpus.data(case))

    expected = case["expected"]
    assert isinstance(expected, dict)
    for section, listed in expected.items():
        if case["id"] != "wmi-storage-win10-edu-2020-fr":  # its second drive is in another file
            assert len(getattr(machine, section)) == len(listed)
