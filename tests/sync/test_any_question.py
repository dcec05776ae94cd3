"""Whatever is asked, the answer is one that the OpenAPI document names."""

import httpx

from sync import wire
from sync.central.access.tokens import OF_PROGRAMS
from sync.central.application import QUESTIONS
from sync.central.problems import REASONS
from sync.central.web.openapi import document
from sync.service import CentralService
from tests.sync.anything import ask_anything
from tests.sync.conftest import unknown_ledger
from tests.sync.service_process import ServiceProcess


def test_anything_that_can_be_asked_is_answered_as_the_document_says(
    sqlite_process: ServiceProcess,
) -> None:
    point = unknown_ledger()
    sqlite_process.enrol(point)
    with CentralService(sqlite_process.address, point) as service:
        tokens = [service.session().token, sqlite_process.give_token(*OF_PROGRAMS)]
        asked = ask_anything(sqlite_process.address, tokens, examples=3)

    assert len(asked) == len(QUESTIONS)


def test_every_question_stands_in_the_document(process: ServiceProcess) -> None:
    said = httpx.get(f"{process.address}/schema/openapi.json").json()

    named = {op["operationId"] for path in said["paths"].values() for op in path.values()}
    assert named == {question.name for question in QUESTIONS}
    assert said["openapi"] == "3.1.0"
    for question in QUESTIONS:
        operation = said["paths"][question.address][question.method.lower()]
        assert operation["summary"]
        assert bool(operation.get("security")) == bool(question.scopes)
        assert ("requestBody" in operation) == (question.reads is not None)


def test_every_refusal_has_a_meaning() -> None:
    for question in QUESTIONS:
        assert set(question.refusals) <= REASONS.keys()


def test_every_message_of_the_protocol_has_its_schema() -> None:
    schemas = document(QUESTIONS)["components"]["schemas"]

    for message in (wire.PushRequest, wire.PushAnswer, wire.PullPage, wire.Problem, wire.Session):
        assert message.__name__ in schemas
