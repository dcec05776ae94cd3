"""Maker, board, firmware, processors and memory modules, by the classes of WMI's root/cimv2."""

import re
from collections.abc import Mapping
from typing import Any

from diagnostics.parse.chassis import CHASSIS
from diagnostics.parse.jedec import is_number, maker_of
from diagnostics.parse.part_numbers import module_of
from diagnostics.parse.rated_clock import rated_mhz
from diagnostics.parse.wmi_dates import iso_day
from diagnostics.parse.wmi_object import Objects, WmiObject, first
from diagnostics.parse.wmi_owner import PROBE
from station.machine import Bios, Board, Cpu, Machine, MemoryModule, System

Table = Mapping[str, str]

# field: property, a table for each class
COMPUTER: Table = {"manufacturer": "Manufacturer", "model": "Model", "sku": "SystemSKUNumber"}
PRODUCT: Table = {
    "manufacturer": "Vendor",
    "model": "Name",
    "version": "Version",
    "serial_number": "IdentifyingNumber",
    "uuid": "UUID",
}
ENCLOSURE: Table = {"asset_tag": "SMBIOSAssetTag", "chassis_serial_number": "SerialNumber"}
BOARD: Table = {
    "manufacturer": "Manufacturer",
    "model": "Product",
    "version": "Version",
    "serial_number": "SerialNumber",
}
BIOS: Table = {"vendor": "Manufacturer", "version": "SMBIOSBIOSVersion"}
MODULE: Table = {
    "manufacturer": "Manufacturer",
    "part_number": "PartNumber",
    "serial_number": "SerialNumber",
    "slot": "DeviceLocator",
}

SYSTEM_CLASSES = {
    "Win32_ComputerSystem": tuple(COMPUTER.values()),
    "Win32_ComputerSystemProduct": tuple(PRODUCT.values()),
    "Win32_BIOS": (*BIOS.values(), "SerialNumber", "ReleaseDate"),
    "Win32_BaseBoard": tuple(BOARD.values()),
    "Win32_SystemEnclosure": (*ENCLOSURE.values(), "ChassisTypes"),
    PROBE: ("Uefi",),
}
CPU_CLASSES = {
    "Win32_Processor": (
        "Name",
        "Manufacturer",
        "Description",
        "NumberOfCores",
        "NumberOfLogicalProcessors",
        "MaxClockSpeed",
        "DataWidth",
    )
}
MEMORY_CLASSES = {
    "Win32_PhysicalMemory": (
        *MODULE.values(),
        "Capacity",
        "Speed",
        "MemoryType",
        "SMBIOSMemoryType",
        "FormFactor",
    ),
    "Win32_PhysicalMemoryArray": ("Use", "MemoryDevices", "MaxCapacity", "MaxCapacityEx"),
    "Win32_ComputerSystem": ("TotalPhysicalMemory",),
}

_MAKERS = {"GenuineIntel": "Intel", "AuthenticAMD": "AMD"}
_STEPPING = re.compile(r"Family ([0-9]{1,4}) Model ([0-9]{1,4}) Stepping ([0-9]{1,4})")
_SYSTEM_MEMORY = 3  # Win32_PhysicalMemoryArray.Use; others are video memory, flash ...
_FORM_FACTORS = {7: "SIMM", 8: "DIMM", 11: "RIMM", 12: "SODIMM", 13: "SRIMM", 24: "FB-DIMM"}
_TYPES = {  # MemoryType, CIM's own numbers
    2: "DRAM",
    3: "SDRAM",
    17: "SDRAM",
    19: "RDRAM",
    20: "DDR",
    21: "DDR2",
    22: "DDR2 FB-DIMM",
    24: "DDR3",
    26: "DDR4",
}
_SMBIOS_TYPES = {  # SMBIOSMemoryType, the firmware's numbers (SMBIOS 3.7, 7.18.2)
    3: "DRAM",
    15: "SDRAM",
    17: "RDRAM",
    18: "DDR",
    19: "DDR2",
    20: "DDR2 FB-DIMM",
    24: "DDR3",
    26: "DDR4",
    27: "LPDDR",
    28: "LPDDR2",
    29: "LPDDR3",
    30: "LPDDR4",
    34: "DDR5",
    35: "LPDDR5",
}


def system(objects: Objects) -> Machine:
    """The names of machine, board and firmware."""
    firmware = first(objects, "Win32_BIOS")
    computer = _facts(COMPUTER, first(objects, "Win32_ComputerSystem"))
    product = _facts(PRODUCT, first(objects, "Win32_ComputerSystemProduct"))
    enclosure = first(objects, "Win32_SystemEnclosure")
    names = {**_facts(ENCLOSURE, enclosure), **product, **_said(computer)}
    names["serial_number"] = names["serial_number"] or firmware.text("SerialNumber")
    names["uuid"] = names["uuid"] and names["uuid"].lower()
    bios = Bios(
        date=iso_day(firmware.said("ReleaseDate")),
        uefi=first(objects, PROBE).truth("Uefi"),
        **_facts(BIOS, firmware),
    )
    return Machine(
        system=System(chassis_type=_chassis(enclosure), **names),
        board=Board(**_facts(BOARD, first(objects, "Win32_BaseBoard"))),
        bios=bios,
    )


def _facts(table: Table, said: WmiObject) -> dict[str, Any]:
    return {field: said.text(name) for field, name in table.items()}


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in facts.items() if value is not None}


def _chassis(enclosure: WmiObject) -> str | None:
    """The first kind; the high bit of the firmware's byte only says that there is a lock."""
    kinds = enclosure.numbers("ChassisTypes")
    return CHASSIS.get(kinds[0] & 0x7F) if kinds else None


def cpus(objects: Objects) -> Machine:
    """The processor packages."""
    found = tuple(_cpu(said) for said in objects.get("Win32_Processor", ()))
    threads = [cpu.threads for cpu in found if cpu.threads is not None]
    counted = bool(found) and len(threads) == len(found)
    return Machine(cpus=found, logical_processors=sum(threads) if counted else None)


def _cpu(said: WmiObject) -> Cpu:
    """One package. Windows XP knows neither cores nor the right name of newer processors."""
    name, maker = said.text("Name"), said.text("Manufacturer")
    cores, threads = said.amount("NumberOfCores"), said.amount("NumberOfLogicalProcessors")
    stepping = _STEPPING.search(said.said("Description"))
    return Cpu(
        name=name,
        manufacturer=_MAKERS.get(maker or "", maker),
        cores=cores,
        threads=threads,
        threads_per_core=threads // cores if threads and cores else None,
        speed_mhz=rated_mhz(name) or said.amount("MaxClockSpeed"),
        bits=said.amount("DataWidth"),  # AddressWidth is that of the running system
        stepping="-".join(stepping.groups()) if stepping else None,
    )


def memory(objects: Objects) -> Machine:
    """The modules, the places for them, and what Windows sees of it all."""
    arrays = [
        said
        for said in objects.get("Win32_PhysicalMemoryArray", ())
        if said.whole("Use") in (None, _SYSTEM_MEMORY)
    ]
    seen = first(objects, "Win32_ComputerSystem").amount("TotalPhysicalMemory")
    return Machine(
        memory=tuple(_module(said) for said in objects.get("Win32_PhysicalMemory", ())),
        memory_slots=sum(said.amount("MemoryDevices") or 0 for said in arrays) or None,
        memory_max_mib=sum(_most_kib(said) for said in arrays) // 1024 or None,
        mem_total_kib=seen // 1024 if seen else None,
    )


def _most_kib(array: WmiObject) -> int:
    """MaxCapacity is full at 2 TiB; newer systems have a wider one beside it."""
    return array.amount("MaxCapacityEx") or array.amount("MaxCapacity") or 0


def _module(said: WmiObject) -> MemoryModule:
    """One module; what the firmware leaves out, its part number may tell."""
    capacity = said.amount("Capacity")
    facts = _facts(MODULE, said)
    numbered = module_of(facts["part_number"])
    return MemoryModule(
        capacity_mib=capacity // 2**20 or None if capacity else None,
        type=_type(said) or (numbered.type if numbered else None),
        speed_mts=said.amount("Speed") or (numbered.speed_mts if numbered else None),
        maker=_maker(facts["manufacturer"]) or (numbered.maker if numbered else None),
        form_factor=_FORM_FACTORS.get(said.whole("FormFactor") or 0),
        **facts,
    )


def _type(said: WmiObject) -> str | None:
    """By the firmware's own number; CIM's knows nothing newer than DDR3."""
    firmware = _SMBIOS_TYPES.get(said.whole("SMBIOSMemoryType") or 0)
    return firmware or _TYPES.get(said.whole("MemoryType") or 0)


def _maker(said: str | None) -> str | None:
    """By name: as said, or who bears the JEDEC number that is said instead."""
    return said if said is not None and not is_number(said) else maker_of(said)
