"""A year of printing, every day in another order."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.labels.queue.any_order import PrintingInAnyOrder

DAYS, ACTS = 300, 50


@pytest.mark.proof
def test_no_order_of_acts_and_power_cuts_doubles_or_loses_a_page(
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    run_state_machine_as_test(
        PrintingInAnyOrder,
        settings=settings(
            max_examples=DAYS,
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )

    record_figure("printing in any order: days without a doubled or lost page", DAYS, "days", None)
