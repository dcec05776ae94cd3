"""Real tool outputs with what other programs read in them, where that folder is at hand."""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_PROJECT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("STATION_CORPUS", _PROJECT.parent / "shared" / "corpus"))


@cache
def every_case() -> list[dict[str, Any]]:
    """All that the manifest names; nothing where there is no corpus."""
    manifest = FOLDER / "manifest.json"
    return json.loads(manifest.read_text())["cases"] if manifest.is_file() else []


def is_there() -> bool:
    """Whether the outputs are at hand."""
    return bool(every_case())


def cases(kind: str) -> list[Any]:
    """The cases of this kind as test parameters; one that skips where there is no corpus."""
    found = [c for c in every_case() if c["kind"] == kind and c.get("expected")]
    if not found:
        absent = pytest.mark.skip(reason=f"no corpus at {FOLDER} (set STATION_CORPUS)")
        return [pytest.param({}, id="corpus", marks=absent)]
    return [pytest.param(case, id=case["id"]) for case in found]


def files(kind: str) -> list[bytes]:
    """What a tool printed in every case of this kind; none where there is no corpus."""
    return [data(case) for case in every_case() if case["kind"] == kind]


def data(case: dict[str, Any]) -> bytes:
    """The bytes a tool printed."""
    return FOLDER.joinpath(str(case["input"])).read_bytes()


def text(case: dict[str, Any]) -> str:
    """What a tool printed."""
    return data(case).decode("utf-8", "replace")


def plain(name: str | None) -> str | None:
    """A name without what programs print variously: trade marks, spaces and punctuation."""
    if name is None:
        return None
    return re.sub(r"[\W_]+", " ", re.sub(r"\((r|tm|c)\)", " ", name.casefold())).strip()


def wrong(expected: Mapping[str, Any], ours: Mapping[str, object]) -> dict[str, Any]:
    """The fields that both speak of and that differ, as (expected, ours)."""
    return {
        key: (value, ours[key])
        for key, value in expected.items()
        if key in ours and not _same(value, ours[key])
    }


def _same(expected: object, ours: object) -> bool:
    if isinstance(expected, str) and isinstance(ours, str):
        return plain(expected) == plain(ours)
    return expected == ours
