"""Whatever Windows' and Android's tools print, it is read or unreadable; and soon."""

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.collect.adb import parse_devices
from diagnostics.endings import UnreadableReport
from diagnostics.parse import cim, getprop, net_sysfs, powercfg, wmi
from diagnostics.parse.decoding import LARGEST
from diagnostics.parse.df import parse_df
from diagnostics.parse.dumpsys import count_accounts, has_device_owner, parse_battery
from diagnostics.parse.wmi_machine import WANTED
from tests.diagnostics.parse.damage import answers_or_says_unreadable, damaged
from tests.diagnostics.parse.test_dumpsys import ACCOUNTS, BATTERY, NEW_DF, OLD_DF
from tests.diagnostics.parse.test_getprop import PRINTED
from tests.diagnostics.parse.test_net_sysfs import NET
from tests.diagnostics.parse.windows_samples import as_dump, as_json, battery_report

Parse = Callable[[bytes], object]
SLOW_S = 20.0  # a quadratic rule takes hours


def of_text(parse: Callable[[str], object]) -> Parse:
    return lambda data: parse(data.decode("utf-8", "replace"))


POLICY = "Current Device Policy Manager state:\n  Device Owner: x\n"
FILES = [
    pytest.param(wmi.facts_of, as_dump().encode(), id="wmi"),
    pytest.param(wmi.facts_of, as_dump(" : ").encode("utf-16"), id="wmi-utf16"),
    pytest.param(cim.facts_of, as_json().encode(), id="cim"),
    pytest.param(powercfg.facts_of, battery_report(), id="powercfg"),
    pytest.param(net_sysfs.facts_of, NET.encode(), id="net"),
    pytest.param(getprop.facts_of, PRINTED.encode(), id="getprop"),
]
ANSWERS = [
    pytest.param(of_text(parse_battery), BATTERY.encode(), id="battery"),
    pytest.param(of_text(count_accounts), ACCOUNTS.encode(), id="accounts"),
    pytest.param(of_text(has_device_owner), POLICY.encode(), id="policy"),
    pytest.param(of_text(lambda t: parse_df(t, "/data")), NEW_DF.encode(), id="df-new"),
    pytest.param(of_text(lambda t: parse_df(t, "/data")), OLD_DF.encode(), id="df-old"),
    pytest.param(of_text(lambda t: len(parse_devices(t))), b"A\tdevice\nB\toffline\n", id="adb"),
]
PIECES = [
    *[bytes([byte]) for byte in b"\0\n\r a=:{[<\xff"],
    b"\r\n",
    b"a=\n",
    b"a=\nb=\n",
    b"a : {1,\n",
    b'{"a",',
    b"[ro.a]: [b]\n",
    b"  Accounts: 1\n",
    b"<a>",
    b'{"a":',
]


@pytest.mark.parametrize(("facts_of", "sample"), [*FILES, *ANSWERS])
@given(data=st.data())
def test_arbitrary_bytes_are_read_or_unreadable(
    facts_of: Parse, sample: bytes, data: st.DataObject
) -> None:
    answers_or_says_unreadable(facts_of, data.draw(st.binary()))


@pytest.mark.parametrize(("facts_of", "sample"), [*FILES, *ANSWERS])
@given(data=st.data())
def test_a_cut_and_flipped_sample_is_read_or_unreadable(
    facts_of: Parse, sample: bytes, data: st.DataObject
) -> None:
    answers_or_says_unreadable(facts_of, data.draw(damaged(sample)))


@pytest.mark.parametrize(("facts_of", "sample"), [*FILES, *ANSWERS])
def test_the_whole_sample_is_read(facts_of: Parse, sample: bytes) -> None:
    assert facts_of(sample)


@pytest.mark.proof
@pytest.mark.parametrize(("facts_of", "sample"), FILES)
@pytest.mark.parametrize("piece", PIECES)
def test_a_file_of_one_piece_repeated_ends_soon(
    facts_of: Parse, sample: bytes, piece: bytes
) -> None:
    began = time.monotonic()
    answers_or_says_unreadable(facts_of, sample + piece * ((LARGEST - len(sample)) // len(piece)))

    assert time.monotonic() - began < SLOW_S


@pytest.mark.parametrize(("facts_of", "sample"), FILES)
def test_what_no_tool_prints_is_not_read(facts_of: Parse, sample: bytes) -> None:
    with pytest.raises(UnreadableReport, match="longer"):
        facts_of(sample + b"\n" * LARGEST)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)
NAMES = sorted({name for classes in WANTED.values() for name in classes})


@given(data=st.data(), name=st.sampled_from(NAMES))
def test_a_class_with_any_values_is_read_or_unreadable(data: st.DataObject, name: str) -> None:
    properties = next(classes[name] for classes in WANTED.values() if name in classes)
    item = data.draw(st.fixed_dictionaries(dict.fromkeys(properties, VALUES)))

    report = as_json({name: [item]}, {"Win32_BIOS": data.draw(st.text())})

    answers_or_says_unreadable(cim.facts_of, report.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "value",
    [
        10**5000,
        -(10**5000),
        1e308,
        "9" * 5000,
        {"value": {"value": {"value": {"value": {"value": 1}}}}},
        [[[1]]],
        "\ud800",
        "/Date(999999999999999)/",
    ],
    ids=["huge", "negative", "float", "digits", "deep", "nested", "surrogate", "date"],
)
def test_a_value_beyond_sense_is_no_fact(value: object) -> None:
    classes = {
        name: dict.fromkeys(properties, value)
        for wanted in WANTED.values()
        for name, properties in wanted.items()
    }
    try:
        text = json.dumps({"format": 1, "classes": classes})
    except ValueError:  # Python itself refuses to write so long a number
        text = '{"format": 1, "classes": {"Win32_BIOS": {"SerialNumber": 1' + "0" * 5000 + "}}}"

    answers_or_says_unreadable(cim.facts_of, text.encode("utf-8", "surrogatepass"))
