from pathlib import Path
from typing import Any

import pytest

from diagnostics.collect.displays import read_displays
from diagnostics.endings import UnreadableReport
from diagnostics.parse.edid import parse_edid
from station.machine import Display, Reading
from station.placeholders import fact
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import edid, write_screen

PANEL = Display(
    connector="eDP-1",
    maker="ACM",
    product_code=0x1234,
    model="NB14-PANEL",
    width_px=1366,
    height_px=768,
    width_cm=31,
    height_cm=17,
)


@pytest.mark.parametrize("case", corpus.cases("edid-bin"))
def test_a_real_screen_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    display = parse_edid("DP-1", corpus.data(case))

    assert not corpus.wrong(
        {k: v for k, v in case["expected"]["display"].items() if not _is_filling(v)},
        {
            "manufacturer_id": display.maker,
            "product_code": display.product_code,
            "model": display.model,
            "serial_number": display.serial,
            "numeric_serial": display.numeric_serial,
            "width_px": display.width_px,
            "height_px": display.height_px,
            "width_cm": display.width_cm,
            "height_cm": display.height_cm,
        },
    )


def _is_filling(value: object) -> bool:
    """What others print as it stands and we take for no fact."""
    return value in (0x01010101, 0xFFFFFFFF) or (isinstance(value, str) and fact(value) is None)


@pytest.mark.parametrize("number", [0, 0x01010101, 0xFFFFFFFF])
def test_filling_is_no_serial_number(number: int) -> None:
    data = edid()[:12] + number.to_bytes(4, "little") + edid()[16:]

    assert parse_edid("eDP-1", data).numeric_serial is None


def test_only_connected_screens_are_reported(tmp_path: Path) -> None:
    write_screen(tmp_path, "card0-eDP-1", "connected", edid())
    write_screen(tmp_path, "card0-HDMI-A-1", "disconnected", b"")

    assert read_displays(tmp_path).facts == (PANEL,)


def test_a_screen_behind_a_bad_cable_is_still_a_screen(tmp_path: Path) -> None:
    write_screen(tmp_path, "card0-VGA-1", "connected", b"")
    write_screen(tmp_path, "card0-eDP-1", "connected", b"\0garbage")

    answer = read_displays(tmp_path)

    assert answer.facts == (Display(connector="VGA-1"), Display(connector="eDP-1"))
    assert answer.reading is Reading.UNREADABLE


@pytest.mark.parametrize("data", [b"", edid()[:127], b"\0" * 128])
def test_bytes_without_a_block_are_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        parse_edid("eDP-1", data)
