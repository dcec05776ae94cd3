from pathlib import Path
from typing import Any

import pytest

from diagnostics.collect.cpu import read_cpu
from diagnostics.endings import UnreadableReport
from diagnostics.parse.cpuinfo import parse_cpuinfo
from station.machine import Processor
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import write_laptop

BEYOND_THE_FILE: dict[
    str, dict[str, object]
] = {  # where the others know more than the file says, or less: case, then our answer
    "cpuinfo-glpi-linux-alpha-1": {"logical_processors": None},  # the file says three, in words
    "cpuinfo-glpi-linux-sparc-1": {"logical_processors": None},  # the file says two, in words
    # Another tool's own table of ARM part numbers, and sysfs for the cores.
    "cpuinfo-utillinux-armv7": {"name": "ARMv7 Processor rev 4 (v7l)", "cores": None},
    "cpuinfo-utillinux-rv64-visionfive2": {"cores": None},
    # The number of the processor was taken for its name.
    "cpuinfo-glpi-linux-raspberry-pi-3-model-b-on-bookworm": {"name": None},
}


def test_a_laptop_has_one_package_of_two_cores(tmp_path: Path) -> None:
    assert read_cpu(write_laptop(tmp_path)).facts == Processor(
        model="ACME Core(TM) i3-4000M CPU @ 2.40GHz",
        cores=2,
        threads=4,
        base_mhz=2400,
        max_mhz=2400,
        bits=64,
        packages=1,
    )


@pytest.mark.parametrize("case", corpus.cases("cpuinfo"))
def test_a_real_processor_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    processor = parse_cpuinfo(corpus.text(case))

    ours: dict[str, object] = {
        "logical_processors": _logical(processor),
        "name": processor.model,
        "cores": processor.cores,
        "threads": processor.threads,
        "speed_mhz": processor.base_mhz,
    }
    expected = case["expected"]
    package = expected.get("cpus", [{}])[0]
    asked = {"logical_processors", *ours} & {*expected, *package}
    said = {**expected, **package}
    beyond = BEYOND_THE_FILE.get(_id(case), {})
    assert not corpus.wrong({key: said[key] for key in asked}, {**ours, **_excused(said, beyond)})
    assert {key: ours[key] for key in beyond} == beyond
    if "sockets" in expected and processor.packages is not None:
        assert processor.packages == expected["sockets"]


def _id(case: dict[str, Any]) -> str:
    return str(case["id"])


def _excused(said: dict[str, Any], beyond: dict[str, object]) -> dict[str, Any]:
    return {key: said[key] for key in beyond}


def _logical(processor: Processor) -> int | None:
    if processor.threads is None:
        return None
    return processor.threads * (processor.packages or 1)


def test_a_single_logical_processor_is_one_core_of_one_package() -> None:
    processor = parse_cpuinfo("processor: 0\nmodel name: ACME\n")

    assert (processor.packages, processor.cores, processor.threads) == (1, 1, 1)


def test_the_present_clock_is_never_taken_for_the_rated_one() -> None:
    assert parse_cpuinfo("processor: 0\nmodel name: ACME\ncpu MHz: 768.000\n").base_mhz is None


@pytest.mark.parametrize("text", ["", "Permission denied", "key: value", "processor: ", "\0" * 9])
def test_text_without_a_processor_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_cpuinfo(text)
