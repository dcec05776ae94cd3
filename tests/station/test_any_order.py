"""No order of acts leads where nothing should be."""

from hypothesis import HealthCheck, settings

from tests.station.any_order import AnyOrder

AnyOrder.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


class TestAnyOrder(AnyOrder.TestCase):  # type: ignore[misc]  # hypothesis makes the class
    """A few days at the point."""
