"""Rules that must hold on every real disk of the corpus, whoever made it."""

from collections import Counter
from collections.abc import Iterator

import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.judge.smart import disk_health
from diagnostics.parse import smartctl_json, smartctl_text
from scripts.smart_confusion import confusion, passed_against, printed
from station.checks import Outcome
from station.machine import Disk, Reading
from tests.diagnostics import corpus
from tests.diagnostics.judge.judged import RULES

pytestmark = pytest.mark.skipif(not corpus.is_there(), reason="no corpus beside the checkout")
PARSERS = {"smartctl-json": smartctl_json.facts_of, "smartctl-text": smartctl_text.facts_of}


def real_disks() -> Iterator[Disk]:
    for case in corpus.every_case():
        parse = PARSERS.get(str(case["kind"]))
        if parse is None:
            continue
        try:
            yield from parse(corpus.data(case)).storage
        except UnreadableReport:
            continue


def passing() -> list[Disk]:
    return [d for d in real_disks() if disk_health(d, RULES.smart).outcome is Outcome.PASS]


def test_most_real_disks_are_judged_and_not_all_alike() -> None:
    outcomes = {disk_health(disk, RULES.smart).outcome for disk in real_disks()}

    assert outcomes == {Outcome.PASS, Outcome.WARN, Outcome.UNKNOWN, Outcome.FAIL}
    assert len(passing()) > 100


def test_no_disk_with_bad_sectors_passes() -> None:
    for disk in passing():
        assert not any((disk.pending, disk.uncorrectable, disk.uncorrected_errors))
        assert (disk.reallocated or 0) <= 3
        assert (disk.grown_defects or 0) <= 3


def test_no_disk_that_warns_of_itself_passes() -> None:
    for disk in passing():
        assert disk.smart_passed is True
        assert not any((disk.critical_warning, disk.media_errors, disk.failing_attributes))
        assert disk.self_test_passed is not False
        assert not (disk.exit_status or 0) & 0b11111011


def test_no_disk_without_a_readable_report_passes() -> None:
    silent = [disk for disk in real_disks() if disk.smart is not Reading.OK]

    assert len(silent) > 10
    for disk in silent:
        assert disk_health(disk, RULES.smart).outcome is Outcome.UNKNOWN


def test_no_disk_passes_that_another_program_fails() -> None:
    tables = confusion(corpus.FOLDER)

    assert sum(n for table in tables.values() for n in table.values()) > 100
    assert [passed_against(table) for table in tables.values()] == [0, 0]


def test_a_peer_that_fails_what_we_pass_is_counted() -> None:
    table = Counter({("fail", "pass"): 2, ("fail", "fail"): 5, ("ok", "pass"): 9})

    assert passed_against(table) == 2
    assert list(printed("peer", table))[1].split() == ["fail", "2", "0", "0", "5"]
