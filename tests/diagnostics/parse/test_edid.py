from typing import Any

import msgspec
import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.edid import parse_edid
from station.machine import Display
from station.placeholders import fact
from tests.diagnostics import corpus
from tests.diagnostics.machine_tree import edid

LAST_WEEK = 54


def changed(at: int, value: bytes) -> Display:
    """The panel of the test laptop with these bytes at this place."""
    data = edid()
    return parse_edid(None, data[:at] + value + data[at + len(value) :])


def with_text(kind: int, text: bytes) -> Display:
    """The panel with one more descriptor."""
    return changed(90, b"\0\0\0" + bytes([kind, 0]) + text.ljust(13, b" "))


@pytest.mark.parametrize("case", corpus.cases("edid-bin"))
def test_a_real_screen_is_read_as_others_read_it(case: dict[str, Any]) -> None:
    display = parse_edid(None, corpus.data(case))

    expected = case["expected"].get("display", {})
    said = {k: v for k, v in expected.items() if k not in ("alphanumeric", "decodable")}
    ours = {key: getattr(display, key) for key in said}
    assert not corpus.wrong({k: v for k, v in said.items() if not _is_filling(k, v)}, ours)


def _is_filling(key: str, value: object) -> bool:
    """What others print as it stands and we take for no fact."""
    if key in ("year", "model_year"):
        return value in (1990, 2245, True)  # year bytes of 0 and 255
    if key == "week":
        return isinstance(value, int) and value > LAST_WEEK
    return isinstance(value, str) and fact(value) is None


def test_a_panel_says_who_made_it_and_how_large_it_is() -> None:
    display = parse_edid("eDP-1", edid())

    assert display == Display(
        connector="eDP-1",
        manufacturer_id="ACM",
        manufacturer="Acroloop Motion Control Systems Inc",
        product_code=0x1234,
        model="NB14-PANEL",
        digital=False,
        width_px=1366,
        height_px=768,
        width_cm=31,
        height_cm=17,
        diagonal_in_from_cm=13.9,
        checksum_ok=True,
    )


def test_a_wrong_checksum_is_said_and_hides_nothing() -> None:
    display = changed(127, b"\x01")

    assert display.checksum_ok is False
    assert display.model == "NB14-PANEL"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (bytes([10, 27]), (2017, 10, None)),
        (bytes([0, 27]), (2017, None, None)),
        (bytes([99, 27]), (2017, None, None)),  # no year has such a week
        (bytes([255, 27]), (2017, None, True)),  # EDID 1.4: the model's year
        (bytes([255, 255]), (None, None, None)),  # never written
        (bytes([0, 0]), (None, None, None)),  # nor in 1990: the first EDID is of 1994
    ],
)
def test_week_255_makes_the_year_the_models(
    date: bytes, expected: tuple[int | None, int | None, bool | None]
) -> None:
    display = changed(16, date)

    assert (display.year, display.week, display.model_year) == expected


@pytest.mark.parametrize("size", [bytes([79, 0]), bytes([0, 79]), bytes([0, 0])])
def test_an_aspect_ratio_is_no_size(size: bytes) -> None:
    display = changed(21, size)

    assert (display.width_cm, display.height_cm, display.diagonal_in) == (None, None, None)


def test_millimetres_are_finer_than_centimetres() -> None:
    display = changed(66, bytes([309 & 0xFF, 173, 309 >> 8 << 4]))

    assert (display.width_mm, display.height_mm) == (309, 173)
    assert display.diagonal_in == 13.9
    assert display.diagonal_in_from_mm == 13.9


def test_a_ratio_in_the_place_of_millimetres_is_not_the_diagonal() -> None:
    display = changed(66, bytes([16, 9, 0]))

    assert display.diagonal_in_from_mm == 0.7
    assert display.diagonal_in == display.diagonal_in_from_cm == 13.9


def test_one_of_two_fields_has_half_the_lines() -> None:
    assert changed(71, b"\x80").height_px == 2 * 768


def test_the_numeric_serial_stands_as_it_is_but_zero_is_none() -> None:
    assert changed(12, (0x01010101).to_bytes(4, "little")).numeric_serial == 0x01010101
    assert changed(12, bytes(4)).numeric_serial is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"ACME-TEXT\n", ("ACME-TEXT",)),
        (b"PANEL 7\0\0\0", ("PANEL 7",)),
        (b"AC123\x80PANEL14", ("AC123", "PANEL14")),  # a part number, a revision, the panel's name
        (b"\x10(08X\x80\xb8\xff\x02\x01\n", ()),  # brightness steps
        (b"\n", ()),
        (b"none\n", ()),
    ],
)
def test_free_texts_are_read_and_numbers_among_them_are_not(
    text: bytes, expected: tuple[str, ...]
) -> None:
    assert with_text(0xFE, text).alphanumeric == expected


@pytest.mark.parametrize("text", [b"0\n", b"NA\n", b"0000000\n", b"\xff\xff\n"])
def test_filling_is_no_serial_number(text: bytes) -> None:
    assert with_text(0xFF, text).serial_number is None


def test_a_serial_number_ends_before_what_is_no_letter() -> None:
    assert with_text(0xFF, b"AC0042Z\x00 \n").serial_number == "AC0042Z"


def test_more_blocks_or_padding_change_nothing() -> None:
    alone = parse_edid(None, edid())

    assert parse_edid(None, edid() + bytes(128)) == alone
    assert parse_edid(None, edid() + b"\xff" * 77) == alone


@pytest.mark.parametrize("data", [b"", edid()[:127], b"\0" * 128, b"\x20" * 256])
def test_bytes_without_a_block_are_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        parse_edid("eDP-1", data)


def test_a_screen_alone_is_written_under_its_outside_name() -> None:
    assert msgspec.to_builtins(parse_edid(None, edid()))["manufacturer_id"] == "ACM"
