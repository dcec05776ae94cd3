"""A year of days at the point, every one in another order."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.station.any_order import AnyOrder

DAYS, ACTS = 300, 50


@pytest.mark.proof
def test_no_order_of_acts_leads_where_nothing_should_be(
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=DAYS,
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )

    record_figure("any order of use cases: days without a broken rule", DAYS, "days", None)
    record_figure("any order of use cases: steps a day", ACTS, "steps", None)
