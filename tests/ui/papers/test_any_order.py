"""Whatever people did in whatever order: what is offered can be described and filled."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from typing_extensions import override

from labels.filling import fill
from labels.template import template
from tests.station.any_order import AnyOrder
from tests.station.conftest import LEAD
from ui.papers.describing import Wanted, describe
from ui.papers.labels import label_of
from ui.papers.offers import offers

POINT = "point-012"


class PapersInAnyOrder(AnyOrder):
    """At the end of the day somebody makes every paper there is to make."""

    @override
    def teardown(self) -> None:
        try:
            for code in (POINT, *self.codes()):
                self.make_all(code)
        finally:
            super().teardown()

    def codes(self) -> list[str]:
        """Every code the day brought, those that only an event names included."""
        known = [*self.devices, *self.cases, *self.shelves]
        named = {
            code
            for device in self.devices
            for row in self.store.timeline(device)
            for code in row.event.touches
        }
        return list(dict.fromkeys((*known, *sorted(named))))

    def make_all(self, code: str) -> None:
        """Describe and fill what is offered of one code; its label says something too."""
        for paper in offers(self.store, code):
            about = (code,) if code != POINT or paper == "stocktake-minutes" else ()
            if not about:
                continue  # a form stands under codes of its own
            wanted = Wanted(paper=paper, about=about)
            for facts in describe(self.store, wanted, LEAD, self.when):
                fill(template(paper), facts, "BB0120000016")
        if code[:1] in {"0", "V", "L"}:
            assert label_of(self.store, code).code == code


def test_no_order_of_acts_leaves_an_offered_paper_without_words() -> None:
    run_state_machine_as_test(
        PapersInAnyOrder,
        settings=settings(
            max_examples=4,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
