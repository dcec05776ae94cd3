"""Whatever stands in a file, these parsers answer or say that it is unreadable; and soon."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse import cpuinfo, edid, lspci, lsusb, meminfo, power_supply, upower
from diagnostics.parse.decoding import LARGEST
from tests.diagnostics import machine_tree
from tests.diagnostics.parse.damage import answers_or_says_unreadable, damaged
from tests.diagnostics.parse.test_lspci import VERBOSE
from tests.diagnostics.parse.test_lsusb import WEBCAM
from tests.diagnostics.parse.test_upower import DUMP

UEVENT = "".join(f"POWER_SUPPLY_{key}={value}\n" for key, value in machine_tree.BATTERY.items())
FOLDERS = b'{"BAT0": {"capacity": "98\\n", "energy_full": "50060000\\n", "uevent": "x"}, "AC": {}}'
PARSERS = [
    pytest.param(cpuinfo.facts_of, machine_tree.CPUINFO.encode(), id="cpuinfo"),
    pytest.param(meminfo.facts_of, b"MemTotal:  3933888 kB\nSwapTotal: 0 kB\n", id="meminfo"),
    pytest.param(edid.facts_of, machine_tree.edid(), id="edid"),
    pytest.param(lspci.facts_of, VERBOSE.encode(), id="lspci"),
    pytest.param(lsusb.facts_of, WEBCAM.encode(), id="lsusb"),
    pytest.param(power_supply.facts_of, UEVENT.encode() * 2, id="uevent"),
    pytest.param(power_supply.facts_of, FOLDERS, id="power-supply-json"),
    pytest.param(upower.facts_of, DUMP.encode(), id="upower"),
]
SLOW_S = 20.0  # a quadratic rule takes hours
PIECES = [
    *[bytes([byte]) for byte in b"\0\n\t ax0[{("],
    b"(rev ",
    b"a:b\n",
    b"processor:0\n",
    b"00:00.0 a: b\n",
    b"Bus 001 Device 001: ID 0000:0000\n",
    b"  native-path: b\n  battery\n",
    b"POWER_SUPPLY_A=1\n",
]

Parse = Callable[[bytes], object]


@pytest.mark.parametrize(("facts_of", "sample"), PARSERS)
@given(data=st.data())
def test_arbitrary_bytes_are_read_or_unreadable(
    facts_of: Parse, sample: bytes, data: st.DataObject
) -> None:
    answers_or_says_unreadable(facts_of, data.draw(st.binary()))


@pytest.mark.parametrize(("facts_of", "sample"), PARSERS)
@given(data=st.data())
def test_a_cut_and_flipped_sample_is_read_or_unreadable(
    facts_of: Parse, sample: bytes, data: st.DataObject
) -> None:
    answers_or_says_unreadable(facts_of, data.draw(damaged(sample)))


@pytest.mark.parametrize(("facts_of", "sample"), PARSERS)
def test_the_whole_sample_is_read(facts_of: Parse, sample: bytes) -> None:
    assert facts_of(sample)


@pytest.mark.proof
@pytest.mark.parametrize(("facts_of", "sample"), PARSERS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_file_of_one_piece_repeated_ends_soon(
    facts_of: Parse, sample: bytes, piece: bytes
) -> None:
    began = time.monotonic()
    answers_or_says_unreadable(facts_of, sample + piece * ((LARGEST - len(sample)) // len(piece)))

    assert time.monotonic() - began < SLOW_S


@pytest.mark.parametrize(
    "facts_of", [parser.values[0] for parser in PARSERS if parser.id != "edid"]
)
def test_what_no_tool_prints_is_not_read(facts_of: Parse) -> None:
    with pytest.raises(UnreadableReport, match="longer"):
        facts_of(b"\n" * (LARGEST + 1))


@given(st.binary(min_size=120, max_size=120))
def test_any_block_with_the_header_of_an_edid_is_a_screen(rest: bytes) -> None:
    answers_or_says_unreadable(edid.facts_of, machine_tree.edid()[:8] + rest)
    assert edid.facts_of(machine_tree.edid()[:8] + rest).display.product_code is not None
