"""Whatever sto.smart can say has its words."""

import re
from pathlib import Path

from diagnostics import wording
from diagnostics.finding import Finding
from diagnostics.judge import smart
from diagnostics.verdict_words import verdict_words
from station.checks import Measurement, Outcome

SOURCE = Path(smart.__file__).read_text("utf-8")


def test_every_reason_has_words_for_people() -> None:
    given = {*re.findall(r'Outcome\.\w+, "(\w+)"', SOURCE), *smart.REASONS.values()}
    given |= set(re.findall(r'"((?:spare|disk|smart)_\w+)"', SOURCE))

    assert len(given) > 25
    for reason in given:
        assert wording.reason_word(reason) != reason


def test_a_verdict_on_a_disk_is_one_line() -> None:
    measured = (Measurement("pending", 8), Measurement("power_on_hours", 50000))
    words = verdict_words(Finding("sto.smart", Outcome.FAIL, ("sectors_unreadable",), measured))

    assert (words.title, words.verdict) == ("Disk health", "failed")
    assert words.why == (
        "unreadable sectors: 8 · 50000 hours running · the disk has sectors it can no longer read"
    )
