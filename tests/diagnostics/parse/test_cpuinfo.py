from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.cpuinfo import parse_cpuinfo
from diagnostics.parse.rated_clock import rated_mhz
from station.machine import Cpu
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import CPUINFO

LAPTOP = "\n".join(CPUINFO.format(number=number, core=number // 2) for number in range(4))
CORE = "processor: {0}\nCPU implementer: 0x41\nCPU architecture: 8\nCPU part: {1}\n\n"
BEYOND_THE_FILE: dict[str, dict[str, object]] = {  # others' mistakes: case, then our answer
    # The file counts three and two in words; there is one block.
    "cpuinfo-glpi-linux-alpha-1": {"logical_processors": 3},
    "cpuinfo-glpi-linux-sparc-1": {"logical_processors": 2},
    # The number of the processor was taken for its name.
    "cpuinfo-glpi-linux-raspberry-pi-3-model-b-on-bookworm": {"name": "Cortex-A53"},
    # A JEDEC number in hex is no name.
    "cpuinfo-utillinux-rv64-visionfive2": {"manufacturer": None},
}


@pytest.mark.parametrize("case", corpus.cases("cpuinfo"))
def test_a_real_processor_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    machine = parse_cpuinfo(corpus.text(case))

    said = {**case["expected"], **case["expected"].get("cpus", [{}])[0]}
    ours = {"logical_processors": machine.logical_processors}
    keys = ("name", "manufacturer", "cores", "threads", "threads_per_core", "speed_mhz")
    ours |= {key: getattr(machine.cpus[0], key) for key in keys}
    beyond = BEYOND_THE_FILE.get(str(case["id"]), {})
    asked = {key: said[key] for key in {*said} & {*ours} - {*beyond}}
    assert not {k: v for k, v in corpus.wrong(asked, ours).items() if not _within(v)}
    assert {key: ours[key] for key in beyond} == beyond


def _within(pair: tuple[object, object]) -> bool:
    """We name the core beside the architecture, and Intel without GenuineIntel around it."""
    theirs, ours = (corpus.plain(str(word)) or "" for word in pair)
    return isinstance(pair[0], str) and (theirs in ours or ours in theirs)


def test_a_laptop_has_one_package_of_two_cores() -> None:
    machine = parse_cpuinfo(LAPTOP, max_khz="2400000\n")

    assert machine.logical_processors == 4
    assert machine.cpus == (
        Cpu(
            name="ACME Core(TM) i3-4000M CPU @ 2.40GHz",
            manufacturer="Intel",
            cores=2,
            threads=4,
            threads_per_core=2,
            speed_mhz=2400,
            max_mhz=2400,
            bits=64,
            flags=("lm",),
        ),
    )


def test_two_packages_are_two_processors() -> None:
    second = LAPTOP.replace("physical id\t: 0", "physical id\t: 1")

    machine = parse_cpuinfo(LAPTOP + "\n" + second)

    assert [cpu.threads for cpu in machine.cpus] == [4, 4]
    assert machine.logical_processors == 8


def test_only_the_flags_that_a_system_asks_for_are_kept() -> None:
    (cpu,) = parse_cpuinfo(
        "processor: 0\nmodel name: ACME\ncpu family: 6\nmodel: 42\nstepping: 7\n"
        "flags: fpu vme popcnt sse4_2 constant_tsc lm vmx\n"
    ).cpus

    assert cpu.flags == ("lm", "sse4_2", "popcnt", "vmx")
    assert (cpu.stepping, cpu.bits) == ("6-42-7", 64)


def test_a_processor_without_long_mode_has_32_bits() -> None:
    assert parse_cpuinfo("processor: 0\nmodel name: ACME\nflags: fpu pae\n").cpus[0].bits == 32


def test_large_and_small_arm_cores_are_named_by_their_numbers() -> None:
    machine = parse_cpuinfo(CORE.format(0, "0xd03") + CORE.format(1, "0xd09"))

    (cpu,) = machine.cpus
    assert (cpu.name, cpu.manufacturer) == ("Cortex-A53 + Cortex-A73", "ARM")
    assert (cpu.cores, cpu.threads_per_core, cpu.bits) == (2, 1, 64)


def test_powerpc_names_no_packages_and_has_one_a_processor() -> None:
    block = "processor: {}\ncpu: ACME 970\nclock: 2700.000000MHz\n\n"

    machine = parse_cpuinfo(block.format(0) + block.format(1) + "machine: ACME G5\n")

    assert [(cpu.name, cpu.speed_mhz) for cpu in machine.cpus] == [("ACME 970", 2700)] * 2


def test_mixed_cores_run_up_to_two_threads_each() -> None:
    blocks = [f"processor: {n}\nphysical id: 0\ncpu cores: 10\n" for n in range(12)]

    assert parse_cpuinfo("\n".join(blocks)).cpus[0].threads_per_core == 2


def test_a_single_logical_processor_is_one_core_of_one_package() -> None:
    machine = parse_cpuinfo("processor: 0\nmodel name: ACME\n")

    assert machine.logical_processors == 1
    assert machine.cpus == (Cpu(name="ACME", cores=1, threads=1, threads_per_core=1),)


def test_the_present_clock_is_never_taken_for_the_rated_one() -> None:
    (cpu,) = parse_cpuinfo("processor: 0\nmodel name: ACME\ncpu MHz: 768.000\n").cpus

    assert cpu.speed_mhz is None


@pytest.mark.parametrize(
    ("name", "mhz"),
    [
        ("ACME(R) Core(TM) i5 CPU M 560 @ 2.67GHz", 2670),
        ("ACME(R) Pentium(R) 4 CPU 3.00GHz", 3000),
        ("ACME(R) Pentium(R) III Mobile CPU 1000MHz", 1000),
        ("ACME Phenom 9550", None),
        ("ACME 0.00GHz", None),
        ("", None),
        (None, None),
    ],
)
def test_the_rated_clock_stands_in_the_name(name: str | None, mhz: int | None) -> None:
    assert rated_mhz(name) == mhz


@pytest.mark.parametrize(
    "text",
    ["", "Permission denied", "key: value", "processor: ", "\0" * 9, "processor: 0\n" * 9000],
)
def test_text_without_a_processor_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_cpuinfo(text)
