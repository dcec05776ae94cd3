import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.processors import UNKNOWN_FAMILY, family_of


@pytest.mark.parametrize(
    ("name", "year", "windows_11"),
    [
        ("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", 2017, True),
        ("Intel(R) Core(TM) i5-7200U CPU @ 2.50GHz", 2016, False),
        ("11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", 2020, True),
        ("Intel(R) Core(TM) i3-1005G1 CPU @ 1.20GHz", 2019, True),
        ("Intel(R) Core(TM) i5-10210U CPU @ 1.60GHz", 2019, True),
        ("Intel(R) Core(TM) i5 CPU       M 520  @ 2.40GHz", 2010, False),
        ("Intel(R) Core(TM) i7 CPU 870 @ 2.93GHz", 2010, False),
        ("Intel(R) Core(TM)2 Duo CPU     P8600  @ 2.40GHz", 2007, False),
        ("Intel(R) Core(TM) Ultra 5 125U", 2023, True),
        ("Intel(R) Celeron(R) N4020 CPU @ 1.10GHz", 2018, True),
        ("Intel(R) Celeron(R) CPU N3350 @ 1.10GHz", 2016, False),
        ("Intel(R) Celeron(R) CPU N2840 @ 2.16GHz", 2014, False),
        ("Intel(R) Pentium(R) CPU J4205 @ 1.50GHz", 2016, False),
        ("Intel(R) Pentium(R) Silver N5030 CPU @ 1.10GHz", 2018, True),
        ("Intel(R) Celeron(R) CPU 1037U @ 1.80GHz", 2010, False),
        ("Intel(R) Core(TM) i3-N305", 2023, True),
        ("AMD Ryzen 5 2500U with Radeon Vega Mobile Gfx", 2018, False),
        ("AMD Ryzen 5 2600 Six-Core Processor", 2018, True),
        ("AMD Ryzen 5 3500U with Radeon Vega Mobile Gfx", 2019, True),
        ("AMD A6-9220 RADEON R4, 5 COMPUTE CORES 2C+3G", 2012, False),
    ],
)
def test_a_name_tells_its_age_and_whether_windows_11_lists_it(
    name: str, year: int, windows_11: bool
) -> None:
    family = family_of(name)

    assert (family.year, family.windows_11) == (year, windows_11)


@pytest.mark.parametrize("name", ["Intel(R) Atom(TM) CPU N455 @ 1.66GHz", "AMD E-350 Processor"])
def test_processors_of_netbooks_are_weak(name: str) -> None:
    assert family_of(name).weak


@pytest.mark.parametrize("name", [None, "", "ACME Quantum 9000", "QEMU Virtual CPU version 2.5+"])
def test_a_name_that_nobody_knows_tells_nothing(name: str | None) -> None:
    assert family_of(name) == UNKNOWN_FAMILY


@given(st.text())
def test_any_name_has_a_family_or_none(name: str) -> None:
    assert family_of(name).weak in (True, False)
