"""No order of clerks, printers and power cuts doubles or loses a page."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.labels.queue.any_order import PrintingInAnyOrder


def test_no_order_of_acts_and_power_cuts_doubles_or_loses_a_page() -> None:
    run_state_machine_as_test(
        PrintingInAnyOrder,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
