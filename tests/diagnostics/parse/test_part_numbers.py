import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.part_numbers import Module, module_of


@pytest.mark.parametrize(
    ("number", "module"),
    [
        ("M471B9999XY0-CH9", Module("Samsung", "DDR3", 1333)),
        ("M378A9999XY0-CWE", Module("Samsung", "DDR4", 3200)),
        ("K4A9G999XY-BCTD", Module("Samsung", "DDR4", 2666)),
        ("HMT999S9XYR9C-PB", Module("SK Hynix", "DDR3", 1600)),
        ("HMA99GS9XYR9N-VK", Module("SK Hynix", "DDR4", 2666)),
        ("HYMP999S99XY9-S6", Module("SK Hynix", "DDR2", None)),
        ("EBJ99UF9XYW9-GN-F", Module("Elpida", "DDR3", 1600)),
        ("9ASF1G72PZ-3G2E9", Module("Micron", "DDR4", 3200)),
    ],
)
def test_a_part_number_of_a_published_scheme_is_understood(number: str, module: Module) -> None:
    assert module_of(number) == module


@pytest.mark.parametrize(
    "number", ["AM4G-1600", "99U5471-999.A00LF", "M4 70T9999XY0-CE6", "", None]
)
def test_other_part_numbers_tell_nothing(number: str | None) -> None:
    assert module_of(number) is None


@given(st.text())
def test_any_text_is_a_module_or_none(number: str) -> None:
    module = module_of(number)
    assert module is None or module.maker
