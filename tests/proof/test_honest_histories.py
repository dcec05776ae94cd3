"""A long campaign: thousands of honest histories in thousands of orders, and no dispute left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.central.honest_history import arrivals, honest_histories
from tests.sync.central.test_rules import Desk

EXAMPLES = 20_000

pytestmark = pytest.mark.proof


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_no_honest_history_leaves_a_dispute(data: st.DataObject) -> None:
    history = data.draw(honest_histories())
    desk = Desk()
    for arrived in data.draw(arrivals(history)):
        desk.take(arrived)

    assert desk.open() == []
