"""Every parser over the whole corpus, by the corpus' own comparison."""

import importlib.util
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from msgspec import Struct

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kinds import parser
from tests.diagnostics import corpus

REACHED = {  # per cent of the fields right and of the files without a miss: never less again
    "cpuinfo": (89.5, 76.1),
    "dmi-sysfs": (100.0, 100.0),
    "dmidecode-text": (99.6, 92.8),
    "edid-bin": (99.8, 97.9),
    "lsblk-json": (34.2, 22.2),  # the rest stands in no lsblk's output
    "lspci-text": (97.6, 96.7),
    "meminfo": (100.0, 100.0),
    "power-supply-sysfs": (98.8, 91.6),
    "powercfg-xml": (100.0, 100.0),
    "smartctl-json": (99.4, 92.3),
    "smartctl-text": (95.6, 82.7),
    "upower-text": (100.0, 100.0),
    "wmi-dump": (79.8, 15.3),  # most of the rest is Windows' "(Standard disk drives)"
}
pytestmark = pytest.mark.skipif(
    not (corpus.FOLDER / "score.py").is_file(),
    reason=f"no corpus at {corpus.FOLDER} (set STATION_CORPUS)",
)


class Score(Struct, frozen=True):
    """Counts over some files."""

    right: int
    fields: int
    whole: int
    files: int

    @property
    def shares(self) -> tuple[float, float]:
        """Per cent of fields, and of files whole."""
        return 100 * self.right / self.fields, 100 * self.whole / self.files


def test_every_scored_kind_has_its_floor() -> None:
    assert set(REACHED) == set(_comparison().IN_SCOPE)


def test_all_kinds_together_keep_what_they_reached() -> None:
    scores = [_score(kind) for kind in REACHED]

    fields = 100 * sum(s.right for s in scores) / sum(s.fields for s in scores)
    files = 100 * sum(s.whole for s in scores) / sum(s.files for s in scores)
    assert fields >= 99.0, f"{fields:.2f} % of the fields"
    assert files >= 92.1, f"{files:.2f} % of the files whole"


@pytest.mark.parametrize("kind", REACHED)
def test_a_kind_keeps_what_it_reached(kind: str) -> None:
    fields, files = _score(kind).shares

    assert fields >= REACHED[kind][0]
    assert files >= REACHED[kind][1]


@cache
def _score(kind: str) -> Score:
    """Our facts of every file of the kind beside what other programs read in it."""
    results = [found for case in _cases(kind) if (found := _results(kind, case))]
    return Score(
        right=sum(right for found in results for right in found),
        fields=sum(len(found) for found in results),
        whole=sum(all(found) for found in results),
        files=len(results),
    )


def _cases(kind: str) -> Iterator[dict[str, Any]]:
    for case in corpus.every_case():
        if case["kind"] == kind and (case.get("expected") or case.get("expected_json")):
            yield case


def _results(kind: str, case: dict[str, Any]) -> list[bool]:
    """Field by field whether it is right; what smartctl names itself is asked of no other."""
    comparison = _comparison()
    facts = _facts(kind, corpus.data(case))
    expected, named = case.get("expected") or {}, comparison.json_names(case)
    if named:
        judged = [_judged(disk) for disk in expected.get("storage", [])]
        expected = {"storage": judged} if judged else {}
    results: list[tuple[str, bool, object, object]] = []
    comparison.compare(expected, facts, "", results)
    if named:
        comparison.compare_list(named, facts.get("storage") or [], "storage", results)
    return [right for _where, right, _expected, _ours in results]


def _judged(disk: dict[str, Any]) -> dict[str, Any]:
    return {key: disk[key] for key in ("device_type", "manufacturer") if key in disk}


def _facts(kind: str, data: bytes) -> dict[str, Any]:
    try:
        return dict(parser(kind)(data))
    except UnreadableReport:
        return {}


@cache
def _comparison() -> ModuleType:
    """The corpus' own score.py, as a module."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus.FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
