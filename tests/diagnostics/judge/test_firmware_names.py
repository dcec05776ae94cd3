import pytest

from station.checks import Outcome
from station.machine import Board, Machine, Reading, System
from tests.diagnostics.judge.judged import NAMED, closed, found, machine, told


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Machine(system=NAMED), (Outcome.PASS, "")),
        (
            Machine(board=Board(manufacturer="ACME", model="B85"), system=System(uuid="4c4c4544")),
            (Outcome.PASS, ""),
        ),
        (
            Machine(board=Board(manufacturer="ACME", model="B85", serial_number="MB1")),
            (Outcome.PASS, ""),
        ),
        (
            Machine(system=System(manufacturer="ACME", model="Notebook 14")),
            (Outcome.WARN, "serial_placeholder"),
        ),
        (
            Machine(system=System(manufacturer="ACME", serial_number="AC-0001")),
            (Outcome.WARN, "model_placeholder"),
        ),
        (Machine(), (Outcome.UNKNOWN, "firmware_silent")),
    ],
)
def test_identity_needs_a_name_and_a_mark(facts: Machine, expected: tuple[Outcome, str]) -> None:
    judged = machine(system=facts.system, board=facts.board)

    assert told(found("id.identity", judged)) == expected


def test_serials_closed_to_a_plain_user_are_unknown_not_placeholders() -> None:
    named = machine(system=System(manufacturer="ACME", model="Notebook 14"))

    result = found("id.identity", named)
    unread = found("id.identity", closed(named, Reading.NOT_PERMITTED))

    assert told(result) == (Outcome.WARN, "serial_placeholder")
    assert told(unread) == (Outcome.UNKNOWN, "reading_not_permitted")
