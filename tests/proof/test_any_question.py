"""Thousands of questions, allowed and not, to the service on both engines."""

import json
from collections.abc import Callable

import pytest

from sync.central.access.tokens import OF_PROGRAMS
from sync.service import CentralService
from tests.sync.anything import ask_anything
from tests.sync.conftest import postgres_process, process, sqlite_process, unknown_ledger
from tests.sync.service_process import ServiceProcess

__all__ = ["postgres_process", "process", "sqlite_process"]

EXAMPLES = 150  # of each question


@pytest.mark.proof
def test_no_question_finds_a_mistake_of_the_program(
    process: ServiceProcess,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    point = unknown_ledger()
    process.enrol(point)
    with CentralService(process.address, point) as service:
        tokens = [service.session().token, process.give_token(*OF_PROGRAMS)]
        asked = ask_anything(process.address, tokens, EXAMPLES)

    lines = [json.loads(line) for line in process.log().splitlines()]
    assert [line for line in lines if line["level"] == "error"] == []
    record_figure("questions of any kind answered as documented", sum(asked.values()), "", None)
