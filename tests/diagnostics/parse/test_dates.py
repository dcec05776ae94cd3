import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.dates import iso_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("04/12/2021", "2021-04-12"),
        ("4/2/2021\n", "2021-04-02"),
        ("02-11-1999", "1999-02-11"),
        ("02/11/99", "1999-02-11"),
        ("02/11/05", "2005-02-11"),
        ("2017-03-29", "2017-03-29"),
    ],
)
def test_a_date_is_written_as_iso_does(written: str, meant: str) -> None:
    assert iso_date(written) == meant


@pytest.mark.parametrize(
    "written",
    ["13/13/2020", "02/30/2016", "01/01/0000", "1980-00-00", "2008", "11.16.2020", "", None],
)
def test_a_date_that_cannot_be_is_not_said(written: str | None) -> None:
    assert iso_date(written) is None


@given(st.dates())
def test_every_date_is_read_back(day: object) -> None:
    assert iso_date(str(day)) == str(day)


@given(st.text())
def test_any_text_is_a_date_or_none(written: str) -> None:
    date = iso_date(written)
    assert date is None or iso_date(date) == date
