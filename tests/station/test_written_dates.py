from datetime import date

import pytest

from station.written_dates import day_figures, month_figures


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        (date(2021, 2, 5), ("05", "02")),
        (date(2021, 1, 31), ("31", "01")),
        (date(2021, 3, 9), ("09", "3")),
        (date(2021, 9, 5), ("05", "9")),
        (date(2021, 9, 10), ("10", "9")),
        (date(2021, 10, 1), ("01", "10")),
        (date(2021, 12, 12), ("12", "12")),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(
    day: date, figures: tuple[str, str]
) -> None:
    assert (day_figures(day), month_figures(day)) == figures
