import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.numbers import amount, whole_number
from station.placeholders import fact


@pytest.mark.parametrize(
    "said",
    [
        "To be filled by O.E.M.",
        "To Be Filled By O.E.M.",
        "ToBeFilledByO.E.M.",
        "System Product Name",
        "System manufacturer",
        "Default string",
        "Type2 - Board Serial Number",
        "0",
        "0000000000000000",
        "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "03000200-0400-0500-0006-000700080009",
        "00:00:00:00:00:00",
        "eui.0000000000000000",
        "INVALID",
        "System SKU#",
        "Not Installed",
        "Asset Tag",
        "Base Board Asset Tag",
        "MB-1234567890",
        "BSN12345678901234567",
        "ATN12345678901234567",
        "Asset-1234567890",
        "None",
        "(none)",
        "Not Specified",
        "No Asset Information",
        "xxxxxxxx",
        "........",
        "---",
        "<BAD INDEX>",
        "   \n",
        "\0\0\0",
        "SN\x07123",
        "SN\N{REPLACEMENT CHARACTER}123",
        "\ud800",
        None,
    ],
)
def test_a_placeholder_is_no_fact(said: str | None) -> None:
    assert fact(said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Dell Inc.\n", "Dell Inc."),
        ("  298", "298"),
        ("Latitude  E7450 ", "Latitude E7450"),
        (".7N62AI2.GRTCL6944100GP.", ".7N62AI2.GRTCL6944100GP."),
        ("00390 2012/11/20", "00390 2012/11/20"),
        ("07PXPY", "07PXPY"),
        ("MB-1240067890", "MB-1240067890"),
        ("SN1234", "SN1234"),
        ("F5", "F5"),
        ("X1", "X1"),
        ("ACME\0\0", "ACME"),
    ],
)
def test_what_names_a_machine_stays(said: str, meant: str) -> None:
    assert fact(said) == meant


@given(st.text())
def test_a_fact_is_printable_and_says_the_same_when_read_again(said: str) -> None:
    meant = fact(said)
    assert meant is None or (meant.isprintable() and fact(meant) == meant)


@pytest.mark.parametrize("said", ["", "-1", "1.5", "1e3", "٣", "9" * 19, None])
def test_what_is_no_whole_number_of_digits_is_none(said: str | None) -> None:
    assert whole_number(said) is None


def test_zero_is_a_number_but_no_amount() -> None:
    assert whole_number("0\n") == 0
    assert amount("0\n") is None
    assert amount(" 12 ") == 12
