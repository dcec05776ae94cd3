import sys
from pathlib import Path

import pytest

from diagnostics.collect.once import Once
from diagnostics.collect.powershell import script
from diagnostics.collect.side_by_side import collect
from diagnostics.collect.source import Source
from diagnostics.collect.windows import Tools, read_powercfg, windows_sources
from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.parse.wmi_machine import SECTIONS, WANTED
from station.machine import Machine, Reading
from tests.diagnostics.parse.windows_samples import BATTERY, CLASSES, as_json, battery_report

LINES_OF_CREATE_PROCESS = 32_767
ABSENT = ("/nonexistent/tool",)


def stand_in(folder: Path, name: str, body: str) -> tuple[str, ...]:
    """A small program in the place of a Windows tool."""
    path = folder / f"{name}.py"
    path.write_text(f"import sys, pathlib\n{body}\n", encoding="utf-8")
    return (sys.executable, str(path))


def prints(folder: Path, name: str, text: str) -> tuple[str, ...]:
    (folder / name).write_bytes(text.encode())
    return stand_in(
        folder, name, f"sys.stdout.buffer.write(pathlib.Path({str(folder / name)!r}).read_bytes())"
    )


def writes(folder: Path, report: bytes) -> tuple[str, ...]:
    """A powercfg that writes this report where it is told to."""
    place = "sys.argv[sys.argv.index('/output') + 1]"
    return stand_in(folder, "powercfg", f"pathlib.Path({place}).write_bytes({report!r})")


def read(sources: tuple[Source, ...], *without: str) -> Machine:
    """What the sources say, without the libraries: those speak of the machine of the test."""
    ours = [s for s in sources if "psutil" not in s.name and "cpuinfo" not in s.name]
    return collect([source for source in ours if source.section not in without]).machine


def readings(machine: Machine) -> dict[str, Reading]:
    return {section.name: section.reading for section in machine.sections}


def test_one_powershell_answers_for_every_section(tmp_path: Path) -> None:
    (tmp_path / "json").write_text(as_json(), encoding="utf-8")
    once = stand_in(
        tmp_path,
        "powershell",
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "with (folder / 'asked').open('a') as asked: asked.write('x')\n"
        "print((folder / 'json').read_text('utf-8'))",
    )

    machine = read(windows_sources(Tools(powershell=once, powercfg=ABSENT, smartctl=ABSENT)))

    assert (tmp_path / "asked").read_text() == "x"
    assert machine.system.serial_number == "AC-0001"
    assert [disk.name for disk in machine.storage] == ["PhysicalDrive0", "PhysicalDrive1"]
    assert [battery.name for battery in machine.batteries] == ["BAT0"]
    assert [adapter.mac for adapter in machine.network] == ["54:ee:75:00:00:01"]


def test_a_plain_user_learns_everything_but_what_asks_for_an_administrator(tmp_path: Path) -> None:
    powershell = prints(tmp_path, "powershell", as_json())

    machine = read(windows_sources(Tools(powershell, ABSENT, ABSENT)))

    assert readings(machine) == {
        **dict.fromkeys(SECTIONS, Reading.OK),
        "security": Reading.NOT_PERMITTED,
        "smart": Reading.MISSING,
    }
    assert machine.security.secure_boot is True


def test_without_powershell_every_section_says_so_and_powercfg_still_speaks(
    tmp_path: Path,
) -> None:
    powercfg = writes(tmp_path, battery_report())

    machine = read(windows_sources(Tools(ABSENT, powercfg, ABSENT)))

    assert readings(machine) == {
        **dict.fromkeys(SECTIONS, Reading.MISSING),
        "batteries": Reading.OK,
        "smart": Reading.MISSING,
    }
    assert machine.batteries[0].design_capacity_mwh == 50_000


@pytest.mark.parametrize("said", ["Access denied", "", '{"format": 1'])
def test_a_powershell_that_babbles_is_unreadable(tmp_path: Path, said: str) -> None:
    powershell = prints(tmp_path, "powershell", said)

    machine = read(windows_sources(Tools(powershell, ABSENT, ABSENT)), "batteries")

    assert set(readings(machine).values()) == {Reading.UNREADABLE, Reading.MISSING}
    assert readings(machine)["system"] is Reading.UNREADABLE


def test_a_powershell_that_hangs_is_given_up(tmp_path: Path) -> None:
    powershell = stand_in(tmp_path, "powershell", "import time; time.sleep(60)")
    sources = windows_sources(Tools(powershell, ABSENT, ABSENT), limit_s=1)

    machine = read(tuple(s for s in sources if s.section == "system"))

    assert readings(machine) == {"system": Reading.TIMED_OUT}


def test_powercfg_fills_what_the_classes_leave_out_of_the_same_battery(tmp_path: Path) -> None:
    silent = {k: v for k, v in CLASSES.items() if k != "BatteryFullChargedCapacity"}
    powershell = prints(tmp_path, "powershell", as_json(silent))
    powercfg = writes(tmp_path, battery_report(full="30,900 mWh"))

    machine = read(windows_sources(Tools(powershell, powercfg, ABSENT)))

    (battery,) = machine.batteries
    assert battery.full_capacity_mwh == 30_900
    assert battery.cycles == 412
    assert battery.voltage_mv == 11_400


@pytest.mark.parametrize("closed", [["BatteryStaticData"], [n for n in CLASSES if "Battery" in n]])
def test_a_battery_that_a_plain_user_may_not_ask_for_its_number_is_not_doubled(
    tmp_path: Path, closed: list[str]
) -> None:
    said = {name: told for name, told in CLASSES.items() if name not in closed}
    said["Win32_Battery"] = {"DeviceID": "1", "Name": "ACME-1", "EstimatedChargeRemaining": 50}
    powershell = prints(tmp_path, "powershell", as_json(said))
    powercfg = writes(tmp_path, battery_report())

    (battery,) = read(windows_sources(Tools(powershell, powercfg, ABSENT))).batteries

    assert (battery.name, battery.serial_number, battery.charge_percent) == ("BAT0", "541", 50)


def test_two_batteries_without_numbers_are_the_two_that_powercfg_tells(tmp_path: Path) -> None:
    said = {name: told for name, told in CLASSES.items() if "Battery" not in name}
    said["Win32_Battery"] = [
        {"DeviceID": number, "Name": "ACME-1", "EstimatedChargeRemaining": 50} for number in "12"
    ]
    powershell = prints(tmp_path, "powershell", as_json(said))
    one = battery_report()
    second = BATTERY.format(design="23000", full="20000", cycles="9", relative="0")
    two = one.replace(b"</Batteries>", second.replace("541", "542").encode() + b"</Batteries>")
    powercfg = writes(tmp_path, two)

    batteries = read(windows_sources(Tools(powershell, powercfg, ABSENT))).batteries

    assert [(b.name, b.serial_number, b.cycles) for b in batteries] == [
        ("BAT0", "541", 412),
        ("BAT1", "542", 9),
    ]


def test_a_powercfg_without_a_report_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_powercfg(stand_in(tmp_path, "powercfg", "sys.exit(1)"))


SCAN = (
    '{"devices": [{"name": "/dev/sda", "type": "nvme"}, {"name": "/dev/sdb", "type": "sat"},'
    ' {"name": "-x"}, 7]}'
)
HEALTH = """{"smartctl": {"exit_status": 0, "argv": ["smartctl", "-j", "-x"]},
 "device": {"name": "DEVICE", "type": "nvme"}, "model_name": "ACME NVMe 256",
 "serial_number": "S3X0001", "smart_status": {"passed": true},
 "nvme_smart_health_information_log": {"percentage_used": 3, "critical_warning": 0}}"""


def smartctl(folder: Path) -> tuple[str, ...]:
    """Opens the first disk only."""
    (folder / "scan").write_text(SCAN)
    (folder / "health").write_text(HEALTH)
    return stand_in(
        folder,
        "smartctl",
        f"folder = pathlib.Path({str(folder)!r})\n"
        "if '--scan' in sys.argv: print((folder / 'scan').read_text())\n"
        "elif sys.argv[-1] == '/dev/sda':\n"
        "    print((folder / 'health').read_text().replace('DEVICE', '/dev/sda'))\n"
        'else: print(\'{"smartctl": {"exit_status": 2}}\')',
    )


def test_the_health_of_a_disk_joins_its_name_and_size(tmp_path: Path) -> None:
    powershell = prints(tmp_path, "powershell", as_json())

    machine = read(windows_sources(Tools(powershell, ABSENT, smartctl(tmp_path))))

    first, second = machine.storage
    assert (first.name, first.percentage_used, first.bus) == ("PhysicalDrive0", 3, "nvme")
    assert first.smart is Reading.OK
    assert (second.name, second.smart) == ("PhysicalDrive1", Reading.UNREADABLE)
    assert readings(machine)["smart"] is Reading.OK


def test_a_question_is_asked_once_also_when_it_fails() -> None:
    asked = []

    def refuse() -> None:
        asked.append(1)
        raise NotPermitted("powershell")

    once = Once(refuse)
    for _attempt in range(2):
        with pytest.raises(NotPermitted, match="powershell"):
            once()

    assert asked == [1]


def test_the_script_asks_for_every_property_that_is_read() -> None:
    text = script()

    for classes in WANTED.values():
        for name, properties in classes.items():
            if not name.startswith("Station"):
                assert f"c='{name}';" in text
                assert all(f"'{wanted}'" in text for wanted in properties)


def test_the_script_passes_as_one_argument() -> None:
    text = script()

    assert '"' not in text
    assert text.isascii()
    assert len(text) < LINES_OF_CREATE_PROCESS - 1000


def test_the_script_asks_for_no_person_and_no_network_name() -> None:
    text = script().casefold()

    for word in ("username", "__server", "systemname", "dnshostname", "ssid", "netsh", "csname"):
        assert word not in text


def test_a_report_that_is_cut_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport):
        read_powercfg(writes(tmp_path, battery_report()[:200]))


def test_the_libraries_add_to_what_powershell_said_and_double_nothing(tmp_path: Path) -> None:
    powershell = prints(tmp_path, "powershell", as_json())

    machine = collect(windows_sources(Tools(powershell, ABSENT, ABSENT))).machine

    (cpu,) = machine.cpus
    assert cpu.name == CLASSES["Win32_Processor"]["Name"]
    assert machine.mem_total_kib == CLASSES["Win32_ComputerSystem"]["TotalPhysicalMemory"] // 1024
    assert [adapter.name for adapter in machine.network] == ["Wi-Fi"]
    assert machine.clock.uptime_s is not None
    assert machine.reading_of("network") is Reading.OK


def test_the_libraries_stand_in_for_a_missing_powershell() -> None:
    sources = windows_sources(Tools(ABSENT, ABSENT, ABSENT))

    machine = collect([s for s in sources if s.name != "smartctl"]).machine

    assert machine.cpus
    assert machine.mem_total_kib
    assert machine.reading_of("network") is Reading.OK
    assert machine.reading_of("system") is Reading.MISSING
