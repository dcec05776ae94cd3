"""What can be asked, as an OpenAPI 3.1 document: made of the questions and their messages alone."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler

from sync import wire
from sync.central.problems import REASONS, status_of
from sync.central.web.asking import BYTES, JSON, MSGPACK, Header, Nowhere, Question

ADDRESS = "/schema/openapi.json"
EVERY = ("unreadable_request", "too_many", "unavailable", "program_error")
OF_BODIES = (
    "unreadable_body", "bad_encoding", "unknown_encoding", "unknown_type", "too_large", "too_slow",
)  # fmt: skip
OF_TOKENS = ("no_token", "expired_token", "wrong_scope")
OF_PERSONAL = ("not_enrolled", "revoked")
REF = "#/components/schemas/{name}"


def document_handler(questions: Sequence[Question]) -> HTTPRouteHandler:
    """The address that hands the document out."""

    @get(ADDRESS, sync_to_thread=False, name="openapi")
    def openapi() -> Response[bytes]:
        return Response(_written(tuple(questions)), media_type=MediaType.JSON)

    return openapi


@cache
def _written(questions: tuple[Question, ...]) -> bytes:
    return msgspec.json.encode(document(questions))


def document(questions: Iterable[Question]) -> dict[str, Any]:
    """The document."""
    asked = tuple(questions)
    kinds = _kinds(asked)
    schemas, components = msgspec.json.schema_components(kinds, ref_template=REF)
    of_kind = dict(zip(kinds, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for question in asked:
        operation = _operation(question, of_kind)
        paths.setdefault(question.address, {})[question.method.lower()] = operation
    _name_bytes(components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Central service of the refurbishment points",
            "version": version("refurbishment-station"),
            "description": "Bodies are msgpack or JSON (bytes as base64), packed with zstd or not.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _name_bytes(said: Any) -> None:
    """Say of base64 also by its older name what it is: many programs know only that one."""
    if isinstance(said, dict):
        if said.get("contentEncoding") == "base64":
            said["format"] = "byte"
        for value in said.values():
            _name_bytes(value)
    elif isinstance(said, list):
        for value in said:
            _name_bytes(value)


def _kinds(questions: Sequence[Question]) -> list[Any]:
    bodies = {kind for q in questions for kind in (q.reads, q.answers) if kind not in {None, bytes}}
    return sorted({*bodies, wire.Problem}, key=lambda kind: str(kind.__name__))


def _operation(question: Question, of_kind: dict[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": question.name,
        "summary": (question.answer.__doc__ or "").strip().partition("\n")[0],
        "responses": _responses(question, of_kind),
    }
    if parameters := [*_parameters(question), *_headers(question)]:
        operation["parameters"] = parameters
    if question.reads is not None:
        operation["requestBody"] = {
            "required": True,
            "content": _content(question.reads, of_kind),
        }
    if question.scopes:
        operation["security"] = [{"token": list(question.scopes)}]
    return operation


def _content(kind: Any, of_kind: dict[Any, Any]) -> dict[str, Any]:
    if kind is bytes:
        return {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    return {name: {"schema": of_kind[kind]} for name in (JSON, MSGPACK)}


def _parameters(question: Question) -> list[dict[str, Any]]:
    """Places of the address and what stands behind its `?`, from one struct."""
    if question.where is Nowhere:
        return []
    _, components = msgspec.json.schema_components([question.where], ref_template=REF)
    schema = components[question.where.__name__]
    return [
        {
            "name": name,
            "in": "path" if f"{{{name}}}" in question.path else "query",
            "required": name in schema.get("required", ()),
            "schema": said,
        }
        for name, said in schema["properties"].items()
    ]


def _headers(question: Question) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": Header.PATTERN}
    return [
        {"name": one.name, "in": "header", "description": one.meaning, "schema": schema}
        for one in question.headers
    ]


def _responses(question: Question, of_kind: dict[Any, Any]) -> dict[str, Any]:
    if question.answers is None:
        answers: dict[str, Any] = {"204": {"description": "Done."}}
    else:
        content = _content(question.answers, of_kind)
        if question.as_text:
            schema = {"type": "string"} if question.answers is bytes else of_kind[question.answers]
            content = {question.as_text: {"schema": schema}}
        answers = {"200": {"description": "Done.", "content": content}}
    by_status: dict[int, list[str]] = {}
    for code in _codes(question):
        by_status.setdefault(status_of(code), []).append(code)
    problem = _content(wire.Problem, of_kind)
    for status, codes in sorted(by_status.items()):
        meanings = "; ".join(f"`{code}`: {REASONS[code].meaning}" for code in codes)
        answers[str(status)] = {"description": meanings, "content": problem}
    return answers


def _codes(question: Question) -> Iterable[str]:
    of_body = OF_BODIES if question.reads else ()
    of_caller = OF_TOKENS if question.scopes else ()
    personal = OF_PERSONAL if question.is_personal else ()
    return dict.fromkeys((*EVERY, *of_body, *of_caller, *personal, *question.refusals))
