import re
from pathlib import Path

from diagnostics import judge, policy, wording
from diagnostics.collect.side_by_side import collect
from diagnostics.collect.sources import linux_sources
from diagnostics.report import Report
from station.checks import CheckResult, Measurement, Outcome
from station.machine import Reading
from tests.diagnostics.machine_tree import write_laptop


def summary_of(root: Path) -> str:
    rules = policy.load()
    machine = collect(linux_sources(root, "/nonexistent/lsblk"))
    return wording.summary(Report(machine, judge.judge(machine, rules), rules.id))


def test_a_laptop_in_words(tmp_path: Path) -> None:
    text = summary_of(write_laptop(tmp_path))

    assert "Machine: ACME Computers Notebook 14" in text
    assert "Processor (CPU): ACME Core(TM) i3-4000M CPU @ 2.40GHz (2 cores, 4 threads)" in text
    assert "Batteries: BAT0 ACME NB14-BAT 64 %" in text
    assert "Screens: eDP-1 ACM NB14-PANEL 1366x768" in text
    assert "Disks: this machine does not offer it" in text
    assert "Battery health: passed with a remark – the battery is worn – 63 %" in text
    assert "untested is not passed" in text


def test_a_machine_that_offers_nothing_still_has_its_page(tmp_path: Path) -> None:
    assert "Machine: –\n" in summary_of(tmp_path)


def test_everything_a_verdict_can_say_has_words() -> None:
    source = Path(judge.__file__).read_text("utf-8")
    reasons = set(re.findall(r'"([a-z]+_[a-z_]+)"', source)) - _no_reasons(source)

    assert len(reasons) > 10
    for reason in sorted(reasons):
        assert wording.reason_word(reason) != reason
    for section in SECTIONS:
        assert wording.section_word(section)
    for reading in Reading:
        assert wording.reason_word(f"reading_{reading.value}") == wording.reading_word(reading)
    for outcome in Outcome:
        assert wording.outcome_word(outcome)


def _no_reasons(source: str) -> set[str]:
    """The chassis words and the names of the figures."""
    return {*judge.ON_MAINS, *re.findall(r'Measurement\("([a-z_]+)"', source)}


def test_a_verdict_is_one_line() -> None:
    result = CheckResult(
        "mem.size", Outcome.FAIL, "memory_small", (Measurement("total_mib", 1987),)
    )

    assert wording.result_line(result) == "Memory size: failed – there is little memory – 1987 MiB"
