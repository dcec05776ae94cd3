import re
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.dmidecode import LONGEST, facts_of, parse_dmidecode
from station.machine import Battery, Bios, Board, Cpu, Machine, MemoryModule, System
from tests.diagnostics import corpus
from tests.diagnostics.parse.dmidecode_samples import LAPTOP, OLD, OLDEST, structure

FITTED = {"Size": "4 GB", "Type": "DDR3", "Speed": "1600 MT/s"}
BATTERY = {"Name": "NB14-BAT", "Manufacturer": "ACME Power", "Chemistry": "Lithium Ion"}


def the_module(**values: str) -> MemoryModule:
    [module] = parse_dmidecode(structure("Memory Device", **FITTED | values)).memory
    return module


def the_cpu(**values: str) -> Cpu:
    [cpu] = parse_dmidecode(structure("Processor Information", **values)).cpus
    return cpu


def the_battery(**values: str) -> Battery:
    [battery] = parse_dmidecode(structure("Portable Battery", **BATTERY | values)).batteries
    return battery


def the_system(**values: str) -> System:
    return parse_dmidecode(structure("System Information", **values)).system


def test_a_laptop_becomes_what_its_firmware_says() -> None:
    machine = parse_dmidecode(LAPTOP)

    assert machine == Machine(
        system=System(
            manufacturer="ACME Computers",
            model="Notebook 14",
            serial_number="AC-0001",
            uuid="4c4c4544-0001-4810-8057-b3c04f385a31",
            sku="NB14-VN",
            asset_tag="School 12",
            chassis_type="Notebook",
            chassis_serial_number="CH-0001",
        ),
        board=Board(manufacturer="ACME Boards", model="NB14-MB", version="A02", asset_tag="B-7"),
        bios=Bios(vendor="ACME Firmware", version="1.07", date="2016-02-29"),
        cpus=(
            Cpu(
                name="ACME Core i3-4000M CPU @ 2.40GHz",
                manufacturer="Intel(R) Corporation",
                cores=2,
                threads=4,
                threads_per_core=2,
                speed_mhz=2400,
                stepping="6-60-3",
            ),
        ),
        memory=(
            MemoryModule(
                capacity_mib=4096,
                type="DDR3",
                speed_mts=1600,
                manufacturer="ACME Memory",
                maker="ACME Memory",
                part_number="AM4G-1600",
                serial_number="12AB34CD",
                form_factor="SODIMM",
                slot="ChannelA-DIMM0",
            ),
        ),
        memory_slots=2,
        memory_max_mib=16384,
        batteries=(
            Battery(
                name="NB14-BAT",
                model="NB14-BAT",
                manufacturer="ACME Power",
                serial_number="1073",
                chemistry="LiP",
                manufacture_date="2017-03-29",
                voltage_mv=11580,
                design_capacity_mwh=57000,
            ),
        ),
    )


def _quiet(text: str) -> str:
    return re.sub(r"Handle .*\n|#.*\n|Getting .*\n|SMBIOS .*\n|Table .*\n", "", text)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(_quiet(LAPTOP), id="-q"),
        pytest.param(LAPTOP.replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param(LAPTOP.replace("\t", "        "), id="tabs became spaces"),
        pytest.param(LAPTOP.replace("\n\n", "\n"), id="no empty lines"),
        pytest.param(LAPTOP.replace("Information\n", "Information  \n"), id="spaces after titles"),
        pytest.param(
            LAPTOP + "Invalid entry length (0). DMI table is broken! Stop.\n", id="broken table"
        ),
    ],
)
def test_the_same_machine_is_read_however_it_was_printed(printed: str) -> None:
    assert parse_dmidecode(printed) == parse_dmidecode(LAPTOP)


def test_a_dump_of_old_firmware_is_read() -> None:
    machine = parse_dmidecode(OLD)

    assert machine.bios == Bios(vendor="ACME Firmware", version="4.51", date="1999-02-11")
    assert machine.system == System(manufacturer="ACME Computers", model="Tower 1")
    assert machine.memory == (MemoryModule(capacity_mib=64, type="DIMM SDRAM", slot="BANK_2"),)
    assert (machine.memory_slots, machine.memory_max_mib) == (2, 2048)


def test_a_dump_of_the_oldest_dmidecode_is_read() -> None:
    machine = parse_dmidecode(OLDEST)

    assert machine.system == System(
        manufacturer="ACME Computers", model="Tower 2", chassis_type="Mini Tower"
    )
    assert machine.board == Board(manufacturer="ACME Boards", model="T2-MB")
    assert machine.bios == Bios(vendor="ACME Firmware", date="2002-12-11")
    assert machine.cpus == (Cpu(name="Pentium 4", manufacturer="Intel"),)
    assert machine.memory == (MemoryModule(capacity_mib=256, type="ECC DIMM SDRAM", slot="DIMM1"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0",
        "Permission denied",
        "# dmidecode 3.3\n# No SMBIOS nor DMI entry point found, sorry.\n",
        "System Information\n",
        "Handle 0x0001, DMI type 1, 27 bytes\n\tHeader and Data:\n\t\t01 1B 01 00\n",
        "x" * (LONGEST + 1),
    ],
)
def test_text_without_a_decoded_structure_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_dmidecode(text)


def test_a_dump_of_structures_nobody_asks_for_is_a_machine_without_facts() -> None:
    fans = "Handle 0x0001, DMI type 27, 15 bytes\nCooling Device\n\tType: Fan\n"

    assert parse_dmidecode(fans) == Machine()


def test_a_cut_dump_keeps_what_came_before_the_cut() -> None:
    machine = parse_dmidecode(LAPTOP[: LAPTOP.index("Serial Number: AC")])

    assert machine.system == System(manufacturer="ACME Computers", model="Notebook 14")
    assert machine.board == Board()


def test_a_structure_whose_handle_was_damaged_is_not_believed() -> None:
    damaged = LAPTOP.replace("Handle 0x0003, DMI type 3, 22 bytes", "807075653E24ECB98B63")

    assert parse_dmidecode(damaged).system.chassis_type is None


def test_a_title_within_a_list_of_strings_begins_no_structure() -> None:
    listed = "Handle 0x000B, DMI type 11, 5 bytes\nOEM Strings\n\tString 1: System Information\n"
    injected = f"{LAPTOP}\n{listed}\tSystem Information\n\t\tManufacturer: Nobody\n"

    assert parse_dmidecode(injected).system.manufacturer == "ACME Computers"


def test_a_value_longer_than_firmware_holds_is_not_said() -> None:
    assert the_system(Manufacturer="A" * 1001, Version="1").manufacturer is None


def test_of_several_boards_the_mainboard_speaks() -> None:
    boards = structure("Base Board Information", Product_Name="Riser", Type="I/O Module")
    boards += structure("Base Board Information", Product_Name="T2-MB", Type="Motherboard")

    assert parse_dmidecode(boards).board.model == "T2-MB"


def test_of_several_boards_without_a_kind_the_first_speaks() -> None:
    boards = structure("Base Board Information", Product_Name="One")
    boards += structure("Base Board Information", Product_Name="Two")

    assert parse_dmidecode(boards).board.model == "One"


def test_of_several_enclosures_the_first_speaks() -> None:
    cases = structure("Chassis Information", Type="Rack Mount Chassis", Serial_Number="R-1")
    cases += structure("Chassis Information", Type="Blade", Serial_Number="B-1")

    system = parse_dmidecode(cases).system

    assert (system.chassis_type, system.chassis_serial_number) == ("Rack Mount Chassis", "R-1")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Other", "Other"), ("Unknown", None), ("<OUT OF SPEC>", None), ("", None)],
)
def test_a_kind_of_enclosure_is_said_in_the_words_of_dmidecode(
    said: str, meant: str | None
) -> None:
    [chassis] = [structure("Chassis Information", Type=said, Asset_Tag="1")]

    assert parse_dmidecode(chassis).system.chassis_type == meant


@pytest.mark.parametrize("said", ["<BAD INDEX>", "Not Specified", "System SKU#", "INVALID", " "])
def test_what_firmware_says_instead_of_a_name_is_no_fact(said: str) -> None:
    assert the_system(Manufacturer="ACME", Product_Name=said, SKU_Number=said) == System(
        manufacturer="ACME"
    )


def test_a_lenovo_without_its_type_code_has_the_name_people_know() -> None:
    lenovo = the_system(Manufacturer="LENOVO", Product_Name="INVALID", Version="ThinkPad T1")
    other = the_system(Manufacturer="ACME", Product_Name="INVALID", Version="ThinkPad T1")

    assert lenovo.model == "ThinkPad T1"
    assert other.model is None


@pytest.mark.parametrize(
    ("size", "mib"),
    [
        ("4 GB", 4096),
        ("1 TB", 1048576),
        ("16384 kB", 16),
        ("2147483648 bytes", 2048),
        ("1536 MB", 1536),
    ],
)
def test_a_size_is_counted_in_mebibytes(size: str, mib: int) -> None:
    assert the_module(Size=size).capacity_mib == mib


@pytest.mark.parametrize("size", ["No Module Installed", "Not Installed", "0 MB", "512 kB", ""])
def test_an_empty_slot_is_only_counted(size: str) -> None:
    machine = parse_dmidecode(structure("Memory Device", Size=size, Type="DDR3"))

    assert (machine.memory, machine.memory_slots) == ((), 1)


def test_the_chip_of_the_firmware_is_no_memory() -> None:
    text = structure("Memory Device", Size="8 MB", Type="Flash")
    text += structure("Memory Device", **FITTED)
    text += structure("Physical Memory Array", Use="Flash Memory", Maximum_Capacity="8 MB")
    text += structure("Physical Memory Array", Use="System Memory", Maximum_Capacity="8 GB")

    machine = parse_dmidecode(text)

    assert [module.capacity_mib for module in machine.memory] == [4096]
    assert (machine.memory_slots, machine.memory_max_mib) == (1, 8192)


@pytest.mark.parametrize(
    ("said", "word", "name"),
    [
        ("ACME Memory", "ACME Memory", "ACME Memory"),
        ("029E", "029E", "Corsair"),
        ("JEDEC ID:80 2C", "JEDEC ID:80 2C", "Micron"),
        ("0194", None, "Smart Modular"),
        ("0x7F98000000000000", None, "Kingston"),
        ("80AD000080AD", None, "SK Hynix"),
        ("Manufacturer0", None, None),
        ("A1_Manufacturer12", None, None),
        ("Undefined", None, None),
        ("2020202020202020", None, None),
    ],
)
def test_a_maker_of_memory_is_known_by_name_where_firmware_says_a_number(
    said: str, word: str | None, name: str | None
) -> None:
    module = the_module(Manufacturer=said)

    assert (module.manufacturer, module.maker) == (word, name)


def test_a_nameless_module_has_the_maker_of_the_number_that_dmidecode_decoded() -> None:
    module = the_module(Manufacturer="Unknown", Module_Manufacturer_ID="Bank 6, Hex 0x9B")

    assert module.maker == "Crucial"


def test_a_part_number_tells_what_the_firmware_does_not() -> None:
    module = the_module(Type="<OUT OF SPEC>", Speed="Unknown", Part_Number="M471B1234AB0-CK0")

    assert (module.maker, module.type, module.speed_mts) == ("Samsung", "DDR3", 1600)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("0x41434D452D34470000", "ACME-4G"),
        ("0x2020202020202020", None),
        ("PartNum3", None),
        ("ModulePartNumber01", None),
        ("SODIMM000", None),
        ("2G-UDIMM", "2G-UDIMM"),
    ],
)
def test_a_part_number_is_text_and_no_example(said: str, meant: str | None) -> None:
    assert the_module(Part_Number=said).part_number == meant


@pytest.mark.parametrize(
    ("version", "current", "mhz"),
    [
        ("ACME CPU 1.60GHz", "800 MHz", 1600),
        ("ACME CPU 733MHz", "800 MHz", 733),
        ("ACME CPU", "2834 MHz", 2834),
        ("ACME CPU", "Unknown", None),
        ("ACME CPU", "0 MHz", None),
    ],
)
def test_the_rated_clock_stands_in_the_name_or_is_the_current_one(
    version: str, current: str, mhz: int | None
) -> None:
    assert the_cpu(Version=version, Current_Speed=current).speed_mhz == mhz


def test_a_processor_without_a_name_has_that_of_its_family() -> None:
    assert the_cpu(Manufacturer="ACME", Version="", Family="Zen").name == "Zen"
    assert the_cpu(Manufacturer="ACME", Version="", Family="Other").name is None


def test_fewer_threads_than_cores_are_those_of_one_core() -> None:
    cpu = the_cpu(Version="ACME", Core_Count="4", Core_Enabled="4", Thread_Count="1")

    assert (cpu.threads, cpu.threads_per_core) == (4, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"Version": "ACME", "Status": "Unpopulated"},
        {"Version": "ACME", "Status": "Populated, Disabled By BIOS"},
        {"Version": "00000000", "Manufacturer": "000000000000"},
    ],
)
def test_an_empty_socket_is_no_processor(values: dict[str, str]) -> None:
    assert parse_dmidecode(structure("Processor Information", **values)).cpus == ()


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ({"Manufacture_Date": "08/11/97"}, "1997-08-11"),
        ({"Manufacture_Date": "2008", "SBDS_Manufacture_Date": "2015-02-03"}, "2015-02-03"),
        ({"Manufacture_Date": "**/**/****"}, None),
        ({"SBDS_Manufacture_Date": "1980-00-00"}, None),
    ],
)
def test_a_battery_is_as_old_as_it_or_the_firmware_says(
    printed: dict[str, str], date: str | None
) -> None:
    assert the_battery(**printed).manufacture_date == date


@pytest.mark.parametrize(
    ("printed", "serial"),
    [
        ({"SBDS_Serial_Number": "0E62"}, "3682"),
        ({"Serial_Number": "61E6"}, "25062"),
        ({"Serial_Number": "AP-77120"}, "AP-77120"),
        ({"SBDS_Serial_Number": "0000"}, None),
    ],
)
def test_a_smart_serial_is_the_number_that_the_running_system_shows(
    printed: dict[str, str], serial: str | None
) -> None:
    assert the_battery(**printed).serial_number == serial


@pytest.mark.parametrize(
    "values", [{"Name": "Not Installed"}, {"Name": ""}, {"Chemistry": "Unknown"}]
)
def test_a_place_for_a_battery_is_no_battery(values: dict[str, str]) -> None:
    assert parse_dmidecode(structure("Portable Battery", **BATTERY | values)).batteries == ()


@pytest.mark.parametrize("said", ["Unknown", "0 mWh", "57000", "57000 mV"])
def test_a_capacity_without_a_figure_is_not_said(said: str) -> None:
    assert the_battery(Design_Capacity=said).design_capacity_mwh is None


@pytest.mark.parametrize("case", corpus.cases("dmidecode-section"))
def test_a_section_of_a_real_dump_is_read_alone(case: dict[str, Any]) -> None:
    machine = facts_of(corpus.data(case))

    expected = case["expected"]
    board, kind = msgspec.to_builtins(machine.board), machine.system.chassis_type
    assert not corpus.wrong(expected.get("board", {}), board)
    assert board or kind


def _read(data: bytes) -> None:
    """Read it and write it, or be told that it is unreadable; any other error fails."""
    with suppress(UnreadableReport):
        msgspec.json.encode(facts_of(data))


@given(st.binary())
def test_arbitrary_bytes_are_a_machine_or_unreadable(data: bytes) -> None:
    _read(data)


@given(st.lists(st.sampled_from([*LAPTOP.splitlines(), *OLD.splitlines(), "\t", ""])))
def test_lines_in_any_order_are_a_machine_or_unreadable(lines: list[str]) -> None:
    _read("\n".join(lines).encode())


@given(st.data())
def test_a_cut_and_flipped_dump_is_a_machine_or_unreadable(data: st.DataObject) -> None:
    damaged = bytearray(LAPTOP.encode()[: data.draw(st.integers(0, len(LAPTOP)))])
    for at in data.draw(st.lists(st.integers(0, len(LAPTOP)), max_size=5)):
        if at < len(damaged):
            damaged[at] ^= data.draw(st.integers(1, 255))

    _read(bytes(damaged))


@given(st.dictionaries(st.sampled_from(["Size", "Speed", "Type", "Part_Number"]), st.text()))
def test_any_values_of_a_module_can_be_written_into_a_report(values: dict[str, str]) -> None:
    _read(structure("Memory Device", **{"Size": "1 GB"} | values).encode("utf-8", "replace"))
