import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.jedec import is_number, maker_of
from diagnostics.parse.jedec_makers import MAKERS


@pytest.mark.parametrize(
    ("said", "maker"),
    [
        pytest.param("CE00000000000000", "Samsung", id="first bank, filled up"),
        pytest.param("7F98000000000000", "Kingston", id="one bank on"),
        pytest.param("0x7F7F7F0B00000000", "Nanya", id="three banks on"),
        pytest.param("JEDEC ID:7F 7F 7F 7F 7F 51 00 00", "Qimonda", id="with its name and spaces"),
        pytest.param("80CE", "Samsung", id="no bank on, with its parity"),
        pytest.param("00CE", "Samsung", id="no bank on, without"),
        pytest.param("029E", "Corsair", id="two banks on"),
        pytest.param("859B", "Crucial", id="five banks on, with its parity"),
        pytest.param("059B", "Crucial", id="five banks on, without"),
        pytest.param("0114", "Smart Modular", id="the parity of the number stripped"),
        pytest.param("0x2C80", "Micron", id="lower byte first"),
        pytest.param("0x2C00", "Micron", id="lower byte first, parity stripped"),
        pytest.param("9801", "Kingston", id="lower byte first, second bank"),
        pytest.param("80AD000080AD", "SK Hynix", id="module and chips"),
        pytest.param("832500008325", "Kingmax", id="module and chips of a later bank"),
        pytest.param("Bank 4, Hex 0x0B", "Nanya", id="as dmidecode says it"),
        pytest.param("80ad", "SK Hynix", id="small letters"),
    ],
)
def test_a_number_becomes_the_name_of_its_maker(said: str, maker: str) -> None:
    assert maker_of(said) == maker


@pytest.mark.parametrize(
    "said",
    [
        "Kingston",
        "12",
        "AB",
        "0000",
        "7F7F",
        "FF00000000000000",
        "2020202020202020",
        "009C360B0000",  # 9C has even parity
        "0420",
        "Bank 1, Hex 0xFF",
        "Bank 99, Hex 0xCE",
        "",
        None,
    ],
)
def test_what_is_no_number_of_a_known_maker_has_no_name(said: str | None) -> None:
    assert maker_of(said) is None


@pytest.mark.parametrize("said", ["80CE", "0x80CE", "1315", "7F7F7F7F7F9B0000"])
def test_a_number_is_no_name(said: str) -> None:
    assert is_number(said)


@pytest.mark.parametrize("said", ["Samsung", "Hynix/Hyundai", "Elpida", "A-DATA Technology"])
def test_a_name_is_no_number(said: str) -> None:
    assert not is_number(said)


@pytest.mark.parametrize(("bank", "number"), MAKERS)
def test_every_maker_is_found_by_both_forms_of_its_number(bank: int, number: int) -> None:
    odd = number | (0 if number.bit_count() % 2 else 0x80)
    banks = bank - 1
    counted = banks | (0 if banks.bit_count() % 2 else 0x80)

    assert maker_of(f"{counted:02X}{odd:02X}") == MAKERS[bank, number]
    if bank <= 7:
        assert maker_of(f"{'7F' * banks}{odd:02X}".ljust(16, "0")) == MAKERS[bank, number]


@given(st.text())
def test_any_text_is_a_maker_or_none(said: str) -> None:
    assert maker_of(said) in {None, *MAKERS.values()}


@given(st.binary(max_size=9))
def test_any_bytes_are_a_maker_or_none(data: bytes) -> None:
    assert maker_of(data.hex()) in {None, *MAKERS.values()}
