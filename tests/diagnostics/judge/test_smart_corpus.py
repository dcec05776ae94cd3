"""No real disk that counts lost sectors, says that it fails or warns is ever passed."""

from collections.abc import Iterator
from typing import Any

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.judge import policy
from diagnostics.judge.smart import disk_health
from diagnostics.parse.kinds import reader
from station.checks import Outcome
from station.machine import Disk, Reading
from tests.diagnostics import corpus

RULES = policy.load().smart
KINDS = ("smartctl-json", "smartctl-text")
pytestmark = pytest.mark.skipif(not corpus.is_there(), reason="no corpus beside the checkout")


def disks(kind: str) -> Iterator[tuple[str, Disk, dict[str, Any]]]:
    """Each disk as we read it, beside its figures as the corpus holds them, undecoded."""
    for case in corpus.every_case():
        said = case.get("expected_json") or (case.get("expected") or {}).get("storage") or []
        if case["kind"] != kind:
            continue
        try:
            ours = reader(kind)(corpus.data(case)).storage
        except UnreadableReport:
            continue
        for disk, figures in zip(ours, said, strict=False):
            yield str(case["id"]), disk, figures


def is_in_danger(figures: dict[str, Any]) -> bool:
    counted = ("pending", "uncorrectable", "media_errors")
    return (
        any((figures.get(name) or 0) > 0 for name in counted)
        or (figures.get("reallocated") or 0) > 3
        or figures.get("smart_passed") is False
    )


def test_a_disk_in_danger_is_never_passed() -> None:
    every = (known for kind in KINDS for known in disks(kind))
    endangered = [(name, disk) for name, disk, figures in every if is_in_danger(figures)]

    passed = [name for name, disk in endangered if disk_health(disk, RULES).outcome is Outcome.PASS]

    assert endangered
    assert passed == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_whose_smart_cannot_be_read_is_unknown_or_failing(kind: str) -> None:
    unread = [disk for _, disk, _ in disks(kind) if disk.smart is not Reading.OK]

    outcomes = {disk_health(disk, RULES).outcome for disk in unread}

    assert outcomes <= {Outcome.UNKNOWN, Outcome.FAIL}
