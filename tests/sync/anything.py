"""Asking the service everything that its OpenAPI document allows, and much that it does not."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sync import wire

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer(wire.CONTENT_TYPE)
def as_msgpack(_: Any, said: Any) -> bytes:
    """The same content in the other form; integers beyond 64 bits have none."""
    try:
        return msgspec.msgpack.encode(said)
    except (OverflowError, TypeError, UnicodeEncodeError):
        return b"\xc1"


def ask_anything(address: str, tokens: Sequence[str], examples: int) -> Mapping[str, int]:
    """Ask each question so many times, by any of these or by nobody; how often each was asked."""
    schema = schemathesis.openapi.from_url(f"{address}/schema/openapi.json")
    holders = [*({"Authorization": f"Bearer {token}"} for token in tokens), {}]
    asked = {}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # else the document is broken
        asked[operation.label] = _ask(operation, holders, examples)
    return asked


def _ask(operation: Any, holders: Sequence[Mapping[str, str]], examples: int) -> int:
    count = 0
    allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    other = allowed
    if operation.body or operation.query or operation.path_parameters:
        other = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=allowed | other, holder=st.sampled_from(holders), as_json=st.booleans())
    def one(case: Any, holder: Mapping[str, str], as_json: bool) -> None:
        nonlocal count
        count += 1
        accepted = {"Accept": "application/json" if as_json else wire.CONTENT_TYPE}
        response = case.call(headers={**accepted, **holder})
        checks = CHECKS if as_json else CHECKS[:3]
        case.validate_response(response, checks=checks)

    one()
    return count
