"""Whatever a tool prints, a parser answers or says that it is unreadable; nothing else."""

import json
from collections.abc import Callable
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.collect.network import parse_adapter
from diagnostics.endings import UnreadableReport
from diagnostics.parse.dmi_sysfs import parse_dmi
from diagnostics.parse.lsblk import parse_lsblk
from diagnostics.report import decode
from tests.diagnostics import machine_tree

LSBLK = json.dumps(
    {
        "blockdevices": [
            {"name": "sda", "type": "disk", "size": 256060514304, "rota": False, "rm": "0"},
            {"name": "mmcblk0", "type": "disk", "size": "31268536320", "model": "\\ud800"},
        ]
    }
)
DMI = "".join(f"{name}={value}\n" for name, value in machine_tree.DMI.items())


def _dmi(text: str) -> object:
    return parse_dmi(dict(line.split("=", 1) for line in text.splitlines() if "=" in line))


def _adapter(text: str) -> object:
    return parse_adapter("eth0", {"address": text, "speed": text}, wireless=False)


TEXT_PARSERS = [
    pytest.param(parse_lsblk, LSBLK, id="lsblk"),
    pytest.param(_dmi, DMI, id="dmi"),
    pytest.param(_adapter, "54:ee:75:00:00:01", id="adapter"),
]


def _json_of(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner) | st.dictionaries(st.text(), inner)


def answers_or_says_unreadable(parse: Callable[[], object]) -> None:
    """What a parser gives can also be written into a report."""
    with suppress(UnreadableReport):
        msgspec.json.encode(parse())


@pytest.mark.parametrize(("parse", "sample"), TEXT_PARSERS)
@given(data=st.data())
def test_arbitrary_text_is_read_or_unreadable(
    parse: Callable[[str], object], sample: str, data: st.DataObject
) -> None:
    text = data.draw(st.text(st.characters()))

    answers_or_says_unreadable(lambda: parse(text))


@pytest.mark.parametrize(("parse", "sample"), TEXT_PARSERS)
@given(data=st.data())
def test_a_cut_and_flipped_sample_is_read_or_unreadable(
    parse: Callable[[str], object], sample: str, data: st.DataObject
) -> None:
    damaged = _damaged(sample.encode(), data).decode("utf-8", "replace")

    answers_or_says_unreadable(lambda: parse(damaged))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), _json_of, max_leaves=9))
def test_any_json_is_a_list_of_disks_or_unreadable(value: object) -> None:
    text = json.dumps({"blockdevices": [{"type": "disk", "name": "sda", "size": value}, value]})

    answers_or_says_unreadable(lambda: parse_lsblk(text))


@given(st.binary())
def test_arbitrary_bytes_are_a_report_or_unreadable(data: bytes) -> None:
    answers_or_says_unreadable(lambda: decode(data))


def _damaged(sample: bytes, data: st.DataObject) -> bytes:
    """Cut somewhere, with up to three bytes changed."""
    damaged = bytearray(sample[: data.draw(st.integers(0, len(sample)))])
    for at in data.draw(st.lists(st.integers(0, len(sample)), max_size=3)):
        if at < len(damaged):
            damaged[at] ^= data.draw(st.integers(1, 255))
    return bytes(damaged)
